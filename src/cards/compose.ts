/** What a link to a page shows elsewhere: its title, a figure of it, and whose it is. */
import { standaloneSvg } from '../figures/figure-data.js';
import type { DrawnFigure } from '../figures/figure.js';
import { escapeText } from '../svg/tree.js';
import { textWidth } from '../figures/text-width.js';

/** In pixels: what the places that show links ask for. */
export const cardSize = { width: 1200, height: 630 } as const;

/** A font file of one weight has a name of its own. */
const [regular, semibold] = [' font-family="Inter"', ' font-family="Inter SemiBold" font-weight="600"'];

const margin = 64;
const title = { size: 46, leading: 56, lines: 2 } as const;
const foot = 26;
/** Beyond it lines and letters look coarse. */
const largestScale = 2;
const colours = { paper: '#fffffc', ink: '#1f2430', faint: '#5a6170' } as const;

/** The card as SVG, in the light colours. */
export function composeCard(figure: DrawnFigure, page: string, site: string): string {
  const { width, height } = cardSize;
  const inside = width - 2 * margin;
  const lines = wrapped(page, inside);
  const top = margin + lines.length * title.leading + 12;
  const bottom = height - margin - foot - 10;
  const scale = Math.min(largestScale, inside / figure.width, (bottom - top) / figure.height);
  const [w, h] = [scale * figure.width, scale * figure.height];
  const drawing = standaloneSvg(figure)
    .replace(/^<\?xml[^>]*>\s*/, '')
    .replaceAll("'Inter Variable'", 'Inter')
    .replaceAll(/ font-weight="(?:600|700|bold)"/g, semibold)
    .replace(
      / width="[^"]*" height="[^"]*"/,
      () => ` x="${(width - w) / 2}" y="${top + (bottom - top - h) / 2}" width="${w}" height="${h}"`,
    );
  const texts = [
    ...lines.map((line, index) =>
      text(line, margin + index * title.leading + title.size * 0.8, title.size, semibold, colours.ink),
    ),
    ...(site === page ? [] : [text(site, height - margin + 6, foot, regular, colours.faint)]),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><rect width="${width}" height="${height}" fill="${colours.paper}"/>${texts.join('')}${drawing.trim()}</svg>`;
}

function text(line: string, y: number, size: number, font: string, fill: string): string {
  return `<text x="${margin}" y="${y}" font-size="${size}"${font} fill="${fill}">${escapeText(line)}</text>`;
}

/** A title in as many lines as there is room for. */
function wrapped(words: string, width: number): string[] {
  const fits = (line: string): boolean => textWidth(line, title.size, 600) <= width;
  const lines: string[] = [];
  for (const word of words.split(/\s+/)) {
    const longer = [lines.at(-1), word].filter((part) => part !== undefined).join(' ');
    if (lines.length > 0 && fits(longer)) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  const shown = lines.slice(0, title.lines);
  let last = shown.at(-1) ?? '';
  if (lines.length > shown.length) last += '…';
  while (last.length > 1 && !fits(last)) last = `${last.slice(0, -2)}…`;
  return [...shown.slice(0, -1), last];
}
