/** How a training is computed. */
import type { Samples } from '../../engine/engine.js';
import { gradientFactors } from '../../model/parametrization.js';
import type { Artifact } from '../../shared/artifact.js';
import { checkpointSteps } from '../checkpoint-steps.js';
import { classNames, oneHot } from '../classes.js';
import type { DatasetFacts } from '../dataset.js';
import type { RunInput, StepWorld } from '../step.js';
import { toArtifact } from './artifact.js';
import { toEngine } from './engine-optimizer.js';
import { goOn } from './go-on.js';
import type { TrainOptions } from './options.js';
import { ridge } from './ridge.js';
import { batchesOf, networkOf, parametrizedBy, samplesOf, startOf } from './start.js';

/**
 * Trains as this Python would, in float64 from float32 starts:
 *
 *     torch.manual_seed(seed); numpy.random.seed(seed)
 *     net = Sequential(Linear, ReLU, ..., Linear)           # then the biases, when elbows are placed
 *     for step in range(steps):
 *         batch = torch.randperm(n)[:k]                     # or numpy.random.choice(n, k)
 *         optimizer.zero_grad(); mse_loss(net(x[batch]), y[batch]).backward(); optimizer.step()
 *
 * Arrays, by checkpoint: `step`, `batch-error` (of the step's minibatch, before its update; NaN at step 0),
 * `train-error` and `test-error` (of all samples, after it), and every parameter block under PyTorch's name. Values:
 * `parameter-count` of the network, and `trained-parameter-count`, how many of them move.
 *
 * Of classes also, by checkpoint, `train-accuracy` and `test-accuracy`, the share of the samples that are taken for what they
 * are, and `train-confusion` and `test-confusion` [checkpoint, true, predicted], how many of each class are taken for each; and
 * the value `classes`, their names.
 */
export async function run(
  options: TrainOptions,
  inputs: Readonly<Record<string, RunInput>>,
  world: StepWorld,
): Promise<Artifact> {
  const dataset = inputs['data']?.artifact;
  const facts = inputs['data']?.facts as unknown as DatasetFacts | undefined;
  const names = dataset && classNames(dataset);
  const { loss = 'mse' } = options;
  const targeted = (samples: Samples | undefined): Samples | undefined =>
    samples === undefined || names === undefined || loss !== 'mse'
      ? samples
      : { inputs: samples.inputs, targets: oneHot(samples.targets, names.length) };
  const data = dataset && targeted(samplesOf(dataset, ''));
  if (data === undefined || facts === undefined) throw new Error('a training needs a dataset');
  const test = dataset && targeted(samplesOf(dataset, 'test-'));
  const network = networkOf(options, facts);
  const scaling = parametrizedBy(options, network);
  const start = startOf(options, network);
  const { optimizer, centered } = options;
  // The difference of outputs from those at the start nears the targets where the outputs near the sum of both.
  const shifted = async (samples: Samples): Promise<Samples> => {
    if (centered !== true) return samples;
    const before = await world.engine.predict(network, start.parameters, samples.inputs);
    return { inputs: samples.inputs, targets: samples.targets.map((target, index) => target + (before[index] ?? 0)) };
  };
  if (optimizer.kind === 'ridge') {
    const solved = await ridge(world.engine, network, start.parameters, data, test, optimizer.penalty);
    return toArtifact(network, options.parameters, solved, {});
  }
  const training = {
    network,
    initial: start.parameters,
    parameters: options.parameters,
    optimizer: toEngine(optimizer, scaling?.rate),
    batches: batchesOf(options.batch, start),
    ...(loss !== 'mse' && { loss }),
    ...(names !== undefined && { classes: names.length }),
    ...(scaling !== undefined && { gradientFactors: gradientFactors(scaling) }),
    data: await shifted(data),
    ...(test !== undefined && { test: await shifted(test) }),
  };
  const wanted = checkpointSteps(options.checkpoints, options.steps);
  const counted = names && { names, test: test !== undefined };
  return toArtifact(network, options.parameters, await goOn(training, wanted, options.steps, world), {
    ...(counted !== undefined && { counted }),
    centered: centered === true,
  });
}
