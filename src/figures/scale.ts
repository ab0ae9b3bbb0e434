/** From data to pixels, as the drawing will have it, so that lines can be simplified where it shows. */

export interface Scale {
  readonly type: 'linear' | 'log' | 'symlog';
  readonly domain: readonly [number, number];
  /** In pixels. */
  readonly length: number;
  /** Of a symlog scale: below it the scale is about linear. */
  readonly constant?: number;
}

export function toPixels({ type, domain: [from, to], length, constant = 1 }: Scale): (value: number) => number {
  const bend = (value: number): number => {
    if (type === 'linear') return value;
    return type === 'log' ? Math.log(value) : Math.sign(value) * Math.log1p(Math.abs(value) / constant);
  };
  const [low, high] = [bend(from), bend(to)];
  return (value) => ((bend(value) - low) / (high - low)) * length;
}

/** All of some values in pixels. */
export function inPixels(values: ArrayLike<number>, scale: Scale): Float64Array {
  const toPixel = toPixels(scale);
  // A loop: with a function for each value `Float64Array.from` takes ten times as long.
  const pixels = new Float64Array(values.length);
  for (let index = 0; index < pixels.length; index += 1) pixels[index] = toPixel(values[index] ?? Number.NaN);
  return pixels;
}

/** The value at a pixel of a logarithmic scale. */
export function fromLogPixels({ domain: [from, to], length }: Scale): (pixel: number) => number {
  return (pixel) => from * (to / from) ** (pixel / length);
}
