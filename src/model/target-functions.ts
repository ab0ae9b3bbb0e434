/** The functions that datasets sample: pure, and the same bits on any machine. */
import { formulaOf, inputNames } from './formula.js';
import { sin } from './transcendental/sin.js';

export type TargetFunction =
  /** Linear between the knots (k/10, sin(12345 k)); on [0, 1] eleven of them. */
  | { readonly kind: 'piecewise-linear' }
  /** The same as the notebook has it, which gives 0 at the knots themselves, x = 1 among them. */
  | { readonly kind: 'piecewise-linear-as-published' }
  /** The notebook's other function. */
  | { readonly kind: 'sin(20x)' }
  /** amplitude sin(frequency x + phase), the frequency in radians per unit of x. */
  | { readonly kind: 'sine'; readonly amplitude: number; readonly frequency: number; readonly phase: number }
  /** 0 below `at`, 1 at and above it. */
  | { readonly kind: 'step'; readonly at: number }
  /** A formula of x. */
  | { readonly kind: 'expression'; readonly expression: string };

const knot = (k: number): number => sin(12345 * k);

function piecewiseLinear(x: number): number {
  const tenX = 10 * x;
  const left = Math.floor(tenX);
  return (tenX - left) * knot(left + 1) - (tenX - (left + 1)) * knot(left);
}

function piecewiseLinearAsPublished(x: number): number {
  const tenX = 10 * x;
  const left = Math.floor(tenX);
  // At a knot ceil and floor are the same, so both weights are 0.
  const right = Math.ceil(tenX);
  return (tenX - left) * knot(right) - (tenX - right) * knot(left);
}

/** The function that was chosen. */
export function targetFunction(choice: TargetFunction): (x: number) => number {
  switch (choice.kind) {
    case 'piecewise-linear':
      return piecewiseLinear;
    case 'piecewise-linear-as-published':
      return piecewiseLinearAsPublished;
    case 'sin(20x)':
      return (x) => sin(20 * x);
    case 'sine':
      return (x) => choice.amplitude * sin(choice.frequency * x + choice.phase);
    case 'step':
      return (x) => (x < choice.at ? 0 : 1);
    case 'expression': {
      const formula = formulaOf(choice.expression, inputNames(1));
      return (x) => formula([x, x]);
    }
  }
}
