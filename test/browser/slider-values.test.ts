/**
 * What moving figures draw, read off their axes in a real browser at several checkpoints, against the results in the store:
 * parameters, errors, gradients and decompositions that the engine computed, and a network written out here.
 */
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sampled, tellable } from '../../src/figures/pictures/many-lines-rows.js';
import { apart, type Place, toLine } from '../drawn-lines.js';
import { colophon } from '../colophon.js';
import { block, page, reportFolder } from '../report-folder.js';
import { launchChromium, type Visit, visit } from './chromium.js';
import { type DrawnPath, type LivePanel, livePanels } from './interactive-panel.js';
import { everyNth } from '../every-nth.js';

const checkpoints = [0, 800, 2000];
/** A pixel of the panel: lines are simplified within 0.2 and rounded to 0.1, weights to 2^-14. */
const near = 1;

let browser: Browser;
let folder: string;
let visited: Visit;
/** One page for all: what a reader leaves behind in one figure must not show in another. */
let here: Page;

beforeAll(async () => {
  const training = (id: string, hidden: string): string =>
    block(
      `train #${id}`,
      'data: waves',
      `network: { hidden: ${hidden}, elbows: uniform }`,
      'optimizer: { kind: sgd, rate: 0.05 }',
      'batch: 20',
      'steps: 2000',
      'checkpoints: { every: 200 }',
    );
  const at = `at: [${checkpoints.join(', ')}]`;
  const figure = (id: string, show: string): string =>
    block(`figure #${id}`, `show: ${show}`, 'slider: step', 'step-scale: sqrt');
  const of = (id: string): string[] => [
    block(`features #${id}-grads`, `of: ${id}`, at, 'on: { grid: 101 }'),
    block(`svd #${id}-svd`, `of: ${id}`, at, 'on: train'),
    figure(`fig-${id}-fit`, `${id}.fit`),
    figure(`fig-${id}-curves`, `${id}.learning-curves`),
    figure(`fig-${id}-features`, `${id}-grads.features`),
    figure(`fig-${id}-values`, `${id}-svd.singular-values`),
    figure(`fig-${id}-principal`, `${id}-svd.principal-features`),
  ];
  folder = reportFolder({
    'report/index.md': page(
      // With the seed of the trainings, elbows would be drawn from the stream that drew the inputs, and lie on them.
      block(
        'dataset #waves',
        'function: piecewise-linear',
        'samples: 60',
        'noise: 0.1',
        'test: { grid: 50 }',
        'seed: 1',
      ),
      training('one', '[10]'),
      training('two', '[8, 8]'),
      ...of('one'),
      figure('fig-one-elbows', 'one.elbows'),
      ...of('two'),
    ),
  });
  expect(colophon(folder, 'build', 'report').code).toBe(0);
  browser = await launchChromium();
  visited = await visit(browser, join(folder, 'site'), 'file');
  here = await visited.open('index.html');
});
afterAll(async () => {
  await visited.close();
  await browser.close();
});

