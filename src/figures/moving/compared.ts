/** Of a figure that moves: what shares the axes of its panels and moments, and the ghost of its first moment. */
import type { Specification } from '../drawing.js';
import { type KeyEntry, type Layer, layer } from '../frame.js';
import type { Run, Subject } from '../subject.js';
import { colour } from '../theme.js';
import { stepLabel } from '../words.js';

type PartsOf<Part> = (subject: Subject) => readonly Part[];

const known = new WeakMap<Subject, Map<unknown, readonly unknown[]>>();

/** The parts by which a picture lays out its axes: its own, or of one panel of a figure that moves, those of all. */
export function comparedParts<Part>(
  { moving }: Subject,
  own: readonly Part[],
  partsOf: PartsOf<Part>,
): readonly Part[] {
  if (moving === undefined) return own;
  const of = known.get(moving.among) ?? new Map<unknown, readonly unknown[]>();
  known.set(moving.among, of);
  const parts = of.get(partsOf) ?? partsOf(moving.among);
  of.set(partsOf, parts);
  return parts as readonly Part[];
}

/** The same run at the first moment; undefined at that moment itself, and of a figure that does not move. */
export function startOf<At extends { readonly run: Run; readonly step: number }>(
  { moving }: Subject,
  { run, step }: At,
  compared: readonly At[],
): At | undefined {
  if (moving === undefined || step === moving.start) return undefined;
  return compared.find((one) => one.run === run && one.step === moving.start);
}

/** How the first moment stays in sight behind the others. */
export function ghost(part: string, mark: Specification, encoding: Specification): Layer {
  return layer(part, { ...mark, color: colour('faint'), opacity: 0.45 }, encoding);
}

export function ghostKey({ moving }: Subject, shape: KeyEntry['shape']): KeyEntry[] {
  return moving === undefined
    ? []
    : [{ label: `at ${stepLabel(moving.start)}`, colour: colour('faint'), shape, opacity: 0.45, part: 'start' }];
}
