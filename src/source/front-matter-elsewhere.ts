/** Front matter as it is written for Quarto and Pandoc: fields that are ours by another name, and authors with more than we print. */
import type { Json } from '../shared/artifact.js';
import { adviceAbout, closest, nameElsewhere } from '../shared/suggest.js';
import { otherNames, sameFields } from '../shared/other-names.js';

/** A field that stands under another name, with what it says in our form. */
export interface MeantField {
  /** As it is written. */
  readonly key: string;
  readonly value: Json;
}

/** Our field for each that is written by another name, where our own is not there, and for a date in words. */
export function fieldsMeant(written: Readonly<Record<string, Json>>): ReadonlyMap<string, MeantField> {
  const meant = new Map<string, MeantField>();
  for (const [key, value] of Object.entries(written)) {
    const own = sameFields[key] ?? key;
    if (own !== key && written[own] !== undefined) continue;
    if (own === 'date') meant.set(own, { key, value: dateMeant(value) });
    else if (own !== key) meant.set(own, { key, value: own === 'authors' ? authorsMeant(value) : value });
  }
  return meant;
}

/** Whether a field that is none of ours is one that other programs read: known as such, or no slip of one of ours. */
export function isOfOthers(key: string, ours: readonly string[]): boolean {
  return isKnownElsewhere(key) || closest(key, ours) === undefined;
}

/** Whether there is something to say of a field that other programs read. */
export function isKnownElsewhere(key: string): boolean {
  const { options = {} } = otherNames['front-matter'] ?? {};
  return nameElsewhere(key, options) !== undefined || adviceAbout('front-matter', key) !== undefined;
}

/**
 * Whether a field of ours says what it says elsewhere alone: a date that is to be the one of the build, which pages never take from the
 * clock, and Quarto's table of the words of a language.
 */
export function isMeantElsewhere(field: string, value: Json): boolean {
  if (field === 'date') return value === 'today' || value === 'now' || value === 'last-modified';
  return field === 'language' && isRecord(value);
}

/** A date in words, "March 5, 2024" or "5 March 2024", or with a time of day, as YYYY-MM-DD. */
function dateMeant(written: Json): Json {
  if (typeof written !== 'string') return written;
  const [, iso] = /^(\d{4}-\d{2}-\d{2})[T ][\d:.+Z -]+$/.exec(written.trim()) ?? [];
  if (iso !== undefined) return iso;
  const [, first = '', second = '', year = ''] = /^(\w+)\.? (\w+),? (\d{4})$/.exec(written.trim()) ?? [];
  const [month, day] = /^\d/.test(first) ? [second, first] : [first, second];
  const number = months.findIndex((name) => month.length >= 3 && name.startsWith(month.toLowerCase())) + 1;
  const of = /^\d{1,2}/.exec(day)?.[0];
  if (number === 0 || of === undefined) return written;
  return `${year}-${String(number).padStart(2, '0')}-${of.padStart(2, '0')}`;
}

const months = [
  ...['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october'],
  ...['november', 'december'],
];

function authorsMeant(written: Json): Json {
  const authors = (Array.isArray(written) ? written : [written]).map(authorMeant);
  return authors.length === 1 ? (authors[0] ?? null) : authors;
}

/** What we print of one author: `{ name: { given, family }, orcid, affiliations: [{ name }] }` says more elsewhere. */
function authorMeant(written: Json): Json {
  if (!isRecord(written)) return written;
  const { name, orcid } = written;
  const parts = isRecord(name) ? (name['literal'] ?? textOf([name['given'], name['family']])) : (name ?? null);
  const places = [written['affiliations'], written['affiliation']].flatMap((one) => one ?? []).flatMap(affiliationName);
  return {
    name: parts,
    ...(typeof orcid === 'string' && { orcid }),
    ...(places.length > 0 && { affiliation: places }),
  };
}

/** Of a reference to an affiliation that stands elsewhere there is no name. */
function affiliationName(written: Json): string[] {
  const name = isRecord(written) ? (written['name'] ?? written['institution']) : written;
  return typeof name === 'string' && name.trim() !== '' ? [name] : [];
}

function textOf(parts: readonly (Json | undefined)[]): string {
  return parts.filter((part) => typeof part === 'string').join(' ');
}

function isRecord(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
