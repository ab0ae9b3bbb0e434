/** Packing is within half a quantum, and small where parameters change slowly. */
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { arePackable, packParameters, unpackParameters } from '../../src/model/packed-parameters.js';

const quantum = 2 ** -14;

describe('packed parameters', () => {
  it('come back within half a quantum, whatever their size', () => {
    const checkpoints = Array.from({ length: 7 }, (_, checkpoint) =>
      Float64Array.from({ length: 50 }, (_, i) => Math.sin(i * 12.9898 + checkpoint) * 10 ** ((i % 9) - 4)),
    );
    const back = unpackParameters(packParameters(checkpoints, quantum), 7, quantum);
    expect(back).toHaveLength(7);
    checkpoints.forEach((values, index) => {
      expect(back[index]).toHaveLength(50);
      values.forEach((value, i) => {
        expect(Math.abs(back[index]![i]! - value)).toBeLessThanOrEqual(quantum / 2 + 1e-9);
      });
    });
  });

  it('are text that a script may hold as it is', () => {
    const text = packParameters([Float64Array.from({ length: 4000 }, (_, i) => (i - 2000) * 7 * quantum)], quantum);
    expect(text).not.toMatch(/["'\\<&`$]|[^ -~]/);
  });

  it('take about a byte for a slow change', () => {
    const checkpoints = Array.from({ length: 150 }, (_, checkpoint) =>
      Float64Array.from(
        { length: 100 },
        (_, i) => Math.sin(i) + 0.5 * Math.cos(i * 3) * (1 - Math.exp(-checkpoint / 40)),
      ),
    );
    expect(gzipSync(packParameters(checkpoints, quantum), { level: 9 }).length).toBeLessThan(1.1 * 150 * 100);
  });

  it('come back exactly up to the largest that can be packed, whatever lies between them', () => {
    const most = 2 ** 48 * quantum;
    const checkpoints = [[most], [-most], [0], [most - quantum], [quantum - most], [1]];
    expect(checkpoints.every((parameters) => arePackable(parameters, quantum))).toBe(true);
    const back = unpackParameters(packParameters(checkpoints, quantum), checkpoints.length, quantum);
    expect(back.map((parameters) => [...parameters])).toEqual(checkpoints);
  });

  it.each([Number.NaN, Number.NEGATIVE_INFINITY, 1e23, 2 ** 49 * quantum])('refuse %s', (value) => {
    expect(arePackable([1, value], quantum)).toBe(false);
    expect(() => packParameters([[1, value]], quantum)).toThrow(RangeError);
  });
});
