import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { erf } from '../../src/model/transcendental/erf.js';
import { exp } from '../../src/model/transcendental/exp.js';
import { log } from '../../src/model/transcendental/log.js';
import { cos, sin } from '../../src/model/transcendental/sin.js';
import { softplus } from '../../src/model/transcendental/softplus.js';
import { tanh } from '../../src/model/transcendental/tanh.js';
import { fixture } from '../fixtures/numerics/fixture.js';

/** Rows of [x, nearest float64 of f(x), what f(x) exceeds it by in units in its last place]. */
const oracle = fixture('transcendental') as Record<string, [number, number, number][]>;

/** The distance between a float64 and the next larger in size. */
function ulp(y: number): number {
  const size = Math.abs(y);
  if (size < 2 ** -1022) return 2 ** -1074;
  return 2 ** (Math.floor(Math.log2(size)) - 52 + (2 ** Math.floor(Math.log2(size)) > size ? -1 : 0));
}

/** The largest error in ulp over the oracle's rows that `where` admits, and how many rows are not correctly rounded. */
function measure(name: string, f: (x: number) => number, where: (y: number) => boolean = () => true) {
  let worst = 0;
  let at = 0;
  let wrong = 0;
  let count = 0;
  for (const [x, y, rest] of oracle[name]!.filter(([, y]) => where(y))) {
    const error = Math.abs((f(x) - y) / ulp(y) - rest);
    if (!(error <= worst)) [worst, at] = [error, x];
    if (f(x) !== y) wrong += 1;
    count += 1;
  }
  return { worst, at, wrong, count };
}

const normal = (y: number): boolean => Math.abs(y) >= 2.2250738585072014e-308;

describe('elementary functions against mpmath', () => {
  it('sin is correctly rounded at all of 1016 arguments up to 1.8e308', () => {
    const { wrong, worst, count } = measure('sin', sin);
    expect(count).toBe(1016);
    expect(wrong).toBe(0);
    expect(worst).toBeLessThan(0.501);
  });

  it('cos is correctly rounded at all of 814 arguments up to 1.8e308', () => {
    const { wrong, worst, count } = measure('cos', cos);
    expect(count).toBe(814);
    expect(wrong).toBe(0);
    expect(worst).toBeLessThan(0.501);
  });

  it('log is correctly rounded at all of 957 arguments, subnormal ones included', () => {
    const { wrong, worst, count } = measure('log', log);
    expect(count).toBe(957);
    expect(wrong).toBe(0);
    expect(worst).toBeLessThan(0.501);
  });

  it.each([
    ['exp', 0.53, exp],
    ['tanh', 0.57, tanh],
    ['softplus', 0.55, softplus],
    ['erf', 0.8, erf],
  ] as const)('%s is within %d ulp (results in the normal range)', (name, bound, f) => {
    const { worst, at, count } = measure(name, f, normal);
    expect(count).toBeGreaterThan(750);
    expect(worst, `at ${at}`).toBeLessThan(bound);
  });

  it.each([
    ['exp', exp],
    ['softplus', softplus],
    ['erf', erf],
    ['tanh', tanh],
  ] as const)('%s is within 1 ulp where the result is subnormal or zero', (name, f) => {
    const { worst, at } = measure(name, f, (y) => !normal(y));
    expect(worst, `at ${at}`).toBeLessThan(1);
  });
});

