/** What reading a report gives: its pages with their syntax trees and directives, every part with its place. */
import type { Code, Root } from 'mdast';
import type { Json } from '../artifact.js';
import type { Place } from '../problem.js';

/** Where something lies inside a directive's YAML body: ["network", "hidden", 0]. */
export type OptionPath = readonly (string | number)[];

/** A fenced block that declares something. */
export interface Directive {
  readonly kind: string;
  readonly id: string;
  /** The body as written. */
  readonly text: string;
  /** The body as data. */
  readonly body: { readonly [option: string]: Json };
  /** The opening fence. */
  readonly place: Place;
  /** The id in the opening fence. */
  readonly idPlace: Place;
  /** The nearest place for a path of the body: the key (or list item) itself, or its value. */
  readonly placeOf: (path: OptionPath, part: 'key' | 'value') => Place;
  /** The node in the page's tree that this directive is. */
  readonly node: Code;
}

export interface Page {
  /** Relative to the report's folder: "two-layers.md", "guide/index.md". */
  readonly file: string;
  /** Where it is published, relative to the site: "two-layers.html", "guide/index.html". */
  readonly address: string;
  readonly text: string;
  readonly title: string;
  readonly authors: readonly string[];
  /** As written: a calendar date, YYYY-MM-DD. */
  readonly date?: string;
  readonly description?: string;
  readonly tree: Root;
  readonly directives: readonly Directive[];
}

/** A file of the report that a directive names, such as a CSV file. */
export interface DataFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** What colophon.yaml says of a report. */
export interface Settings {
  /** Of the site; else the title of its first page. */
  readonly title?: string | undefined;
  /** Where the site will stand; ends in a slash. */
  readonly url?: string | undefined;
  readonly language: string;
}

export interface Report {
  /** The folder, as it was named by whoever asked. */
  readonly folder: string;
  /** In reading order. */
  readonly pages: readonly Page[];
  readonly settings: Settings;
  /** Reads a file inside the report's folder; a sentence on why not when it cannot. Bytes are read once. */
  readonly dataFile: (path: string) => DataFile | { readonly refused: string };
}
