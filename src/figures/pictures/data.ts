/** The datasets behind pictures: their samples, the function they were drawn from, and where it lies. */
import { type Outputs, outputsWith } from '../../model/centred-outputs.js';
import { parameterLayout, type Network } from '../../model/network.js';
import { type TargetFunction, targetFunction } from '../../model/target-functions.js';
import type { Artifact } from '../../shared/artifact.js';
import type { DatasetFacts, DatasetOptions } from '../../steps/dataset.js';
import { arrayOf, extent, numbersOf, slab } from '../arrays.js';
import { axisDomain } from '../axis.js';
import type { Specification } from '../drawing.js';
import { type Layer, layer } from '../frame.js';
import { inputOf, type Run, type Subject } from '../subject.js';
import { colour } from '../theme.js';
import { list } from '../words.js';
import { type Curve, evenly, type Sampled } from './curve.js';

/** A dataset with all that pictures ask of it. */
export interface Data extends Sampled {
  readonly test: Curve | undefined;
  /** Where the function has its knots. */
  readonly knots: readonly number[];
}

/** The training of a picture's run: the run itself, or what it was computed `of`. */
export function trainingOf(run: Run, { artifactOf }: Pick<Subject, 'artifactOf'>): Run {
  return inputOf(run.step, 'of', artifactOf) ?? run;
}

/** "one-layer": the trainings that a picture of gradients and the like comes from. */
export function trainedNames(subject: Subject): string {
  return list(subject.language, [...new Set(subject.runs.map((run) => trainingOf(run, subject).step.id))]);
}

/** The dataset behind a run, whose inputs are single numbers. */
export function dataOf(run: Run, subject: Pick<Subject, 'artifactOf'>): Data {
  const training = trainingOf(run, subject);
  const dataset = inputOf(training.step, 'data', subject.artifactOf) ?? training;
  const { domain } = dataset.step.facts as unknown as DatasetFacts;
  const known = knownData.get(dataset.artifact);
  if (known !== undefined) return known;
  const data = dataIn(dataset.artifact, dataset.step.options as DatasetOptions, domain);
  knownData.set(dataset.artifact, data);
  return data;
}

/** Every panel of every figure of a training asks for the same. */
const knownData = new WeakMap<Artifact, Data>();

function dataIn(artifact: Artifact, options: DatasetOptions, domain: readonly [number, number]): Data {
  return {
    domain,
    train: samples(artifact, ''),
    test: artifact.arrays['test-inputs'] === undefined ? undefined : samples(artifact, 'test-'),
    truth: options.source === 'function' ? truthOf(options.function, domain) : undefined,
    knots: options.source === 'function' ? knotsOf(options.function, domain) : [],
  };
}

function samples(artifact: Artifact, part: '' | 'test-'): Curve {
  return { x: numbersOf(artifact, `${part}inputs`), y: numbersOf(artifact, `${part}targets`) };
}

const truthPoints = 2000;

function truthOf(choice: TargetFunction, domain: readonly [number, number]): Curve {
  // As published the function is 0 at its knots, points without width that a line would show as spikes.
  const f = targetFunction(choice.kind === 'piecewise-linear-as-published' ? { kind: 'piecewise-linear' } : choice);
  const x = evenly(domain, truthPoints);
  return { x, y: x.map(f) };
}

function knotsOf({ kind }: TargetFunction, [low, high]: readonly [number, number]): number[] {
  if (kind !== 'piecewise-linear' && kind !== 'piecewise-linear-as-published') return [];
  const [first, last] = [Math.ceil(10 * low - 1e-9), Math.floor(10 * high + 1e-9)];
  // So many that none could be told from the next are as good as none.
  if (last - first > 100) return [];
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) / 10);
}

/** Where the samples and the function lie, with a little room. */
export function valueRange(data: readonly Data[]): [number, number] {
  return axisDomain(
    extent(...data.flatMap(({ train, test, truth }) => [train.y, test?.y ?? [], truth?.y ?? []])),
    0.05,
  );
}

/** The parameters of a training at one of its checkpoints, flat, in the order of `parameterLayout`. */
export function parametersAt(artifact: Artifact, network: Network, index: number): Float64Array {
  return Float64Array.from(
    parameterLayout(network).flatMap(({ name }) => Array.from(slab(arrayOf(artifact, name), index).data)),
  );
}

/** What a training computes at one of its checkpoints. */
export function outputsAt(artifact: Artifact, index: number): Outputs {
  const network = networkOf(artifact);
  const start = artifact.values['centered'] === true ? parametersAt(artifact, network, 0) : undefined;
  return outputsWith(network, parametersAt(artifact, network, index), start);
}

export function networkOf({ values }: Artifact): Network {
  return values['network'] as unknown as Network;
}

export function truthLayer(x: Specification, y: Specification): Layer {
  return layer(
    'truth',
    { type: 'line', color: colour('ink'), strokeWidth: 1, strokeOpacity: 0.75 },
    { x, y, order: { value: null }, detail: { field: 'line' } },
  );
}

/** Samples as dots. */
export function sampleLayer(part: string, look: Specification, x: Specification, y: Specification): Layer {
  return layer(part, { type: 'point', filled: true, ...look }, { x, y });
}