describe('elementary functions at the edges', () => {
  it.each([
    [
      'sin',
      sin,
      [
        [0, 0],
        [-0, -0],
        [Infinity, NaN],
        [-Infinity, NaN],
        [NaN, NaN],
        [5e-324, 5e-324],
        [1e22, -0.8522008497671888],
      ],
    ],
    [
      'cos',
      cos,
      [
        [0, 1],
        [-0, 1],
        [Infinity, NaN],
        [-Infinity, NaN],
        [NaN, NaN],
        [5e-324, 1],
      ],
    ],
    [
      'log',
      log,
      [
        [0, -Infinity],
        [-0, -Infinity],
        [1, 0],
        [-1, NaN],
        [-5e-324, NaN],
        [Infinity, Infinity],
        [-Infinity, NaN],
        [NaN, NaN],
      ],
    ],
    [
      'exp',
      exp,
      [
        [0, 1],
        [-0, 1],
        [Infinity, Infinity],
        [-Infinity, 0],
        [NaN, NaN],
        [709.8, Infinity],
        [1e300, Infinity],
        [-1e300, 0],
        [-746, 0],
      ],
    ],
    [
      'tanh',
      tanh,
      [
        [0, 0],
        [-0, -0],
        [Infinity, 1],
        [-Infinity, -1],
        [NaN, NaN],
        [-1e300, -1],
      ],
    ],
    [
      'softplus',
      softplus,
      [
        [Infinity, Infinity],
        [-Infinity, 0],
        [NaN, NaN],
        [20.5, 20.5],
        [0, 0.6931471805599453],
      ],
    ],
    [
      'erf',
      erf,
      [
        [0, 0],
        [-0, -0],
        [Infinity, 1],
        [-Infinity, -1],
        [NaN, NaN],
      ],
    ],
  ] as [string, (x: number) => number, [number, number][]][])('%s', (_, f, cases) => {
    for (const [x, y] of cases) expect(f(x), `at ${x}`).toBe(y);
  });

  it('odd functions are odd bit for bit', () => {
    for (const f of [sin, tanh, erf]) {
      for (let x = 1e-9; x < 1e9; x *= 1.37) expect(f(-x)).toBe(-f(x));
    }
  });

  it("softplus jumps by less than 2.1e-9 at PyTorch's threshold", () => {
    expect(softplus(20) - 20).toBeCloseTo(2.0611536e-9, 14);
    expect(softplus(20.000000000000004)).toBe(20.000000000000004);
  });
});

describe('the same bits on any machine', () => {
  it('no file of src/model uses a function of the host that is not exact', () => {
    const folder = new URL('../../src/model/', import.meta.url);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    expect(files.length).toBeGreaterThan(12);
    const exact = [
      'sqrt',
      'fround',
      'imul',
      'floor',
      'ceil',
      'abs',
      'min',
      'max',
      'round',
      'trunc',
      'clz32',
      'sign',
      'SQRT2',
      'PI',
    ];
    for (const name of files) {
      const code = readFileSync(new URL(name, folder), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
      const used = [...code.matchAll(/Math\.(\w+)/g)].map((match) => match[1]!).filter((f) => !exact.includes(f));
      expect(used, name).toEqual([]);
      expect(code.includes('**'), `${name} uses **`).toBe(false);
    }
  });

  it('no step raises to other powers than the host has exactly: of 2, and to 2', () => {
    // A hint, and how far two losses are from each other: neither is a result.
    const said = ['steps/train.ts', 'steps/compare-trainings.ts'];
    const source = new URL('../../src/', import.meta.url);
    const files = ['steps', 'engine/wasm', 'engine/reference', 'lab'].flatMap((room) =>
      readdirSync(new URL(room, source), { recursive: true, encoding: 'utf8' }).map((name) => `${room}/${name}`),
    );
    const code = files.filter((name) => name.endsWith('.ts') && !said.includes(name));
    expect(code.length).toBeGreaterThan(100);
    for (const name of code) {
      const text = readFileSync(new URL(name, source), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*|'\*\*'/g, '');
      const powers = [...text.matchAll(/(\S+) \*\* ([^\s,;)]+)/g)];
      expect(powers.filter(([, base, exponent]) => !/\b2$/.test(base!) && exponent !== '2').map(String), name).toEqual(
        [],
      );
      expect(
        [...text.matchAll(/Math\.(?:pow|exp|log|log10|log2|sin|cos|tan|tanh|hypot|cbrt)\(/g)].map(String),
        name,
      ).toEqual([]);
    }
  });
});
