import { expect, test } from 'vitest';
import { columnLines, valuesAt } from '../../src/figures/column-lines.js';

const matrix = { shape: [3, 4], data: Float32Array.from([1, 9, -2, 0.5, 3, 9, 4, Infinity, -5, 9, 6, 0.5]) };

test('lines are columns of a matrix: their range at every point, the sums of their squares, and the range of all', () => {
  const lines = columnLines(matrix, [2, 0]);
  expect([...lines.low]).toEqual([-2, 3, -5]);
  expect([...lines.high]).toEqual([1, 4, 6]);
  expect([...lines.sizes]).toEqual([4 + 16 + 36, 1 + 9 + 25]);
  expect(lines.extent).toEqual([-5, 6]);
  const values = new Float64Array(2);
  valuesAt(lines, 1, values);
  expect([...values]).toEqual([4, 3]);
});

test('a number that is not finite is part of the range of its point, not of that of all', () => {
  const lines = columnLines(matrix, [3]);
  expect([...lines.high]).toEqual([0.5, Infinity, 0.5]);
  expect(lines.extent).toEqual([0.5, 0.5]);
});

test('without lines there is a range to draw in', () => {
  expect(columnLines(matrix, []).extent).toEqual([0, 1]);
});
