/**
 * What an axis of numbers can show: from where to where it runs, its round numbers, and how these are written. Every
 * picture asks here, so that none has an axis without length, or a number that is too long to be read.
 */

type Range = readonly [number, number];

/** The longest number on an axis, in characters. */
export const longest = 12;

/** The largest and the smallest size that an axis is about: its length, and parts of it, are numbers too. */
const [largest, smallest] = [8e307, 1e-300];

/**
 * The domain of an axis that shows this range, with a margin of that share of it on both sides. It always has a length: around
 * a single number as much as is read well, and never so little that its round numbers would need more than twelve
 * characters to be told apart.
 */
export function axisDomain([low, high]: Range, share = 0, mostDigits = longest): [number, number] {
  const margin = (clamped(high) - clamped(low)) * share;
  let [from, to] = [clamped(clamped(low) - margin), clamped(clamped(high) + margin)];
  if (!(to - from >= smallest)) {
    const room = Math.abs(from) < smallest ? 1 : Math.abs(from) * 0.1;
    [from, to] = [clamped(from - room), clamped(from + room)];
  }
  // A finer axis than any has.
  while (styleOf(niceTicks([from, to], 10), mostDigits) === undefined) {
    const middle = from / 2 + to / 2;
    const half = Math.max((to - from) * 2, Math.abs(middle) * Number.EPSILON);
    [from, to] = [middle - half, middle + half];
  }
  return [from, to];
}

function clamped(value: number): number {
  return Math.max(-largest, Math.min(largest, value));
}

/** The domain of an axis of steps. */
export function stepDomain([first, last]: Range): [number, number] {
  return first < last ? [first, last] : [first, first + 1];
}

/** The domain of a logarithmic axis over positive numbers; around 1 where there are none. */
export function logDomain(values: ArrayLike<number>, room = 1.3): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, 0];
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] ?? 0;
    if (!(value > 0) || !Number.isFinite(value)) continue;
    const shown = Math.max(smallest, Math.min(largest / room, value));
    low = Math.min(low, shown);
    high = Math.max(high, shown);
  }
  return low > high ? [1 / room, room] : [low / room, high * room];
}

/** About so many round numbers within a range, ascending: those that d3, and so Vega, would choose. */
export function niceTicks([low, high]: Range, about: number): number[] {
  const step = tickStep(high - low, about);
  const at = (index: number): number => exact(index * step, step);
  let [first, last] = [Math.round(low / step), Math.round(high / step)];
  if (at(first) < low) first += 1;
  if (at(last) > high) last -= 1;
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => at(first + index));
}

function tickStep(length: number, about: number): number {
  const rough = length / about;
  const power = Math.floor(Math.log10(rough));
  const over = rough / 10 ** power;
  const digit = over >= Math.sqrt(50) ? 10 : over >= Math.sqrt(10) ? 5 : over >= Math.SQRT2 ? 2 : 1;
  return Number(`${digit}e${power}`);
}

/** Without what multiplying has put behind its last digit. */
function exact(value: number, step: number): number {
  const digits = Math.floor(Math.log10(Math.abs(value))) - Math.floor(Math.log10(step)) + 2;
  return value === 0 ? 0 : Number(value.toPrecision(Math.max(1, Math.min(21, digits))));
}

/** How all numbers of one axis are written. */
type NumberStyle =
  /** 0.25, or 1,000,000. */
  | { readonly powers: false; readonly decimals: number; readonly commas: boolean }
  /** 2.5e−7. */
  | { readonly powers: true; readonly digits: number };

/** Undefined where twelve characters do not tell these numbers apart. */
function styleOf(ticks: readonly number[], mostDigits = longest): NumberStyle | undefined {
  const size = Math.max(...ticks.map(Math.abs), 0);
  const step = Math.min(...ticks.slice(1).map((tick, index) => tick - (ticks[index] ?? 0)), size || 1);
  if (!(step > 0)) return undefined;
  // Differences of long numbers are a little off.
  const [top, bottom] = [Math.floor(Math.log10(size) + 1e-9), Math.floor(Math.log10(step) + 1e-3)];
  const digits = Math.max(1, top - bottom + 1);
  if (digits > mostDigits) return undefined;
  const decimals = Math.max(0, -bottom);
  const plain = { powers: false, decimals, commas: true } as const;
  const powers = { powers: true, digits } as const;
  // Beyond, no number is written out.
  if (size >= 1e15 || decimals > 20) return fits(ticks, powers) ? powers : undefined;
  if (size < 1e7 && decimals <= 5 && fits(ticks, plain)) return plain;
  if (digits <= 5 && fits(ticks, powers)) return powers;
  return [plain, { ...plain, commas: false }, powers].find((style) => fits(ticks, style));
}

