/** The fields of a lab: what a reader may change of one run, between which bounds, and what is trained then. */
import type { RuleName } from '../engine/engine.js';
import { largestSeed } from '../model/mt19937.js';
import { activations, type Network } from '../model/network.js';
import { isSameJson } from '../shared/canonical-json.js';
import type { Json } from '../shared/artifact.js';
import type { DatasetOptions } from '../steps/dataset/options.js';
import type { TrainOptions } from '../steps/train/options.js';
import type { AskedField, FieldName } from '../steps/lab-fields.js';

/** What is trained: the options of a training, and those of its data. */
export interface Experiment {
  readonly options: TrainOptions;
  readonly dataset: DatasetOptions;
}

/** Every update rule with its numbers as they are where an author says none; the rate stays the reader's. */
export type Optimizers = Readonly<Record<string, TrainOptions['optimizer']>>;

interface OfField {
  /** "width.1" is the width of the second hidden layer. */
  readonly id: string;
  readonly name: FieldName;
  /** Set where its value is not the report's, but that of another update rule by itself. */
  readonly isOfRule?: true;
  /** Of a width, which hidden layer it is of, from 1, where there are several. */
  readonly layer?: number;
}

export interface NumberField extends OfField {
  readonly kind: 'number';
  readonly value: number;
  readonly from: number;
  readonly to: number;
  readonly scale: 'linear' | 'log';
  readonly whole: boolean;
}

export interface ChoiceField extends OfField {
  readonly kind: 'choice';
  readonly value: string;
  readonly choices: readonly string[];
}

/** Where the elbows start: as the report's training places them, or a list with commas between. */
export interface PlacesField extends OfField {
  readonly kind: 'places';
  readonly value: string;
  /** How many there are. */
  readonly count: number;
}

export type Field = NumberField | ChoiceField | PlacesField;

/** Every update rule, which the compiler holds to the list of the engines. */
const rules: Readonly<Record<RuleName, true>> = { sgd: true, adam: true, adamw: true, rmsprop: true };

/** The update rules among which a reader may choose. */
export const ruleNames = Object.keys(rules) as readonly RuleName[];

/** The fields of a run, with its values; `samples` is how many it trains on. Fields that the run has no use for are left out. */
export function fieldsOf(run: Experiment, asked: readonly AskedField[], samples: number): readonly Field[] {
  return asked.flatMap((field) => makers[field.name](run, samples).map((made) => within(made, field.range)));
}

function within(field: Field, range: AskedField['range']): Field {
  if (range === undefined || field.kind !== 'number') return field;
  const [from, to] = range;
  // The report's own value is always one that can be had.
  // There are no more samples than there are, however many the author says.
  const most = field.name === 'batch' ? field.to : to;
  return { ...field, from: Math.min(from, field.value), to: Math.max(Math.min(to, most), field.value) };
}

const makers: Readonly<Record<FieldName, (run: Experiment, samples: number) => readonly Field[]>> = {
  rate({ options: { optimizer } }) {
    if (optimizer.kind === 'ridge' || typeof optimizer.rate !== 'number') return [];
    const { rate } = optimizer;
    return [{ ...number('rate', rate, rate / 100, rate * 100), scale: 'log' }];
  },
  momentum({ options: { optimizer } }) {
    return 'momentum' in optimizer ? [number('momentum', optimizer.momentum, 0, 0.99)] : [];
  },
  width({ options: { network } }) {
    const { hidden } = network;
    return hidden.map((width, layer) => ({
      ...number('width', width, 1, Math.max(100, 2 * width)),
      ...{ id: `width.${layer}`, whole: true },
      ...(hidden.length > 1 && { layer: layer + 1 }),
    }));
  },
  batch({ options: { batch, optimizer } }, samples) {
    if (optimizer.kind === 'ridge') return [];
    return [{ ...number('batch', batch === 'full' ? samples : batch.size, 1, samples), whole: true }];
  },
  noise: ({ dataset }) =>
    'noise' in dataset ? [number('noise', dataset.noise, 0, Math.max(0.5, 4 * dataset.noise))] : [],
  seed: ({ options: { seed } }) => [{ ...number('seed', seed, 0, largestSeed), whole: true }],
  optimizer({ options: { optimizer, ...options } }) {
    const isParametrized = options['output-scale'] !== undefined || options.network.parametrization !== undefined;
    if (optimizer.kind === 'ridge' || isParametrized) return [];
    return [{ id: 'optimizer', name: 'optimizer', kind: 'choice', value: optimizer.kind, choices: ruleNames }];
  },
  activation({ options: { network } }) {
    const { activation, hidden } = network;
    if (typeof activation !== 'string' || hidden.length === 0) return [];
    return [{ id: 'activation', name: 'activation', kind: 'choice', value: activation, choices: activations }];
  },
  elbows({ options: { network } }) {
    const { elbows, hidden } = network;
    const [count = 0, ...deeper] = hidden;
    // That the inputs are single numbers is known where the author has placed some.
    if (elbows === 'none' || count === 0 || deeper.length > 0) return [];
    return [{ id: 'elbows', name: 'elbows', kind: 'places', value: String(elbows), count }];
  },
};

