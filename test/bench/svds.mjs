/** How fast matrices are decomposed, beside NumPy's LAPACK and ml-matrix. */
import { openEngine } from '../../dist/engine/open-engine.js';
import { NumpyRandom } from '../../dist/model/numpy-random.js';

const sizes = [
  [200, 31],
  [200, 121],
  [200, 1761],
  [1000, 2000],
  // The gradients of a network of 50,241 parameters at 400 inputs.
  [400, 50_241],
];

/** The best seconds of as many decompositions as fit `least` seconds, at least one. */
async function best(engine, matrix, rows, columns, least) {
  let fastest = Infinity;
  const until = performance.now() + least * 1000;
  do {
    const started = performance.now();
    await engine.svd(matrix, rows, columns);
    fastest = Math.min(fastest, (performance.now() - started) / 1000);
  } while (performance.now() < until);
  return fastest;
}

export async function svdRows({ numpy }, rounds, progress) {
  const [wasm, reference] = [openEngine('wasm'), openEngine('reference')];
  const result = [];
  for (const [rows, columns] of sizes) {
    const matrix = NumpyRandom.fromSeed(1).normals(rows * columns);
    const row = { rows, columns, colophon: Infinity };
    for (let round = 0; round < rounds; round += 1) {
      row.colophon = Math.min(row.colophon, await best(wasm, matrix, rows, columns, 0.7));
      if (numpy !== undefined) row.numpy = Math.min(row.numpy ?? Infinity, await numpy.ask(`${rows} ${columns}`));
    }
    if (rows * columns < 1e6) row.mlMatrix = await best(reference, matrix, rows, columns, 0);
    result.push(row);
    progress(`svd ${rows}x${columns}`);
  }
  return result;
}
