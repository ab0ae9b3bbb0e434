/** Training runs of one shape side by side, from checkpoint to checkpoint. */
import { parameterCount } from '../../model/network.js';
import { rateAt } from '../../model/schedule.js';
import type { Checkpoint, Samples, Training, TrainingResult, TrainingTask } from '../engine.js';
import type { Buffers, Device, Kernel } from './device.js';
import { type Measure, openMeasure } from './measure.js';
import { nextSize } from './pace.js';
import { placeSamples } from './samples.js';
import { type EncodeSteps, fusedSteps, tiledSteps, type TrainingBuffers } from './step-kernels.js';
import { restoreState, saveState, streamOf } from './training-state.js';
import { fusedLayout, type TrainingShape } from './wgsl/fused-layout.js';
import { batchKernels, shuffleLanes, streamWords } from './wgsl/random-batches.js';
import { recordBytes } from './wgsl/training.js';
import { correctedBetas, memories } from './wgsl/update-rule.js';

/** Steps of the first dispatch, where a kernel takes many. */
const firstSlice = 16;

/** Minibatches that lie ready: as many as fit into so many numbers, up to so many steps. */
const mostDrawn = 2 ** 24;
const mostSteps = 4096;

export function shapeOf({ network, parameters, optimizer, batches, data }: Training): TrainingShape {
  const size = batches.kind === 'full' ? data.targets.length : batches.size;
  return { network, parameters, optimizer, batches: batches.kind, size };
}

/** Runs with the same text can be trained in one group: only fixed rates, starts, streams and samples may differ. */
export function groupOf(training: Training): string {
  const { optimizer, data, test, from } = training;
  const rate = typeof optimizer.rate === 'number' ? 0 : optimizer.rate;
  const constants = { ...optimizer, rate, weightDecay: 0 };
  const counts = [data.targets.length, test?.targets.length ?? -1, from?.step ?? 0];
  return JSON.stringify([{ ...shapeOf(training), optimizer: constants }, counts]);
}

/** Numbers on the device that each run of a group needs in its largest buffer. */
export function largestBuffer(training: Training): number {
  const { network, size } = shapeOf(training);
  const widest = Math.max(network.inputs, ...network.hidden, 1);
  return Math.max(2 * parameterCount(network), widest * size, streamWords, shuffleLanes * training.data.targets.length);
}

interface Run {
  readonly task: TrainingTask;
  readonly checkpoints: Checkpoint[];
  /** Position of the next checkpoint. */
  next: number;
  divergedAt: number | undefined;
  ended: boolean;
}

/**
 * Trains a group whose trainings have been checked and have the same `groupOf`. Rejects with a signal's reason when one
 * is aborted, and as `Device` does.
 */
export async function trainGroup(device: Device, tasks: readonly TrainingTask[]): Promise<TrainingResult[]> {
  return device.withBuffers(async (buffers) => {
    const [first] = tasks;
    if (first === undefined) return [];
    const group = await openGroup(device, buffers, first.training, tasks);
    await takeAllSteps(group);
    return group.runs.map(({ checkpoints, divergedAt }) => ({
      checkpoints,
      ...(divergedAt !== undefined && { divergedAt }),
    }));
  });
}

/** Runs of one shape on the device, and where they stand. */
interface Group {
  readonly device: Device;
  /** What all have alike. */
  readonly training: Training;
  readonly runs: readonly Run[];
  readonly named: TrainingBuffers;
  readonly streams: GPUBuffer;
  readonly takeSteps: EncodeSteps;
  readonly draws: readonly { readonly kernel: Kernel; readonly bind: GPUBindGroup }[];
  readonly onTraining: Measure;
  readonly onTest: Measure | undefined;
  /** Rate, weight decay, samples and steps of each run, as the device has them. */
  readonly settings: DataView<ArrayBuffer>;
  /** Of each run: steps taken by the last dispatch, whether it goes on, a flag, and the last loss as a float. */
  readonly progress: Uint32Array<ArrayBuffer>;
  /** Minibatches that lie ready, in steps. */
  readonly slots: number;
  /** Steps of the first dispatch. */
  readonly slice: number;
  /** Numbers that the rule remembers of a run. */
  readonly remembered: number;
  /** Steps that have been taken. */
  taken: number;
}

