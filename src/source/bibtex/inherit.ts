/** The fields that an entry has from others: by `crossref`, as biblatex hands them on, and by `xdata`. */
import type { Entry, Field } from './scan.js';

/** So many entries may have their fields one from the other. */
const longestChain = 8;

/** Entries that are a part of another, whose title is their book's. */
const parts = /^(?:inproceedings|conference|incollection|inbook|bookinbook|suppbook|suppcollection|inreference)$/;

/** What belongs to an entry alone. */
const own = new Set(
  (
    'crossref xref xdata ids entryset entrysubtype execute label labeltitle options presort related relatedoptions relatedstring ' +
    'relatedtype shorthand shorthandintro sortkey sortname abstract annotation annote file keywords doi url note'
  ).split(' '),
);

/** All fields; `wrong` is told why some cannot be had. */
export function inheritedFields(
  entry: Entry,
  entries: ReadonlyMap<string, Entry>,
  wrong: (message: string, hint: string) => void,
): Map<string, Field> {
  const fields = new Map(entry.fields);
  for (const name of (entry.fields.get('xdata')?.text ?? '').split(',').slice(0, longestChain)) {
    const data = entries.get(name.trim().toLowerCase());
    for (const [field, value] of data?.fields ?? []) if (!fields.has(field)) fields.set(field, value);
  }
  const seen = new Set([entry.key.toLowerCase()]);
  let child = entry;
  for (;;) {
    const next = child.fields.get('crossref')?.text.trim().toLowerCase() ?? '';
    const parent = entries.get(next);
    if (parent === undefined) return fields;
    if (seen.has(next)) {
      wrong(`crossref of "${entry.key}" leads back to itself`, 'remove one of them');
      return fields;
    }
    if (seen.size > longestChain) {
      wrong(
        `crossref of "${entry.key}" leads over more than ${longestChain} entries`,
        'write the fields where they belong',
      );
      return fields;
    }
    seen.add(next);
    handOn(parent, entry, fields);
    child = parent;
  }
}

function handOn(parent: Entry, { type }: Entry, fields: Map<string, Field>): void {
  for (const [name, value] of parent.fields) {
    if (own.has(name)) continue;
    const here = nameInPart(name, type, parent.type);
    if (!fields.has(here) && (here === name || !parent.fields.has(here))) fields.set(here, value);
  }
}

/** What a field of the whole is called in a part of it. */
function nameInPart(name: string, type: string, parent: string): string {
  if (!/^(?:title|subtitle|titleaddon)$/.test(name)) return name;
  if (parent.startsWith('mv')) return `main${name}`;
  if (parts.test(type)) return `book${name}`;
  if (type === 'article' && parent === 'periodical') return name === 'titleaddon' ? name : `journal${name}`;
  return name;
}
