/** A kind as a report's own would be, which asks the engine for decompositions; what it is compared with runs the same function. */
import { defineKind, z } from '../../dist/kinds/api.js';

export async function decompose(engine, matrices, rows, columns) {
  let sum = 0;
  for (const matrix of matrices) {
    const { s } = await engine.svd(matrix, rows, columns);
    sum += s[0];
  }
  return sum;
}

export const decompositions = defineKind({
  name: 'decompositions',
  options: z.object({}),
  outputs: { sum: 'number' },
  run: async ({ inputs: { matrices }, options: { rows, columns }, engine }) => ({
    sum: await decompose(engine, Object.values(matrices.arrays).map(({ data }) => data), rows, columns),
  }),
});
