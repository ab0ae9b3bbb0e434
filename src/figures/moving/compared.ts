/** Of a figure that moves: what shares the axes of its panels and moments, and the ghost of its first moment. */
import type { Specification } from '../drawing.js';
import { type KeyEntry, type Layer, layer } from '../frame.js';
import type { Run, Subject } from '../subject.js';
import { colour } from '../theme.js';
import { say, stepLabel } from '../words.js';
import type { Domains } from './plot.js';

type PartsOf<Part> = (subject: Subject) => readonly Part[];

const known = new WeakMap<Subject, Map<unknown, readonly unknown[]>>();

/** The parts by which a picture lays out its axes: its own, or of one panel of a figure that moves, those of all. */
export function comparedParts<Part>(
  { moving }: Subject,
  own: readonly Part[],
  partsOf: PartsOf<Part>,
): readonly Part[] {
  if (moving === undefined) return own;
  return partsAmong(moving.among, partsOf);
}

/** The same over the whole course, of a picture whose panels share all that its runs went through. */
export function courseParts<Part>({ moving }: Subject, own: readonly Part[], partsOf: PartsOf<Part>): readonly Part[] {
  return moving === undefined ? own : partsAmong(moving.course, partsOf);
}

function partsAmong<Part>(subject: Subject, partsOf: PartsOf<Part>): readonly Part[] {
  const of = known.get(subject) ?? new Map<unknown, readonly unknown[]>();
  known.set(subject, of);
  const parts = of.get(partsOf) ?? partsOf(subject);
  of.set(partsOf, parts);
  return parts as readonly Part[];
}

/** The axes of a panel that a reader may change: those that it is drawn with, and those of the whole course. */
export interface SwitchedAxes {
  readonly shown: Domains;
  readonly course: Domains;
}

/** By what shows and by all that is compared. */
export function switchedAxes<Part>(
  { request, moving }: Subject,
  own: readonly Part[],
  all: readonly Part[],
  domainsOf: (parts: readonly Part[]) => Domains,
): SwitchedAxes {
  const course = domainsOf(all);
  return { course, shown: moving !== undefined && request.options.axes === 'moment' ? domainsOf(own) : course };
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

/** What a panel shows of the first moment; nothing at that moment itself, and of a figure that does not move. */
export function startParts<Part>(subject: Subject, partsOf: PartsOf<Part>): readonly Part[] {
  const { moving, request } = subject;
  if (moving === undefined || moving.step === moving.start) return [];
  return partsOf({ ...subject, request: { ...request, options: { ...request.options, at: [moving.start] } } });
}

/** How the first moment stays in sight behind the others. */
export function ghost(part: string, mark: Specification, encoding: Specification): Layer {
  return layer(part, { ...mark, color: colour('faint'), opacity: 0.45 }, encoding);
}

export function ghostKey({ moving, language: { words } }: Subject, shape: KeyEntry['shape']): KeyEntry[] {
  if (moving === undefined) return [];
  const label = say(words.drawings.axes.at, { step: stepLabel(words.scripts.figure, moving.start) });
  return [{ label, colour: colour('faint'), shape, opacity: 0.45, part: 'start' }];
}
