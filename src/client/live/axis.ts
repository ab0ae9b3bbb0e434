/** Scales and their ticks. */

export interface Axis {
  readonly title: string;
  readonly domain: readonly [number, number];
  readonly log?: boolean;
}

/** From a value to pixels between `from` and `to`. */
export function scale({ domain, log }: Axis, from: number, to: number): (value: number) => number {
  const f = log === true ? Math.log10 : (value: number) => value;
  const [low, high] = [f(domain[0]), f(domain[1])];
  const factor = (to - from) / (high - low || 1);
  return (value) => from + (f(value) - low) * factor;
}

/** About so many round numbers within the domain. */
export function ticks({ domain: [low, high], log }: Axis, about: number): number[] {
  if (log === true) {
    const [first, last] = [Math.ceil(Math.log10(low) - 1e-9), Math.floor(Math.log10(high) + 1e-9)];
    const stride = Math.max(1, Math.ceil((last - first + 1) / about));
    return range(first, last, stride).map((exponent) => 10 ** exponent);
  }
  const rough = (high - low) / about;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((nice) => nice * power >= rough) ?? 10);
  return range(Math.ceil(low / step - 1e-9), Math.floor(high / step + 1e-9), 1).map((index) => index * step);
}

function range(first: number, last: number, stride: number): number[] {
  return Array.from(
    { length: Math.max(0, Math.floor((last - first) / stride) + 1) },
    (_, index) => first + index * stride,
  );
}

/** As short as it can be read: 0.2, 150k, 1e−5. */
export function tickLabel(value: number, log = false): string {
  if (log) {
    // In letters that the page's font has: it has no raised minus.
    const exponent = Math.round(Math.log10(value));
    return (Math.abs(exponent) <= 3 ? String(10 ** exponent) : `1e${exponent}`).replace('-', '−');
  }
  if (Math.abs(value) >= 1000) return `${Number((value / 1000).toPrecision(6))}k`.replace('-', '−');
  return String(Number(value.toPrecision(6))).replace('-', '−');
}
