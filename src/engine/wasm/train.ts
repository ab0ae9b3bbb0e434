/** Training in float32, from checkpoint to checkpoint inside the module. */
import { entryOf } from '../../shared/entry-of.js';
import { layersOf } from '../../model/forward.js';
import { outputsOf, parameterCount } from '../../model/network.js';
import { ratesFrom } from '../../model/schedule.js';
import { checkBatches, checkTraining, sampleCount } from '../check-training.js';
import type { Checkpoint, Optimizer, Samples, Training, TrainingResult, Watch } from '../engine.js';
import { traits } from '../traits.js';
import { byRule } from '../update-rule.js';
import { batchCodes, lossCodes, rules } from './codes.js';
import { type Kernels, openKernels } from './kernels.js';
import { networkBytes, openNetwork, padded } from './network-memory.js';
import { restoreState, saveState } from './training-state.js';

/** Samples of one pass: few enough for the activations of wide layers to stay in a processor's cache. */
const mostColumns = 128;
/** Steps whose rates lie ready, where a schedule gives them. */
const mostRates = 4096;

/**
 * As the reference trains, in float32, and lets the event loop turn now and then, so that a signal or a timer gets through: the state at a step depends on nothing after it nor on how the work is sliced.
 * Rejects with the signal's reason when aborted, and with a RangeError when sizes fit neither each other nor the memory.
 */
export async function train(
  module: WebAssembly.Module,
  training: Training,
  watch: Watch,
  turnMilliseconds: number,
): Promise<TrainingResult> {
  checkTraining(training, traits.wasm.lacks);
  const { network, initial, data, test, batches, steps, loss = 'mse', classes = 0 } = training;
  const samples = sampleCount(data, network);
  const held = test === undefined ? 0 : sampleCount(test, network);
  checkBatches(batches, samples);
  watch.signal.throwIfAborted();
  const size = batches.kind === 'full' ? samples : batches.size;
  const columns = Math.min(mostColumns, Math.max(padded(size), padded(held > 0 ? held : samples)));
  const kernels = openKernels(module, trainingBytes(training, size, columns));
  const memory = openNetwork(kernels, network, 32, columns, 'gradient');
  openDraws(kernels, batches, size, samples);
  const giveRates = openRule(kernels, training.optimizer);
  const trained = place(kernels, data);
  const measured = test === undefined ? undefined : place(kernels, test);
  const firstLayer = training.parameters === 'all' ? 0 : layersOf(network).length - 1;
  kernels.openTraining(...trained, samples, firstLayer, entryOf(lossCodes, loss, 'loss'));
  const table = kernels.reserve(4 * classes * classes);
  const measure = (of: readonly [number, number], count: number): { loss: number; confusion?: Int32Array } => {
    const counts = (): Int32Array => new Int32Array(kernels.memory.buffer, table >>> 0, classes * classes);
    counts().fill(0);
    const mean = kernels.measure(...of, count, classes, table);
    return { loss: mean, ...(classes > 0 && { confusion: counts().slice() }) };
  };
  const { from, gradientFactors } = training;
  if (gradientFactors !== undefined) {
    memory.write(gradientFactors);
    kernels.keepFactors();
  }
  memory.write(from?.parameters ?? initial);
  if (from !== undefined) restoreState(kernels, from.rest);

  const checkpoints: Checkpoint[] = [];
  /** Records the state after `step` updates, unless it is not finite. */
  const record = (step: number, batchLoss: number): boolean => {
    const parameters = memory.read();
    const { loss: trainLoss, confusion: trainConfusion } = measure(trained, samples);
    const { loss: testLoss, confusion: testConfusion } =
      measured === undefined ? { loss: NaN } : measure(measured, held);
    const finite =
      parameters.every(Number.isFinite) &&
      Number.isFinite(trainLoss) &&
      (measured === undefined || Number.isFinite(testLoss));
    if (finite) {
      const counted = { ...(trainConfusion && { trainConfusion }), ...(testConfusion && { testConfusion }) };
      const checkpoint = { step, parameters, batchLoss, trainLoss, testLoss, ...counted };
      checkpoints.push(checkpoint);
      watch.checkpoint?.(checkpoint, saveState(kernels));
    }
    return finite;
  };
  let taken = from?.step ?? 0;
  let slice = 1;
  let turned = performance.now();
  /** Takes steps until `step` have been taken; false when the loss of the next one is not finite. */
  const advance = async (step: number): Promise<boolean> => {
    while (taken < step) {
      const wanted = Math.min(slice, step - taken, mostRates);
      giveRates?.(taken, wanted);
      const started = performance.now();
      const done = kernels.train(wanted);
      taken += done;
      if (done < wanted) return false;
      const now = performance.now();
      if (now - started < turnMilliseconds / 4) slice *= 2;
      if (now - turned < turnMilliseconds) continue;
      watch.progress(taken);
      await new Promise((resolve) => setTimeout(resolve, 0));
      watch.signal.throwIfAborted();
      turned = performance.now();
    }
    return true;
  };
  for (const step of training.checkpoints) {
    if (!(await advance(step))) return { checkpoints, divergedAt: taken + 1 };
    if (!record(step, step === 0 ? NaN : kernels.batchLoss())) return { checkpoints, divergedAt: step };
  }
  if (!(await advance(steps))) return { checkpoints, divergedAt: taken + 1 };
  watch.progress(steps);
  return { checkpoints };
}

