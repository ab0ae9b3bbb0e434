/** What is wrong with a report, where, which rule it breaks and what to do. Collected as data, never thrown. */

export interface Place {
  /** Relative to the report's folder, with forward slashes. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in characters of the line. */
  readonly column: number;
  /** Where the shown part ends (exclusive), when it is more than a point; same line or a later one. */
  readonly end?: { readonly line: number; readonly column: number };
}

/** What a report can break; a test has a case of each. */
export const rules = [
  'bare-tex',
  'batch-too-large',
  'bibtex',
  'broken-link',
  'broken-template',
  'cannot-draw',
  'citation-style',
  'cleaned-picture',
  'columns',
  'csv-column',
  'csv-empty',
  'csv-not-a-number',
  'csv-ragged',
  'csv-syntax',
  'csv-too-large',
  'cycle',
  'dead-link',
  'drawing-limit',
  'duplicate-id',
  'duplicate-key',
  'duplicate-label',
  'duplicate-option',
  'failed',
  'false-claim',
  'figure-warning',
  'hidden-character',
  'invalid-claim',
  'invalid-encoding',
  'invalid-id',
  'invalid-label',
  'invalid-option',
  'invalid-sweep',
  'kind-module',
  'kind-sizes',
  'language-without-words',
  'linked-folder',
  'misplaced-reference',
  'missing-option',
  'missing-picture',
  'mixed-pictures',
  'neighbour-syntax',
  'nested-too-deep',
  'no-bibliography',
  'no-checkpoint',
  'no-page',
  'no-report',
  'no-slider',
  'no-test-set',
  'number-not-finite',
  'number-too-large',
  'of-classes',
  'one-checkpoint',
  'one-dimensional',
  'one-hidden-layer',
  'two-dimensional',
  'output-folder',
  'outside-image',
  'outside-load',
  'page-too-large',
  'page-without-title',
  'paragraph-too-long',
  'plugin-failed',
  'plugin-html',
  'plugin-message',
  'raw-html',
  'results-axes',
  'results-file',
  'results-from',
  'results-names',
  'shared-address',
  'slow-code',
  'specification',
  'table-too-large',
  'template-log',
  'tabs-without-headings',
  'tex',
  'too-many-checkpoints',
  'too-many-definitions',
  'too-many-directives',
  'too-many-includes',
  'report-too-large',
  'too-many-pages',
  'too-many-panels',
  'too-many-steps',
  'too-much-memory',
  'unclosed-container',
  'unclosed-fence',
  'unclosed-front-matter',
  'unclosed-math',
  'uneven-seeds',
  'unknown-callout',
  'unknown-citation',
  'unknown-container',
  'unknown-facet',
  'unknown-footnote',
  'unknown-id',
  'unknown-kind',
  'unknown-option',
  'unknown-parameter',
  'unknown-picture',
  'unknown-plugin',
  'unknown-reference',
  'unknown-run',
  'unknown-slider',
  'unknown-value',
  'unreadable-file',
  'unreadable-include',
  'unreadable-page',
  'unreadable-settings',
  'unsafe-link',
  'unsafe-page',
  'untrusted-kind',
  'untrusted-plugin',
  'untrusted-template',
  'wrong-kind',
  'yaml-anchor',
  'yaml-key',
  'yaml-not-options',
  'yaml-syntax',
  'yaml-tag',
  'yaml-too-deep',
  'yaml-too-large',
] as const;

export type Rule = (typeof rules)[number];

/** What is not wrong in itself but too much: a command that meets nothing else ends with a code of its own. */
const limitRules: ReadonlySet<Rule> = new Set<Rule>([
  'batch-too-large',
  'csv-too-large',
  'drawing-limit',
  'page-too-large',
  'paragraph-too-long',
  'table-too-large',
  'too-many-checkpoints',
  'too-many-definitions',
  'too-many-directives',
  'report-too-large',
  'too-many-pages',
  'too-many-steps',
  'too-much-memory',
  'yaml-too-large',
]);

export interface Problem {
  readonly place?: Place;
  /** "unknown-option". */
  readonly rule: Rule;
  /** What is wrong, a sentence without its full stop. */
  readonly message: string;
  /** What to do about it, a sentence without its full stop. */
  readonly hint: string;
  /** Other places that belong to it: the first of two equal ids, the members of a cycle. */
  readonly related?: readonly { readonly place: Place; readonly message: string }[];
  /** A warning is shown but does not stop the build. */
  readonly severity?: 'error' | 'warning';
}

/**
 * The rules by which a figure or a number in the text can fail once there are results, as nothing but the results can tell.
 * All else that is wrong with one is found while planning: drawing and printing have no way to say it.
 */
export const resultRules = [
  'cannot-draw',
  'drawing-limit',
  'figure-warning',
  'false-claim',
] as const satisfies readonly Rule[];

export type ResultRule = (typeof resultRules)[number];

export type ResultProblem = Problem & { readonly rule: ResultRule };

/** What stands in the way outside the report: another build, the disk. The message says what to do. */
export class EnvironmentError extends Error {}

/** Whether these problems stop the build. */
export function areFatal(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity !== 'warning');
}

/** What these fatal problems make of a command: a limit was met, where nothing else is wrong. */
export function outcomeOf(problems: readonly Problem[]): 'problem' | 'limit' {
  const fatal = problems.filter(({ severity }) => severity !== 'warning');
  return fatal.length > 0 && fatal.every(({ rule }) => limitRules.has(rule)) ? 'limit' : 'problem';
}

