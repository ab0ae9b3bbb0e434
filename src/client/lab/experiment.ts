/** What a reader has chosen in a lab: a run of the report to start from, and what is changed of it. */
import { allowedValue, type Experiment, type Field, fieldsOf, withValue } from '../../lab/fields.js';
import type { LabDataset, LabRun, LabTraining } from '../../lab/lab-training.js';

type Value = number | string;

export interface Chosen {
  readonly run: LabRun;
  readonly dataset: LabDataset;
  readonly fields: readonly Field[];
  readonly experiment: Experiment;
}

export interface Choices {
  /** The position of the run to start from. */
  readonly from: number;
  readonly changes: ReadonlyMap<string, Value>;
}

/** The run, its fields, and what is trained. Of another update rule the other fields are those that it has by itself. */
export function chosenOf(lab: LabTraining, { from, changes }: Choices): Chosen {
  const run = lab.runs[from] ?? lab.runs[0];
  const dataset = run && lab.datasets[run.dataset];
  if (run === undefined || dataset === undefined) throw new Error(`the page has no run of ${lab.id}`);
  const { samples } = dataset.facts;
  const own: Experiment = { options: run.options, dataset: dataset.options };
  const context = { optimizers: lab.optimizers, samples };
  const rule = changes.get('optimizer');
  const base =
    rule === undefined || rule === run.options.optimizer.kind ? own : withValue(own, 'optimizer', rule, context);
  const [ofRun, ofBase] = [own, base].map((experiment) => fieldsOf(experiment, lab.fields, samples));
  // Elbows are put one for each unit that the run has in the report.
  const isAsWide = fieldsAsWide(ofRun ?? [], changes);
  const fields = (ofBase ?? [])
    .filter(({ kind }) => kind !== 'places' || isAsWide)
    .map((field): Field => {
      const reported = ofRun?.find(({ id }) => id === field.id);
      // The rule in the report is the run's own, whatever is chosen.
      if (field.id === 'optimizer') return reported ?? field;
      return base !== own && (field.id === 'rate' || field.id === 'momentum') ? { ...field, isOfRule: true } : field;
    });
  const experiment = fields
    .filter(({ id }) => id !== 'optimizer')
    .reduce((found, { id, value }) => {
      const changed = changes.get(id) ?? value;
      return changed === value ? found : withValue(found, id, changed, context);
    }, base);
  return { run, dataset, fields, experiment };
}

function fieldsAsWide(fields: readonly Field[], changes: Choices['changes']): boolean {
  return fields.every(({ id, name, value }) => name !== 'width' || (changes.get(id) ?? value) === value);
}

/** What an address asks for, and what of it is not within the bounds: "rate=1e9". Names have no "lab." in front. */
export function askedChoices(
  lab: LabTraining,
  asked: ReadonlyMap<string, string>,
): { choices: Choices; refused: string[] } {
  const refused: string[] = [];
  const named = asked.get('run');
  const position = named === undefined ? 0 : lab.runs.findIndex(({ label }) => label === named);
  if (position < 0) refused.push(`run=${named ?? ''}`);
  const from = Math.max(0, position);
  const changes = new Map<string, Value>();
  const take = (ids: (id: string) => boolean): void => {
    for (const [id, text] of asked) {
      if (!ids(id)) continue;
      const { fields } = chosenOf(lab, { from, changes });
      const field = fields.find((one) => one.id === id);
      const value = field && allowedValue(field, text);
      if (value === undefined) refused.push(`${id}=${text}`);
      else changes.set(id, value);
    }
  };
  take((id) => id === 'optimizer');
  take((id) => id !== 'optimizer' && id !== 'run');
  return { choices: { from, changes }, refused };
}

/** The same for the address: the run, and what is not as it is in the report. */
export function writtenChoices(lab: LabTraining, { from, changes }: Choices): Map<string, string> {
  const { run, fields } = chosenOf(lab, { from, changes });
  const written = new Map<string, string>(from === 0 ? [] : [['run', run.label]]);
  for (const { id, value } of fields) {
    const changed = changes.get(id);
    if (changed !== undefined && changed !== value) written.set(id, String(changed));
  }
  return written;
}
