/** Whether two trainings are the same, computed on two engines. */
import type { NdArray } from '../shared/artifact.js';
import { type Compare, type Deviation, ofSameShapes, relative, roundings } from './comparison.js';

/** A loss after many steps: a rounding error grows as the training goes on, so only its size can be compared. */
const lossFactor = 2;
const lossFloor = 1e-6;

/** Of the share of samples that are taken for what they are; the counts that it is made of are not compared one by one. */
const accuracyBand = 0.1;

/** How far a loss is from the recorded one, in parts of the band. */
export function lossDeviation(loss: number, found = Number.NaN): number {
  if (Object.is(loss, found)) return 0;
  const factor = Math.abs(Math.log((Math.abs(found) + lossFloor) / (Math.abs(loss) + lossFloor)));
  return Number.isNaN(factor) ? Number.POSITIVE_INFINITY : factor / Math.log(lossFactor);
}

/** One that diverges does so a little earlier or later on another device. */
export const compareTrainings: Compare = (recorded, again, accuracy) =>
  recorded.divergedAt === undefined ? ofTheSameLength(recorded, again, accuracy) : [];

/** Losses within a band at every checkpoint; parameters where the training starts, before rounding has grown. */
const ofTheSameLength: Compare = ofSameShapes((recorded, again, accuracy) => {
  const bound = roundings * accuracy.train;
  const deviations: Deviation[] = [];
  const steps = recorded.arrays['step']?.data ?? new Int32Array();
  for (const [name, array] of Object.entries(recorded.arrays)) {
    const other = again.arrays[name];
    if (name === 'step')
      deviations.push({ of: name, share: relative(array, other) === 0 ? 0 : Number.POSITIVE_INFINITY });
    else if (name.endsWith('-error')) {
      for (const [index, loss] of array.data.entries()) {
        const share = lossDeviation(loss, other?.data[index]);
        deviations.push({ of: `${name} at step ${steps[index] ?? 0}`, share });
      }
    } else if (name.endsWith('-accuracy')) {
      const farthest = Array.from(array.data).reduce(
        (most, share, index) => Math.max(most, Math.abs(share - (other?.data[index] ?? 2))),
        0,
      );
      deviations.push({ of: name, share: farthest / accuracyBand });
    } else if (!name.endsWith('-confusion')) {
      const size = array.data.length / (array.shape[0] ?? 1);
      const start = (whole: NdArray): NdArray => ({ shape: [size], data: whole.data.slice(0, size) });
      deviations.push({ of: `${name} at the start`, share: other ? relative(start(array), start(other)) / bound : 9 });
    }
  }
  return deviations;
});
