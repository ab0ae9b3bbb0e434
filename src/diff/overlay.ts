/** Two drawings of a figure over each other, where their axes agree. */

/** One SVG: the drawing after the change, and faint over it that before; undefined where they cannot be laid over each other. */
export function overlay(before: string, after: string): string | undefined {
  const [old, now] = [before, after].map(partsOf);
  if (old === undefined || now === undefined || old.frame !== now.frame) return undefined;
  return `${now.opening}${now.inside}<g opacity="0.3">${old.inside}</g></svg>`;
}

interface Parts {
  readonly opening: string;
  readonly inside: string;
  /** Its size and the words on its axes: what has the same has the same scales. */
  readonly frame: string;
}

function partsOf(svg: string): Parts | undefined {
  const found = /^[^]*?(<svg\b[^>]*>)([^]*)<\/svg>\s*$/.exec(svg);
  const [, opening, inside] = found ?? [];
  if (opening === undefined || inside === undefined) return undefined;
  const words = [...inside.matchAll(/<text\b[^>]*>([^<]*)</g)].map(([, text = '']) => text);
  return { opening, inside, frame: [/viewBox="([^"]*)"/.exec(opening)?.[1] ?? '', ...words].join('\n') };
}
