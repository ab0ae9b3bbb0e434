/** Scales and their ticks. */

export interface Axis {
  readonly title: string;
  readonly domain: readonly [number, number];
  readonly log?: boolean;
  /** Where its ticks are; else at round numbers. */
  readonly ticks?: readonly number[];
}

/** From a value to pixels between `from` and `to`. */
export function scale({ domain, log }: Axis, from: number, to: number): (value: number) => number {
  const f = log === true ? Math.log10 : (value: number) => value;
  const [low, high] = [f(domain[0]), f(domain[1])];
  const factor = (to - from) / (high - low || 1);
  return (value) => from + (f(value) - low) * factor;
}

/** About so many round numbers within the domain, unless the axis says which. */
export function ticks({ domain: [low, high], log, ticks: given }: Axis, about: number): readonly number[] {
  if (given !== undefined) return given;
  const round = log === true ? logTicks(low, high, about) : [];
  // On a log axis over less than a factor of five or so, numbers are about as far from each other as on any other.
  if (round.length > 1) return round;
  const rough = (high - low) / about;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((nice) => nice * power >= rough) ?? 10);
  return range(Math.ceil(low / step - 1e-9), Math.floor(high / step + 1e-9), 1).map((index) => index * step);
}

/** Powers of ten; where there are few of them, 2 and 5 times these too. */
function logTicks(low: number, high: number, about: number): number[] {
  const [first, last] = [Math.ceil(Math.log10(low) - 1e-9), Math.floor(Math.log10(high) + 1e-9)];
  if (last - first >= 2) {
    const stride = Math.max(1, Math.ceil((last - first + 1) / about));
    return range(first, last, stride).map((exponent) => 10 ** exponent);
  }
  return range(first - 1, last, 1)
    .flatMap((exponent) => [1, 2, 5].map((digit) => Number(`${digit}e${exponent}`)))
    .filter((value) => value >= low && value <= high);
}

function range(first: number, last: number, stride: number): number[] {
  return Array.from(
    { length: Math.max(0, Math.floor((last - first) / stride) + 1) },
    (_, index) => first + index * stride,
  );
}

/** As short as it can be read: 0.2, 150k, and on a log axis 0.02 and 1e−5. */
export function tickLabel(value: number, log = false): string {
  if (log) {
    // In letters that the page's font has: it has no raised minus.
    const text = value.toPrecision(3);
    const plain = value >= 1e-3 && value < 1e4;
    return (plain ? String(Number(text)) : Number(text).toExponential().replace('+', '')).replace('-', '−');
  }
  if (Math.abs(value) >= 1000) return `${Number((value / 1000).toPrecision(6))}k`.replace('-', '−');
  return String(Number(value.toPrecision(6))).replace('-', '−');
}
