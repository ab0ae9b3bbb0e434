/** What no drawing may have in it, whatever it shows. */

/** In texts, with commas and powers; in everything else plain. */
const textNumber = /[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:×10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+|e[-+−]?\d+)?/g;
const plainNumber = /-?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/g;
/** No mark of a figure stands so many pixels away. */
const farthest = 2e4;

/** What is no number, numbers of more than twelve characters, and marks far outside the picture. */
export function faultsOf(svg: string): string[] {
  const faults: string[] = [];
  const none = /\bNaN\b|\bInfinity\b|\bundefined\b|\bnull\b|∞/.exec(svg);
  if (none !== null) faults.push(`${none[0]} in …${svg.slice(Math.max(0, none.index - 40), none.index + 40)}…`);
  const texts = [...svg.matchAll(/>([^<]+)<|aria-label="([^"]*)"/g)].map(([, text, label]) => text ?? label ?? '');
  for (const text of texts)
    for (const [number] of text.matchAll(textNumber)) if (number.length > 12) faults.push(`"${number}" in "${text}"`);
  for (const [, name = '', value = ''] of svg.matchAll(/\s([\w-]+)="([^"]*)"/g)) {
    if (!places.has(name)) continue;
    for (const [number] of value.matchAll(plainNumber))
      if (number.length > 12 || Math.abs(Number(number)) > farthest) faults.push(`${name}: ${number}`);
  }
  return faults.slice(0, 4);
}

const places = new Set([
  'd',
  'transform',
  'x',
  'y',
  'x1',
  'x2',
  'y1',
  'y2',
  'width',
  'height',
  'cx',
  'cy',
  'r',
  'points',
]);

/** What only frames what a picture is there for. */
const backdrop = new Set([
  ...['key', 'panel-title', 'above', 'above-title', 'truth', 'samples', 'marks', 'knot', 'elbow', 'equal', 'mark'],
  ...['zero-line', 'base', 'size', 'input', 'block', 'tolerance', 'rank'],
]);

/** The panels of one of our own pictures that have nothing to show and do not say why. */
export function emptyPanels(specification: string): string[] {
  const { usermeta, data } = JSON.parse(specification) as {
    readonly usermeta?: unknown;
    readonly data?: { readonly values?: readonly Readonly<Record<string, unknown>>[] };
  };
  if (usermeta === undefined) return [];
  const filled = new Map<string, boolean>();
  for (const { row, column, part, text } of data?.values ?? []) {
    const panel = `${String(row)},${String(column)}`;
    const says = part !== 'note' || (typeof text === 'string' && text !== '');
    filled.set(panel, filled.get(panel) === true || (says && !backdrop.has(String(part))));
  }
  if (filled.size === 0) return ['no panel at all'];
  return Array.from(filled).flatMap(([panel, isFilled]) =>
    isFilled ? [] : [`panel ${panel} is empty and does not say why`],
  );
}
