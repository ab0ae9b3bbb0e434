/** The curvature of the mean squared error, in float64: the same on every engine of the processor. */
import { largestEigenvalues } from '../model/largest-eigenvalues.js';
import { LossCurvature } from '../model/loss-curvature.js';
import { type Network, parameterLayout } from '../model/network.js';
import type { Curvature, Samples } from './engine.js';

/** Products with vectors after which the search ends without a result; tens are usual. */
export const mostProducts = 500;

/**
 * At most as many eigenvalues as parameters move, descending, by Lanczos with exact products: of equal ones one,
 * and NaN where there are no more. Throws a RangeError when sizes
 * do not fit, and an Error after `mostProducts`.
 */
export function curvature(
  network: Network,
  parameters: Float64Array,
  samples: Samples,
  moving: 'all' | 'output',
  eigenvalues: number,
): Curvature {
  const layers = network.hidden.length;
  const first = moving === 'all' ? 0 : (parameterLayout(network)[2 * layers]?.offset ?? 0);
  const at = new LossCurvature(network, parameters, samples, moving === 'all' ? 0 : layers);
  const size = parameters.length - first;
  const largest = (times: (vector: Float64Array) => Float64Array): Float64Array => {
    const whole = new Float64Array(parameters.length);
    const ofMoving = (vector: Float64Array): Float64Array => {
      whole.set(vector, first);
      return times(whole).subarray(first);
    };
    const count = Math.min(eigenvalues, size);
    const values = largestEigenvalues(ofMoving, size, count, mostProducts);
    if (values.length >= mostProducts && size > mostProducts)
      throw new Error(`${mostProducts} products with vectors were not enough; ask for fewer eigenvalues`);
    // Of equal eigenvalues Lanczos finds one.
    return new Float64Array(count).fill(Number.NaN).map((none, index) => values[index] ?? none);
  };
  return {
    gradientNorm: Math.sqrt(at.gradient.reduce((sum, value) => sum + value * value, 0)),
    gaussNewton: largest((vector) => at.gaussNewtonTimes(vector)),
    hessian: largest((vector) => at.hessianTimes(vector)),
  };
}
