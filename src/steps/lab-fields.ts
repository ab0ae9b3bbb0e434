/** What a reader may change of a training in its page, by the names that an author writes. */
export const fieldNames = [
  ...(['rate', 'momentum', 'width', 'batch', 'noise', 'seed', 'optimizer', 'activation', 'elbows'] as const),
] as const;

export type FieldName = (typeof fieldNames)[number];

/** Between which numbers an author may bound a field, as the options of a training have them; none of those that are no length along a slider. */
export const bounds: Readonly<Record<FieldName, readonly [number, number] | undefined>> = {
  rate: [1e-300, 1e9],
  momentum: [0, 1 - Number.EPSILON],
  width: [1, 10_000_000],
  batch: [1, 10_000_000],
  noise: [0, 1e6],
  ...{ seed: undefined, optimizer: undefined, activation: undefined, elbows: undefined },
};

/** Those that are counted. */
export const countedFields: ReadonlySet<FieldName> = new Set(['width', 'batch', 'seed']);

/** One that an author offers, and between which numbers, where the usual ones are not meant. */
export interface AskedField {
  readonly name: FieldName;
  readonly range?: readonly [number, number];
}
