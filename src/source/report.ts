/** What reading a report gives: its pages with their syntax trees and directives, every part with its place. */
import type { Language, OwnWords } from '../languages/language.js';
import type { Plugins } from '../shared/plugin.js';
import type { DeviceName } from '../shared/device-names.js';
import type { Root } from 'mdast';
import type { Edition } from '../shared/edition.js';
import type { Json } from '../shared/artifact.js';
import type { Place } from '../shared/problem.js';
import type { LabelKind } from '../shared/label-kinds.js';
import type { Formulas } from '../shared/rich-text.js';
import type { Work } from './bibtex/work.js';
import type { SourceLines } from './source-lines.js';

export type { CslDate } from './bibtex/dates.js';
export type { Name, NameRole, Work } from './bibtex/work.js';
export type {
  Attributes,
  Callout,
  Citation,
  Cited,
  Container,
  CrossReference,
  DisplayMath,
  Figure,
  InlineMath,
  Referenced,
} from './markdown/syntax.js';

/** Where something lies inside a directive's YAML body: ["network", "hidden", 0]. */
export type OptionPath = readonly (string | number)[];

/** An option of a directive that is Markdown. */
export type ProseOption = 'caption' | 'alt' | 'sentence';

/** What reading has to know of a kind of directive. */
export interface DirectiveKind {
  /** The first word of its fence. */
  readonly kind: string;
  /** What pages call one of it: "Training". */
  readonly noun: string;
  /** What the labels of one start with that is numbered. */
  readonly label?: LabelKind;
  readonly prose?: readonly ProseOption[];
  /** Whether it is the report's own. */
  readonly isOwnCode?: true;
}

/** A fenced block that declares something. */
export interface Directive {
  readonly kind: string;
  /** What pages call one of its kind. */
  readonly noun: string;
  /** Of one that is numbered. */
  readonly label?: LabelKind;
  readonly id: string;
  /** The body as written. */
  readonly text: string;
  /** False when its body could not be read: it is there, and nothing more is known of it. */
  readonly readable: boolean;
  /** The body as data. */
  readonly body: { readonly [option: string]: Json };
  /** The opening fence. */
  readonly place: Place;
  /** The id in the opening fence. */
  readonly idPlace: Place;
  /** The nearest place for a path of the body: the key (or list item) itself, or its value. */
  readonly placeOf: (path: OptionPath, part: 'key' | 'value') => Place;
  /** Its name by page and place (`nodeId`): "two-layers.md:12:1". */
  readonly at: string;
  /** Of a figure or a table, counted over the whole report from 1; "3 (a)" for a part of one. */
  readonly number?: string;
  /** Whether the page shows it, where it is none that is shown for its own sake, and whether its account is folded. */
  readonly echo: boolean;
  readonly fold: boolean;
  /** The options that are Markdown, read: a caption, an alternative text, a claim's sentence. */
  readonly prose: Readonly<Partial<Record<ProseOption, Root>>>;
}

/** What inline code asks for: a number, `` `= one-layer.test-error .4f` ``, or a claim: `` `claim one-layer.test-error < 0.1` ``. */
export interface InlineRequest {
  /** Its name by page and place (`nodeId`). */
  readonly at: string;
  readonly what: 'value' | 'claim';
  /** What follows the equals sign or the word. */
  readonly text: string;
  /** Of the inline code, or of the option that it stands in. */
  readonly place: Place;
  /** The place of a part of `text`. */
  readonly placeOf: (start: number, end: number) => Place;
  /** What the sentence says that it stands in, or that a claim supports; … for each number. */
  readonly sentence: string;
}

/** A numbered thing of the report: what `@fig-one` means. */
export interface Label {
  readonly id: string;
  readonly kind: LabelKind;
  /** "3", "2.1", "3 (a)" for a part of a figure; empty for a section of a report without numbered sections. */
  readonly number: string;
  /** What the heading of a section says. */
  readonly title: string;
  /** Of the page, relative to the site. */
  readonly address: string;
  /** Of the element on that page. */
  readonly anchor: string;
  readonly place: Place;
}

/** The works that a report cites from, and how. */
export interface Bibliography {
  /** Of everything in the file. */
  readonly keys: readonly string[];
  /** The works that are cited. */
  readonly works: ReadonlyMap<string, Work>;
  /** Those in the texts of the works. */
  readonly formulas: Formulas;
  readonly style: Settings['citation-style'];
  /** Where the report says so. */
  readonly styleAt: Place;
}

/** Which works a page cites, and whether the report's list of them stands on it. */
export interface CitedWorks {
  /** The keys of the works, each once, in the order of the page. */
  readonly keys: readonly string[];
  /** Whether it has `::: {#refs}`. */
  readonly holdsList: boolean;
}

/** Who wrote a page. */
export interface Author {
  readonly name: string;
  /** Digits and hyphens. */
  readonly orcid?: string;
  readonly affiliations: readonly string[];
}

