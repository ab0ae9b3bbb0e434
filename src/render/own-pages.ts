/** Pages that no author wrote. */
import type { Problem } from '../shared/problem.js';
import type { Report } from '../source/report.js';
import type { PageDetails } from './page-data.js';

export const experimentsPage: PageDetails = {
  file: 'experiments.md',
  address: 'experiments.html',
  title: 'All experiments',
  description: 'What ran, on what, and where it is used.',
};
export const provenancePage: PageDetails = {
  file: 'provenance.md',
  address: 'provenance.html',
  title: 'How this site was made',
  description: 'The programs, devices and keys behind every number, and how to make them again.',
};
export const missingPage: PageDetails = { file: '404.md', address: '404.html', title: 'There is no such page' };

export const ownPages = [experimentsPage, provenancePage, missingPage];

/** What is the same twice only by chance; written with the pages, but not by this room. */
export const buildInfoFile = 'build-info.js';

/** Pages of an author's that would stand where one of ours does. */
export function reservedAddresses({ pages }: Report): Problem[] {
  const reserved = ownPages.map(({ address }) => address);
  return pages
    .filter(({ address }) => reserved.includes(address.toLowerCase()))
    .map(({ file, address }) => ({
      place: { file, line: 1, column: 1 },
      rule: 'shared-address',
      message: `Colophon writes a page of its own to ${address}`,
      hint: 'rename this file',
    }));
}
