/** The values of a dimension over which a training went: whole numbers, ascending. */
import type { NdArray } from '../../shared/artifact.js';
import { ResultsFault } from './results-fault.js';

/** Throws a ResultsFault for others; `goingBack` says what to do where they go back. */
export function checkSteps(steps: ArrayLike<number>, name: string, file: string, goingBack: string): void {
  for (let index = 0; index < steps.length; index += 1) {
    const [before = -1, step = Number.NaN] = [steps[index - 1], steps[index]];
    if (!Number.isSafeInteger(step) || step < 0) {
      const message = `"${name}" of ${file} is ${Number.isNaN(step) ? 'missing' : step} in row ${index + 1}, and is to be a whole number from 0 on`;
      throw new ResultsFault(
        ['from'],
        'results-axes',
        message,
        'save the number of the step, or name the dimension otherwise',
      );
    }
    if (step <= before) {
      const message = `"${name}" of ${file} goes from ${before} to ${step} in row ${index + 1}`;
      throw new ResultsFault(['from'], 'results-axes', message, goingBack);
    }
  }
}

/** As int32 where all of them are. */
export function stepArray(steps: ArrayLike<number>): NdArray['data'] {
  const whole = Int32Array.from(steps);
  return whole.every((step, index) => step === steps[index]) ? whole : Float64Array.from(steps);
}

export const severalRuns = 'if it holds several runs, name the column that tells them apart: by: [seed]';
