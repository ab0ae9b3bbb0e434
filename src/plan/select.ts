/** Choosing among the runs of a directive by their coordinates, and among the numbers of a run. */
import type { Json } from '../artifact.js';
import { parameterLayout } from '../model/network.js';
import { checkAt } from '../steps/checkpoints.js';
import type { TrainFacts, TrainOptions } from '../steps/train.js';
import { suggestion } from '../suggest.js';
import type { PlannedStep } from './plan.js';
import { labelOf } from './sweep.js';

/** What is wrong, and what to do. */
export interface Fault {
  readonly message: string;
  readonly hint: string;
}

/** "width" is what people call a network's hidden widths. */
const alias: Readonly<Record<string, string>> = { width: 'hidden' };

/** The axis of these steps that a word means. */
export function axisOf(word: string, steps: readonly PlannedStep[]): string | undefined {
  const axes = new Set(steps.flatMap(({ coordinates }) => coordinates.map(({ axis }) => axis)));
  const meant = alias[word];
  return axes.has(word) ? word : meant !== undefined && axes.has(meant) ? meant : undefined;
}

/** The axes that these steps have. */
export function axesOf(steps: readonly PlannedStep[]): string[] {
  return [...new Set(steps.flatMap(({ coordinates }) => coordinates.map(({ axis }) => axis)))];
}

/** The steps at a coordinate: `value` is what was swept over, or how it is printed. */
export function stepsAt(steps: readonly PlannedStep[], word: string, value: Json): readonly PlannedStep[] | Fault {
  const axis = axisOf(word, steps);
  if (axis === undefined)
    return { message: `nothing is swept over "${word}" here`, hint: suggestion(word, axesOf(steps)) };
  const label = labelOf(value);
  const chosen = steps.filter(({ coordinates }) =>
    coordinates.some((c) => c.axis === axis && (c.label === label || isSameNumber(c.label, label))),
  );
  if (chosen.length > 0) return chosen;
  const labels = new Set(
    steps.flatMap(({ coordinates }) => coordinates.flatMap((c) => (c.axis === axis ? [c.label] : []))),
  );
  return { message: `there is no run with ${word}=${label}`, hint: `choose from ${[...labels].join(', ')}` };
}

/** 0.000001 is 1e-6. */
function isSameNumber(one: string, other: string): boolean {
  return one.trim() !== '' && other.trim() !== '' && Number(one) === Number(other);
}

/** The steps that `where: {hidden: 10}` leaves; a list of values leaves all of them. */
export function stepsWhere(
  steps: readonly PlannedStep[],
  where: Readonly<Record<string, Json>>,
): readonly PlannedStep[] | (Fault & { readonly axis: string }) {
  let left = steps;
  for (const [axis, wanted] of Object.entries(where)) {
    // [10] is one value of an axis whose values are lists; [[10], [20]] and [0, 1] over numbers are several.
    const whole = stepsAt(left, axis, wanted);
    if (!('message' in whole)) {
      left = whole;
      continue;
    }
    const chosen: PlannedStep[] = [];
    for (const value of Array.isArray(wanted) ? (wanted as readonly Json[]) : [wanted]) {
      const some = stepsAt(left, axis, value);
      if ('message' in some) return { ...some, axis };
      chosen.push(...some);
    }
    left = chosen;
  }
  return left;
}

/** The dimensions of an array of a step's artifact; none for a plain number; undefined when it has no such thing. */
export function dimensionsOf(step: PlannedStep, name: string): readonly string[] | undefined {
  const { kind } = step;
  if (kind.numbers.includes(name)) return [];
  // A name may be any word, "constructor" too.
  const known = Object.hasOwn(kind.dimensions, name) ? kind.dimensions[name] : undefined;
  if (known !== undefined || kind.kind !== 'train') return known;
  const block = parameterLayout((step.facts as unknown as TrainFacts).network).find(
    (candidate) => candidate.name === name,
  );
  return block && (block.shape.length === 2 ? ['checkpoint', 'out', 'in'] : ['checkpoint', 'out']);
}

/** How long a dimension of an array of a step's artifact is; undefined when that is only known once it has run. */
export function extentOf(step: PlannedStep, name: string, dimension: string): number | undefined {
  const { kind, facts } = step;
  if (kind.kind === 'train' && !Object.hasOwn(kind.dimensions, name)) {
    const block = parameterLayout((facts as unknown as TrainFacts).network).find((one) => one.name === name);
    return dimension === 'out' ? block?.shape[0] : dimension === 'in' ? block?.shape[1] : undefined;
  }
  return kind.extents(facts)[dimension];
}

/** The names of a step's arrays and numbers. */
export function namesOf(step: PlannedStep): string[] {
  return [...Object.keys(step.kind.dimensions), ...step.kind.numbers];
}

/** Whether a step of a training can be asked for: recorded by the training, or looked at by the directive over it. */
export function checkpointFault(step: PlannedStep, at: number): Fault | undefined {
  const training = step.kind.kind === 'train' ? step : step.inputs['of'];
  if (training === undefined) return { message: `"${step.id}" has no checkpoints`, hint: 'leave the step out' };
  const { checkpoints, steps } = training.options as TrainOptions;
  if (training === step) return checkAt([at], checkpoints, steps)[0];
  const looked = (step.options as { readonly at: readonly (number | 'last')[] }).at.map((one) =>
    one === 'last' ? steps : one,
  );
  return looked.includes(at)
    ? undefined
    : {
        message: `"${step.id}" does not look at step ${at}`,
        hint: `choose from ${looked.join(', ')}, or add ${at} to its "at"`,
      };
}
