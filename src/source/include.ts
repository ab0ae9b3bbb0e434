/** `{{< include part.md >}}` on a line of its own, as in Quarto: another Markdown file of the report stands in its place. */
import { posix } from 'node:path';
import { decodeText } from '../shared/decode.js';
import type { Place, Problem } from '../shared/problem.js';
import type { Refused } from './report.js';
import type { SourceLines } from './source-lines.js';

/** A page with what it includes. */
export interface Composed {
  readonly text: string;
  /** Where its lines were written; absent where it includes nothing. */
  readonly sources?: readonly SourceLines[];
  /** The files that it includes, also through others. */
  readonly included: ReadonlySet<string>;
  readonly problems: readonly Problem[];
}

const include = /^ {0,3}\{\{<[ \t]+include[ \t]+(?:"([^"]+)"|'([^']+)'|(\S+))[ \t]+>\}\}[ \t]*\r?$/;
const deepest = 20;
const mostIncludes = 1000;
const longest = 12 * 1024 * 1024;

type Read = (file: string) => Uint8Array | Refused;

/** A page's text with its includes in their places. What cannot be included is a problem where that is asked for. */
export function withIncludes(file: string, text: string, read: Read): Composed {
  if (!text.includes('{{<')) return { text, included: new Set(), problems: [] };
  const lines: string[] = [];
  const sources: SourceLines[] = [];
  const included = new Set<string>();
  const problems: Problem[] = [];
  let length = 0;
  let count = 0;

  /** What a file says, or why it is not included; nothing where that is said elsewhere. */
  const textOf = (target: string, around: readonly string[]): string | Fault | undefined => {
    count += 1;
    if (target.startsWith('../')) return { message: `${target} leads out of the report`, hint: name };
    if (!/\.(?:md|markdown|qmd|rmd)$/i.test(target)) {
      return { message: `${target} is no Markdown file`, hint: `${name} that ends in .md` };
    }
    if (around.includes(target)) {
      const message = [...around.slice(around.indexOf(target)), target].join(' includes ');
      return { rule: 'cycle', message, hint: 'leave one of these includes out' };
    }
    if (around.length > deepest || count > mostIncludes) {
      const message =
        around.length > deepest
          ? `files are included more than ${deepest} levels deep`
          : `this page includes more than ${mostIncludes} files`;
      return { rule: 'too-many-includes', message, hint: 'put their text together into fewer files' };
    }
    const bytes = read(target);
    if ('refused' in bytes) return { message: `${target} cannot be included: ${bytes.refused}`, hint: name };
    included.add(target);
    const decoded = decodeText(target, bytes);
    if ('text' in decoded) return decoded.text;
    problems.push(decoded.problem);
    return undefined;
  };

  const add = (own: string, written: string, around: readonly string[]): void => {
    const all = written.split('\n');
    const outside = linesOutside(all);
    const begin = around.length === 1 ? 0 : afterFrontMatter(all);
    sources.push({ from: lines.length + 1, file: own, line: begin + 1 });
    for (let index = begin; index < all.length; index += 1) {
      const line = all[index] ?? '';
      const [, quoted, single, bare] = (outside[index] === true ? include.exec(line) : null) ?? [];
      const path = quoted ?? single ?? bare;
      length += line.length + 1;
      if (path === undefined) {
        lines.push(line);
        continue;
      }
      const places = path.startsWith('/') ? [''] : [posix.dirname(own), posix.dirname(file)];
      const target = found(
        [...new Set(places)].map((place) => posix.join(place, path).replace(/^\//, '')),
        read,
      );
      const inside = length > longest ? '' : textOf(target, around);
      const isTooLong = length + (typeof inside === 'string' ? inside.length : 0) > longest;
      const fault = isTooLong ? tooLong(target) : inside;
      if (typeof fault === 'object') {
        const end = { line: index + 1, column: line.trimEnd().length + 1 };
        const place: Place = { file: own, line: index + 1, column: line.search(/\S/) + 1, end };
        problems.push({ rule: 'unreadable-include', ...fault, place });
      } else if (fault !== undefined) add(target, fault, [...around, target]);
      sources.push({ from: lines.length + 1, file: own, line: index + 2 });
    }
  };
  add(file, text, [file]);
  if (sources.length === 1) return { text, included, problems };
  return { text: lines.join('\n'), sources: sources.filter(startsLine), included, problems };
}

/**
 * The first file that is there of those that a path may mean: what it says from the file that it is written in, or from the page, as
 * Quarto reads it; and where it is not there, the same that now ends in .md, as all of a book's files do here.
 */
function found([first = '', ...others]: readonly string[], read: Read): string {
  const all = [first, ...others].filter((name) => !name.startsWith('../'));
  const possible = all.flatMap((name) => [name, name.replace(/\.(?:qmd|rmd)$/i, '.md')]);
  // Most are what they say: these are read once.
  if (possible.every((name) => name === first)) return first;
  return possible.find((name) => !('refused' in read(name))) ?? first;
}

interface Fault {
  readonly rule?: Problem['rule'];
  readonly message: string;
  readonly hint: string;
}

const name =
  "name a Markdown file of the report, relative to this one or with a slash before it from the report's folder";

function tooLong(target: string): Fault {
  const message = `with ${target} the page is longer than ${longest} characters`;
  return { rule: 'page-too-large', message, hint: 'split it into several pages' };
}

/** Of parts that start at the same line, the last has it. */
function startsLine({ from }: SourceLines, index: number, all: readonly SourceLines[]): boolean {
  return all[index + 1]?.from !== from;
}

/** Which lines stand in no fence. */
function linesOutside(lines: readonly string[]): boolean[] {
  let fence: string | undefined;
  return lines.map((line) => {
    const written = /^[\s>]*(`{3,}|~{3,})/.exec(line)?.[1];
    const isOutside = fence === undefined;
    if (fence === undefined) fence = written;
    else if (written?.startsWith(fence) === true) fence = undefined;
    return isOutside && written === undefined;
  });
}

/** The index of the first line after front matter: it is a page's own. */
function afterFrontMatter(lines: readonly string[]): number {
  if (lines[0]?.trimEnd() !== '---') return 0;
  const end = lines.findIndex((line, index) => index > 0 && /^(?:---|\.\.\.)\s*$/.test(line));
  return end < 0 ? 0 : end + 1;
}
