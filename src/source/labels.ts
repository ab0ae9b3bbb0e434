/** What is numbered in a report: figures, tables, listings, equations, theorems, callouts and sections, counted over its pages in order. */
import type { Place, Problem } from '../shared/problem.js';
import { isLabel, isLabelKind, isPanelLabel, type LabelKind, labelKindOf } from '../shared/label-kinds.js';
import type { FoundDirective, LostId } from './directives.js';
import type { Mark } from './outline.js';
import type { Label } from './report.js';

interface LabelledPage {
  readonly file: string;
  readonly address: string;
  readonly titleId?: string;
  readonly outline: readonly Mark[];
  readonly lost: readonly LostId[];
  readonly directives: readonly (Pick<FoundDirective, 'label' | 'at' | 'idPlace'> & { readonly id: string })[];
}

export interface Numbering {
  readonly labels: ReadonlyMap<string, Label>;
  /** Of the directives that are numbered, by their nodes. */
  readonly numbers: ReadonlyMap<string, string>;
  /** Of each page's headings in their order, by its file; empty when sections are not numbered. */
  readonly sections: ReadonlyMap<string, readonly (string | undefined)[]>;
  /** Of the pages themselves, by their files. */
  readonly chapters: ReadonlyMap<string, number>;
  readonly problems: readonly Problem[];
}

/** Counts over all pages. The first page has no number, nor has one whose title is unnumbered; the others are the chapters. Of an only page the sections count alone. */
export function numberReport(pages: readonly LabelledPage[], numberSections: boolean): Numbering {
  const labels = new Map<string, Label>();
  const numbers = new Map<string, string>();
  const sections = new Map<string, (string | undefined)[]>();
  const problems: Problem[] = [];
  const counts = new Map<LabelKind, number>();
  const next = (kind: LabelKind): number => {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return count;
  };

  const chapters = numberSections ? chaptersOf(pages) : new Map<string, number>();
  for (const page of pages) {
    const chapter = chapters.get(page.file);
    const label = (id: string, kind: LabelKind, number: string, place: Place, title = ''): void => {
      const first = labels.get(id);
      if (first === undefined) labels.set(id, { id, kind, number, title, address: page.address, anchor: id, place });
      else {
        problems.push({
          place,
          rule: 'duplicate-label',
          message: `the label "${id}" is taken`,
          hint: 'give one of the two another label',
          related: [{ place: first.place, message: 'it is taken here' }],
        });
      }
    };
    const parts = new Map<string, number>();
    /** "3", or "3 (b)" of the second part of another figure. */
    const numberOf = (kind: LabelKind, partOf: string | undefined): string => {
      const whole = partOf === undefined ? undefined : labels.get(partOf);
      if (whole === undefined || partOf === undefined) return String(next(kind));
      const part = parts.get(partOf) ?? 0;
      parts.set(partOf, part + 1);
      return `${whole.number} (${letters(part)})`;
    };
    const counted = (id: string, kind: LabelKind, place: Place, partOf?: string): void => {
      label(id, kind, numberOf(kind, partOf), place);
    };
    const levels: number[] = [];
    const own: (string | undefined)[] = [];
    if (numberSections) sections.set(page.file, own);
    for (const mark of page.outline) {
      switch (mark.is) {
        case 'directive': {
          const directive = page.directives[mark.index];
          const kind = directive?.label;
          if (directive === undefined || kind === undefined) break;
          const number = numberOf(kind, mark.partOf);
          numbers.set(directive.at, number);
          // Two directives of one id are a problem of their own.
          if (!labels.has(directive.id)) label(directive.id, kind, number, directive.idPlace);
          break;
        }
        case 'heading': {
          const { id, text, place, unnumbered } = mark;
          const isTitle = mark.depth === 1 && id !== undefined && id === page.titleId;
          const depth = isTitle ? 'title' : mark.depth;
          const isCounted = unnumbered !== true && (chapter !== undefined || (numberSections && pages.length === 1));
          const section = isCounted ? sectionNumber(depth, chapter, levels) : undefined;
          own.push(section);
          if (id?.startsWith('sec-') === true) label(id, 'sec', section ?? '', place, text);
          break;
        }
        case 'math':
          labelled(mark.id, 'eq', 'this equation', mark);
          break;
        case 'image':
          if (isPlace(mark.id)) problems.push(placeWithoutNumber(mark));
          else {
            labelled(mark.id, 'fig', 'this image', mark);
            if (mark.inLine === true) problems.push(numberInLine(mark));
          }
          break;
        case 'table':
          labelled(mark.id, 'tbl', 'this table', mark);
          break;
        case 'listing':
          labelled(mark.id, 'lst', 'this code', mark);
          break;
        case 'container': {
          const { id, place } = mark;
          const kind = id.slice(0, id.indexOf('-'));
          if (isLabel(id) && isLabelKind(kind))
            counted(id, kind, opening(place), isPanelLabel(id) ? mark.partOf : undefined);
        }
      }
    }

    function labelled(
      id: string,
      kind: 'eq' | 'fig' | 'tbl' | 'lst',
      what: string,
      { place, partOf }: { readonly place: Place; readonly partOf?: string },
    ): void {
      if (id.startsWith(`${kind}-`) && isLabel(id)) counted(id, kind, place, kind === 'eq' ? undefined : partOf);
      else {
        problems.push({
          place,
          rule: 'invalid-label',
          message: `"${id}" cannot be the label of ${what}`,
          hint: `start it with ${kind}-, as in {#${kind}-${withoutPrefix(id)}}`,
        });
      }
    }
  }
  // What refers to a fence with a slip is right; nothing is published until the slip is mended.
  for (const { address, lost } of pages) {
    for (const { id, place } of lost)
      if (isLabel(id) && !labels.has(id))
        labels.set(id, { id, kind: 'sec', number: '', title: id, address, anchor: id, place });
  }
  return { labels, numbers, sections, chapters, problems };
}

