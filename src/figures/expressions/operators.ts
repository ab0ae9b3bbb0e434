/** The operators of Vega's expressions: JavaScript's, with its conversions, which its types know for numbers alone. */

type Binary = (left: number, right: number) => unknown;

export const binaryOperators: ReadonlyMap<string, Binary> = new Map<string, Binary>([
  ['*', (left, right) => left * right],
  ['+', (left, right) => left + right],
  ['-', (left, right) => left - right],
  ['/', (left, right) => left / right],
  ['%', (left, right) => left % right],
  ['>', (left, right) => left > right],
  ['<', (left, right) => left < right],
  ['<=', (left, right) => left <= right],
  ['>=', (left, right) => left >= right],
  // eslint-disable-next-line eqeqeq -- an expression may say it
  ['==', (left, right) => left == right],
  // eslint-disable-next-line eqeqeq -- an expression may say it
  ['!=', (left, right) => left != right],
  ['===', (left, right) => left === right],
  ['!==', (left, right) => left !== right],
  ['&', (left, right) => left & right],
  ['|', (left, right) => left | right],
  ['^', (left, right) => left ^ right],
  ['<<', (left, right) => left << right],
  ['>>', (left, right) => left >> right],
  ['>>>', (left, right) => left >>> right],
]);

type Unary = (value: number) => unknown;

export const unaryOperators: ReadonlyMap<string, Unary> = new Map<string, Unary>([
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-conversion -- it need not be a number
  ['+', (value) => +value],
  ['-', (value) => -value],
  ['~', (value) => ~value],
  ['!', (value) => !value],
]);
