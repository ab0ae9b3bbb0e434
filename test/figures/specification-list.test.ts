/** What a specification may hold is one list: every name of Vega-Lite's is on it, or refused with a reason. */
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/shared/artifact.js';
import { allowedNames, refusedNames, refusedValue } from '../../src/figures/specification-list.js';
import { colophon } from '../colophon.js';
import { block, page, reportFolder, small, waves } from '../report-folder.js';

interface Part {
  readonly properties?: Readonly<Record<string, Part>>;
  readonly [key: string]: unknown;
}

it('every name that Vega-Lite’s schema knows is allowed or refused, and none is both', () => {
  const schema = createRequire(import.meta.url)('vega-lite/vega-lite-schema.json') as {
    readonly definitions: Readonly<Record<string, Part>>;
  };
  const names = new Set<string>();
  const visit = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    const { properties } = part as Part;
    if (typeof properties === 'object' && typeof properties['$ref'] !== 'string')
      for (const name of Object.keys(properties)) names.add(name);
    Object.values(part).forEach(visit);
  };
  Object.values(schema.definitions).forEach(visit);
  expect(names.size).toBeGreaterThan(500);
  expect([...names].filter((name) => !allowedNames.has(name) && !refusedNames.has(name))).toEqual([]);
  expect([...names].filter((name) => allowedNames.has(name) && refusedNames.has(name))).toEqual([]);
});

describe('values', () => {
  it.each<[string, Json, Record<string, Json>?]>([
    ['on', 'window:keydown'],
    ['on', 'body:click'],
    ['on', '#contents:click'],
    ['on', 'timer{1}'],
    ['on', 'click, window:pointermove'],
    ['on', '[window:pointerdown, pointerup] > pointermove'],
    ['on', 'input'],
    ['clear', 'window:click'],
    ['zoom', 'body:wheel!'],
    ['translate', '[body:pointerdown, pointerup] > pointermove'],
    ['legend', 'article:click'],
    ['input', 'password'],
    ['input', 'text'],
    ['input', 'file'],
    ['fill', 'url(https://example.com/x.svg#a)'],
    ['fill', { expr: "'red'", value: 'url(//example.com)' }],
    ['color', { value: 'url(#a)' }],
    ['color', { condition: { test: 'true', value: 'image-set("x.png" 1x)' } }],
    ['color', { field: 'a', scale: { range: ['red', 'url(x)'] } }],
    ['labelColor', 'expression(alert(1))'],
    ['background', 'url(x)'],
    ['background', { expr: "'url(x)'" }],
    ['mark', 'image'],
    ['mark', { type: 'image' }],
    ['width', 1e9],
    ['height', 10_001],
    ['steps', 1e9],
    ['maxbins', 1e9],
    ['tickCount', 1e9],
    ['order', 1e6],
    ['step', 1e-9, { quantile: 'a' }],
    ['step', 1, { start: 0, stop: 1e9 }],
    ['step', 1e-10, { extent: [0, 1] }],
  ])('%s: %j is refused', (name, value, around = {}) => {
    expect(refusedValue(name, value, around)?.message).toMatch(/\w/);
  });

  it.each<[string, Json, Record<string, Json>?]>([
    ['on', 'click'],
    ['on', 'pointerover[event.shiftKey]'],
    ['on', '[pointerdown, pointerup] > pointermove!'],
    ['on', 'pointermove{10, 20}, pointerout'],
    ['on', 'step', { regression: 'a' }],
    ['clear', 'dblclick'],
    ['zoom', true],
    ['translate', 0.5],
    ['input', 'range'],
    ['color', { field: 'a', scale: { scheme: 'viridis' } }],
    ['color', { field: 'a', scale: { range: ['#fff', 'steelblue', 'rgb(1, 2, 3)'] } }],
    ['fill', 'hsla(10, 20%, 30%, 0.5)'],
    ['stroke', null],
    ['stroke', 'var(--figure-ink, #222222)'],
    ['color', { gradient: 'linear', stops: [{ offset: 0, color: 'white' }] }],
    ['tickCount', 5],
    ['step', 0.01, { quantile: 'a' }],
    ['step', 5, { extent: [0, 100] }],
    ['step', 20],
  ])('%s: %j is taken', (name, value, around = {}) => {
    expect(refusedValue(name, value, around)).toBeUndefined();
  });
});

it('what is refused is said at its place before anything runs', () => {
  const folder = reportFolder({
    'report/index.md': page(
      waves,
      small,
      block(
        'figure #fig-own',
        'show: small',
        'columns: [step, test-error]',
        'vega-lite:',
        '  mark: { type: point, fill: "url(https://example.com/x.svg#a)" }',
        '  width: 1000000000',
        '  params:',
        '    - { name: a, value: 1, bind: { element: article, input: password } }',
        '    - { name: b, select: { type: point, on: "window:keydown" } }',
        '    - { name: c, value: { url: 1 } }',
        '  encoding: { x: { field: step, type: quantitative }, y: { field: test-error, type: quantitative } }',
      ),
    ),
  });
  const { code, err } = colophon(folder, 'build', 'report');
  expect(code).toBe(1);
  expect(err).not.toMatch(/ ran /);
  const said = [...err.matchAll(/index\.md:(\d+:\d+) {2}specification {2}([^;]*)/g)].map(([, , text]) => text);
  expect(said).toEqual([
    '"url(https://example.com/x.svg#a)" is no colour that a figure may have',
    'width may be 10000 at most, not 1000000000',
    '"params.0.bind.element" is refused: a figure is bound to nothing outside itself',
    '"password" is refused: a figure asks for no text',
    '"window:keydown" is refused: a figure listens to nothing but itself',
  ]);
});
