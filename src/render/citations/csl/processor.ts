/** citeproc-js, which a person installs beside Colophon: its licence (CPAL or AGPL) is that person's to accept, so it is no part of this program. */
import { createRequire } from 'node:module';
import { marksOf } from '../../../shared/rich-text.js';
import { once } from '../../../shared/lazy.js';

/** An element of a style or a locale, as citeproc-js takes it. */
export interface CslNode {
  readonly name: string;
  readonly attrs: Readonly<Record<string, string>>;
  readonly children: readonly (CslNode | string)[];
}

/** A work in a citation. */
export interface CiteItem {
  readonly id: string;
  readonly prefix?: string;
  readonly suffix?: string;
  readonly locator?: string;
  readonly label?: string;
  readonly 'author-only'?: 1;
  readonly 'suppress-author'?: 1;
}

export interface Engine {
  readonly opt: { readonly development_extensions: Record<string, boolean>; readonly xclass: string };
  readonly citation: {
    readonly opt: {
      readonly layout_prefix?: string;
      readonly layout_suffix?: string;
      readonly layout_delimiter?: string;
    };
    /** How works of one citation are sorted. */
    readonly srt: { compareCompositeKeys: (a: SortedItem, b: SortedItem) => number };
  };
  setOutputFormat(name: string): void;
  updateItems(ids: readonly string[]): void;
  makeCitationCluster(items: readonly CiteItem[]): string;
  makeBibliography(): false | [{ readonly entry_ids: readonly (readonly string[])[] }, readonly string[]];
}

/** A work as its library has it, and as it is cited. */
export type SortedItem = readonly [work: unknown, item: CiteItem];

/** What the engine asks for. */
export interface System {
  readonly retrieveLocale: (language: string) => CslNode;
  readonly retrieveItem: (id: string) => unknown;
  readonly wrapCitationEntry: (text: string) => string;
}

export interface Processor {
  readonly PROCESSOR_VERSION: string;
  readonly Engine: new (system: System, style: CslNode, language: string, forced: boolean) => Engine;
  readonly Output: { readonly Formats: Record<string, object> };
}

const require = createRequire(import.meta.url);

/** The package, with rich text as one of its formats; undefined when it is not installed. */
export const processor = once((): Processor | undefined => {
  let loaded: Processor;
  try {
    loaded = require('citeproc') as Processor;
  } catch {
    return undefined;
  }
  loaded.Output.Formats[richText] = { ...loaded.Output.Formats['html'], ...format };
  return loaded;
});

export const richText = 'rich-text';

/** What starts a work in a citation, what ends the name of it, and what ends the work. */
export const [citeStart, citeName, citeEnd] = ['\uf8a0', '\uf8a1', '\uf8a2'];

/** What starts and ends the number before an entry of a list. */
export const [numberStart, numberEnd] = ['\uf8a3', '\uf8a4'];

const marked = (look: Parameters<typeof marksOf>[0]): string => marksOf(look).join('%%STRING%%');

const as =
  (before: string, after: string) =>
  (_engine: unknown, text: string): string =>
    before + text + after;

const same = as('', '');

const format = {
  text_escape: (text?: string): string => text ?? '',
  bibstart: '',
  bibend: '',
  '@font-style/italic': marked('italic'),
  '@font-style/oblique': marked('italic'),
  '@font-style/normal': same,
  '@font-variant/small-caps': marked('smallCapitals'),
  '@font-variant/normal': same,
  '@font-weight/bold': marked('bold'),
  '@font-weight/normal': same,
  '@text-decoration/none': same,
  '@text-decoration/underline': same,
  '@vertical-align/sup': marked('superscript'),
  '@vertical-align/sub': marked('subscript'),
  '@vertical-align/baseline': same,
  '@cite/entry'(this: { readonly item_id?: string }, _engine: unknown, text: string): string {
    return `${citeStart}${this.item_id ?? ''}${citeName}${text}${citeEnd}`;
  },
  '@bibliography/entry': same,
  '@display/block': as(' ', ' '),
  '@display/left-margin': as(numberStart, numberEnd),
  '@display/right-inline': same,
  '@display/indent': same,
};
