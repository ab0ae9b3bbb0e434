/** Specifications that ask for too much end within the limits of a drawing, and the next figure is drawn as ever. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { drawingPool } from '../../src/figures/drawing-pool.js';
import { standardLimits } from '../../src/shared/limits.js';
import { colophon } from '../colophon.js';
import { block, page, reportFolder, small, waves } from '../report-folder.js';
import { everyNth } from '../every-nth.js';

const limits = { ...standardLimits, 'drawing-time': 2, 'drawing-memory': 256 };
const pool = drawingPool(1, new AbortController().signal, limits);
afterAll(() => pool.close());

const values = Array.from({ length: 30 }, (_, index) => ({ a: index, b: (index * 7) % 11, c: 'a'.repeat(40) + 'b' }));
const x = { field: 'a', type: 'quantitative' };
const y = { field: 'b', type: 'quantitative' };
const calculate = (expression: string): object => ({
  mark: 'point',
  transform: [{ calculate: expression, as: 'd' }],
  encoding: { x, y: { field: 'd', type: 'quantitative' } },
});

const heavy: readonly (readonly [string, object])[] = [
  [
    'impute up to 1e9',
    { mark: 'point', transform: [{ impute: 'b', key: 'a', keyvals: { start: 0, stop: 1e9 } }], encoding: { x, y } },
  ],
  [
    'a density of 1e9 steps',
    {
      mark: 'line',
      transform: [{ density: 'a', steps: 1e9 }],
      encoding: { x: { field: 'value', type: 'quantitative' } },
    },
  ],
  [
    'quantiles 1e-9 apart',
    {
      mark: 'line',
      transform: [{ quantile: 'a', step: 1e-9 }],
      encoding: { x: { field: 'prob', type: 'quantitative' } },
    },
  ],
  ['bins of 1e-10', { mark: 'bar', encoding: { x: { ...x, bin: { step: 1e-10 } }, y: { aggregate: 'count' } } }],
  ['1e9 ticks', { mark: 'point', encoding: { x: { ...x, axis: { tickCount: 1e9 } }, y } }],
  ['a width of 1e9', { mark: 'point', width: 1e9, encoding: { x, y } }],
  [
    'flattened twice',
    {
      mark: 'point',
      transform: [
        { calculate: 'sequence(20000)', as: 'e' },
        { calculate: 'sequence(20000)', as: 'f' },
        { flatten: ['e'] },
        { flatten: ['f'] },
      ],
      encoding: { x, y },
    },
  ],
  ['a sequence of 3e8', calculate('length(sequence(3e8))')],
  ['a text of 1e9', calculate("length(pad('a', 1e9, 'b', 'left'))")],
  ['a regular expression that tries everything', calculate('test(/(a+)+$/, datum.c)')],
  ['a regular expression from a text', calculate("test(regexp('(a+)+$'), datum.c)")],
];

const drawn = (specification: object) =>
  pool.draw(() => ({
    specification: JSON.stringify({ ...specification, data: { values } }),
    id: 'fig',
    description: '',
    redrawn: true,
  }));

describe('a specification that asks for too much', () => {
  it.each(everyNth(4, heavy))(
    '%s ends within the limits, and what waits behind it is drawn',
    async (_name, specification) => {
      const [heavyOne, honest] = await Promise.allSettled([
        drawn(specification),
        drawn({ mark: 'point', encoding: { x, y } }),
      ]);
      expect(heavyOne.status).toBe('rejected');
      expect(honest).toMatchObject({ status: 'fulfilled', value: { warnings: [] } });
    },
  );

  it('is a problem at its place that names the figure and the limit, and the command ends with 4', () => {
    const folder = reportFolder({
      'report/index.md': page(
        waves,
        small,
        block(
          'figure #fig-own',
          'show: small',
          'columns: [step, test-error]',
          'vega-lite:',
          '  transform: [{ calculate: "test(/(a+)+$/, \'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\')", as: d }]',
          '  mark: point',
          '  encoding: { x: { field: step, type: quantitative }, y: { field: d, type: nominal } }',
        ),
      ),
    });
    const { code, err } = colophon(folder, 'build', 'report', '--limit', 'drawing-time=1');
    expect(err).toMatch(
      /report\/index\.md:\d+:\d+ {2}drawing-limit {2}fig-own takes longer to draw than 1 seconds; .*--limit drawing-time=2/,
    );
    expect(code).toBe(4);
    expect(colophon(folder, 'build', 'report', '--limit', 'drawing-tim=1').code).toBe(2);
    expect(colophon(folder, 'build', 'report', '--limit', 'drawing-time=-1').code).toBe(2);
  });

  it('is ended with the command, whether that is interrupted or killed', async () => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGKILL'] as const) {
      const script = `
        import { drawingPool } from ${JSON.stringify(new URL('../../dist/figures/drawing-pool.js', import.meta.url).href)};
        const stop = new AbortController();
        for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => stop.abort());
        const pool = drawingPool(1, stop.signal, ${JSON.stringify(standardLimits)});
        const specification = ${JSON.stringify(JSON.stringify({ ...calculate('test(/(a+)+$/, datum.c)'), data: { values } }))};
        setTimeout(() => console.log('busy'), 1500);
        await pool.draw(() => ({ specification, id: 'f', description: '', redrawn: false })).catch(() => undefined);`;
      const command = spawn(process.execPath, ['--input-type=module', '-e', script], {
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      await once(command.stdout, 'data');
      const [drawer] = execFileSync('pgrep', ['-P', String(command.pid)], { encoding: 'utf8' })
        .trim()
        .split('\n')
        .map(Number);
      if (drawer === undefined) throw new Error('nothing draws');
      command.kill(signal);
      // Much sooner than its own limit would end it.
      await vi.waitFor(
        () => {
          expect(() => process.kill(drawer, 0)).toThrow('ESRCH');
        },
        { timeout: 10_000, interval: 50 },
      );
    }
  });
});
