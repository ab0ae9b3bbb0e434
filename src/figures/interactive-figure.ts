/** Figures with sliders: what the page is told of each, and the scripts with the data that they need. */
import type { Content } from '../shared/content.js';
import { dataScript } from '../shared/data-script.js';
import type { FigureRequest, PlannedStep } from '../plan/plan.js';
import { type InteractiveRun, interactiveTraining } from './interactive-data.js';
import type { FigureOptions } from '../steps/figure.js';
import { pictureNamed } from './pictures/index.js';
import { trainingStep } from './training-step.js';
import type { ArtifactOf } from './artifact-of.js';

/** What stands beside the drawing for the script that makes it move. */
export interface InteractiveFigure {
  /** "fit", as after the dot in `show`. */
  readonly picture: string;
  /** The training directive whose runs it moves through. */
  readonly training: string;
  /** Names of its runs, in the figure's order. */
  readonly runs: readonly string[];
  /** `step` first, then swept axes of which one value shows at a time, `component` and `unit`. */
  readonly sliders: readonly string[];
  /** Blocks of parameters that a picture of gradient features shows; empty for all. */
  readonly parameters: readonly string[];
  readonly components: number;
  /** Whether medians and bands over seeds are of those alone that did not diverge. */
  readonly leaveOut: boolean;
  /** Of the scrubber, where an author says it for the training on this page. */
  readonly stepScale?: StepScale;
  /** The script with the runs, in the site. */
  readonly data: string;
}

/** Along what the steps of a training stand on its scrubber. */
export type StepScale = NonNullable<FigureOptions['step-scale']>;

export interface InteractiveFigures {
  /** By the figure's id. */
  readonly figures: ReadonlyMap<string, InteractiveFigure>;
  readonly files: readonly { readonly path: string; readonly content: Content }[];
}

/** In pieces, a run each: its weights take their time. */
export function* interactiveFigures(
  requests: readonly FigureRequest[],
  artifactOf: ArtifactOf,
  digest: (content: string) => string,
): Generator<void, InteractiveFigures> {
  const withSlider = requests.filter(({ options }) => options.slider !== undefined);
  const trainings = new Map<string, Set<PlannedStep>>();
  for (const request of withSlider) {
    for (const step of trainingSteps(request)) {
      const known = trainings.get(step.id) ?? new Set();
      trainings.set(step.id, known);
      known.add(step);
    }
  }
  const paths = new Map<string, string>();
  const runs = new Map<string, readonly InteractiveRun[]>();
  const files: { path: string; content: string }[] = [];
  for (const [id, steps] of trainings) {
    const training = yield* interactiveTraining(id, [...steps], artifactOf);
    const content = dataScript(`training:${id}`, JSON.stringify(training));
    const path = `assets/training-${id}-${digest(content).slice(0, 8)}.js`;
    paths.set(id, path);
    runs.set(id, training.runs);
    files.push({ path, content });
  }
  const figures = new Map(
    withSlider.flatMap((request): [string, InteractiveFigure][] => {
      const steps = trainingSteps(request);
      const training = steps[0]?.id ?? '';
      const { slider = [], parameters = [], components = 8 } = request.options;
      const [shown] = request.shown;
      const { picture = '' } = shown ?? {};
      const kind = shown?.steps[0]?.kind.kind ?? '';
      const showsErrors = pictureNamed(kind, picture)?.moves?.showsErrors === true;
      const movable = steps.filter(({ name }) =>
        runs.get(training)?.some((run) => run.name === name && canMove(run, showsErrors)),
      );
      const stepScale = withSlider.find(
        (other) =>
          other.page === request.page &&
          other.options['step-scale'] !== undefined &&
          trainingSteps(other)[0]?.id === training,
      )?.options['step-scale'];
      // With nothing to move through, the drawing is all there is.
      if (movable.length === 0) return [];
      return [
        [
          request.id,
          {
            picture,
            training,
            runs: movable.map(({ name }) => name),
            sliders: slider,
            parameters: parameters.filter((name) => name !== 'all'),
            components,
            ...(stepScale !== undefined && { stepScale }),
            leaveOut: request.options.diverged === 'leave-out',
            data: paths.get(training) ?? '',
          },
        ],
      ];
    }),
  );
  return { figures, files };
}

export function trainingSteps({ shown }: FigureRequest): PlannedStep[] {
  return [...new Set(shown.flatMap(({ steps }) => steps.map(trainingStep)))];
}

/** Whether there is a checkpoint of the run that a picture can show: errors are there for all, weights may be too large. */
function canMove({ steps, undrawn }: InteractiveRun, showsErrors: boolean): boolean {
  return showsErrors ? steps.length > 0 : undrawn.length < steps.length;
}