/** In reading order: by file, line and column; those without a place first. */
export function inOrder(problems: readonly Problem[]): Problem[] {
  const rank = ({ place }: Problem): [string, number, number] => [
    place?.file ?? '',
    place?.line ?? 0,
    place?.column ?? 0,
  ];
  return problems.toSorted((a, b) => {
    const [fileA, lineA, columnA] = rank(a);
    const [fileB, lineB, columnB] = rank(b);
    return fileA < fileB ? -1 : fileA > fileB ? 1 : lineA - lineB || columnA - columnB;
  });
}

/** The later problems but those at a place where one was found before: what cannot be read is not wrong again as a value. */
export function withoutEchoes(earlier: readonly Problem[], later: readonly Problem[]): Problem[] {
  const at = ({ place }: Problem): string => (place === undefined ? '' : `${place.file}:${place.line}:${place.column}`);
  const taken = new Set(earlier.map(at));
  taken.delete('');
  return later.filter((problem) => !taken.has(at(problem)));
}

/** How the printed parts of a problem are coloured; the identity for plain text. */
export interface Paint {
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly error: (text: string) => string;
  readonly warning: (text: string) => string;
}

export const plain: Paint = { strong: String, faint: String, error: String, warning: String };

/**
 * A problem as people read it:
 *
 *     report/index.md:12:3  unknown-option  "hiden" is not an option of network; did you mean "hidden"?
 *       11 | network:
 *     > 12 |   hiden: [10]
 *          |   ^^^^^
 *
 * `folder` goes before the file's name so that a terminal can open it; `textOf` gives a file's text, if it is known.
 */
export function formatProblem(
  problem: Problem,
  folder: string,
  textOf: (file: string) => string | undefined,
  paint: Paint = plain,
): string {
  const name = (place: Place): string => `${printable(join(folder, place.file))}:${place.line}:${place.column}`;
  const tint = problem.severity === 'warning' ? paint.warning : paint.error;
  const where = problem.place === undefined ? '' : `${paint.strong(name(problem.place))}  `;
  const lines = [`${where}${tint(problem.rule)}  ${printable(problem.message)}; ${printable(problem.hint)}`];
  const frame = (place: Place): void => {
    const text = textOf(place.file);
    if (text !== undefined) lines.push(...codeFrame(text, place, paint));
  };
  if (problem.place !== undefined) frame(problem.place);
  for (const { place, message } of problem.related ?? []) {
    lines.push(`  ${paint.strong(name(place))}  ${printable(message)}`);
    frame(place);
  }
  return lines.join('\n');
}

function join(folder: string, file: string): string {
  return folder === '' || folder === '.' ? file : `${folder.replace(/\/+$/, '')}/${file}`;
}

/**
 * A piece of a line with control characters and bidirectional overrides made visible, line feeds too, so that a report
 * cannot steer a terminal or a CI log.
 */
export function printable(text: string): string {
  // As nearly every text is.
  if (/^[ -~]*$/.test(text)) return text;
  return text.replace(acting, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`);
}

/** What acts without being seen, for a class of characters; in texts of several lines a line feed is no such thing. */
export const unprintable =
  '\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u061c\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u2069\\ufeff';
const acting = new RegExp(`[\\n${unprintable}]`, 'g');

const longestShown = 160;

/** The lines that a place is about, as `formatProblem` shows them, without colour. */
export function problemFrame(text: string, place: Place): string {
  return codeFrame(text, place, plain).join('\n');
}

/** A page may have as many problems as lines: it is cut into lines once. */
let cut: { readonly text: string; readonly lines: readonly string[] } = { text: '', lines: [''] };

function linesOf(text: string): readonly string[] {
  if (cut.text !== text) cut = { text, lines: text.split(/\r\n|\n|\r/) };
  return cut.lines;
}

/** The line of a place with the line before it and a marker under the place. */
function codeFrame(text: string, place: Place, paint: Paint): string[] {
  const all = linesOf(text);
  const width = String(place.line).length;
  const frame: string[] = [];
  for (let line = Math.max(1, place.line - 1); line <= place.line; line += 1) {
    const shown = all[line - 1];
    if (shown === undefined) continue;
    const here = line === place.line;
    // A very long line is shown from a little before the place.
    const from = here && place.column > longestShown - 40 ? place.column - 40 : 0;
    const cut = shown.slice(from, from + longestShown);
    const gutter = `${String(line).padStart(width)} | `;
    frame.push(`  ${here ? paint.error('>') : ' '} ${paint.faint(gutter)}${printable(cut.replaceAll('\t', ' '))}`);
    if (here) {
      const end = place.end?.line === place.line ? place.end.column : place.end ? shown.length + 1 : place.column + 1;
      const indent = columns(shown.slice(from, place.column - 1));
      const marked = shown.slice(place.column - 1, Math.min(end - 1, place.column - 1 + longestShown));
      const length = Math.max(1, Math.min(columns(marked), longestShown));
      frame.push(
        `    ${paint.faint(`${' '.repeat(width)} | `)}${' '.repeat(indent)}${paint.error('^'.repeat(length))}`,
      );
    }
  }
  return frame;
}

/** How many terminal columns a text takes: two for wide East Asian characters and emoji, none for combining marks. */
function columns(text: string): number {
  let count = 0;
  for (const character of printable(text)) {
    if (/\p{M}/u.test(character)) continue;
    count +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u.test(
        character,
      )
        ? 2
        : 1;
  }
  return count;
}
