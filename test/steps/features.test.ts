/** The `features` step: the inner products and cosines of its rows. */
import { expect, it } from 'vitest';
import { block, waves } from '../report-folder.js';
import { resultsOf } from './computed.js';

it.each(['reference', 'wasm'] as const)(
  'keeps the kernel and the cosines of its rows, within 1e-12, on %s',
  async (name) => {
    const net = block(
      'train #net',
      'data: waves',
      'network: { hidden: [5] }',
      'optimizer: { kind: sgd, rate: 0.1 }',
      'steps: 9',
    );
    const blocks = [waves, net, block('features #g', 'of: net', 'at: [0, 9]', 'on: { grid: 4 }', 'kernel: true')];
    const results = await resultsOf(name, ...blocks);
    const { arrays } = results.get('g')!.artifact;
    const [jacobian, kernel, cosine] = [arrays['jacobian']!, arrays['kernel']!, arrays['cosine']!];
    expect(kernel.shape).toEqual([2, 4, 4]);
    expect(cosine.shape).toEqual([2, 4, 4]);
    const [, , d = 0] = jacobian.shape;
    const dot = (at: number, a: number, b: number): number =>
      Array.from(
        { length: d },
        (_, k) => jacobian.data[(at * 4 + a) * d + k]! * jacobian.data[(at * 4 + b) * d + k]!,
      ).reduce((x, y) => x + y);
    for (const at of [0, 1])
      for (const a of [0, 1, 2, 3])
        for (const b of [0, 1, 2, 3]) {
          const place = (at * 4 + a) * 4 + b;
          expect(Math.abs(kernel.data[place]! - dot(at, a, b))).toBeLessThan(1e-12);
          expect(Math.abs(cosine.data[place]! - dot(at, a, b) / Math.sqrt(dot(at, a, a) * dot(at, b, b)))).toBeLessThan(
            1e-12,
          );
        }
  },
);
