/** Straight quotes, double hyphens and three dots as a typesetter sets them. */

const opensAfter = /[\s([{\u2013\u2014/\u201c\u2018-]/;

/** `before` is the character before the text, a blank at the start of a block. */
export function smarten(text: string, before: string): string {
  if (!/["'.-]/.test(text)) return text;
  return text
    .replace(/---/g, '\u2014')
    .replace(/--/g, '\u2013')
    .replace(/\.\.\./g, '\u2026')
    .replace(/["']/g, (quote, at: number, whole: string) => {
      const previous = at === 0 ? before : (whole[at - 1] ?? ' ');
      const double = quote === '"';
      // '90s: an apostrophe though it stands where a quote would open.
      const decade = !double && /^'\d\ds?\b/.test(whole.slice(at, at + 5));
      const opens = opensAfter.test(previous) && !decade;
      // A quote within a quote opens too: "'Yes,' he said".
      const nested = /["']/.test(previous) && opensAfter.test(at > 1 ? (whole[at - 2] ?? ' ') : before);
      if (double) return opens || nested ? '\u201c' : '\u201d';
      return opens || nested ? '\u2018' : '\u2019';
    });
}
