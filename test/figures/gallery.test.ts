/** Every picture, drawn by the real command from real results: what it says, how it is built, and how large it is. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vega from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { beforeAll, describe, expect, it } from 'vitest';
import { vegaExpressions } from '../../src/figures/vega-expressions.js';
import { figureConfig } from '../../src/figures/theme.js';
import { withoutUnusedData } from '../../src/figures/unused-data.js';
import type { VegaSpecification } from '../../src/figures/vega-figure.js';
import { measureTextIn } from '../../src/figures/vega-world.js';
import { directoryStore } from '../../src/store/directory-store.js';
import { cleanDrawing } from '../../src/svg/drawing.js';
import { reportFolder } from '../report-folder.js';
import { gallery, galleryPage, idOf, planeFiles } from './gallery.js';
import { colophon } from '../colophon.js';

let said = '';
const drawings = new Map<string, string>();
const specifications = new Map<string, string>();

beforeAll(() => {
  const folder = reportFolder({ 'report/index.md': galleryPage(), ...planeFiles });
  const built = colophon(folder, 'build', 'report');
  said = built.err;
  expect(built.code, said).toBe(0);
  const html = readFileSync(join(folder, 'site/index.html'), 'utf8');
  for (const name of Object.keys(gallery)) {
    const [, rest = ''] = html.split(`<figure id="${idOf(name)}"`);
    drawings.set(name, /<svg[\s\S]*?<\/svg>/.exec(rest)?.[0] ?? '');
  }
  for (const { kind, values } of directoryStore(join(folder, '.colophon'), () => undefined).records()) {
    if (kind === 'drawing') specifications.set(values['svg'] as string, values['specification'] as string);
  }
}, 180_000);

it('nothing in the gallery gives a warning', () => {
  expect(said).not.toContain('warning');
});

it('a drawing that is kept is the same when it is cleaned: else it would be drawn again by each build', () => {
  expect(specifications.size).toBeGreaterThan(Object.keys(gallery).length / 2);
  for (const svg of specifications.keys()) expect(cleanDrawing(svg)).toBe(svg);
});

/** What a page has for a drawing on a screen of 1,280 pixels. */
const room = { text: 630, wide: 848 };

it('a drawing whose size its author leaves to us fits its page', () => {
  const own = Object.entries(gallery).filter(([, { options }]) => !options.some((line) => line.startsWith('width:')));
  const tooWide = own.flatMap(([name, { options }]) => {
    const width = Number(/ width="(\d+)"/.exec(drawings.get(name) ?? '')?.[1]);
    const most = options.includes('wide: true') ? room.wide : room.text;
    return width <= most ? [] : [`${name}: ${width} of ${most}`];
  });
  expect(tooWide).toEqual([]);
});

measureTextIn(vega);

/** What Vega itself would write into a page. */
async function vegasOwn(specification: VegaSpecification, expr?: object): Promise<string> {
  const runtime = vega.parse(specification, {}, { ast: true });
  return new vega.View(runtime, { renderer: 'none', ...(expr && { expr }) }).toSVG();
}

/** Its shapes and texts in their order, without what groups them and what is not seen. */
function shapesOf(svg: string): string[] {
  const parts = [...svg.matchAll(/<(path|line|rect|text|circle)\b([^>]*)>([^<]*)/g)];
  return parts.flatMap(([, tag, written = '', text]) => {
    const attributes = [...written.matchAll(/([\w-]+)="([^"]*)"/g)].filter(
      ([, name = '']) => !/^(class|role|aria)/.test(name),
    );
    const said = attributes.map(([, name, value]) => `${name}=${value}`).sort();
    const isSeen = said.some((each) => /^(fill|stroke)=/.test(each)) && !said.includes('display=none');
    return isSeen ? [`${tag} ${said.filter((each) => each !== 'transform=translate(0,0)').join(' ')} ${text}`] : [];
  });
}

describe.each(Object.entries(gallery))('%s', (name, { words, says }) => {
  const svg = (): string => drawings.get(name) ?? '';
  const texts = (): string[] => [...svg().matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text ?? '');

  it('names its axes, panels and series', () => {
    const shown = texts().join('\n');
    for (const word of words) expect(shown).toContain(word);
  });

  it('has a text alternative that says what the data show', () => {
    expect(svg()).toMatch(/role="img"/);
    expect(/aria-label="([^"]*)"/.exec(svg())?.[1]).toMatch(says);
  });

  it('is what Vega makes of it by its own generated code', async () => {
    const specification = JSON.parse(specifications.get(svg()) ?? '') as TopLevelSpec;
    const compiled = compile(specification, { config: figureConfig as never }).spec as unknown as VegaSpecification;
    const [byCode, ours] = [await vegasOwn(compiled), await vegasOwn(withoutUnusedData(compiled), vegaExpressions)].map(
      shapesOf,
    );
    expect(byCode?.length).toBeGreaterThan(20);
    expect(ours).toEqual(byCode);
  });

  it('takes its colours from the page, says nothing that only a script could, and stays under 60 KB', () => {
    expect(svg()).toContain('var(--');
    expect(svg()).not.toMatch(/(?<!, )#[0-9a-f]{6}\b|NaN|undefined|<script|<a\b|<image|\bon\w+=|href="(?!#)/);
    expect(svg().length).toBeLessThan(60_000);
    expect(svg().length).toBeGreaterThan(1000);
  });
});

it('a learning curve has powers of ten on its axis', () => {
  const labels = [...(drawings.get('learning curves') ?? '').matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text);
  expect(labels.filter((label) => /^(10|0\.\d+|1|1e|10[⁰¹²³⁻])/.test(label ?? '')).length).toBeGreaterThan(0);
});

it('the singular values mark the rank that the step found', () => {
  expect(drawings.get('singular values')).toMatch(/>rank \d+</);
});

it('of every picture there is one sentence that says what a new reader sees', () => {
  for (const [name, { sees }] of Object.entries(gallery)) expect(sees, name).toMatch(/^[A-Z][^.]+\.$/);
});