interface Stored {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** A result's arrays, as the engine left them in the store. */
function stored(id: string): Readonly<Record<string, Stored>> {
  const text = colophon(folder, 'results', id, '--json').out;
  const [result] = JSON.parse(text) as [{ readonly arrays: Readonly<Record<string, Stored>> }];
  return result.arrays;
}

/** Its part at one of the positions of the first axis. */
function part(array: Stored | undefined, index: number): number[] {
  if (array === undefined) throw new Error('no such array');
  const size = array.shape.slice(1).reduce((product, length) => product * length, 1);
  return array.data.slice(index * size, (index + 1) * size);
}

/** By layer, the pre-activations of a relu network at x; the last layer's is its output. */
function layersAt(arrays: Readonly<Record<string, Stored>>, checkpoint: number, x: number): number[][] {
  const found: number[][] = [];
  let from = [x];
  for (let layer = 0; arrays[`${2 * layer}.weight`] !== undefined; layer += 1) {
    const [weight, bias] = ['weight', 'bias'].map((name) => part(arrays[`${2 * layer}.${name}`], checkpoint));
    const width = from.length;
    const z = (bias ?? []).map((b, unit) =>
      from.reduce((sum, h, k) => sum + h * (weight?.[unit * width + k] ?? Number.NaN), b),
    );
    found.push(z);
    from = z.map((value) => Math.max(0, value));
  }
  return found;
}

const outputAt = (arrays: Readonly<Record<string, Stored>>, checkpoint: number, x: number): number =>
  layersAt(arrays, checkpoint, x).at(-1)?.[0] ?? Number.NaN;

/** Where the units of the hidden layers switch, to 1e-6, found by looking everywhere. */
function switches(arrays: Readonly<Record<string, Stored>>, checkpoint: number): number[] {
  const sides = (x: number): boolean[] =>
    layersAt(arrays, checkpoint, x)
      .slice(0, -1)
      .flat()
      .map((z) => z > 0);
  const found: number[] = [];
  const look = (from: number, to: number, left: boolean[], right: boolean[]): void => {
    const differing = left.filter((side, unit) => side !== right[unit]).length;
    if (differing === 0) return;
    if (to - from < 1e-6) {
      found.push(...Array.from({ length: differing }, () => (from + to) / 2));
      return;
    }
    const middle = (from + to) / 2;
    const between = sides(middle);
    look(from, middle, left, between);
    look(middle, to, between, right);
  };
  const grid = Array.from({ length: 2001 }, (_, index) => index / 2000);
  const all = grid.map(sides);
  grid.slice(1).forEach((to, index) => {
    look(grid[index] ?? 0, to, all[index] ?? [], all[index + 1] ?? []);
  });
  return found;
}

interface Moment {
  readonly step: number;
  /** Of the figure's panels. */
  readonly panels: readonly LivePanel[];
}

/** Moves the figure's slider to each of the checkpoints and reads what it draws. */
async function moments(id: string): Promise<Moment[]> {
  const figure = here.locator(`#${id}`);
  await figure.evaluate((element) => {
    element.scrollIntoView({ block: 'start' });
  });
  await figure.locator('.colophon-alive').waitFor();
  // Of the two trainings, the one whose figure is seen best has its scrubber at the foot.
  const training = /^fig-(\w+?)-/.exec(id)?.[1] ?? '';
  const slider = here.getByRole('region', { name: `Training ${training}` }).getByRole('slider');
  const found: Moment[] = [];
  for (const step of checkpoints) {
    // Along the square root of the step.
    await slider.fill(String(Math.round(1000 * Math.sqrt(step / 2000))));
    await expect.poll(() => slider.getAttribute('aria-valuetext')).toContain(`step ${step.toLocaleString('en')} of`);
    await here.evaluate(() => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next))));
    found.push({ step, panels: await livePanels(figure) });
  }
  return found;
}

/** The only panel of a figure. */
function only(panels: readonly LivePanel[]): LivePanel {
  const [panel, ...more] = panels;
  if (panel === undefined || more.length > 0) throw new Error(`${panels.length} panels`);
  return panel;
}

const pathsIn = (panel: LivePanel, colour: string): DrawnPath[] =>
  panel.paths.filter((path) => path.colour === colour && !path.dashed);

function pathIn(panel: LivePanel, colour: string, width: number): DrawnPath {
  const [path] = pathsIn(panel, colour).filter((one) => one.width === width);
  if (path === undefined) throw new Error(`no ${colour} path of width ${width} in ${panel.title}`);
  return path;
}

/** The line of a function through the panel, as finely as its pixels. */
function lineOf(panel: LivePanel, f: (x: number) => number, xs: readonly number[]): Place[] {
  return xs.map((x) => ({ x: panel.x(x), y: panel.y(f(x)) }));
}

const evenly = (count: number): number[] => Array.from({ length: count }, (_, index) => index / (count - 1));

it.each(everyNth(2, ['two', 'one']))(
  'the fit of %s is that of the stored parameters, and its elbows are where units switch',
  async (id) => {
    const arrays = stored(id);
    const drawn: Place[][] = [];
    for (const { step, panels } of await moments(`fig-${id}-fit`)) {
      const panel = only(panels);
      const [line = []] = pathIn(panel, 'c1', 2).lines;
      expect(
        apart(
          line,
          lineOf(panel, (x) => outputAt(arrays, step / 200, x), evenly(501)),
        ),
      ).toBeLessThan(near);
      drawn.push([...line]);
      const places = switches(arrays, step / 200);
      const ticks = pathIn(panel, 'c3', 1)
        .lines.map(([at]) => at?.x ?? Number.NaN)
        .sort((a, b) => a - b);
      expect(ticks).toHaveLength(places.length);
      places.forEach((place, index) => {
        expect(Math.abs((ticks[index] ?? Number.NaN) - panel.x(place))).toBeLessThan(near);
      });
      const dots = pathsIn(panel, 'c3')
        .flatMap(({ lines }) => lines.flat())
        .filter((dot) =>
          places.some(
            (place) => Math.hypot(dot.x - panel.x(place), dot.y - panel.y(outputAt(arrays, step / 200, place))) < near,
          ),
        );
      expect(dots).toHaveLength(places.length);
    }
    // The checkpoints are far from each other: one in place of another would not pass.
    expect(apart(drawn[0] ?? [], drawn[1] ?? [])).toBeGreaterThan(10);
    expect(apart(drawn[1] ?? [], drawn[2] ?? [])).toBeGreaterThan(10);
    expect(visited.complaints).toEqual({ policy: [], console: [], requests: [] });
  },
);

