/** What readers take home of a figure opens elsewhere: CSV, NPY by its header and numbers, SVG in its own colours. */
import { expect, it } from 'vitest';
import { figureData, standaloneSvg, structuredNpy } from '../../src/figures/figure-data.js';
import { csvOf } from '../../src/shared/csv.js';

const figure = {
  ...{ id: 'fig', number: '1', description: '', width: 1, height: 1, digest: '' },
  svg: '<svg aria-label="a > b"><path stroke="var(--figure-c1, #2166c4)"/></svg>',
  vega: '',
  specification: JSON.stringify({
    data: {
      values: [
        { part: 'a', x: 0.5, y: null },
        { part: 'b, "c"', x: 1 },
        { part: 'key', key: 'said elsewhere' },
      ],
    },
  }),
};

it('the rows are those that are drawn', () => {
  expect(figureData(figure)).toEqual({
    columns: ['part', 'x', 'y'],
    rows: [
      ['a', 0.5, null],
      ['b, "c"', 1, null],
    ],
  });
});

it('CSV quotes what needs it', () => {
  expect(csvOf(figureData(figure))).toBe('part,x,y\r\na,0.5,\r\n"b, ""c""",1,\r\n');
});

it('NPY is one structured array, aligned, with text as UCS-4 and NaN for nothing', () => {
  const bytes = structuredNpy(figureData(figure));
  const view = new DataView(bytes.buffer);
  const start = 10 + view.getUint16(8, true);
  expect(start % 64).toBe(0);
  const header = new TextDecoder().decode(bytes.subarray(10, start));
  expect(header.trimEnd()).toBe(
    "{'descr': [('part', '<U6'), ('x', '<f8'), ('y', '<f8')], 'fortran_order': False, 'shape': (2,), }",
  );
  expect(bytes).toHaveLength(start + 2 * 40);
  expect(view.getUint32(start, true)).toBe('a'.charCodeAt(0));
  expect(view.getFloat64(start + 24, true)).toBe(0.5);
  expect(view.getFloat64(start + 32, true)).toBeNaN();
});

it('the SVG stands alone, on white of its own wherever it is put', () => {
  expect(standaloneSvg(figure)).toContain('stroke="#2166c4"');
  expect(standaloneSvg(figure)).toMatch(/<svg aria-label="a > b"><rect width="100%" height="100%" fill="#ffffff"\/>/);
});
