/** The output layer of a network, solved at once. */
import type { Checkpoint, Engine, Samples, TrainingResult } from '../../engine/engine.js';
import { machineEpsilon } from '../../model/machine-epsilon.js';
import { type Network, parameterLayout } from '../../model/network.js';
import { ridgeSolution } from '../../model/ridge.js';
import { rankTolerance } from '../../model/spectrum.js';
import { engineWithin } from '../engine-within.js';

/**
 * The output layer that minimises |A theta - y|^2 + penalty |theta|^2, where a row of A is what the output layer sees:
 * the last hidden layer and 1 for the bias. Penalty 0 gives the least-squares solution of minimum norm, as
 * numpy.linalg.lstsq does: singular values up to s[0] max(rows, columns) eps count as zero. Checkpoint 0 is the start,
 * checkpoint 1 the solution.
 */
export async function ridge(
  engine: Engine,
  network: Network,
  initial: Float64Array,
  data: Samples,
  test: Samples | undefined,
  penalty: number,
): Promise<TrainingResult> {
  const layout = parameterLayout(network);
  const first = layout.at(-2)?.offset ?? 0;
  const total = initial.length;
  const n = data.targets.length;
  // The output is linear in its own layer, so its gradient with respect to that layer is A.
  // Directions of a float32's rounding errors would be fitted like any other.
  const exact = engineWithin(engine, { jacobian: machineEpsilon.float64, svd: machineEpsilon.float64 });
  const jacobian = await exact.jacobian(network, initial, data.inputs);
  const columns = total - first;
  const a = new Float64Array(n * columns);
  for (let row = 0; row < n; row += 1) {
    a.set(jacobian.subarray(row * total + first, (row + 1) * total), row * columns);
  }
  const decomposition = await exact.svd(a, n, columns);
  const { accuracy } = exact;
  const tolerance = rankTolerance(decomposition.s, n, columns, Math.max(accuracy.jacobian, accuracy.svd));
  const solved = Float64Array.from(initial);
  solved.set(ridgeSolution(decomposition, data.targets, { penalty, tolerance }), first);
  const error = async (parameters: Float64Array, samples: Samples | undefined): Promise<number> => {
    if (samples === undefined) return Number.NaN;
    const outputs = await engine.predict(network, parameters, samples.inputs);
    return outputs.reduce((sum, output, row) => sum + (output - (samples.targets[row] ?? 0)) ** 2, 0) / outputs.length;
  };
  const checkpoint = async (step: number, parameters: Float64Array, batchLoss: number): Promise<Checkpoint> => ({
    step,
    parameters,
    batchLoss,
    trainLoss: await error(parameters, data),
    testLoss: await error(parameters, test),
  });
  const before = await checkpoint(0, Float64Array.from(initial), Number.NaN);
  return { checkpoints: [before, await checkpoint(1, solved, before.trainLoss)] };
}
