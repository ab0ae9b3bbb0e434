/**
 * What the page draws of every picture that moves, against what Vega draws of the same moment: the rows are made again of
 * the packed weights, and drawn by the page's own renderer.
 */
import '../../src/client/english-words.js';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vega from 'vega';
import { beforeAll, expect, it } from 'vitest';
import { courseOf } from '../../src/client/interactive/course.js';
import { compileWhole } from '../../src/figures/compile-specification.js';
import type { Specification } from '../../src/figures/drawing.js';
import { lone } from '../../src/figures/line-names.js';
import type { InteractiveTraining } from '../../src/figures/interactive-data.js';
import type { Mark } from '../../src/figures/moving/marks.js';
import { layerMarks, placesIn, type Plot, rowsByPart, withDomains } from '../../src/figures/moving/plot.js';
import { movingPictures } from '../../src/figures/pictures/index.js';
import { drawnTree } from '../../src/figures/svg/renderer.js';
import { vegaExpressions } from '../../src/figures/vega-expressions.js';
import { measureTextIn } from '../../src/figures/vega-world.js';
import { build } from '../../src/pipeline/build.js';
import { isElement, type SvgElement } from '../../src/svg/tree.js';
import { apart, linesOf, type Place } from '../drawn-lines.js';
import { block, page, reportFolder, waves } from '../report-folder.js';
import { testWorld } from '../world.js';
import { planeFiles, planeSteps } from './gallery.js';
import { rowsOf, toldFigures, valueIn } from './degenerate/moving-pictures.js';

measureTextIn(vega);

const moments = [0, 40, 200];
const shown = {
  net: [
    'fit',
    'learning-curves',
    'elbows',
    'predictions',
    'residual-histogram',
    'parameter-change',
    'parameter-histogram',
    'unit-weights',
    'linearisation',
    'parameters-by-step',
  ],
  grads: ['features', 'kernel', 'cosine'],
  spectrum: ['singular-values', 'singular-value-histogram', 'principal-features'],
  apart: ['field'],
  arms: ['field'],
  linear: ['functions'],
};
const pictures = Object.entries(shown).flatMap(([id, names]) => names.map((name) => ({ id, name })));
/** Those that are over all steps open at the last one. */
const whole = new Set(['learning-curves', 'elbows', 'unit-weights', 'parameters-by-step']);

/** Those whose axes can be of each moment. */
const switched = new Set([
  ...['features', 'predictions', 'residual-histogram', 'parameter-change', 'parameter-histogram'],
  'singular-value-histogram',
]);

let site: string;
const specifications = new Map<string, Specification>();

beforeAll(async () => {
  const figures = pictures.flatMap(({ id, name }) =>
    moments
      .filter((step) => !whole.has(name) || step === 200)
      .map((step) =>
        block(
          `figure #fig-${id}-${name}-${step}`,
          `show: ${id}.${name}`,
          'slider: step',
          ...(step === 40 && switched.has(name) ? ['axes: moment'] : []),
          // Smaller ones the page cannot tell from zero.
          ...(name === 'principal-features' ? ['components: 4'] : []),
          ...(whole.has(name) ? [] : [`at: [${[...new Set([0, step])].join(', ')}]`]),
        ),
      ),
  );
  const folder = reportFolder({
    'report/index.md': page(
      waves,
      block(
        'train #net',
        'data: waves',
        'network: { hidden: [5], elbows: uniform }',
        'optimizer: { kind: sgd, rate: 0.05 }',
        'batch: 10',
        'steps: 200',
        'checkpoints: { every: 20 }',
      ),
      block('features #grads', 'of: net', `at: [${moments.join(', ')}]`),
      block('svd #spectrum', 'of: net', `at: [${moments.join(', ')}]`, 'on: train'),
      ...planeSteps,
      block('dataset #arm', 'function: { spirals: { arms: 3 } }', 'samples: 60', 'test: none'),
      block(
        'train #arms',
        'data: arm',
        'network: { hidden: [8, 5], activation: [tanh, relu] }',
        'loss: cross-entropy',
        'optimizer: { kind: adam, rate: 0.03 }',
        'steps: 200',
        'checkpoints: { every: 20 }',
      ),
      block('linearize #linear', 'of: net', 'on: { grid: 100 }'),
      ...figures,
    ),
    ...planeFiles,
  });
  site = join(folder, 'site');
  const world = testWorld(join(folder, '.colophon'), { device: 'wasm' });
  const result = await build({
    ...{ folder: join(folder, 'report'), out: site, place: {}, source: undefined },
    world: {
      ...world,
      draw: (make) =>
        world.draw(() => {
          const task = make();
          if (task.moving === true) specifications.set(task.id, JSON.parse(task.specification) as Specification);
          return task;
        }),
    },
  });
  expect(result.problems).toEqual([]);
}, 120_000);

