/** How long a training takes on the processor: rough, and within three of what was measured from 4 units to two layers of 1,024. */
import { type Activation, activationsOf, type Network, parameterCount } from '../../model/network.js';

/**
 * Seconds on one thread of the wasm engine, as measured on two cores of a Xeon at 2.8 GHz over trainings from one layer of 4 to two
 * of 1,024: of a step whatever its size, of a sample that minibatches are drawn from, of a floating-point operation of a product, and
 * of a unit's activation for one sample, there and back.
 */
const seconds = { step: 3e-7, drawn: 3.7e-10, operation: 6.7e-12, kink: 5e-10, smooth: 1.7e-8 } as const;

/** The activations that are made of lines, and the one that is nothing. */
const kinked: ReadonlySet<Activation> = new Set<Activation>(['relu', 'leaky-relu', 'identity']);

/** Of so many steps, each over a batch of so many of the samples. */
export function processorSeconds(network: Network, steps: number, batch: number, samples: number): number {
  const products = 6 * parameterCount(network) * batch * seconds.operation;
  const activations = activationsOf(network).reduce(
    (sum, activation, layer) =>
      sum + batch * (network.hidden[layer] ?? 0) * (kinked.has(activation) ? seconds.kink : seconds.smooth),
    0,
  );
  return steps * (seconds.step + samples * seconds.drawn + products + activations);
}