function number(name: FieldName, value: number, from: number, to: number): NumberField {
  return { id: name, name, kind: 'number', value, from, to, scale: 'linear', whole: false };
}

/** The value that a field takes for a text of an address; undefined where it may have no such value. */
export function allowedValue(field: Field, text: string): number | string | undefined {
  if (field.kind === 'choice') return field.choices.includes(text) ? text : undefined;
  if (field.kind === 'places') return text === field.value ? text : allowedPlaces(field, text);
  const value = text.trim() === '' ? Number.NaN : Number(text);
  const fits = value >= field.from && value <= field.to && (!field.whole || Number.isInteger(value));
  return fits ? value : undefined;
}

/** As far from 0 as the option of a training takes it. */
const farthest = 1e6;

function allowedPlaces({ count }: PlacesField, text: string): string | undefined {
  const places = text.split(',').map((one) => (one.trim() === '' ? Number.NaN : Number(one)));
  return places.length === count && places.every((one) => Math.abs(one) <= farthest) ? places.join(',') : undefined;
}

/** The option of a training for the value of a field. */
function elbowsOf(value: string): TrainOptions['network']['elbows'] {
  return value === 'none' || value === 'uniform' || value === 'as-published' ? value : value.split(',').map(Number);
}

/** The experiment with another value of one field; `samples` is how many it trains on. */
export function withValue(
  run: Experiment,
  id: string,
  value: number | string,
  { optimizers, samples }: { readonly optimizers: Optimizers; readonly samples: number },
): Experiment {
  const { options, dataset } = run;
  const { network, optimizer } = options;
  const [name = '', layer] = id.split('.');
  const changed = (change: Partial<TrainOptions>): Experiment => ({ ...run, options: { ...options, ...change } });
  switch (name as FieldName) {
    case 'rate':
    case 'momentum':
      return changed({ optimizer: { ...optimizer, [name]: Number(value) } });
    case 'width': {
      const hidden = network.hidden.map((width, index) => (index === Number(layer) ? Number(value) : width));
      return changed({ network: { ...network, hidden } });
    }
    case 'batch': {
      const replaced = options.batch !== 'full' && options.batch['with-replacement'];
      const size = Number(value);
      // A batch of all samples without replacement sees them in another order, and sums them in it.
      if (options.batch === 'full' && size === samples) return run;
      return changed({ batch: { size, 'with-replacement': replaced } });
    }
    case 'noise':
      return { ...run, dataset: { ...dataset, noise: Number(value) } as DatasetOptions };
    case 'seed':
      return changed({ seed: Number(value) });
    case 'optimizer': {
      const chosen = optimizers[String(value)];
      if (chosen === undefined || chosen.kind === 'ridge') return run;
      return changed({ optimizer: chosen });
    }
    case 'activation':
      return changed({ network: { ...network, activation: String(value) as Network['activation'] } });
    case 'elbows':
      return changed({ network: { ...network, elbows: elbowsOf(String(value)) } });
  }
}

/** Whether two experiments, or their data, are the same to keys. */
export function isSame<Part extends Experiment | DatasetOptions>(one: Part, other: Part): boolean {
  return isSameJson(one as unknown as Json, other as unknown as Json);
}
