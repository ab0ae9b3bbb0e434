import { definePicture } from 'colophon/kinds';

export const bars = definePicture({
  name: 'bars',
  of: 'permute',
  columns: ['repeat', 'feature', 'increase'],
  specification: ({ coordinates }) => ({
    mark: { type: 'bar' },
    encoding: {
      x: { field: 'increase', aggregate: 'mean', type: 'quantitative' },
      y: { field: 'feature', type: 'nominal' },
      ...(coordinates.includes('seed') && { row: { field: 'seed', type: 'nominal' } }),
    },
  }),
});
