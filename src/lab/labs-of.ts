/** Which figures of a plan have a lab, and what is wrong with those that are asked for. */
import type { FigureRequest, PlannedStep } from '../plan/plan.js';
import { groupBy } from '../shared/group-by.js';
import type { Problem } from '../shared/problem.js';
import type { DatasetFacts } from '../steps/dataset.js';
import type { AskedField } from '../steps/lab-fields.js';
import type { TrainOptions } from '../steps/train/options.js';

/** The lab of one figure. */
export interface AskedLab {
  /** The runs of its training that it shows. */
  readonly runs: readonly [PlannedStep, ...PlannedStep[]];
  readonly fields: readonly AskedField[];
}

/** So many bytes of samples from files go into a page's data at most. */
const mostSampleBytes = 4 * 2 ** 20;

/** By the id of their figure: those that ask for one, and of a training that asks for one the first with a slider on each page. */
export function labsOf(figures: readonly FigureRequest[]): ReadonlyMap<string, AskedLab> {
  const sliding = figures.filter(({ options }) => options.slider !== undefined);
  const byTraining = groupBy(sliding, (figure) => JSON.stringify([figure.page.file, trainingsOf(figure)[0]?.id]));
  const labs = new Map<string, AskedLab>();
  for (const group of byTraining.values()) {
    const [first] = group;
    const asksItself = group.some(({ options }) => (options.lab ?? []).length > 0);
    for (const figure of group) {
      const runs = trainingsOf(figure);
      const [run, ...others] = runs;
      if (run === undefined) continue;
      const byTheTraining = figure === first && !asksItself ? (run.options as TrainOptions).lab : undefined;
      const fields = figure.options.lab ?? byTheTraining ?? [];
      if (fields.length > 0 && refusal(runs) === undefined) labs.set(figure.id, { runs: [run, ...others], fields });
    }
  }
  return labs;
}

function trainingsOf({ shown }: Pick<FigureRequest, 'shown'>): PlannedStep[] {
  return [...new Set(shown.flatMap(({ steps }) => steps.map((step) => step.inputs['of'] ?? step)))];
}

/** What is wrong with the labs that figures and trainings ask for. */
export function checkLabs(figures: readonly FigureRequest[], steps: readonly PlannedStep[]): Problem[] {
  const wrong = figures.flatMap((figure): Problem[] => {
    const { directive, options } = figure;
    const { lab = [], slider } = options;
    if (lab.length === 0 || slider === undefined) return [];
    const refused = refusal(trainingsOf(figure));
    if (refused === undefined) return [];
    return [{ place: directive.placeOf(['lab'], 'value'), rule: 'invalid-option', ...refused }];
  });
  const shown = new Set(
    figures
      .filter(({ options }) => options.slider !== undefined)
      .flatMap((figure) => trainingsOf(figure).map(({ id }) => id)),
  );
  const asking = new Map(
    steps
      .filter(({ kind, options }) => kind.kind === 'train' && ((options as TrainOptions).lab ?? []).length > 0)
      .map(({ id, directive }) => [id, directive]),
  );
  const unseen = [...asking].flatMap(([id, directive]): Problem[] => {
    if (shown.has(id)) return [];
    const message = `no figure with a slider shows "${id}", and a reader trains again under one`;
    const hint = `write a figure with "show: ${id}.fit" and "slider: step", or leave it out`;
    return [{ place: directive.placeOf(['lab'], 'value'), rule: 'invalid-option', severity: 'warning', message, hint }];
  });
  return [...wrong, ...unseen];
}

function refusal(runs: readonly PlannedStep[]): Pick<Problem, 'message' | 'hint'> | undefined {
  const hint = 'leave the lab out';
  const other = runs.find(({ kind }) => kind.kind !== 'train');
  if (other !== undefined) return { message: `a page trains what a "train" trains, and ${other.id} is none`, hint };
  const large = runs.find(({ inputs: { data } }) => {
    if (data === undefined || data.files.length === 0) return false;
    const { samples, testSamples, features } = data.facts as unknown as DatasetFacts;
    return 8 * (samples + testSamples) * (features + 1) > mostSampleBytes;
  });
  if (large === undefined) return undefined;
  return {
    message: `a page carries at most ${mostSampleBytes / 2 ** 20} MiB of samples, and ${large.name} has more`,
    hint,
  };
}
