/** Numbers as the page's language writes them. */

/** Of the page's text. */
export const language = typeof document === 'undefined' ? 'en' : document.documentElement.lang || 'en';

/** A number as the page's language groups its digits. */
export function number(value: number): string {
  return value.toLocaleString(language, { numberingSystem: 'latn' });
}

const long = /^[-−]?\d+\.?\d*(?:e[-+−]?\d+)?$/;

/** Five digits of a long number: more than can be read from a drawing. */
export function readable(text: string): string {
  if (!long.test(text)) return text;
  const value = Number(text.replaceAll('−', '-'));
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return number(value).replace('-', '−');
  return Number(value.toPrecision(5)).toString().replace('e+', 'e').replaceAll('-', '−');
}