it('a build after an edit draws none of them again', async () => {
  const file = join(site, '../report/index.md');
  writeFileSync(file, `${readFileSync(file, 'utf8')}\nMore words.\n`);
  const world = testWorld(join(site, '../.colophon'), { device: 'wasm' });
  const drawn: string[] = [];
  const draw: typeof world.draw = (make) =>
    world.draw(() => {
      const task = make();
      drawn.push(task.id);
      return task;
    });
  const request = { folder: join(site, '../report'), out: site, place: {}, source: undefined };
  const { problems, site: written } = await build({ ...request, world: { ...world, draw } });
  expect(problems).toEqual([]);
  expect(written).toBeDefined();
  expect(drawn).toEqual([]);
}, 60_000);

it('these are all the pictures that move', () => {
  expect([...new Set(pictures.map(({ name }) => name))].sort()).toEqual(movingPictures().sort());
});

/** What a layer shows: where its lines, dots and words stand, and in which colours. */
interface Seen {
  readonly lines: readonly (readonly Place[])[];
  readonly colours: ReadonlySet<string>;
  readonly words: readonly string[];
}

function ofMarks(marks: readonly Mark[]): Seen {
  return {
    lines: marks.flatMap(({ attributes: { d, x, y } }) =>
      d === undefined ? [[{ x: Number(x), y: Number(y) }]] : linesOf(String(d)),
    ),
    colours: new Set(marks.flatMap(({ attributes: { fill, stroke } }) => [fill, stroke].filter(isColour))),
    words: marks.flatMap(({ lines = [] }) => lines),
  };
}

function isColour(paint: string | number | undefined): paint is string {
  return typeof paint === 'string' && paint !== 'none' && paint !== 'transparent';
}

/** The same of what Vega draws of one layer. */
function ofGroup(group: SvgElement): Seen {
  const lines: Place[][] = [];
  const colours = new Set<string>();
  const words: string[] = [];
  const visit = ({ tag, attributes, children }: SvgElement, dx: number, dy: number): void => {
    const [, x = 0, y = 0] = /^translate\(([^,]+),([^)]+)\)/.exec(attributes.get('transform') ?? '') ?? [];
    const [left, top] = [dx + Number(x), dy + Number(y)];
    for (const name of ['fill', 'stroke']) {
      const paint = attributes.get(name);
      if (tag !== 'g' && isColour(paint)) colours.add(paint);
    }
    const d = attributes.get('d') ?? '';
    if (tag === 'line')
      lines.push([
        { x: left, y: top },
        { x: left + Number(attributes.get('x2') ?? 0), y: top + Number(attributes.get('y2') ?? 0) },
      ]);
    else if (tag === 'text' || d.includes('A')) lines.push([{ x: left, y: top }]);
    else lines.push(...linesOf(d).map((line) => line.map((place) => ({ x: left + place.x, y: top + place.y }))));
    for (const child of children) {
      if (isElement(child)) visit(child, left, top);
      else words.push(child);
    }
  };
  for (const child of group.children) if (isElement(child)) visit(child, 0, 0);
  return { lines, colours, words };
}

function layerGroups(tree: SvgElement): Map<number, SvgElement> {
  const found = new Map<number, SvgElement>();
  const visit = (element: SvgElement): void => {
    if (element.layer !== undefined) found.set(element.layer, element);
    else for (const child of element.children) if (isElement(child)) visit(child);
  };
  visit(tree);
  return found;
}

/** In pixels: weights are rounded, and so are the places of what is drawn. */
const near = 0.8;

