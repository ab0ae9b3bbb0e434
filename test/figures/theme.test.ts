/** The colours of figures: those of the pages, told apart from the page, and shades that go one way. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { figureColours, figureShades } from '../../src/figures/theme.js';

const style = readFileSync(join(import.meta.dirname, '../../templates/style.css'), 'utf8');

/** The relative luminance of WCAG 2.2. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

it('pages have the colours that drawings name', () => {
  for (const { name, light, dark } of [...figureColours, ...figureShades.up, ...figureShades.down]) {
    if (name === 'paper') continue;
    expect(style).toContain(`--figure-${name}: light-dark(${light}, ${dark});`);
  }
});

describe.each(['light', 'dark'] as const)('in the %s', (theme) => {
  const page = theme === 'light' ? '#ffffff' : '#14161a';

  it('the colours of series stand out from the page by 3:1', () => {
    const series = figureColours.filter(({ name }) => /^c\d$/.test(name));
    expect(series).toHaveLength(8);
    for (const one of series) expect(contrast(one[theme], page), one.name).toBeGreaterThanOrEqual(3);
  });

  it.each(['up', 'down'] as const)('every shade %s from zero is farther from the page than the one before', (side) => {
    const contrasts = figureShades[side].map((one) => contrast(one[theme], page));
    expect(contrasts).toHaveLength(10);
    contrasts.reduce((before, after) => {
      expect(after / before).toBeGreaterThan(1.1);
      return after;
    });
    expect(contrasts.at(-1)).toBeGreaterThan(10);
  });
});
