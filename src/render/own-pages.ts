/** Pages that no author wrote. */
import type { Problem } from '../shared/problem.js';
import type { Report } from '../source/report.js';
import Handlebars from 'handlebars/runtime.js';
import type { Language } from '../languages/language.js';
import type { Href, Located } from './contents.js';
import { escapeHtml, sayWithHtml } from './html.js';
import { say } from '../languages/words.js';
import type { PageDetails } from './page-data.js';
import { missingAddress } from './root-scripts.js';

const addresses = { experiments: 'experiments.html', provenance: 'provenance.html', missing: missingAddress } as const;

/** Their addresses, which no page of an author's may have. */
export const ownAddresses: readonly string[] = Object.values(addresses);

export type OwnPages = Readonly<Record<keyof typeof addresses, PageDetails>>;

/** In the report's language. */
export function ownPages({ tag: language, words }: Language): OwnPages {
  const page = (name: keyof typeof addresses): PageDetails => ({
    file: addresses[name].replace(/html$/, 'md'),
    address: addresses[name],
    title: words[name].title,
    language,
  });
  return {
    experiments: { ...page('experiments'), description: words.experiments.description },
    provenance: { ...page('provenance'), description: words.provenance.description },
    missing: page('missing'),
  };
}

/** What their templates say. */
export function ownPageWords(
  language: Language,
  about: {
    readonly version: string;
    readonly profiles: string;
    /** Whether there are results that were not computed here. */
    readonly imports: boolean;
    readonly runs: number;
    readonly first: Located | undefined;
    readonly own: OwnPages;
    readonly href: Href;
  },
): object {
  const { provenance, experiments, missing } = language.words;
  const { version, profiles, imports, runs, first, own, href } = about;
  const link = (address: string, text: string): string =>
    `<a href="${escapeHtml(href(address))}">${escapeHtml(text)}</a>`;
  const html = (text: string): object => new Handlebars.SafeString(text);
  return {
    experiments: { ...experiments, computations: language.count(experiments.computations, runs) },
    provenance: {
      ...provenance,
      madeFrom: say(provenance.madeFrom, { version }),
      arithmetic: say(provenance.arithmetic, { profiles }),
      exception: imports ? experiments.exception : '',
      needed: say(provenance.needed, { version }),
      notTwice: html(sayWithHtml(provenance.notTwice, { buildInfo: link(buildInfoFile, 'build-info') })),
      keys: html(sayWithHtml(provenance.keys, { experiments: link(own.experiments.address, own.experiments.title) })),
    },
    missing: html(sayWithHtml(missing.text, { home: link(first?.address ?? '', missing.firstPage) })),
  };
}

/** What is the same twice only by chance; written with the pages, but not by this room. */
export const buildInfoFile = 'build-info.js';
/** What the site says, as data. */
export const snapshotFile = 'snapshot.json';

/** Pages of an author's that would stand where one of ours does. */
export function reservedAddresses({ pages }: Report): Problem[] {
  return pages
    .filter(({ address }) => ownAddresses.includes(address.toLowerCase()))
    .map(({ file, address }) => ({
      place: { file, line: 1, column: 1 },
      rule: 'shared-address',
      message: `Colophon writes a page of its own to ${address}`,
      hint: 'rename this file',
    }));
}