function fits(ticks: readonly number[], style: NumberStyle): boolean {
  return ticks.every((tick) => written(tick, style).length <= longest);
}

function written(value: number, style: NumberStyle): string {
  if (value === 0 && style.powers) return '0';
  const text = style.powers
    ? value
        .toExponential(style.digits - 1)
        .replace(/\.?0*e/, 'e')
        .replace('+', '')
    : style.commas
      ? value.toFixed(style.decimals).replace(/\B(?<!\.\d*)(?=(\d{3})+(?!\d))/g, ',')
      : value.toFixed(style.decimals);
  // In letters that the page's font has: it has no raised minus.
  return text.replaceAll('-', '−');
}

/** What the round numbers of an axis are written as. */
export function tickLabels(ticks: readonly number[]): string[] {
  const style = styleOf(ticks) ?? { powers: true, digits: 5 };
  return ticks.map((tick) => written(tick, style));
}

/** The same of a whole axis of about so many, as Vega-Lite writes them: nothing, where it writes them so by itself. */
export function tickFormat(domain: Range, about: number): { readonly format?: string; readonly labelExpr?: string } {
  const style = styleOf(niceTicks(domain, about));
  if (style === undefined) return { labelExpr: shortNumber };
  if (style.powers) return { labelExpr: withPowers(`.${style.digits - 1}~e`) };
  return style.commas ? {} : { format: `.${style.decimals}f` };
}

function withPowers(format: string): string {
  return labelWith(`'${format}'`);
}

/** `format` is an expression. */
function labelWith(format: string): string {
  return `datum.value == 0 ? '0' : replace(replace(format(datum.value, ${format}), 'e+', 'e'), 'e-', 'e−')`;
}

/** A Vega expression: 0.001 as 1e−3. */
export const powersOnly = /* @__PURE__ */ withPowers('.0~e');

/** A Vega expression: a label's number in five digits, which are never more than twelve characters. */
export const shortNumber = /* @__PURE__ */ labelWith("abs(datum.value) < 1e-5 ? '.4~e' : '.5~g'");

/** The round numbers of a logarithmic axis: powers of ten, about six; 2 and 5 times these too where they are few. */
export function logTicks([low, high]: Range, about = 6): number[] {
  const [first, last] = [Math.ceil(Math.log10(low) - 1e-9), Math.floor(Math.log10(high) + 1e-9)];
  if (last - first >= 2) {
    const stride = Math.ceil((last - first + 1) / about);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index)
      .filter((power) => power % stride === 0)
      .map(powerOfTen);
  }
  const decades = Array.from({ length: last - first + 2 }, (_, index) => first - 1 + index);
  const between = decades.flatMap((power) => [1, 2, 5].map((digit) => Number(`${digit}e${power}`)));
  const within = between.filter((value) => value >= low && value <= high);
  // Over less than a factor of five or so, numbers are about as far from each other as on any other axis.
  return within.length >= 2 ? within : niceTicks([low, high], Math.min(about, 4));
}

/** Through its decimal text: 10 ** -5 is not 0.00001. */
function powerOfTen(power: number): number {
  return Number(`1e${power}`);
}

/** 0 and powers of ten from the first of them that is at least `constant`, on an axis that is linear below it. */
export function symlogTicks([low, high]: Range, constant: number): number[] {
  const sides = [-low, high].map((end) =>
    end >= constant ? logTicks([constant, end]).filter((tick) => Number.isInteger(Math.log10(tick))) : [],
  );
  const [below = [], above = []] = sides;
  return [...below.map((tick) => -tick).reverse(), ...(low <= 0 && high >= 0 ? [0] : []), ...above];
}
