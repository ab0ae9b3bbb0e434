/** Numbers as WGSL writes them. */

/** A float32 literal. Throws a RangeError for what is not finite, which WGSL cannot write. */
export function float(value: number): string {
  const single = Math.fround(value);
  if (!Number.isFinite(single)) throw new RangeError(`${value} is no float32 number`);
  return `${single}f`;
}