/** The numbers of the pages: from 1, in reading order. */
function chaptersOf(pages: readonly LabelledPage[]): Map<string, number> {
  const numbered = pages.slice(1).filter(({ outline }) => {
    const first = outline.find(({ is }) => is === 'heading');
    return !(first?.is === 'heading' && first.depth === 1 && first.unnumbered === true);
  });
  return new Map(numbered.map(({ file }, index) => [file, index + 1]));
}

function placeWithoutNumber({ id, place }: Extract<Mark, { is: 'image' }>): Problem {
  return {
    place,
    rule: 'invalid-label',
    message: `"${id}" is a place that links can lead to, and gives this image no number`,
    hint: `for a number start it with fig-, as in {#fig-${withoutPrefix(id)}}`,
    severity: 'warning',
  };
}

function numberInLine({ id, place }: Extract<Mark, { is: 'image' }>): Problem {
  return {
    place,
    rule: 'invalid-label',
    message: `an image in a line of text has no number: the label "${id}" would lead to none`,
    hint: 'put the image on a line of its own, with a blank line before and after it',
  };
}

/** Whether a name is no label, nor what another program has for one, such as "fig:one" or "tab_two". */
function isPlace(id: string): boolean {
  return labelKindOf(id) === undefined && /^[\w-]+$/.test(id) && withoutPrefix(id) === id;
}

/** What of a label is its own: fig:one and tab_one of other programs are called one. */
function withoutPrefix(id: string): string {
  const own = id.replace(/^(?:fig|figure|tbl|tab|table|eq|eqn|equation|img)[:_-](?=\w)/i, '');
  return own.replace(/[^A-Za-z0-9-]+/g, '-');
}

/** "a" to "z", then "aa". */
function letters(index: number): string {
  const last = String.fromCharCode(97 + (index % 26));
  return index < 26 ? last : letters(Math.floor(index / 26) - 1) + last;
}

/** "2.3": the page's number, which is all of its title, then one for each level from the second on. A report's only page has none. */
function sectionNumber(depth: number | 'title', chapter: number | undefined, levels: number[]): string | undefined {
  if (depth === 'title') return chapter === undefined ? undefined : String(chapter);
  if (depth < 2 || depth > 4) return undefined;
  levels.length = depth - 1;
  for (let level = 0; level < depth - 2; level += 1) levels[level] ??= 1;
  levels[depth - 2] = (levels[depth - 2] ?? 0) + 1;
  return [...(chapter === undefined ? [] : [chapter]), ...levels].join('.');
}

/** The opening fence alone. */
function opening({ file, line, column }: Place): Place {
  return { file, line, column, end: { line, column: column + 3 } };
}
