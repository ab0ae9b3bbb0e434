/** Choosing among the runs of a directive by their coordinates, and among the numbers of a run. */
import { append } from '../shared/append.js';
import { dictionary } from '../shared/dictionary.js';
import type { Json } from '../shared/artifact.js';
import type { Fault } from '../shared/fault.js';
import { checkAt } from '../steps/checkpoints.js';
import type { Dimension, Shapes } from '../steps/step.js';
import type { TrainOptions } from '../steps/train.js';
import { suggestion } from '../shared/suggest.js';
import type { PlannedStep } from './plan.js';
import { labelOf } from './sweep.js';

export type { Fault } from '../shared/fault.js';

/** "width" is what people call a network's hidden widths. */
const alias = dictionary<string>({ width: 'hidden' });

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
    coordinates.some(
      (c) => c.axis === axis && (c.label === label || labelOf(c.value) === label || isSameNumber(c.label, label)),
    ),
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
      append(chosen, some);
    }
    left = chosen;
  }
  return left;
}

/** The dimensions of an array of a step's artifact; none for a plain number; undefined when it has no such thing. */
export function dimensionsOf(step: PlannedStep, name: string): readonly Dimension[] | undefined {
  if (step.kind.numbers.includes(name)) return [];
  const shapes = shapesOf(step);
  // A name may be any word, "constructor" too.
  return Object.hasOwn(shapes, name) ? shapes[name] : undefined;
}

/** A directive's runs are many, and a page asks for the same ones again and again. */
const knownShapes = new WeakMap<PlannedStep, Shapes>();

function shapesOf(step: PlannedStep): Shapes {
  const shapes = knownShapes.get(step) ?? step.kind.shapes(step.options, step.facts);
  knownShapes.set(step, shapes);
  return shapes;
}

/** The names of a step's arrays and numbers, without those of its parameters. */
export function namesOf(step: PlannedStep): string[] {
  const { kind, facts } = step;
  const listed = kind.dimensionsIn?.(facts) ?? kind.dimensions;
  const arrays = Object.keys(shapesOf(step)).filter((name) => Object.hasOwn(listed, name));
  return [...arrays, ...step.kind.numbers];
}

/** Why a step has no such result, or no value in it; undefined where it may have one. */
export function lackOf(step: PlannedStep, name: string, at: number | undefined): Fault | undefined {
  const lack = step.kind.lacks?.(step.facts, name, at);
  return lack && { message: `"${step.name}" has no ${name.replaceAll('-', ' ')}: ${lack.message}`, hint: lack.hint };
}

/** Whether a step of a training can be asked for: recorded by the training, or looked at by the directive over it. */
export function checkpointFault(step: PlannedStep, at: number): Fault | undefined {
  if (step.kind.checkpoints(step.options, step.facts).length === 0)
    return { message: `"${step.id}" has no checkpoints`, hint: 'leave the step out' };
  if (step.kind.source !== undefined) {
    const recorded = step.kind.checkpoints(step.options, step.facts);
    if (recorded.includes(at)) return undefined;
    const near = recorded.toSorted((a, b) => Math.abs(a - at) - Math.abs(b - at)).slice(0, 2);
    return {
      message: `"${step.name}" has no step ${at}`,
      hint: `choose ${near.toSorted((a, b) => a - b).join(' or ')}`,
    };
  }
  const training = step.inputs['of'] ?? step;
  const { checkpoints, steps } = training.options as TrainOptions;
  if (training === step) return checkAt([at], checkpoints, steps)[0];
  const looked = step.kind.checkpoints(step.options, step.facts);
  if (looked.includes(at)) return undefined;
  const { at: chosen } = step.options as { readonly at?: unknown };
  // It looks at all that the training records.
  if (chosen === 'all') return checkAt([at], checkpoints, steps)[0];
  const more = chosen === undefined ? '' : `, or add ${at} to its "at"`;
  return { message: `"${step.id}" does not look at step ${at}`, hint: `choose from ${looked.join(', ')}${more}` };
}
