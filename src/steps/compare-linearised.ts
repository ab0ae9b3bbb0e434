/** Whether two linearised trainings are the same, computed on two engines. */
import { type Compare, type Deviation, ofSameShapes, relative, roundings } from './comparison.js';
import { lossDeviation } from './compare-trainings.js';

/** Solutions over singular vectors divide by small ones, whose own errors they feel. */
const ofSolutions = 1000;

/**
 * What was solved within rounding, more of it where singular values are small; of what was trained step by step the errors
 * within the band that those of trainings have.
 */
export const compareLinearised: Compare = ofSameShapes((recorded, again, { predict, jacobian, product, svd }) => {
  const bound = roundings * Math.max(predict, jacobian, product, svd);
  const trained = recorded.values['method'] === 'trained';
  return Object.entries(recorded.arrays).flatMap(([of, array]): Deviation[] => {
    const other = again.arrays[of];
    const exact = of.startsWith('true-') || of === 'step' || of === 'inputs' || of === 'ridge-penalty';
    if (exact) return [{ of, share: relative(array, other) / bound }];
    if (!trained || of.startsWith('ridge-')) return [{ of, share: relative(array, other) / (ofSolutions * bound) }];
    if (!of.endsWith('-error')) return [];
    return Array.from(array.data, (loss, index) => ({ of, share: lossDeviation(loss, other?.data[index]) }));
  });
});
