/** Numbers and lists in sentences: for labels in a drawing and for its text alternative. */
import { extreme, general, grouped, minus } from './significant.js';

/** 1234567 as 1,234,567. */
export function count(value: number): string {
  return extreme(value) ?? minus(grouped(Math.round(value).toFixed(0)));
}

/** The same text in letters that the drawings' font has: 2×10⁻⁸ as 2e−8, as it has no raised minus. */
export function inDrawing(text: string): string {
  const digits = '⁰¹²³⁴⁵⁶⁷⁸⁹';
  return text.replaceAll(/(?:(\d)×)?10⁻([⁰¹²³⁴⁵⁶⁷⁸⁹]+)/g, (_, digit: string | undefined, power: string) => {
    const exponent = Array.from(power, (raised) => digits.indexOf(raised)).join('');
    return `${digit ?? '1'}e−${exponent}`;
  });
}

/** Three significant digits: 0.00858, 64.7, 5.96×10⁻⁸. */
export function number(value: number): string {
  return extreme(value) ?? minus(general(value, 3));
}

/** "1 sample", "200 samples", "no samples". */
export function countOf(value: number, one: string, many = `${one}s`): string {
  return value === 1 ? `1 ${one}` : `${value === 0 ? 'no' : count(value)} ${many}`;
}

/** "a", "a and b", "a, b and c"; of more than `most` only the first, and how many there are besides. */
export function list(items: readonly string[], most = 6): string {
  const shown = items.length > most ? [...items.slice(0, most - 1), `${items.length - most + 1} more`] : items;
  const last = shown.at(-1) ?? '';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`;
}

/** "step 0", "step 150,000". */
export function stepLabel(step: number): string {
  return `step ${count(step)}`;
}

/** "diverged at step 11": of a training run whose loss was no longer finite. */
export function divergedAt(step: number): string {
  return `diverged at ${stepLabel(step)}`;
}

/** Sentences, one after the other, with their full stops. */
export function sentences(...parts: readonly (string | undefined)[]): string {
  return parts
    .filter((part): part is string => part !== undefined && part !== '')
    .map((part) => `${part.slice(0, 1).toUpperCase()}${part.slice(1)}.`)
    .join(' ');
}

/** At most so many of the items, with a sentence on how many were left out. */
export function someOf(items: readonly string[], most: number, rest: (left: number) => string): string[] {
  return items.length <= most ? [...items] : [...items.slice(0, most), rest(items.length - most)];
}

/** "3 more panels in the same manner". */
export function moreAlike(noun: string): (left: number) => string {
  return (left) => `${countOf(left, `more ${noun}`)} in the same manner`;
}
