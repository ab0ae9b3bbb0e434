/** Where a training starts: its network, its samples, its first parameters and the streams of its batches. */
import type { Batches, Samples } from '../../engine/engine.js';
import { initialParameters, type SeededStart } from '../../model/initial-parameters.js';
import type { Network } from '../../model/network.js';
import { type Parametrized, parametrized } from '../../model/parametrization.js';
import type { Artifact } from '../../shared/artifact.js';
import { outputsFor } from '../classes.js';
import type { DatasetFacts } from '../dataset.js';
import type { TrainOptions } from './options.js';

/** A training's network, by its options and what is known of its data. */
export function networkOf({ network, loss }: TrainOptions, { features, classes }: DatasetFacts): Network {
  const outputs = outputsFor(loss ?? 'mse', classes);
  const { hidden, activation } = network;
  return { inputs: features, hidden, activation, ...(outputs > 1 && { outputs }) };
}

/** Thousands of trainings on one dataset share its numbers. */
const rounded = new WeakMap<Artifact, { '': Samples | undefined; 'test-': Samples | undefined }>();

/** A dataset's part, rounded to float32 as `torch.tensor(x, dtype=torch.float32)` would; undefined when it has none. Not to be modified. */
export function samplesOf(dataset: Artifact, part: '' | 'test-'): Samples | undefined {
  const known = rounded.get(dataset) ?? { '': roundedPart(dataset, ''), 'test-': roundedPart(dataset, 'test-') };
  rounded.set(dataset, known);
  return known[part];
}

function roundedPart(dataset: Artifact, part: '' | 'test-'): Samples | undefined {
  const inputs = dataset.arrays[`${part}inputs`];
  const targets = dataset.arrays[`${part}targets`];
  if (inputs === undefined || targets === undefined) return undefined;
  return { inputs: Float64Array.from(inputs.data, Math.fround), targets: Float64Array.from(targets.data, Math.fround) };
}

/** How the minibatches of a training are drawn, from its start on. */
export function batchesOf(batch: TrainOptions['batch'], start: SeededStart): Batches {
  if (batch === 'full') return { kind: 'full' };
  return batch['with-replacement']
    ? { kind: 'numpy-choice', size: batch.size, stream: start.numpyStream }
    : { kind: 'torch-randperm', size: batch.size, stream: start.torchStream };
}

/** What other parameters than the numbers of the network itself a training moves; undefined where it moves those. */
export function parametrizedBy(options: TrainOptions, network: Network): Parametrized | undefined {
  if (!isParametrized(options)) return undefined;
  const { 'output-scale': scale = 1 } = options;
  return parametrized(network, options.network.parametrization ?? 'standard', scale);
}

/** Whether a training moves other parameters than the numbers of the network itself. */
export function isParametrized({ 'output-scale': scale, network }: TrainOptions): boolean {
  return scale !== undefined || network.parametrization !== undefined;
}

/** Where a training starts, in the numbers of the network itself, rounded to float32 as they were drawn. */
export function startOf(options: TrainOptions, network: Network): SeededStart {
  const { elbows, initial } = options.network;
  const drawn = initialParameters(network, elbows, options.seed, initial);
  const scaling = parametrizedBy(options, network);
  if (scaling === undefined) return drawn;
  const parameters = drawn.parameters.map((value, index) => Math.fround(value * (scaling.start[index] ?? 1)));
  return { ...drawn, parameters };
}
