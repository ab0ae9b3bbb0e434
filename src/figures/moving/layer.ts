/** A layer of a picture that is drawn again for another moment: what Vega-Lite made of its marks' encodings, as plain data. */
export interface MovingLayer {
  /** It draws the rows with this `part`. */
  readonly part: string;
  readonly mark: 'symbol' | 'line' | 'rule' | 'area' | 'rect' | 'text';
  readonly channels: Readonly<Partial<Record<ChannelName, Channel>>>;
}

/** Where a property of a mark comes from: it is the same for all rows, a field of the row, or depends on one. */
export type Channel =
  | { readonly value: string | number | readonly number[] }
  | { readonly field: string; readonly scale?: 'x' | 'y' }
  /** The value after the last bound that the field reaches. */
  | { readonly field: string; readonly bounds: readonly number[]; readonly values: readonly string[] }
  | { readonly tests: readonly Test[]; readonly value: string | number };

export interface Test {
  readonly field: string;
  readonly equal: string | number;
  readonly value: string | number;
}

export const channelNames = [
  ...(['x', 'x2', 'y', 'y2', 'size', 'shape', 'fill', 'stroke', 'opacity', 'fillOpacity', 'strokeOpacity'] as const),
  ...(['strokeWidth', 'strokeDash', 'strokeJoin', 'strokeCap', 'text', 'align', 'baseline', 'dx', 'dy'] as const),
  ...(['fontSize', 'fontWeight', 'lineBreak'] as const),
] as const;
export type ChannelName = (typeof channelNames)[number];