async function openGroup(
  device: Device,
  buffers: Buffers,
  training: Training,
  tasks: readonly TrainingTask[],
): Promise<Group> {
  const shape = shapeOf(training);
  const { network, optimizer, batches, data } = training;
  const count = tasks.length;
  const remembered = memories(optimizer) * parameterCount(network);
  const samples = data.targets.length;
  const slots = Math.max(1, Math.min(mostSteps, Math.floor(mostDrawn / (count * shape.size))));
  const { numbers, trainPlaces, testPlaces } = samplesOf(tasks, network.inputs);
  const { start, memory, streams } = startsOf(training, tasks, remembered);
  const settings = settingsOf(tasks, trainPlaces);
  const progress = new Uint32Array(4 * count);
  tasks.forEach((_, run) => {
    progress[4 * run + 1] = 1;
  });
  const drawnKernels = await Promise.all(batchKernels(batches, samples).map((source) => device.kernel(source)));
  const identity = Uint32Array.from(
    { length: batches.kind === 'torch-randperm' ? count * shuffleLanes * samples : 0 },
    (_, index) => index % samples,
  );
  const { named, streamBuffer, order } = await device.checked(() => ({
    named: {
      job: buffers.uniform('job', 4),
      runs: buffers.storage('runs', 4 * count),
      progress: buffers.storage('progress', progress),
      parameters: buffers.storage('parameters', start),
      memory: buffers.storage('memory', memory),
      samples: buffers.storage('samples', numbers),
      chosen: buffers.storage('minibatches', batches.kind === 'full' ? 0 : count * slots * shape.size),
      powers: buffers.storage('powers', isSteady(optimizer) ? 0 : 4 * slots),
    } satisfies TrainingBuffers,
    streamBuffer: buffers.storage('streams', streams),
    order: buffers.storage('order', identity),
  }));
  const layout = fusedLayout(shape, device.sharedBytes);
  const takeSteps =
    layout === undefined
      ? await tiledSteps(device, buffers, shape, count, named)
      : await fusedSteps(device, buffers, shape, layout, count, named);
  const draws = drawnKernels.map((kernel) => ({
    kernel,
    bind: kernel.bind({ ...named, streams: streamBuffer, order }),
  }));
  const measureOf = (of: readonly number[], size: number): Promise<Measure> =>
    openMeasure(device, buffers, network, count, named.parameters, named.samples, of, size);
  const onTraining = await measureOf(trainPlaces, samples);
  const onTest = training.test === undefined ? undefined : await measureOf(testPlaces, training.test.targets.length);
  return {
    ...{ device, training, named, streams: streamBuffer, takeSteps, draws, onTraining, onTest },
    ...{ settings, progress, slots, remembered },
    slice: layout === undefined ? 1 : firstSlice,
    runs: tasks.map((task): Run => ({ task, checkpoints: [], next: 0, divergedAt: undefined, ended: false })),
    taken: training.from?.step ?? 0,
  };
}

/** The samples of all runs, and where those of each start. */
function samplesOf(tasks: readonly TrainingTask[], inputs: number) {
  const sets = tasks.flatMap(({ training: { data, test } }): Samples[] => (test === undefined ? [data] : [data, test]));
  const { numbers, places } = placeSamples(sets, inputs);
  const perRun = sets.length / tasks.length;
  return {
    numbers,
    trainPlaces: tasks.map((_, run) => places[run * perRun]!),
    testPlaces: tasks.map((_, run) => places[run * perRun + 1] ?? 0),
  };
}

/** The parameters, the rule's memory and the random streams with which each run begins or goes on. */
function startsOf({ network, batches }: Training, tasks: readonly TrainingTask[], remembered: number) {
  const count = tasks.length;
  const total = parameterCount(network);
  const start = new Float32Array(count * total);
  const memory = new Float32Array(count * remembered);
  const streams = new Uint32Array(batches.kind === 'full' ? 0 : count * streamWords);
  tasks.forEach(({ training: { from, initial, batches: drawn } }, run) => {
    start.set(from?.parameters ?? initial, run * total);
    const state = from && restoreState(from.rest, remembered);
    if (state !== undefined) memory.set(state.memory, run * remembered);
    if (drawn.kind !== 'full') streams.set(state?.stream ?? streamOf(drawn.stream), run * streamWords);
  });
  return { start, memory, streams };
}

function settingsOf(tasks: readonly TrainingTask[], places: readonly number[]): DataView<ArrayBuffer> {
  const settings = new DataView(new ArrayBuffer(tasks.length * recordBytes));
  tasks.forEach(({ training: { optimizer: rule } }, run) => {
    settings.setFloat32(run * recordBytes, typeof rule.rate === 'number' ? rule.rate : 0, true);
    settings.setFloat32(run * recordBytes + 4, rule.weightDecay, true);
    settings.setUint32(run * recordBytes + 8, places[run]!, true);
  });
  return settings;
}

/** Dispatch after dispatch, each as long as the device takes patiently, until every run has ended. */
async function takeAllSteps(group: Group): Promise<void> {
  const { runs, slots } = group;
  const aimOf = ({ task, next }: Run): number => task.training.checkpoints[next] ?? task.training.steps;
  await recordDue(group);
  let { slice } = group;
  for (;;) {
    const active = runs.filter(({ ended }) => !ended);
    if (active.length === 0) return;
    const left = Math.min(...active.map((run) => aimOf(run) - group.taken));
    const steps = Math.min(slice, left, slots);
    const started = performance.now();
    await dispatch(group, steps);
    for (const { task } of runs) task.watch.signal.throwIfAborted();
    for (const { ended, task } of runs) if (!ended) task.watch.progress(group.taken);
    await recordDue(group);
    slice = nextSize(slice, performance.now() - started, steps === slice, slots);
  }
}

