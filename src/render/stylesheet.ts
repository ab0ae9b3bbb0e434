/** What a report's stylesheet asks of other hosts, which the pages' policy would not load. */
import type { Problem } from '../shared/problem.js';
import { schemeOf } from './address.js';

const loads =
  /(@import)\b\s*(?:url\(\s*)?["']?([^"'();\s]*)|\b(?:url|src|image|(?:-webkit-)?image-set)\(\s*["']?([^"')]*)/gi;

/** Imports and addresses elsewhere, each at its place. */
export function checkStylesheet(file: string, css: string): Problem[] {
  // A name may be written with escapes; comments may hold anything.
  const read = css
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
    .replace(/\\([0-9a-f]{1,6})[ \n]?|\\(.)/gi, (_all, hex?: string, character?: string) =>
      hex === undefined ? (character ?? '') : String.fromCodePoint(Math.min(Number.parseInt(hex, 16), 0x10ffff)),
    );
  return [...read.matchAll(loads)].flatMap((match): Problem[] => {
    const [, imported, from, used] = match;
    const address = from ?? used ?? '';
    const scheme = schemeOf(address.trim());
    if (imported === undefined && (scheme === undefined || scheme === 'data')) return [];
    const lines = read.slice(0, match.index).split('\n');
    const message = imported === undefined ? `it loads ${address} from elsewhere` : 'it imports another stylesheet';
    return [
      {
        place: { file, line: lines.length, column: (lines.at(-1) ?? '').length + 1 },
        rule: 'outside-load',
        message: `${message}, and pages ask no other host for anything`,
        hint: 'write it into the stylesheet itself; pictures and fonts as data: addresses',
      },
    ];
  });
}
