/** A work as the item that citeproc-js formats. */
import { lookNames, type Look, marksOf } from '../../../shared/rich-text.js';
import type { CslDate, Name, Work } from '../../../source/report.js';
import { sentenceCase } from './sentence-case.js';

/** Stands for "and others"; the processor has no word for it. */
export const others = '\uf8a5';

const tags: Readonly<Record<Look, readonly [string, string]>> = {
  italic: ['<i>', '</i>'],
  bold: ['<b>', '</b>'],
  subscript: ['<sub>', '</sub>'],
  superscript: ['<sup>', '</sup>'],
  smallCapitals: ['<span style="font-variant:small-caps;">', '</span>'],
  fixedCase: ['<span class="nocase">', '</span>'],
};

/** Rich text as the processor reads it. */
export function markup(text: string): string {
  let made = text;
  for (const look of lookNames) {
    const [start, end] = marksOf(look);
    if (made.includes(start)) made = made.replaceAll(start, tags[look][0]).replaceAll(end, tags[look][1]);
  }
  // A formula is no word whose letters could be made large.
  return made.replace(/[\ue000-\uf7ff]/g, (formula) => tags.fixedCase.join(formula));
}

/** Titles that CSL wants in sentence case. */
const titles = new Set(['title', 'title-short', 'volume-title', 'collection-title']);

export function itemOf(work: Work): Record<string, unknown> {
  const { texts, names, dates, type } = work;
  const language = texts['language'] ?? 'en';
  const isPart = type === 'chapter' || type === 'paper-conference' || type === 'entry-encyclopedia';
  const cased = (name: string, text: string): string =>
    language.startsWith('en') && (titles.has(name) || (name === 'container-title' && isPart))
      ? sentenceCase(text)
      : text;
  const written = Object.entries(texts).map(([name, text]): [string, unknown] => [name, markup(cased(name, text))]);
  const published = [texts['publisher'], texts['medium'] === texts['URL'] ? undefined : texts['medium']].filter(
    (one) => one !== undefined,
  );
  const people = Object.entries(names).map(([role, list]): [string, unknown] => [
    role,
    [...list.map(nameOf), ...(work.others.some((one) => one === role) ? [{ family: others }] : [])],
  ]);
  const ofDates = Object.entries(dates).map(([role, date]): [string, unknown] => [role, dateOf(date)]);
  return {
    ...Object.fromEntries([...written, ...people, ...ofDates]),
    ...{ id: work.key, system_id: work.key, type, medium: undefined, archive: undefined, archive_location: undefined },
    ...(published.length > 0 && { publisher: markup(published.join('; ')) }),
    // Of a report's number no hyphen is a dash between two.
    ...(texts['number'] !== undefined && { number: markup(texts['number']).replace(/-/g, '\\-') }),
    ...preprint(work),
  };
}

/** A preprint has the name of its archive for a publisher, and its number there. */
function preprint({ type, texts }: Work): Record<string, unknown> {
  const eprint = texts['archive_location'];
  if (type !== 'article' || eprint === undefined) return {};
  return { publisher: texts['publisher'] ?? 'arXiv', number: texts['number'] ?? `arXiv:${eprint}` };
}

function nameOf({ given, particle, family, suffix, whole, dropsParticle }: Name): Record<string, string> {
  if (whole === true) return { literal: markup(family) };
  return {
    family: markup(family),
    ...(given !== '' && { given: markup(given) }),
    ...(particle !== '' && { [dropsParticle === true ? 'dropping-particle' : 'non-dropping-particle']: particle }),
    ...(suffix !== '' && { suffix }),
  };
}

function dateOf({ parts, season, circa, literal }: CslDate): Record<string, unknown> {
  if (parts.length === 0) return { literal };
  return { 'date-parts': parts, ...(season !== undefined && { season }), ...(circa === true && { circa: 1 }) };
}
