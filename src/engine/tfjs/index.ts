/**
 * TensorFlow.js behind the engine contract: for machines with CUDA, and through its portable backends anywhere. It has
 * neither float64 nor an SVD, so that matrices are decomposed by another engine.
 */
import { machineEpsilon } from '../../model/machine-epsilon.js';
import { checkProduct } from '../check-product.js';
import type { Engine, TrainingResult, TrainingTask } from '../engine.js';
import { gram, jacobian, predict } from './gradients.js';
import { lacks } from './lacks.js';
import type { TensorFlow } from './tensorflow.js';
import { shapeOf, trainTogether } from './train.js';

const { float32 } = machineEpsilon;

/** The engine over an opened TensorFlow.js. `exact` decomposes matrices, and computes what float32 is too coarse for. */
export function tfjsEngine(
  tf: TensorFlow,
  { profile, device }: Pick<Engine, 'profile' | 'device'>,
  exact: Engine,
): Engine {
  return {
    profile,
    device,
    addressable: exact.addressable,
    accuracy: {
      train: float32,
      predict: float32,
      jacobian: float32,
      gram: float32,
      product: float32,
      svd: exact.accuracy.svd,
    },
    lacks,
    reproducible: false,
    exact,
    train: async (training, watch): Promise<TrainingResult> => {
      const [result] = await trainTogether(tf, [{ training, watch }]);
      if (result === undefined) throw new Error('a training has a result');
      return result;
    },
    trainMany: (tasks) => trainGroups(tf, tasks),
    predict: async (network, parameters, inputs) => predict(tf, network, parameters, inputs),
    jacobian: async (network, parameters, inputs) => jacobian(tf, network, parameters, inputs),
    gram: async (network, parameters, inputs) => gram(tf, network, parameters, inputs),
    async product(a, b, rows, inner, columns) {
      checkProduct(a, b, rows, inner, columns);
      const tensor = tf.tidy(() =>
        tf.matMul(
          tf.tensor2d(Float32Array.from(a), [rows, inner]),
          tf.tensor2d(Float32Array.from(b), [inner, columns]),
        ),
      );
      const result = Float64Array.from(await tensor.data());
      tensor.dispose();
      return result;
    },
    svd: (matrix, rows, columns, signal) => exact.svd(matrix, rows, columns, signal),
  };
}

/** Trains any runs, those of one shape together, one shape after another: TensorFlow computes one operation at a time. */
async function trainGroups(tf: TensorFlow, tasks: readonly TrainingTask[]): Promise<TrainingResult[]> {
  const groups = new Map<string, number[]>();
  tasks.forEach(({ training }, index) => {
    const shape = shapeOf(training);
    groups.set(shape, [...(groups.get(shape) ?? []), index]);
  });
  const results: TrainingResult[] = [];
  for (const members of groups.values()) {
    const together = members.flatMap((index) => tasks[index] ?? []);
    for (const [position, result] of (await trainTogether(tf, together)).entries()) {
      results[members[position] ?? 0] = result;
    }
  }
  return results;
}
