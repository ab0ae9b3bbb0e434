/** What the writers of single kinds of node share: the page they write for, and ways to write what is inside. */
import type { Image, Link, Nodes, PhrasingContent, RootContent } from 'mdast';
import type { Position } from 'unist';
import type { Problem } from '../../shared/problem.js';
import type { BibliographyStyle } from '../citations/style.js';
import type { WrittenLink } from '../check-links.js';
import type { Label } from '../labels.js';
import type { Origin } from '../origin.js';
import type { PageIds } from '../page-ids.js';

/** What an address in the text becomes in the page; nothing when it is not published. */
export interface Addresses {
  readonly link: (node: Link, writer: Writer) => string | undefined;
  /** `elsewhere` is where an image lies that pages may not load. */
  readonly image: (node: Image, writer: Writer) => string | { readonly elsewhere: string } | undefined;
}

/** What became of a file of the report that a page shows or links to, or why nothing did. */
export type Media =
  | { readonly address: string; readonly leftOut?: readonly string[] | undefined }
  | { readonly refused: string; readonly hint?: string };

export interface BodyContext {
  /** The page's file, from which relative links start, and its address in the site. */
  readonly file: string;
  readonly address: string;
  readonly origin: Origin;
  readonly labels: ReadonlyMap<string, Label>;
  /** The ids of the page's directives. */
  readonly anchors: readonly string[];
  /** Addresses of the report's pages by their files. */
  readonly pages: ReadonlyMap<string, string>;
  /** HTML for nodes that stand for something else: directives and numbers in the text. */
  readonly replace: (node: Nodes) => { readonly html: string; readonly text?: string } | undefined;
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

export interface Writer {
  readonly context: BodyContext;
  readonly headings: Heading[];
  /** The ids of headings, by their nodes. */
  readonly anchors: Map<object, string>;
  /** The last character written in the current block; quotes open or close by it. */
  before: string;
  readonly inline: (nodes: readonly PhrasingContent[]) => string;
  readonly blocks: (nodes: readonly RootContent[]) => string;
  /** What nodes say, without markup. */
  readonly text: (nodes: readonly Nodes[]) => string;
  /** The same with formulas as their TeX, from which ids are made. */
  readonly written: (nodes: readonly Nodes[]) => string;
  readonly ids: PageIds;
  readonly footnote: (identifier: string) => { readonly number: number; readonly use: number } | undefined;
  readonly problem: (
    node: { readonly position?: Position | undefined },
    problem: Omit<Problem, 'place'>,
    start?: number,
    end?: number,
  ) => void;
  /** The bibliography that stands here because the page asks for it here: `::: {#refs}`. */
  bibliographyPlaced: boolean;
}
