/** Any trainings on the device: grouped by shape, the groups side by side, none larger than the device has room for. */
import { checkBatches, checkTraining } from '../check-training.js';
import type { TrainingResult, TrainingTask } from '../engine.js';
import { type Device, DeviceRefusal } from './device.js';
import { lacks } from './lacks.js';
import { groupOf, largestBuffer, trainGroup } from './train-group.js';

/** Runs of one group at most: dispatches have no more workgroups in a dimension. */
const mostRuns = 65_535;

/** The results in the order of the tasks. Rejects as `trainGroup`, and with a RangeError for what no engine trains. */
export async function trainMany(device: Device, tasks: readonly TrainingTask[]): Promise<TrainingResult[]> {
  const groups = new Map<string, number[]>();
  tasks.forEach(({ training, watch }, index) => {
    checkTraining(training, lacks);
    checkBatches(training.batches, training.data.targets.length);
    watch.signal.throwIfAborted();
    const key = groupOf(training);
    groups.set(key, [...(groups.get(key) ?? []), index]);
  });
  const results: TrainingResult[] = [];
  await Promise.all(
    [...groups.values()].map(async (members) => {
      const trained = await trainWithin(
        device,
        members.map((index) => tasks[index]!),
      );
      members.forEach((index, position) => {
        results[index] = trained[position]!;
      });
    }),
  );
  return results;
}

/** A group in as many parts as fit the device, one after another. */
async function trainWithin(device: Device, tasks: readonly TrainingTask[]): Promise<TrainingResult[]> {
  const [first] = tasks;
  if (first === undefined) return [];
  const fit = Math.floor(device.mostBytes / (4 * largestBuffer(first.training)));
  const most = Math.max(1, Math.min(mostRuns, fit));
  if (tasks.length > most) return inParts(device, tasks, most);
  try {
    return await trainGroup(device, tasks);
  } catch (error) {
    if (!(error instanceof DeviceRefusal) || tasks.length === 1) throw error;
    return inParts(device, tasks, Math.ceil(tasks.length / 2));
  }
}

async function inParts(device: Device, tasks: readonly TrainingTask[], size: number): Promise<TrainingResult[]> {
  const results: TrainingResult[] = [];
  for (let first = 0; first < tasks.length; first += size) {
    results.push(...(await trainWithin(device, tasks.slice(first, first + size))));
  }
  return results;
}