/** The words of one, with the numbers of the other where these are the same but for rounded weights. */
function wordsAlike(some: readonly string[], others: readonly string[]): string[] {
  const number = /[−-]?[\d.]+/g;
  return some.map((text, index) => {
    const numbers = [...(others[index] ?? '').matchAll(number)].map(([one]) => one);
    let position = 0;
    return text.replaceAll(number, (one) => {
      const other = numbers[position] ?? '';
      position += 1;
      const [a, b] = [one, other].map((each) => Number(each.replace('−', '-')));
      return Math.abs((a ?? 0) - (b ?? 0)) <= 0.01 * Math.abs(b ?? 0) + 1e-3 ? other : one;
    });
  });
}

/** How far the lines of one are from all those of the other. */
function farthest(some: Seen['lines'], others: Seen['lines']): number {
  return Math.max(0, ...some.map((line) => Math.min(...others.map((other) => apart(line, other)))));
}

/** The ends of the axes in hundredths of their lengths: weights are rounded. */
function endsOf({ x, y }: Plot): readonly number[] {
  return [x.domain, y.domain].flatMap(([low, high]) =>
    [low, high].map((end) => Math.round((100 * end) / (high - low))),
  );
}

function isOutside(line: readonly Place[], { x, y }: Plot): boolean {
  return line.some((at) => at.x < -1 || at.x > x.length + 1 || at.y < -1 || at.y > y.length + 1);
}

function trainingIn(start: string): InteractiveTraining {
  const [file = ''] = readdirSync(join(site, 'assets')).filter((one) => one.startsWith(start));
  return valueIn(join(site, 'assets', file)) as InteractiveTraining;
}

it.each(pictures)('$id.$name: the page draws what Vega draws, at three moments', async ({ id: of, name }) => {
  const told = toldFigures(site).filter(({ id }) => id.startsWith(`fig-${of}-${name}-`));
  expect(told).toHaveLength(whole.has(name) ? 1 : moments.length);
  const training = trainingIn(`training-${told[0]?.training ?? ''}-`);
  const drawn = new Set<string>();
  for (const { id, picture, layers, panels, opensAt, start, leaveOut } of told) {
    const { parts: moving, background, ghost, moment, domains } = rowsOf(picture);
    for (const [index, { runs, plot, context }] of panels.entries()) {
      const courses = training.runs.filter((run) => runs.includes(run.name)).map((run) => courseOf(run, training));
      const [course] = courses;
      const specification = specifications.get(`${id}.p${index}`);
      if (course === undefined || specification === undefined) throw new Error('no panel');
      const view = {
        courses,
        course,
        step: opensAt,
        start,
        plot,
        context,
        leaveOut,
        chosen: [],
        component: -1,
        own: id.endsWith('-40') && switched.has(name),
      };
      expect(domains !== undefined).toBe(switched.has(name));
      if (view.own) expect(endsOf(withDomains(plot, domains?.(view) ?? {}))).toEqual(endsOf(plot));
      const rows = [
        ...(background?.(view) ?? []),
        ...(opensAt === start ? [] : (ghost?.(view) ?? [])),
        ...moment(view),
      ];
      const parts = rowsByPart(rows);
      const { runtime } = compileWhole(specification);
      const groups = layerGroups(await drawnTree(new vega.View(runtime, { renderer: 'none', expr: vegaExpressions })));
      const places = placesIn(plot);
      const drawnByPage = new Set([...parts.keys(), ...moving, ...moving.map(lone)]);
      for (const [position, layer] of layers.entries()) {
        // What stands still, the page leaves as it is.
        if (!drawnByPage.has(layer.part)) continue;
        const page = ofMarks(layerMarks(layer, parts, places));
        const group = groups.get(position);
        const { lines, ...own } = group === undefined ? { lines: [], colours: new Set(), words: [] } : ofGroup(group);
        // Of Vega's the edge of the plot cuts off what the page leaves out.
        const seen = layer.mark === 'symbol' ? lines.filter((line) => !isOutside(line, plot)) : lines;
        const where = `${id} panel ${index} layer ${layer.part}`;
        expect(wordsAlike(page.words, own.words), where).toEqual(own.words);
        expect(page.colours, where).toEqual(own.colours);
        expect(Math.max(farthest(page.lines, seen), farthest(seen, page.lines)), where).toBeLessThan(near);
        drawn.add(layer.part);
      }
    }
  }
  expect(drawn.size).toBeGreaterThan(1);
});
