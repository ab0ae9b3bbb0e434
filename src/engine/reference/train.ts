/** Training: forward, backward, update, and a record at every checkpoint. */
import { ForwardPass, predict } from '../../model/forward.js';
import { nextTurn } from '../../shared/next-turn.js';
import { classOf, lossSum, targetsOfSample, termsOf } from '../../model/loss.js';
import { outputsOf } from '../../model/network.js';
import { rateAt } from '../../model/schedule.js';
import type { Checkpoint, Samples, Training, TrainingResult, Watch } from '../engine.js';
import { checkTraining, sampleCount } from '../check-training.js';
import { traits } from '../traits.js';
import { BackwardPass } from './backward.js';
import { batchDrawer } from './batches.js';
import { ruleMemory, updateRule } from './optimizer.js';
import { restoreState, saveState } from './training-state.js';

/** How long the engine computes before it lets the event loop turn, so that a signal or a timer gets through. */
const turnMilliseconds = 50;

/**
 * Trains to the last step or until the loss is no longer finite. The state at a step depends on nothing after it, so a
 * shorter training is a prefix of a longer one. Rejects with the signal's reason when aborted, and with a RangeError
 * when sizes do not fit or checkpoints are not ascending whole numbers from 0 to `steps`.
 */
export async function train(training: Training, watch: Watch): Promise<TrainingResult> {
  checkTraining(training, traits.reference.lacks);
  watch.signal.throwIfAborted();
  const { from } = training;
  const parameters = Float64Array.from(from?.parameters ?? training.initial);
  const { takeStep, rest } = stepper(training, parameters);
  const checkpoints: Checkpoint[] = [];
  let turned = performance.now();
  /** Records the state after `step` updates, unless it is not finite. */
  const record = (step: number, batchLoss: number): boolean => {
    const checkpoint = { step, parameters: parameters.slice(), batchLoss, ...losses(training, parameters) };
    const finite =
      parameters.every(Number.isFinite) &&
      Number.isFinite(checkpoint.trainLoss) &&
      (training.test === undefined || Number.isFinite(checkpoint.testLoss));
    if (finite) {
      checkpoints.push(checkpoint);
      watch.checkpoint?.(checkpoint, rest());
    }
    return finite;
  };
  let next = 0;
  if (training.checkpoints[next] === 0) {
    if (!record(0, NaN)) return { checkpoints, divergedAt: 0 };
    next += 1;
  }
  for (let step = (from?.step ?? 0) + 1; step <= training.steps; step++) {
    const batchLoss = takeStep(step);
    if (!Number.isFinite(batchLoss)) return { checkpoints, divergedAt: step };
    if (training.checkpoints[next] === step) {
      if (!record(step, batchLoss)) return { checkpoints, divergedAt: step };
      next += 1;
    }
    if (performance.now() - turned > turnMilliseconds) {
      watch.progress(step);
      await nextTurn();
      watch.signal.throwIfAborted();
      turned = performance.now();
    }
  }
  watch.progress(training.steps);
  return { checkpoints };
}

/**
 * `takeStep` takes the step of that number on `parameters` and returns the loss of its minibatch before the update. It
 * allocates nothing; when the loss is not finite the parameters stay as they are. `rest` is the rest of the state.
 */
function stepper(
  training: Training,
  parameters: Float64Array,
): { takeStep: (step: number) => number; rest: () => Uint8Array } {
  const { network, data, loss = 'mse', gradientFactors: factors } = training;
  const memory = ruleMemory(training.optimizer, parameters.length);
  const stream = training.from && restoreState(training.from.rest, memory);
  const drawn =
    stream === undefined || training.batches.kind === 'full' ? training.batches : { ...training.batches, stream };
  const batches = batchDrawer(drawn, sampleCount(data, network));
  const { size } = batches;
  const width = network.inputs;
  const pass = new ForwardPass(network, size);
  const backward = new BackwardPass(network, pass);
  const firstLayer = training.parameters === 'all' ? 0 : pass.layers.length - 1;
  const firstParameter = pass.layers[firstLayer]!.weight;
  const update = updateRule(training.optimizer, firstParameter, parameters.length, memory);
  const inputs = new Float64Array(size * width);
  const each = targetsOfSample(loss, outputsOf(network));
  const targets = new Float64Array(size * each);
  const terms = termsOf(loss, size, outputsOf(network));
  const gradient = new Float64Array(parameters.length);

  const takeStep = (step: number): number => {
    const chosen = batches.next();
    for (let i = 0; i < size; i++) {
      const sample = chosen[i]!;
      for (let k = 0; k < each; k++) targets[i * each + k] = data.targets[sample * each + k]!;
      for (let k = 0; k < width; k++) inputs[i * width + k] = data.inputs[sample * width + k]!;
    }
    const outputs = pass.run(parameters, inputs, size);
    const sum = lossSum(loss, {
      ...{ outputs, targets, terms, deltas: backward.output },
      ...{ rows: size, width: outputsOf(network) },
    });
    const mean = sum / terms;
    if (!Number.isFinite(mean)) return mean;
    backward.run(parameters, size, firstLayer);
    gradient.fill(0, firstParameter);
    backward.addGradient(gradient, inputs, size, firstLayer);
    if (factors !== undefined) {
      for (let i = firstParameter; i < gradient.length; i++) gradient[i] = gradient[i]! * factors[i]!;
    }
    update(parameters, gradient, rateAt(training.optimizer.rate, step - 1));
    return mean;
  };
  return { takeStep, rest: () => saveState(batches.stream(), memory) };
}

type Measured = Pick<Checkpoint, 'trainLoss' | 'testLoss' | 'trainConfusion' | 'testConfusion'>;

/** The losses over all training samples and all test samples (NaN where there are none), and the classes counted. */
function losses(training: Training, parameters: Float64Array): Measured {
  const { data, test } = training;
  const onTrain = measure(training, parameters, data);
  const onTest = test && measure(training, parameters, test);
  return {
    trainLoss: onTrain.loss,
    testLoss: onTest?.loss ?? NaN,
    ...(onTrain.confusion !== undefined && { trainConfusion: onTrain.confusion }),
    ...(onTest?.confusion !== undefined && { testConfusion: onTest.confusion }),
  };
}

function measure(
  { network, loss = 'mse', classes }: Training,
  parameters: Float64Array,
  samples: Samples,
): { readonly loss: number; readonly confusion?: Int32Array } {
  const outputs = predict(network, parameters, samples.inputs);
  const { targets } = samples;
  const width = outputsOf(network);
  const rows = outputs.length / width;
  const terms = termsOf(loss, rows, width);
  const mean =
    lossSum(loss, { outputs, rows, width, targets, terms, deltas: new Float64Array(outputs.length) }) / terms;
  if (classes === undefined) return { loss: mean };
  const each = targetsOfSample(loss, width);
  const confusion = new Int32Array(classes * classes);
  for (let i = 0; i < rows; i++) {
    const own = each === 1 ? targets[i]! : classOf(targets, i * each, each);
    const place = own * classes + classOf(outputs, i * width, width);
    confusion[place] = confusion[place]! + 1;
  }
  return { loss: mean, confusion };
}
