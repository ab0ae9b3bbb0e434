/** What networks answer at the inputs of their data, beside the targets. */
import { arrayOf, numbersOf } from '../arrays.js';
import { inputOf, type Run, type Subject } from '../subject.js';
import { outputsAt } from './data.js';

export interface Answers {
  readonly targets: Float64Array;
  readonly outputs: Float64Array;
}

/** Of a training at one of its checkpoints; of the test samples too, where there are any. */
export function answersOf(
  run: Run,
  index: number,
  { artifactOf }: Subject,
): { readonly train: Answers; readonly test: Answers | undefined } {
  const dataset = inputOf(run.step, 'data', artifactOf)?.artifact;
  if (dataset === undefined) throw new Error(`${run.step.name} has no dataset`);
  const outputs = outputsAt(run.artifact, index);
  const answers = (part: '' | 'test-'): Answers => ({
    targets: numbersOf(dataset, `${part}targets`),
    outputs: outputs(Float64Array.from(arrayOf(dataset, `${part}inputs`).data)),
  });
  return { train: answers(''), test: dataset.arrays['test-inputs'] === undefined ? undefined : answers('test-') };
}

/** Outputs less targets. */
export function residualsOf({ targets, outputs }: Answers): Float64Array {
  return outputs.map((output, index) => output - (targets[index] ?? 0));
}

export function meanSquare(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value * value, 0) / values.length;
}
