/**
 * What a step produced: named arrays and named values. Every room speaks of artifacts, so the type stands beside
 * `problem` and `hash`; reading and writing their bytes is the store's business, their meaning the step kind's.
 */

/** A dense row-major array. `shape` has at least one dimension; their product is `data.length`. */
export interface NdArray {
  readonly shape: readonly number[];
  readonly data: Float64Array | Float32Array | Int32Array;
}

/** A plain JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface Artifact {
  /** Named arrays, in the order in which the step kind documents them. */
  readonly arrays: Readonly<Record<string, NdArray>>;
  /** Small facts that are not arrays: names of columns, a rank's tolerance, counts. */
  readonly values: Readonly<Record<string, Json>>;
  /**
   * Set when a training ended before its last step because its loss stopped being finite, and of what is computed from one
   * when it was to look at a step that the training did not reach.
   */
  readonly divergedAt?: number;
}

/** The name under which the step at which a run diverged can be asked for, among the values of its artifact. */
export const divergedAtName = 'diverged-at';

/** A value of an artifact by its name; undefined when it has none. */
export function valueIn({ values, divergedAt }: Artifact, name: string): Json | undefined {
  if (name === divergedAtName) return divergedAt ?? null;
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

/** An array of float64 with the given shape, around the given numbers. Throws when the two do not fit. */
export function float64Array(shape: readonly number[], data: Float64Array): NdArray {
  const size = shape.reduce((product, length) => product * length, 1);
  if (size !== data.length) throw new Error(`shape ${shape.join('x')} needs ${size} numbers, not ${data.length}`);
  return { shape, data };
}
