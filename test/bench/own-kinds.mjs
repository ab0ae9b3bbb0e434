/** What a kind of a report's own costs that asks the engine for decompositions, against the same inside the program. */
import { enginePool } from '../../dist/engine/pool/index.js';
import { runInThread } from '../../dist/kinds/run-in-thread.js';
import { NumpyRandom } from '../../dist/model/numpy-random.js';
import { standardLimits } from '../../dist/shared/limits.js';
import { decompose } from './own-kind.mjs';

const sizes = [
  [200, 121],
  [200, 1761],
];
const perRun = 8;

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** Seconds of both, the medians of runs that take turns. */
export async function ownKindRows(turns, progress) {
  const { signal } = new AbortController();
  const engine = enginePool('wasm', 1, signal);
  const url = new URL('own-kind.mjs', import.meta.url).href;
  const watch = { engine, limits: standardLimits, progress: () => undefined, print: () => undefined, signal };
  const result = [];
  for (const [rows, columns] of sizes) {
    const random = NumpyRandom.fromSeed(1);
    const matrices = Array.from({ length: perRun }, () => random.normals(rows * columns));
    const arrays = Object.fromEntries(matrices.map((data, index) => [index, { shape: [rows, columns], data }]));
    const task = { url, name: 'decompositions', options: { rows, columns }, inputs: { matrices: { arrays } }, sizes: {} };
    const contenders = {
      inside: () => decompose(engine, matrices, rows, columns),
      own: async () => (await runInThread(task, watch)).sum,
    };
    const seconds = { inside: [], own: [] };
    for (let turn = -1; turn < turns; turn += 1) {
      const sums = [];
      for (const [who, run] of Object.entries(contenders)) {
        const started = performance.now();
        sums.push(await run());
        // The first turn starts the threads.
        if (turn >= 0) seconds[who].push((performance.now() - started) / 1000 / perRun);
      }
      if (sums[0] !== sums[1]) throw new Error('an own kind computes something else');
    }
    result.push({ rows, columns, inside: median(seconds.inside), own: median(seconds.own) });
    progress(`own kind ${rows}x${columns}`);
  }
  await engine.close();
  return result;
}