/** So many steps of the runs that have not ended; those whose loss is no longer finite end. */
async function dispatch(group: Group, steps: number): Promise<void> {
  const { device, runs, named, draws, settings, progress, slots, taken } = group;
  runs.forEach(({ ended }, run) => {
    settings.setUint32(run * recordBytes + 12, ended ? 0 : steps, true);
    progress[4 * run] = 0;
  });
  device.write(named.job, 0, Uint32Array.of(steps, slots, 0, 0));
  device.write(named.runs, 0, new Uint32Array(settings.buffer));
  device.write(named.progress, 0, progress);
  const { optimizer } = group.training;
  if (!isSteady(optimizer)) device.write(named.powers, 0, powersOf(optimizer, taken, steps));
  await device.submit((pass) => {
    for (const { kernel, bind } of draws) {
      pass.setPipeline(kernel.pipeline);
      pass.setBindGroup(0, bind);
      pass.dispatchWorkgroups(runs.length);
    }
    group.takeSteps(pass, steps);
  });
  const [after] = await device.read([named.progress, 0, 16 * runs.length]);
  progress.set(new Uint32Array(after!));
  runs.forEach((run, index) => {
    if (run.ended || progress[4 * index + 1] === 1) return;
    run.divergedAt = taken + progress[4 * index]! + 1;
    run.ended = true;
  });
  group.taken += steps;
}

/** Records the state of the runs that are at a checkpoint, and ends those that have no more to do. */
async function recordDue(group: Group): Promise<void> {
  const { runs, taken } = group;
  const due = runs.flatMap((run, index) =>
    !run.ended && run.task.training.checkpoints[run.next] === taken ? [{ run, index }] : [],
  );
  if (due.length > 0) await recordCheckpoints(group, due);
  for (const run of runs) {
    if (run.task.training.steps === taken && run.task.training.checkpoints[run.next] === undefined) run.ended = true;
  }
}

async function recordCheckpoints(
  group: Group,
  due: readonly { readonly run: Run; readonly index: number }[],
): Promise<void> {
  const { device, training, named, streams, onTraining, onTest, remembered, progress, taken } = group;
  const count = group.runs.length;
  const total = parameterCount(training.network);
  await device.submit((pass) => {
    onTraining.encode(pass);
    onTest?.encode(pass);
  });
  const keeps = due.some(({ run }) => run.task.watch.checkpoint !== undefined);
  const words = training.batches.kind === 'full' ? 0 : streamWords;
  // All from the first to the last in one piece: a copy for each run costs the host more than what lies between them.
  const from = due[0]!.index;
  const span = due.at(-1)!.index + 1 - from;
  const piece = (buffer: GPUBuffer, numbers: number): [GPUBuffer, number, number] => [
    buffer,
    4 * from * numbers,
    4 * span * numbers,
  ];
  const [sums, testSums, parameters, kept, drawn] = await device.read(
    [onTraining.sums, 0, 4 * count],
    [(onTest ?? onTraining).sums, 0, 4 * count],
    piece(named.parameters, total),
    piece(named.memory, keeps ? remembered : 0),
    piece(streams, keeps ? words : 0),
  );
  const [trainSums, heldSums] = [new Float32Array(sums!), new Float32Array(testSums!)];
  due.forEach(({ run, index }) => {
    const place = index - from;
    const checkpoint: Checkpoint = {
      step: taken,
      parameters: new Float32Array(parameters!, 4 * place * total, total).slice(),
      batchLoss: taken === 0 ? NaN : new Float32Array(progress.buffer)[4 * index + 3]!,
      trainLoss: trainSums[index]! / training.data.targets.length,
      testLoss: training.test === undefined ? NaN : heldSums[index]! / training.test.targets.length,
    };
    const finite =
      checkpoint.parameters.every(Number.isFinite) &&
      Number.isFinite(checkpoint.trainLoss) &&
      (onTest === undefined || Number.isFinite(checkpoint.testLoss));
    if (!finite) {
      run.divergedAt = taken;
      run.ended = true;
      return;
    }
    run.checkpoints.push(checkpoint);
    run.next += 1;
    run.task.watch.checkpoint?.(
      checkpoint,
      saveState(
        words === 0 ? undefined : new Uint32Array(drawn!, 4 * place * words, words),
        new Float32Array(kept!, 4 * place * remembered, remembered),
      ),
    );
  });
}

/** Whether a step is the same whatever its number. */
function isSteady(optimizer: Training['optimizer']): boolean {
  return correctedBetas(optimizer) === undefined && typeof optimizer.rate === 'number';
}

/** Adam's corrections and the rate for steps taken + 1, ... in float64 before they are rounded. */
function powersOf(optimizer: Training['optimizer'], taken: number, steps: number): Float32Array {
  const [beta1, beta2] = correctedBetas(optimizer) ?? [0, 0];
  const powers = new Float32Array(4 * steps);
  for (let step = 0; step < steps; step += 1) {
    powers[4 * step] = 1 / (1 - beta1 ** (taken + step + 1));
    powers[4 * step + 1] = 1 / Math.sqrt(1 - beta2 ** (taken + step + 1));
    powers[4 * step + 2] = rateAt(optimizer.rate, taken + step);
  }
  return powers;
}
