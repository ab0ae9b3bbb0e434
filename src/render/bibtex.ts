/** Entries of BibTeX. */
import { dictionary } from '../shared/dictionary.js';

/** What TeX would read as more than a character; BibTeX itself counts braces, also those behind a backslash. */
const escapes = dictionary<string>({
  '\\': '\\textbackslash{}',
  '{': '\\textbraceleft{}',
  '}': '\\textbraceright{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
});

/** Text as TeX. */
export function tex(text: string): string {
  return text.replaceAll(/[\\{}$&#%_~^]/g, (character) => escapes[character] ?? `\\${character}`);
}

/** Names as a field `author` has them. "and" parts people there, so a name that holds it stands in braces. */
export function texNames(names: readonly string[]): string {
  return names.map((name) => (/\band\b|,.*,.*,/i.test(name) ? `{${tex(name)}}` : tex(name))).join(' and ');
}

/** An entry; a field without a value is left out. Values are TeX. */
export function bibtexEntry(
  type: string,
  key: string,
  fields: readonly (readonly [string, string | undefined])[],
): string {
  const lines = fields.flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [`  ${name} = {${value}}`],
  );
  return `@${type}{${[key, ...lines].join(',\n')}\n}`;
}
