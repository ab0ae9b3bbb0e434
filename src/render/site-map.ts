/** The list of a site's pages for search engines. */
import type { PageDetails } from './page-data.js';

/** sitemap.xml of pages below an address; dates are those that the pages themselves state. */
export function siteMap(url: string, pages: readonly PageDetails[]): string {
  const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const entries = pages.map(({ address, date }) => {
    const place = escape(url + address.split('/').map(encodeURIComponent).join('/'));
    return `<url><loc>${place}</loc>${date === undefined ? '' : `<lastmod>${date}</lastmod>`}</url>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ...entries,
    '</urlset>',
    '',
  ].join('\n');
}