export interface Page {
  /** Relative to the report's folder: "two-layers.md", "guide/index.md". */
  readonly file: string;
  /** Where it is published, relative to the site: "two-layers.html", "guide/index.html". */
  readonly address: string;
  readonly text: string;
  /** Where its lines were written, where it includes other files. */
  readonly sources?: readonly SourceLines[];
  /** SHA-256 of the text. */
  readonly digest: string;
  readonly title: string;
  /** Its number, where sections are numbered; the first page has none. */
  readonly chapter?: number | undefined;
  /** The language of its text: the page's own, else the report's. */
  readonly language: string;
  /** The id that its author gave to the heading that is its title. */
  readonly titleId?: string;
  readonly authors: readonly Author[];
  readonly doi?: string;
  /** An identifier of SPDX, or an address. */
  readonly licence?: string;
  /** As written: a calendar date, YYYY-MM-DD. */
  readonly date?: string;
  readonly description?: string;
  /** Where its steps are to run, where it says so. */
  readonly device?: DeviceName;
  /** Where a place in its text was written: in the page's own file, or in one that it includes. */
  readonly placeOf: (place: Place) => Place;
  /** Its syntax tree, read when it is asked for. */
  readonly tree: () => Root;
  readonly directives: readonly Directive[];
  /** What its text and its captions cite. */
  readonly cited: CitedWorks;
  /** In the page's text and in its captions. */
  readonly inline: readonly InlineRequest[];
}

/** A file of the report that a directive names, such as a CSV file. */
export interface DataFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** What a file of a report is read as. */
export type FileKind =
  | 'page'
  | 'settings'
  | 'bibliography'
  | 'citation-style'
  | 'data'
  /** What a page links to or shows. */
  | 'published'
  | 'stylesheet'
  | 'template'
  | 'plugin'
  | 'icon';

/** A sentence on why a file is not read. */
export interface Refused {
  readonly refused: string;
  /** There is nothing of that name. */
  readonly isAbsent?: true;
}

/** A folder of which nothing is read. */
export interface PassedOver extends Refused {
  readonly path: string;
}

/** The files of a report's folder, as far as they may be read. */
export interface ReportFiles {
  /** As it was named by whoever asked. */
  readonly folder: string;
  /** The bytes of a file, by its path from the folder. */
  readonly read: (path: string, kind: FileKind) => Uint8Array | Refused;
  /** The names in a folder of the report, sorted; none when there is no such folder. */
  readonly names: (path: string) => readonly string[] | Refused;
  /** Every Markdown file as sorted relative paths, and folders behind links in which none is looked for. */
  readonly pages: () => {
    readonly files: readonly string[];
    readonly passedOver: readonly PassedOver[];
    /** Folders that the system does not let us read. */
    readonly unreadable: readonly PassedOver[];
  };
}

/** What colophon.yaml says of a report. */
export interface Settings {
  /** Of the site; else the title of its first page. */
  readonly title?: string | undefined;
  /** Where the site will stand; ends in a slash. */
  readonly url?: string | undefined;
  readonly language: string;
  /** The program's words that the report changes, by the tags of their languages. */
  readonly words?: Readonly<Record<string, OwnWords>> | undefined;
  /** The .bib file; else references.bib, when there is one. */
  readonly bibliography?: string | undefined;
  /** author-year, numeric, the name of a style of CSL, or a .csl file. */
  readonly 'citation-style': string;
  readonly 'number-sections': boolean;
  /** Files and folders that are no pages, as patterns. */
  readonly exclude: readonly string[];
  /** Whether a README.md is a page. */
  readonly readme: boolean;
  /** Whether readers can have its experiments computed again in their browser. */
  readonly verify: boolean;
  /** Modules that define kinds of directive. */
  readonly kinds: readonly string[];
  readonly plugins?: { readonly remark: readonly PluginEntry[]; readonly rehype: readonly PluginEntry[] } | undefined;
}

/** A plugin by its name, with options after it. */
export type PluginEntry = string | readonly [name: string, ...options: unknown[]];

export interface Report {
  /** The folder, as it was named by whoever asked. */
  readonly folder: string;
  /** In reading order. */
  readonly pages: readonly Page[];
  /** Of files that are no pages of this edition, why; those that are included are not among them. */
  readonly leftOut: ReadonlyMap<string, string>;
  /** For whom it was read. */
  readonly edition: Edition;
  readonly settings: Settings;
  /** The language of a tag, with the report's own words. */
  readonly languageOf: (tag: string) => Language;
  /** Everything that can be referred to, by its label. */
  readonly labels: ReadonlyMap<string, Label>;
  /** The numbers of each page's headings in their order, by its file, when sections are numbered. */
  readonly sections: ReadonlyMap<string, readonly (string | undefined)[]>;
  /** The same of one page, by the headings in its tree. */
  readonly sectionNumbers: (page: Pick<Page, 'file' | 'tree'>) => ReadonlyMap<object, string>;
  /** Ids that fences carry which are no directives because of a slip. */
  readonly lost: ReadonlySet<string>;
  /** Absent when the report has none. */
  readonly bibliography?: Bibliography;
  readonly files: ReportFiles;
  /** Its own plugins, as far as they are run. */
  readonly plugins: Plugins;
  /** Reads a file of the report; a sentence on why not when it cannot. It is the same whenever it is asked for. */
  readonly dataFile: (path: string, kind?: FileKind) => DataFile | Refused;
}
