/** What a link to a page shows elsewhere: a PNG with a figure of the page, its title and whose it is, at an absolute address. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openTypeOf } from '../src/cards/woff.js';
import { readPng } from './png.js';
import { block, page, reportFolder, waves } from './report-folder.js';
import { colophon } from './colophon.js';

const dots = block('figure #fig-dots', 'show: waves.data', 'caption: The data.');
const still = block('figure #fig-still', 'show: waves.test-data', 'caption: The test data.');
const files = {
  'report/index.md': page(waves, dots, still),
  'report/deep/words.md': `---\ntitle: ${'A title that is far too long for two lines of a card, '.repeat(3)}\n---\n\nNo figure.\n`,
};

let folder = '';
const build = (out: string, ...words: string[]): string => {
  const built = colophon(folder, 'build', 'report', '--out', out, ...words);
  expect(built.code, built.err).toBe(0);
  return built.out;
};
const read = (path: string): Buffer => readFileSync(join(folder, path));
const cards = (out: string): string[] =>
  readdirSync(join(folder, out), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.png'));

beforeAll(() => {
  folder = reportFolder(files);
  build('site', '--url', 'https://example.org/course/');
});

describe('a card', () => {
  it('is named in the page by its absolute address, with its size and what it shows', () => {
    const html = read('site/index.html').toString();
    expect(html).toContain('<meta property="og:image" content="https://example.org/course/cards/index.png">');
    expect(html).toContain('<meta property="og:image:width" content="1200">');
    expect(html).toMatch(/<meta property="og:image:alt" content="20 training samples[^"]*">/);
    expect(read('site/deep/words.html').toString()).toContain(
      'content="https://example.org/course/cards/deep/words.png"',
    );
  });

  it('has the pixels of the page’s first figure under its title, on paper', () => {
    const { width, height, at } = readPng(read('site/cards/index.png'));
    expect([width, height]).toEqual([1200, 630]);
    for (const [x, y] of [
      [0, 0],
      [1199, 0],
      [0, 629],
      [1199, 629],
    ] as const)
      expect(at(x, y)).toEqual([255, 255, 252]);
    const count = (from: number, to: number, is: (r: number, g: number, b: number) => boolean): number => {
      let found = 0;
      for (let y = from; y < to; y += 1) for (let x = 0; x < width; x += 1) if (is(...at(x, y))) found += 1;
      return found;
    };
    const ink = (r: number, g: number, b: number): boolean => r < 60 && g < 60 && b < 80;
    // The training samples' orange, through three quarters of opacity.
    const orange = (r: number, g: number, b: number): boolean => r > 200 && g > 120 && g < 165 && b > 55 && b < 105;
    // "A page": six letters some forty pixels high, and nothing of the figure beside them.
    expect(count(64, 112, ink)).toBeGreaterThan(500);
    expect(count(64, 112, orange)).toBe(0);
    // Twenty samples, some three pixels from middle to rim.
    expect(count(130, 530, orange)).toBeGreaterThan(100);
    expect(count(590, 630, ink)).toBe(0);
  });

  it('of a page without a figure shows the report’s first; a long title is cut', () => {
    const { at } = readPng(read('site/cards/deep/words.png'));
    const dark = (x: number, y: number): boolean => at(x, y)[0] < 60;
    const rows = (from: number, to: number): number =>
      Array.from({ length: to - from }, (_, row) => from + row).filter((y) =>
        Array.from({ length: 1200 }, (_, x) => x).some((x) => dark(x, y)),
      ).length;
    expect(rows(64, 112)).toBeGreaterThan(25);
    expect(rows(120, 168)).toBeGreaterThan(25);
    for (let y = 0; y < 170; y += 1) for (let x = 1140; x < 1200; x += 1) expect(dark(x, y)).toBe(false);
    expect(cards('site').sort()).toEqual(['cards/deep/words.png', 'cards/index.png']);
  });

  it('is the same bytes from an empty store, is left alone when only prose changes, and changes with its figure', () => {
    const before = read('site/cards/index.png');
    build('again', '--url', 'https://example.org/course/', '--store', 'empty');
    expect(read('again/cards/index.png').equals(before)).toBe(true);
    writeFileSync(join(folder, 'report/index.md'), `${files['report/index.md']}\nMore.\n`);
    // The page, the search, what the site says as data, and what the build says of itself.
    expect(build('site', '--url', 'https://example.org/course/')).toMatch(/: 4 files written/);
    expect(read('site/cards/index.png').equals(before)).toBe(true);
    writeFileSync(join(folder, 'report/index.md'), page(waves, still, dots));
    build('site', '--url', 'https://example.org/course/');
    expect(read('site/cards/index.png').equals(before)).toBe(false);
  });

  it('is not there where nobody has said where the site will stand', () => {
    build('unknown');
    expect(cards('unknown')).toEqual([]);
    expect(existsSync(join(folder, 'unknown/cards'))).toBe(false);
    expect(read('unknown/index.html').toString()).not.toContain('og:image');
  });
});

it('a font that is no WOFF is not taken for one', () => {
  expect(() => openTypeOf(new Uint8Array(100))).toThrow('not a WOFF font');
});
