/** Training: forward, backward, update, and a record at every checkpoint. */
import { ForwardPass, predict } from '../../model/forward.js';
import type { Network } from '../../model/network.js';
import { rateAt } from '../../model/schedule.js';
import type { Checkpoint, Samples, Training, TrainingResult, Watch } from '../engine.js';
import { checkTraining } from '../check-training.js';
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
  checkTraining(training);
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
      await new Promise((resolve) => setImmediate(resolve));
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
  const { network, data } = training;
  const memory = ruleMemory(training.optimizer, parameters.length);
  const stream = training.from && restoreState(training.from.rest, memory);
  const drawn =
    stream === undefined || training.batches.kind === 'full' ? training.batches : { ...training.batches, stream };
  const batches = batchDrawer(drawn, data.targets.length);
  const { size } = batches;
  const width = network.inputs;
  const pass = new ForwardPass(network, size);
  const backward = new BackwardPass(network, pass);
  const firstLayer = training.parameters === 'all' ? 0 : pass.layers.length - 1;
  const firstParameter = pass.layers[firstLayer]!.weight;
  const update = updateRule(training.optimizer, firstParameter, parameters.length, memory);
  const inputs = new Float64Array(size * width);
  const targets = new Float64Array(size);
  const gradient = new Float64Array(parameters.length);

  const takeStep = (step: number): number => {
    const chosen = batches.next();
    for (let i = 0; i < size; i++) {
      const sample = chosen[i]!;
      targets[i] = data.targets[sample]!;
      for (let k = 0; k < width; k++) inputs[i * width + k] = data.inputs[sample * width + k]!;
    }
    const outputs = pass.run(parameters, inputs, size);
    let sum = 0;
    for (let i = 0; i < size; i++) {
      const residual = outputs[i]! - targets[i]!;
      sum += residual * residual;
      backward.output[i] = (2 * residual) / size;
    }
    const loss = sum / size;
    if (!Number.isFinite(loss)) return loss;
    backward.run(parameters, size, firstLayer);
    gradient.fill(0, firstParameter);
    backward.addGradient(gradient, inputs, size, firstLayer);
    update(parameters, gradient, rateAt(training.optimizer.rate, step - 1));
    return loss;
  };
  return { takeStep, rest: () => saveState(batches.stream(), memory) };
}

/** The losses over all training samples and all test samples; NaN where there are no test samples. */
function losses({ network, data, test }: Training, parameters: Float64Array): { trainLoss: number; testLoss: number } {
  return {
    trainLoss: meanSquaredError(network, parameters, data),
    testLoss: test === undefined ? NaN : meanSquaredError(network, parameters, test),
  };
}

function meanSquaredError(network: Network, parameters: Float64Array, samples: Samples): number {
  const outputs = predict(network, parameters, samples.inputs);
  let sum = 0;
  for (let i = 0; i < outputs.length; i++) {
    const residual = outputs[i]! - samples.targets[i]!;
    sum += residual * residual;
  }
  return sum / outputs.length;
}