it('the elbows stand where -b / w of the stored parameters is, and their tracks run through all checkpoints', async () => {
  const arrays = stored('one');
  const positions = (index: number): number[] => {
    const [w, b] = ['0.weight', '0.bias'].map((name) => part(arrays[name], index));
    return (w ?? []).map((weight, unit) => -(b?.[unit] ?? 0) / weight);
  };
  for (const { step, panels } of await moments('fig-one-elbows')) {
    const panel = only(panels);
    const here = positions(step / 200).filter((at) => at >= -0.12 && at <= 1.12);
    const dots = pathsIn(panel, 'c3').flatMap(({ lines }) => lines.flat());
    expect(dots).toHaveLength(here.length);
    for (const at of here)
      expect(dots.some(({ x, y }) => Math.hypot(x - panel.x(step), y - panel.y(at)) < near)).toBe(true);
    const tracks = pathsIn(panel, 'c1').flatMap(({ lines }) => lines);
    for (let index = 0; index <= 10; index += 1) {
      for (const at of positions(index).filter((one) => one > 0 && one < 1)) {
        const place = { x: panel.x(index * 200), y: panel.y(at) };
        expect(Math.min(...tracks.map((track) => toLine(place, track)))).toBeLessThan(near);
      }
    }
  }
});

it.each(everyNth(2, ['two', 'one']))(
  'the learning curves of %s are the stored errors, with the cursor and its dots at the checkpoint',
  async (id) => {
    const arrays = stored(id);
    const steps = arrays['step']?.data ?? [];
    for (const { step, panels } of await moments(`fig-${id}-curves`)) {
      const panel = only(panels);
      for (const [colour, name] of [
        ['c1', 'test-error'],
        ['c2', 'train-error'],
      ] as const) {
        const errors = arrays[name]?.data ?? [];
        const line = errors.map((error, index) => ({ x: panel.x(steps[index] ?? 0), y: panel.y(error) }));
        expect(apart(pathIn(panel, colour, 1.75).lines[0] ?? [], line)).toBeLessThan(near);
        expect(apart(pathIn(panel, colour, 7.07).lines[0] ?? [], [line[step / 200] ?? { x: 0, y: 0 }])).toBeLessThan(
          near,
        );
      }
      expect(Math.abs((pathIn(panel, 'ink', 1).lines[0]?.[0]?.x ?? Number.NaN) - panel.x(step))).toBeLessThan(near);
    }
  },
);

