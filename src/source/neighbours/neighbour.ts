/** What a neighbour of Markdown, such as Quarto or MyST, reads in a text and we do not. */
import { dictionary } from '../../shared/dictionary.js';
import { labelKindOf } from '../../shared/label-kinds.js';

/** One form of a neighbour's syntax. */
export interface Neighbour {
  /** What stands in every text that has this form: most pages need no search. */
  readonly sign?: string;
  /** Sought in the running text of a page: code, formulas and raw HTML are blanked out, and so is what a backslash escapes. */
  readonly pattern: RegExp;
  /** What it is and what to write instead; undefined when it is none after all. */
  readonly say: (match: RegExpExecArray, context: NeighbourContext) => Said | undefined;
}

export interface Said {
  /** What is wrong, a sentence without its full stop. */
  readonly message: string;
  /** What to do; empty where another part of the program says it. */
  readonly hint: string;
  /** How many characters of the match are shown, when not all. */
  readonly shown?: number;
  /** Up to where nothing more is said, when that is beyond the match. */
  readonly until?: number;
}

export interface NeighbourContext {
  /** The page as it was written. */
  readonly text: string;
  /** The running text that is searched, of the same length. */
  readonly searched: string;
}

/** Stands in the searched text where a piece of code stands in the page. */
export const codeMark = '\ue001';
/** Stands for everything else that is no running text. */
export const otherMark = '\ue000';

/** What a piece of inline code says, without its backticks. */
export function codeText(written: string): string {
  return written.replace(/^`+ ?| ?`+$/g, '');
}

/** How a note, a warning and so on is written, with its title where it has one. */
export function calloutInstead(name: string, title: string): string | undefined {
  const kind = callouts[name.toLowerCase()];
  if (kind === undefined) return undefined;
  const called = title.trim().replace(/^["'[]|["'\]]$/g, '');
  return called === '' ? `write ::: ${kind} … :::` : `write > [!${kind.toUpperCase()}] ${called}`;
}

const callouts = dictionary<string>({
  note: 'note',
  info: 'note',
  admonition: 'note',
  abstract: 'note',
  summary: 'note',
  question: 'note',
  seealso: 'note',
  example: 'note',
  quote: 'note',
  versionadded: 'note',
  todo: 'note',
  tip: 'tip',
  hint: 'tip',
  success: 'tip',
  important: 'important',
  warning: 'warning',
  attention: 'warning',
  bug: 'warning',
  failure: 'warning',
  caution: 'caution',
  danger: 'caution',
  error: 'caution',
});

/** A label as we write it: fig-one for fig:one, and with `fig-` before it where it says nothing of its kind. */
export function labelInstead(label: string, prefix: string): string {
  const plain = label
    .trim()
    .replace(/[^A-Za-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '');
  const own = plain
    .replace(/^(?:tab|table)-/, 'tbl-')
    .replace(/^figure-/, 'fig-')
    .replace(/^(?:equation|eqn)-/, 'eq-');
  const kinded = own.replace(/^section-/, 'sec-');
  return labelKindOf(kinded) === undefined ? `${prefix}-${kinded}` : kinded;
}
