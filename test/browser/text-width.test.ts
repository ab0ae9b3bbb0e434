/** The widths by which texts are laid out are those that a browser gives them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { regularWidths, semiboldWidths } from '../../src/figures/inter-widths.js';
import { textWidth } from '../../src/figures/text-width.js';
import { launchChromium } from './chromium.js';

const files = join(import.meta.dirname, '../../node_modules/@fontsource-variable/inter/files');
const subsets = ['latin', 'latin-ext', 'greek'];
const characters = regularWidths.flatMap(([, all]) => Array.from(all));

it.each([400, 600])('every character at weight %i, to the nearest thousandth of the font size', async (weight) => {
  expect(characters.length).toBeGreaterThan(380);
  expect(semiboldWidths.flatMap(([, all]) => Array.from(all))).toHaveLength(characters.length);
  const browser = await launchChromium();
  const page = await browser.newPage();
  const fonts = subsets.map((subset) => readFileSync(join(files, `inter-${subset}-wght-normal.woff2`), 'base64'));
  const measured = await page.evaluate(
    async ([sources, all, asked]) => {
      // Each subset is a font of its own; a character is measured in the first that has it.
      const names = await Promise.all(
        sources.map(async (source, index) => {
          const url = `url(data:font/woff2;base64,${source})`;
          document.fonts.add(await new FontFace(`Inter ${index}`, url, { weight: '100 900' }).load());
          return `"Inter ${index}"`;
        }),
      );
      const context = document.createElement('canvas').getContext('2d');
      if (context === null) return [];
      context.font = `${asked} 1000px ${names.join(', ')}`;
      return all.map((character) => context.measureText(character).width);
    },
    [fonts, characters, weight] as const,
  );
  await browser.close();
  const off = characters.flatMap((character, index) => {
    const width = textWidth(character, 1000, weight);
    return Math.abs(width - (measured[index] ?? Number.NaN)) <= 0.51
      ? []
      : [`${character} ${width} ${measured[index]}`];
  });
  expect(off).toEqual([]);
});
