/**
 * The functions of Vega's expressions that are JavaScript's own. Those of Vega itself come with each view, and `if`, which
 * evaluates one of its branches only, is the evaluator's.
 */

/** Its arguments are whatever an expression says. */
export type ExpressionFunction = (this: unknown, ...values: never[]) => unknown;

type Instant = number | string | Date;

const dates: Readonly<Record<string, (date: Date) => number>> = {
  date: (date) => date.getDate(),
  day: (date) => date.getDay(),
  year: (date) => date.getFullYear(),
  month: (date) => date.getMonth(),
  hours: (date) => date.getHours(),
  minutes: (date) => date.getMinutes(),
  seconds: (date) => date.getSeconds(),
  milliseconds: (date) => date.getMilliseconds(),
  time: (date) => date.getTime(),
  timezoneoffset: (date) => date.getTimezoneOffset(),
  utcdate: (date) => date.getUTCDate(),
  utcday: (date) => date.getUTCDay(),
  utcyear: (date) => date.getUTCFullYear(),
  utcmonth: (date) => date.getUTCMonth(),
  utchours: (date) => date.getUTCHours(),
  utcminutes: (date) => date.getUTCMinutes(),
  utcseconds: (date) => date.getUTCSeconds(),
  utcmilliseconds: (date) => date.getUTCMilliseconds(),
};

const others: Readonly<Record<string, ExpressionFunction>> = {
  isNaN: Number.isNaN,
  isFinite: Number.isFinite,
  ...Object.fromEntries(
    [
      ...([
        'abs',
        'acos',
        'asin',
        'atan',
        'atan2',
        'ceil',
        'cos',
        'exp',
        'floor',
        'hypot',
        'log',
        'max',
        'min',
      ] as const),
      ...(['pow', 'random', 'round', 'sin', 'sqrt', 'tan'] as const),
    ].map((name) => [name, Math[name].bind(Math)]),
  ),
  clamp: (value: number, low: number, high: number) => Math.max(low, Math.min(high, value)),
  now: () => Date.now(),
  utc: (...parts: [number]) => Date.UTC(...parts),
  datetime: (...parts: [number, number]) => new Date(...parts),
  length: (value: { readonly length: unknown }) => value.length,
  parseFloat,
  parseInt,
  upper: (text: unknown) => String(text).toUpperCase(),
  lower: (text: unknown) => String(text).toLowerCase(),
  substring: (text: unknown, ...range: [number, number]) => String(text).substring(...range),
  split: (text: unknown, ...by: [string, number]) => String(text).split(...by),
  trim: (text: unknown) => String(text).trim(),
  btoa,
  atob,
  encodeURIComponent,
  regexp: RegExp,
  test: (pattern: string | RegExp, text: string) => RegExp(pattern).test(text),
};

export const standardFunctions: ReadonlyMap<string, ExpressionFunction> = new Map([
  ...Object.entries(others),
  ...Object.entries(dates).map(([name, part]): [string, ExpressionFunction] => [
    name,
    (value: Instant) => part(new Date(value)),
  ]),
]);
