/** What the handlers of single kinds of node share: the page that they write for, and what they note about it. */
import type { FootnoteDefinition, Nodes } from 'mdast';
import type { State } from 'mdast-util-to-hast';
import type { Position } from 'unist';
import type { VFile } from 'vfile';
import type { Language } from '../../languages/language.js';
import type { Problem } from '../../shared/problem.js';
import type { BibliographyStyle } from '../citations/style.js';
import type { WrittenLink } from '../check-links.js';
import type { Label } from '../labels.js';
import type { Origin } from '../origin.js';
import type { PageIds } from '../page-ids.js';
import type { Section } from '../sections.js';

/** Something with a place and an address: a link or an image, of Markdown or of HTML. */
export interface Addressed {
  readonly url: string;
  readonly position?: Position | undefined;
}

/** What an address in the text becomes in the page; nothing when it is not published. */
export interface Addresses {
  readonly link: (node: Addressed, writer: Writer) => string | undefined;
  /** `elsewhere` is where an image lies that pages may not load. */
  readonly image: (node: Addressed, writer: Writer) => string | { readonly elsewhere: string } | undefined;
}

/** What became of a file of the report that a page shows or links to, or why nothing did. */
export type Media =
  | { readonly address: string; readonly leftOut?: readonly string[] | undefined }
  | { readonly refused: string; readonly hint?: string };

/** What stands in the place of a node. */
export interface Replaced {
  readonly html: string;
  /** What of it is read with the text around it: in titles, alternative texts and ids. */
  readonly text: string;
  /** What it says, for the search. */
  readonly said: string;
  /** Whether it begins with a blank of its own, in place of the one before it. */
  readonly hasBlank?: boolean;
}

export interface BodyContext {
  /** The page's file, from which relative links start, and its address in the site. */
  readonly file: string;
  readonly address: string;
  readonly origin: Origin;
  readonly language: Language;
  readonly labels: ReadonlyMap<string, Label>;
  /** The ids of the page's directives. */
  readonly anchors: readonly string[];
  /** Addresses of the report's pages by their files. */
  readonly pages: ReadonlyMap<string, string>;
  /** Of Markdown files that are no pages, why. */
  readonly leftOut: ReadonlyMap<string, string>;
  /** HTML for nodes that stand for something else: directives and numbers in the text. */
  readonly replace: (node: Nodes) => Replaced | undefined;
  readonly addresses: Addresses;
  /** Takes a file of the report into the site. */
  readonly media: (file: string) => Media;
  readonly bibliography: BibliographyStyle;
  readonly problems: Problem[];
  /** Takes every link to a page of the site and to other sites. */
  readonly links: WrittenLink[];
  /** Curly quotes, dashes and dots. */
  readonly typography: boolean;
  /** The number of a section, when sections are numbered. */
  readonly sectionNumber: (heading: Nodes) => string | undefined;
}

export interface Heading {
  readonly level: number;
  readonly id: string;
  readonly text: string;
}

/** A note that the text refers to. */
interface Footnote {
  readonly number: number;
  readonly definition: FootnoteDefinition;
  /** How many references lead to it. */
  uses: number;
}

/** A page, or a caption, while it is written. */
export interface Writer {
  readonly context: BodyContext;
  readonly headings: Heading[];
  /** What a reader can search for; empty until the whole page has been written. */
  readonly sections: Section[];
  /** What nodes say, without markup. */
  readonly text: (nodes: readonly Nodes[]) => string;
  /** The same with formulas as their TeX, from which ids are made. */
  readonly written: (nodes: readonly Nodes[]) => string;
  readonly ids: PageIds;
  /** By their labels, in the order of their first references. */
  readonly footnotes: Map<string, Footnote>;
  readonly problem: (
    node: { readonly position?: Position | undefined },
    problem: Omit<Problem, 'place'>,
    start?: number,
    end?: number,
  ) => void;
  /** A caption has no notes and no list of works at its end. */
  readonly isCaption: boolean;
  /** Whether the bibliography stands here because the page asks for it here: `::: {#refs}`. */
  bibliographyPlaced: boolean;
  /** Whether the author wrote HTML. */
  hasHtml: boolean;
}

declare module 'vfile' {
  interface DataMap {
    writer: Writer;
  }
}

/** The writer of the page that a file is. */
export function writerIn(file: VFile | null | undefined): Writer {
  const writer = file?.data.writer;
  if (writer === undefined) throw new Error('pages are written by renderBody, which says for which page');
  return writer;
}

export function writerOf(state: State): Writer {
  return writerIn(state.options.file);
}
