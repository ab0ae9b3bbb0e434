/** How each kind of directive that shows or checks results is rendered; any other directive is an experiment. */
import type { Content } from '../shared/content.js';
import type { ViewName } from '../plan/plan.js';
import type { Directive, ProseOption } from '../source/report.js';
import { type About, claimHtml, experimentHtml, figureHtml, tableHtml } from './blocks.js';
import { numbered } from './labels.js';
import { nounOf } from './nouns.js';
import type { FigurePart, RenderParts, TablePart } from './parts.js';

interface View {
  /** The option whose Markdown it prints. */
  readonly prose: ProseOption;
  /** The extensions that its files can have, for addresses that are taken before anything is known. */
  readonly extensions: readonly string[];
  /** What stands on the page; undefined while there is nothing to show. */
  html(directive: Directive, parts: RenderParts, about: About): string | undefined;
  /** What it says, for the search; `prose` is its caption or sentence. */
  said(id: string, parts: RenderParts, about: Pick<About, 'prose' | 'language'>): string;
  /** What a reader can download. */
  files(id: string, parts: RenderParts): readonly { readonly extension: string; readonly content: Content }[];
  /** The drawing, of one that is drawn. */
  drawing(id: string, parts: RenderParts): FigurePart | undefined;
}

const nothing = (): undefined => undefined;

const views: Readonly<Record<ViewName, View>> = {
  figure: {
    prose: 'caption',
    extensions: ['html', 'svg', 'csv', 'npy', 'vl.json'],
    html: (directive, parts, about) => {
      const part = parts.figures.get(directive.id);
      return part && figureHtml(directive, part, about);
    },
    said: (id, { figures }, { prose, language }) => {
      const drawn = figures.get(id)?.drawn;
      return drawn === undefined ? prose : `${numbered('fig', drawn.number, language)}. ${prose} ${drawn.description}`;
    },
    files: (id, parts) => parts.figures.get(id)?.files ?? [],
    drawing: (id, parts) => parts.figures.get(id),
  },
  table: {
    prose: 'caption',
    extensions: ['csv'],
    html: (directive, parts, about) => {
      const part = parts.tables.get(directive.id);
      return part && tableHtml(directive, part, about);
    },
    said: (id, { tables }, { prose, language }) => {
      const part = tables.get(id);
      return part === undefined
        ? prose
        : [`${numbered('tbl', part.number, language)}. ${prose}`, ...wordsOf(part)].join(' ');
    },
    files: (id, parts) => {
      const part = parts.tables.get(id);
      return part === undefined ? [] : [{ extension: 'csv', content: part.csv }];
    },
    drawing: nothing,
  },
  claim: {
    prose: 'sentence',
    extensions: [],
    html: (directive, parts, { prose, language }) => claimHtml(prose, parts.claims.get(directive.at) ?? '', language),
    said: (_id, _parts, { prose }) => prose,
    files: () => [],
    drawing: nothing,
  },
};

/** What a table says besides numbers. */
function wordsOf({ columns, rows, note }: TablePart): string[] {
  const cells = rows.flat().filter((_cell, index) => columns[index % columns.length]?.numeric === false);
  return [...columns.map(({ label, group = '' }) => `${group} ${label}`), ...cells.map(({ text }) => text), note];
}

function viewOf({ kind }: Pick<Directive, 'kind'>): View | undefined {
  return Object.hasOwn(views, kind) ? views[kind as ViewName] : undefined;
}

/** The option of a directive whose Markdown stands on the page. */
export function printedProse(directive: Directive): ProseOption {
  return viewOf(directive)?.prose ?? 'caption';
}

/** What stands on the page where a directive was written. */
export function directiveHtml(directive: Directive, parts: RenderParts, about: About): string {
  return (
    viewOf(directive)?.html(directive, parts, about) ??
    experimentHtml(directive, parts.experiments.get(directive.id) ?? [], about)
  );
}

/** What it says, for the search. */
export function directiveSaid(
  directive: Directive,
  parts: RenderParts,
  about: Pick<About, 'prose' | 'language'>,
): string {
  const noun = nounOf(directive, about.language.words.kinds);
  return viewOf(directive)?.said(directive.id, parts, about) ?? `${noun} ${directive.id}`;
}

/** The extensions that the files of a directive can have. */
export function fileExtensions(directive: Directive): readonly string[] {
  return viewOf(directive)?.extensions ?? [];
}

/** What a reader can download of a directive. */
export function filesOf(directive: Directive, parts: RenderParts): ReturnType<View['files']> {
  return viewOf(directive)?.files(directive.id, parts) ?? [];
}

/** The drawing that a directive shows; undefined for one that is not drawn. */
export function drawingOf(directive: Pick<Directive, 'kind' | 'id'>, parts: RenderParts): FigurePart | undefined {
  return viewOf(directive)?.drawing(directive.id, parts);
}
