/** The columns of a CSV file that options name: one by one, by a pattern (p*), or by numbers (pixel[0..783]). */
import { suggestion } from '../shared/suggest.js';
import type { Fault } from '../shared/fault.js';

/** The positions that names mean, each once, in their order. `taken` are columns that a pattern leaves out. */
export function columnsCalled(
  names: readonly string[],
  header: readonly string[],
  taken: readonly string[],
): { readonly positions: readonly number[]; readonly faults: readonly Fault[] } {
  const positions = new Set<number>();
  const faults: Fault[] = [];
  for (const name of names) {
    const found = matches(name, header, taken);
    if (found.length > 0 && taken.includes(name)) {
      const hint = 'leave it out of the inputs; a pattern such as * leaves it out by itself';
      faults.push({ message: `"${name}" is an input, and the target or what tells the rows to test on too`, hint });
    } else if (found.length === 0) faults.push({ message: `has no column "${name}"`, hint: hintFor(name, header) });
    for (const position of found) if (position >= 0) positions.add(position);
    const missing = found.indexOf(-1);
    if (missing >= 0) {
      const message = `has no column "${numbered(name)?.[missing] ?? name}" of "${name}"`;
      faults.push({ message, hint: 'name the numbers that there are' });
    }
  }
  return { positions: [...positions], faults };
}

/** The positions of the columns with a name or of a pattern; -1 for one that a range of numbers names and that there is not. */
function matches(name: string, header: readonly string[], taken: readonly string[]): readonly number[] {
  const own = header.indexOf(name);
  if (own >= 0) return [own];
  const range = numbered(name);
  if (range !== undefined) {
    const found = range.map((one) => header.indexOf(one));
    return found.every((position) => position < 0) ? [] : found;
  }
  const parts = name.split('*');
  if (parts.length < 2) return [];
  return header.flatMap((column, position) => (fits(column, parts) && !taken.includes(column) ? [position] : []));
}

/** More than any table has columns. */
const mostNumbered = 100_000;

/** pixel[0..2] as pixel0, pixel1, pixel2. */
function numbered(name: string): readonly string[] | undefined {
  const [, before = '', from, to, after = ''] = /^(.*)\[(\d+)\.\.(\d+)\](.*)$/.exec(name) ?? [];
  const count = Number(to) - Number(from) + 1;
  if (from === undefined || !(count >= 1 && count <= mostNumbered)) return undefined;
  return Array.from({ length: count }, (_, index) => `${before}${Number(from) + index}${after}`);
}

function hintFor(name: string, header: readonly string[]): string {
  const [only = ''] = header;
  if (header.length === 1 && /[;\t]/.test(only)) return 'separate the columns with commas';
  if (!name.includes('*') && numbered(name) === undefined) return suggestion(name, header);
  return `the columns are ${header.slice(0, 6).join(', ')}${header.length > 6 ? ' and others' : ''}`;
}

/** Whether a name is these parts in their order, with anything between them. */
function fits(name: string, [first = '', ...others]: readonly string[]): boolean {
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const part of others.slice(0, -1)) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  const last = others.at(-1) ?? '';
  return name.length - last.length >= at && name.endsWith(last);
}
