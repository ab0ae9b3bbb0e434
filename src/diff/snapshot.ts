/**
 * What a report says and what it was computed from, as plain data. A site holds its own as `snapshot.json`, which `colophon diff`
 * compares; it may come from anyone, so it is read by a schema.
 */
import * as z from 'zod';
import { messageOf } from '../shared/message-of.js';

const text = z.string();
const texts = z.array(z.string());
/** A place in a page, for people. */
const at = { page: text, line: z.int() } as const;

/** A number as it is printed, and the numbers that it stands for: one, or one for each seed. Null where there is none. */
const printed = { text, numbers: z.array(z.number().nullable()) } as const;
/** The ids of the directives that it is computed from. */
const sources = texts;

const value = z.strictObject({ ...at, ...printed, written: text, sentence: text, sources });
const cell = z.strictObject({ ...printed });
const table = z.strictObject({ ...at, id: text, number: text, columns: texts, rows: z.array(z.array(cell)), sources });
const claim = z.strictObject({ ...at, written: text, sentence: text, holds: z.boolean(), sources });
/** Its files in the site are `svg` and `csv`; `digest` names its drawing with all its numbers. */
const figure = z.strictObject({ ...at, id: text, number: text, svg: text, csv: text, digest: text, sources });
const directive = z.strictObject({ ...at, id: text, kind: text, options: z.record(text, z.json()) });
const step = z.strictObject({
  ...{ name: text, id: text, key: text, digest: text, profile: text, device: text, inputs: texts },
  divergedAt: z.int().optional(),
});

const snapshot = z.strictObject({
  format: z.literal(1),
  colophon: text,
  pages: z.array(z.strictObject({ file: text, title: text, digest: text })),
  directives: z.array(directive),
  values: z.array(value),
  tables: z.array(table),
  claims: z.array(claim),
  figures: z.array(figure),
  steps: z.array(step),
});

export type Snapshot = z.output<typeof snapshot>;

export type SnapshotCell = z.output<typeof cell>;
export type SnapshotTable = z.output<typeof table>;
export type SnapshotClaim = z.output<typeof claim>;
export type SnapshotFigure = z.output<typeof figure>;
export type SnapshotDirective = z.output<typeof directive>;
export type SnapshotStep = z.output<typeof step>;

/** Each entry on a line of its own. */
export function writeSnapshot(snapshot: Snapshot): string {
  const members = Object.entries(snapshot).map(([name, entries]) => {
    const value = Array.isArray(entries)
      ? `[${entries.map((entry) => `\n${JSON.stringify(entry)}`).join(',')}\n]`
      : JSON.stringify(entries);
    return `${JSON.stringify(name)}: ${value}`;
  });
  return `{${members.join(',\n')}}\n`;
}

/** A sentence on what is wrong with it, where it cannot be read. */
export function readSnapshot(written: string): Snapshot | { readonly refused: string } {
  let json: unknown;
  try {
    json = JSON.parse(written);
  } catch (error) {
    return { refused: messageOf(error) };
  }
  const read = snapshot.safeParse(json);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  return { refused: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'it is no snapshot'}` };
}
