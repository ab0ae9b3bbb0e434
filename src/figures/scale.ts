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

/** The value at a pixel of a logarithmic scale. */
export function fromLogPixels({ domain: [from, to], length }: Scale): (pixel: number) => number {
  return (pixel) => from * (to / from) ** (pixel / length);
}
