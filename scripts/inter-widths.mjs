/**
 * Writes src/figures/inter-widths.ts, which stands in no repository: how far each character of Inter moves the pen, so that a text
 * can be laid out without a canvas and alike on every machine. Part of compiling and of checking types.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fontverter from 'fontverter';
import { Blob, Face, Font, Variation } from 'harfbuzzjs';

/** Latin with its accents, Greek, punctuation, and the signs that figures use. */
const ranges = [
  [0x20, 0x7e],
  [0xa0, 0x17f],
  [0x391, 0x3c9],
  [0x2010, 0x2026],
  [0x2070, 0x208e],
];
const others = Array.from('\u2032\u2190\u2191\u2192\u2193\u2212\u2248\u2264\u2265\u221e', (one) => one.codePointAt(0));
const codes = [...ranges.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, i) => from + i)), ...others];

const faces = [];
// One after the other: what is unpacked lies in memory that the next one uses again.
for (const subset of ['latin', 'latin-ext', 'greek']) {
  const file = import.meta.resolve(`@fontsource-variable/inter/files/inter-${subset}-wght-normal.woff2`);
  const font = await fontverter.convert(readFileSync(fileURLToPath(file)), 'sfnt');
  faces.push(new Face(new Blob(Uint8Array.from(font))));
}

/** Units of a thousandth of the font size: enough that a weight between two of the font's is not rounded twice. */
const fine = 1024;

/** [width, characters] by the advance width in thousandths of the font size. */
function widths(weight) {
  const fonts = faces.map((face) => {
    const font = new Font(face);
    font.setScale(1000 * fine, 1000 * fine);
    font.setVariations([new Variation('wght', weight)]);
    return font;
  });
  const byWidth = new Map();
  for (const code of codes) {
    const font = fonts.find((one) => one.nominalGlyph(code) !== undefined);
    if (font === undefined) continue;
    const width = Math.round(font.glyphHAdvance(font.nominalGlyph(code)) / fine);
    byWidth.set(width, (byWidth.get(width) ?? '') + String.fromCodePoint(code));
  }
  return [...byWidth].sort(([one], [other]) => one - other);
}

const table = (name, weight) =>
  `export const ${name}: readonly (readonly [number, string])[] = ${JSON.stringify(widths(weight), null, 1)};\n`;

const text = `// Advance widths of Inter in thousandths of the font size, and the characters that have them, by scripts/inter-widths.mjs.
${table('regularWidths', 400)}
${table('semiboldWidths', 600)}`;

const target = fileURLToPath(new URL('../src/figures/inter-widths.ts', import.meta.url));
// A file that is as it should be is not newer than what was compiled from it.
if (!existsSync(target) || readFileSync(target, 'utf8') !== text) writeFileSync(target, text);