const blocksOf = [
  ['one', ['0.weight', '0.bias', '2.weight', '2.bias']],
  ['two', ['0.weight', '0.bias', '2.weight', '2.bias', '4.weight', '4.bias']],
] as const;
it.each(everyNth(2, blocksOf))(
  'the gradient features of %s are the columns of the stored Jacobian',
  async (id, blocks) => {
    const { jacobian, inputs } = stored(`${id}-grads`);
    const weights = stored(id);
    const columns = jacobian?.shape[2] ?? 0;
    const seen: number[] = [];
    for (const [index, { panels }] of (await moments(`fig-${id}-features`)).entries()) {
      expect(panels.map(({ title }) => title)).toEqual(blocks);
      const values = part(jacobian, index);
      const distances: number[] = [];
      let offset = 0;
      let nextPoint = 0;
      for (const [which, name] of blocks.entries()) {
        const panel = panels[which];
        if (panel === undefined) throw new Error(`no panel of ${name}`);
        nextPoint = panel.x(0.01) - panel.x(0);
        const size = part(weights[name], 0).length;
        const lines = pathsIn(panel, 'c1')
          .filter(({ width }) => width > 0)
          .flatMap((path) => path.lines);
        expect(lines).toHaveLength(size > tellable ? sampled : size);
        const references = Array.from({ length: size }, (_, column) =>
          (inputs?.data ?? []).map((x, row) => ({
            x: panel.x(x),
            y: panel.y(values[row * columns + offset + column] ?? Number.NaN),
          })),
        );
        // All in their order; of many a sample, each line of which is another column, and the range of all behind them.
        const left = new Set(references);
        for (const [position, line] of lines.entries()) {
          const own = size > 60 ? [...left].sort((a, b) => apart(line, a) - apart(line, b))[0] : references[position];
          if (own === undefined) throw new Error(`more lines than columns in ${name}`);
          left.delete(own);
          distances.push(apart(line, own));
        }
        // The sample is by size at the end of the training: it has the largest of all.
        const sizes = references.map((_, column) =>
          (inputs?.data ?? []).reduce((sum, _x, row) => sum + (values[row * columns + offset + column] ?? 0) ** 2, 0),
        );
        const largest = references[sizes.indexOf(Math.max(...sizes))];
        if (index === checkpoints.length - 1) expect([...left]).not.toContain(largest);
        const bands = pathsIn(panel, 'band').flatMap((path) => path.lines);
        expect(bands).toHaveLength(size > 60 ? 1 : 0);
        for (const band of bands) {
          const extremes = (references[0] ?? []).flatMap(({ x }, row) => {
            const all = references.map((line) => line[row]?.y ?? Number.NaN);
            return [Math.min(...all), Math.max(...all)].map((y) => ({ x, y }));
          });
          expect(Math.max(...extremes.map((place) => toLine(place, band)))).toBeLessThan(2 * near);
        }
        offset += size;
      }
      expect(offset).toBe(columns);
      // A jump that comes within a rounded weight of a point of the grid may be drawn at the next of its 101 points.
      expect(nextPoint).toBeGreaterThan(1);
      expect(Math.max(...distances)).toBeLessThan(nextPoint);
      expect(distances.filter((distance) => distance > near).length).toBeLessThan(0.1 * distances.length);
      seen.push(values.reduce((sum, value) => sum + value * value, 0));
    }
    expect(new Set(seen.map((sum) => sum.toPrecision(2))).size).toBe(3);
  },
);

it.each(everyNth(2, ['two', 'one']))(
  'singular values, tolerance and rank of %s are those of the stored decomposition',
  async (id) => {
    const arrays = stored(`${id}-svd`);
    for (const [index, { panels }] of (await moments(`fig-${id}-values`)).entries()) {
      const panel = only(panels);
      const rank = arrays['rank']?.data[index] ?? 0;
      const tolerance = arrays['tolerance']?.data[index] ?? Number.NaN;
      const dots = pathsIn(panel, 'c1').flatMap(({ lines }) => lines.flat());
      const values = part(arrays['singular-values'], index).slice(0, rank);
      expect(rank).toBeGreaterThan(5);
      values.forEach((value, k) => {
        const place = { x: panel.x(k + 1), y: panel.y(value) };
        expect(Math.hypot((dots[k]?.x ?? 0) - place.x, (dots[k]?.y ?? 0) - place.y), `${k}`).toBeLessThan(near);
      });
      const rule = panel.paths.find(({ dashed }) => dashed)?.lines[0]?.[0];
      expect(Math.abs((rule?.y ?? Number.NaN) - panel.y(tolerance))).toBeLessThan(near);
    }
    const said = await here.locator(`#fig-${id}-values .moving-now`).textContent();
    expect(said).toContain(`rank ${arrays['rank']?.data.at(-1)}`);
  },
);

it.each(everyNth(2, ['two', 'one']))(
  'the principal features of %s are the stored ones at the training inputs, each to its own height',
  async (id) => {
    const arrays = stored(`${id}-svd`);
    const features = arrays['principal-features'];
    const inputs = arrays['inputs']?.data ?? [];
    const columns = features?.shape[2] ?? 0;
    for (const [index, { panels }] of (await moments(`fig-${id}-principal`)).entries()) {
      const panel = only(panels);
      const values = part(features, index);
      const ridge = Math.abs(panel.y(2) - panel.y(1));
      for (let k = 0; k < 8; k += 1) {
        const own = inputs.map((_, row) => values[row * columns + k] ?? Number.NaN);
        const largest = Math.max(...own.map(Math.abs));
        const line = pathIn(panel, 'c1', 1.5).lines[k] ?? [];
        const drawn = line.map(({ y }) => y - panel.y(k + 1));
        const height = Math.max(...drawn.map(Math.abs));
        expect(height).toBeGreaterThan(0.3 * ridge);
        const reference = [1, -1].map((sign) =>
          inputs.map((x, row) => ({ x: panel.x(x), y: panel.y(k + 1) - (sign * height * (own[row] ?? 0)) / largest })),
        );
        // The sign is a convention.
        expect(Math.min(...reference.map((one) => apart(line, one))), `${k}`).toBeLessThan(near);
      }
    }
  },
);