function openDraws(kernels: Kernels, batches: Training['batches'], size: number, samples: number): void {
  if (batches.kind !== 'full') {
    const { words, index } = batches.stream;
    new Uint32Array(kernels.memory.buffer, kernels.words.value, words.length).set(words);
    kernels.setIndex(index);
  }
  kernels.openBatches(entryOf(batchCodes, batches.kind, 'way to draw batches'), size, samples);
}

/** The function that puts the rates of the next steps where the module finds them; none where the rate never changes. */
function openRule(kernels: Kernels, optimizer: Optimizer): ((taken: number, count: number) => void) | undefined {
  const [code, ...numbers] = byRule(rules, optimizer);
  const { rate } = optimizer;
  kernels.openOptimizer(code, typeof rate === 'number' ? rate : 0, optimizer.weightDecay, ...numbers);
  if (typeof rate === 'number') return undefined;
  const place = kernels.reserve(8 * mostRates);
  return (taken, count) => {
    kernels.doubles(place, count).set(ratesFrom(rate, taken, count));
    kernels.setRates(place);
  };
}

/** Copies samples into the module, rounded to float32; the addresses of inputs and targets. */
function place(kernels: Kernels, { inputs, targets }: Samples): [inputs: number, targets: number] {
  const put = (numbers: Float64Array): number => {
    // Passes read whole vectors, so there is room for one more.
    const address = kernels.reserve(4 * padded(numbers.length) + 16);
    kernels.floats(address, numbers.length).set(numbers);
    return address;
  };
  return [put(inputs), put(targets)];
}

/** Bytes that a training needs inside the module, at most: parameters, gradients, carries, three moments, factors, samples and a pass. */
function trainingBytes({ network, data, test, classes = 0 }: Training, size: number, columns: number): number {
  const sets = [data.inputs, data.targets, test?.inputs, test?.targets];
  const samples = 4 * sets.reduce((sum, numbers) => sum + (numbers?.length ?? 0), 0);
  const counts = 4 * classes * classes + (4 * columns + 32) * outputsOf(network);
  // Sorted samples and the first layer's units of assembly/kinks.ts, and weights that lie by input.
  const [first = 0, second = 0] = network.hidden;
  const kinks = 25 * sampleCount(data, network) + 80 * (first + 4) + 4 * columns * (second + 6) + 16 * 5 * first;
  const moved = 4 * 6 * (parameterCount(network) + 4 * network.hidden.reduce((sum, width) => sum + width, 8));
  const drawn = 12 * (size + sampleCount(data, network));
  return networkBytes(network, 32, columns) + moved + samples + drawn + counts + kinks + 8 * mostRates + 2 ** 16;
}
