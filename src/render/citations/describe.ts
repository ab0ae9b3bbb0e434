/** A work as a list of references prints it, as HTML. */
import type { Name, Work } from '../../source/report.js';
import { schemeOf } from '../address.js';
import { escapeHtml, escapeUrl } from '../html.js';

/** Authors, year, title, where it appeared, and links to it. */
export function describeWork(work: Work, year: string): string {
  const { fields } = work;
  const people = work.authors.length > 0 ? listOf(work.authors, work.moreAuthors) : editorsOf(work);
  const title = fields['title'] ?? '';
  const whole = /^(?:book|proceedings|phdthesis|mastersthesis|thesis|techreport|report|manual|collection|software)$/;
  const isWhole = whole.test(work.type);
  const shown = title === '' ? '' : isWhole ? `<cite>${escapeHtml(title)}</cite>` : escapeHtml(title);
  const parts = [
    people === '' ? '' : `${escapeHtml(stop(people))} (${escapeHtml(year)}).`,
    shown === '' ? '' : `${shown}${/[.?!]$/.test(title) ? '' : '.'}`,
    people === '' ? `(${escapeHtml(year)}).` : '',
    container(work, isWhole),
    links(work),
  ];
  return parts.filter((part) => part !== '').join(' ');
}

function stop(text: string): string {
  return text.endsWith('.') ? text : `${text}.`;
}

function listOf(names: readonly Name[], more: boolean): string {
  const shown = names.length > 20 ? names.slice(0, 19) : names;
  const written = shown.map(formalName);
  if (more || names.length > 20) return `${written.join(', ')}, et al.`;
  const last = written.at(-1) ?? '';
  return written.length < 2 ? last : `${written.slice(0, -1).join(', ')} and ${last}`;
}

/** "von Neumann, J., Jr." */
function formalName({ given, particle, family, suffix }: Name): string {
  const initials = given
    .split(/[\s\u00a0]+/)
    .filter((word) => word !== '')
    .map((word) =>
      word
        .split('-')
        .map((part) => `${String.fromCodePoint(part.codePointAt(0) ?? 46)}.`)
        .join('-'),
    )
    .join(' ');
  const name = particle === '' ? family : `${particle} ${family}`;
  return [name, initials, suffix].filter((part) => part !== '').join(', ');
}

function editorsOf({ editors }: Work): string {
  return editors.length === 0 ? '' : `${listOf(editors, false)} (${editors.length === 1 ? 'ed.' : 'eds.'})`;
}

function container(work: Work, isWhole: boolean): string {
  const { fields } = work;
  const journal = fields['journal'] ?? fields['journaltitle'];
  const book = fields['booktitle'];
  const volume = fields['volume'];
  const number = fields['number'] ?? fields['issue'];
  const pages = fields['pages']?.replace(/(\d)\s*-+\s*(\d)/g, '$1–$2');
  const parts: string[] = [];
  if (journal !== undefined) {
    const issue = number === undefined ? '' : `(${escapeHtml(number)})`;
    parts.push(`<cite>${escapeHtml(journal)}</cite>${volume === undefined ? '' : ` ${escapeHtml(volume)}${issue}`}`);
  } else if (book !== undefined) {
    const editors = work.authors.length > 0 && work.editors.length > 0 ? `${escapeHtml(editorsOf(work))}, ` : '';
    parts.push(
      `In ${editors}<cite>${escapeHtml(book)}</cite>${volume === undefined ? '' : `, vol. ${escapeHtml(volume)}`}`,
    );
  } else if (isWhole && fields['edition'] !== undefined) parts.push(`${escapeHtml(fields['edition'])} edition`);
  if (pages !== undefined) parts.push(`${journal === undefined ? 'pp. ' : ''}${escapeHtml(pages)}`);
  const house = fields['publisher'] ?? fields['school'] ?? fields['institution'] ?? fields['organization'];
  if (house !== undefined) parts.push(escapeHtml(house));
  if (fields['howpublished'] !== undefined) parts.push(escapeHtml(fields['howpublished']));
  return parts.length === 0 ? '' : `${parts.join(', ')}.`;
}

function links({ fields }: Work): string {
  const found: string[] = [];
  const doi = fields['doi']?.replace(/^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s*)/i, '');
  if (doi !== undefined && doi !== '') found.push(link(`https://doi.org/${doi}`, `doi:${doi}`));
  const eprint = fields['eprint']?.replace(/^arxiv:/i, '');
  const archive = (fields['archiveprefix'] ?? fields['eprinttype'] ?? 'arXiv').toLowerCase();
  if (eprint !== undefined && eprint !== '' && archive === 'arxiv') {
    found.push(link(`https://arxiv.org/abs/${eprint}`, `arXiv:${eprint}`));
  }
  const { url } = fields;
  const scheme = url === undefined ? undefined : schemeOf(url);
  if (url !== undefined && (scheme === 'http' || scheme === 'https') && found.length === 0) found.push(link(url, url));
  return found.join(', ');
}

function link(address: string, text: string): string {
  return `<a href="${escapeUrl(address)}">${escapeHtml(text)}</a>`;
}
