/** Random trainings: every optimizer, activation and way of drawing batches. */
import fc from 'fast-check';
import type { Batches, Optimizer, Training } from '../../src/engine/engine.js';
import { activations, type Network, parameterCount } from '../../src/model/network.js';
import { Mt19937 } from '../../src/model/mt19937.js';
import { NumpyRandom } from '../../src/model/numpy-random.js';

const optimizers: fc.Arbitrary<Optimizer> = fc.oneof(
  fc.record({
    kind: fc.constant('sgd' as const),
    rate: fc.constantFrom(0.001, 0.01, 0.03),
    momentum: fc.constantFrom(0, 0.5, 0.9),
    weightDecay: fc.constantFrom(0, 0.01),
  }),
  fc.record({
    kind: fc.constant('adam' as const),
    rate: fc.constantFrom(0.0005, 0.002),
    // Not those that forget the size of a gradient before it falls to float32's rounding: they divide noise by noise.
    betas: fc.constantFrom([0.9, 0.999] as const, [0.8, 0.999] as const),
    epsilon: fc.constantFrom(1e-8, 1e-4),
    weightDecay: fc.constantFrom(0, 0.01),
  }),
);

export const configurations = fc.record({
  inputs: fc.integer({ min: 1, max: 6 }),
  hidden: fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 3 }),
  activation: fc.constantFrom(...activations),
  /** One for each hidden layer in its stead, as many as there are. */
  each: fc.option(fc.array(fc.constantFrom(...activations), { minLength: 3, maxLength: 3 })),
  parameters: fc.constantFrom('all' as const, 'output' as const),
  optimizer: optimizers,
  kind: fc.constantFrom('full' as const, 'torch-randperm' as const, 'numpy-choice' as const),
  // Too many to be met exactly: where the loss falls to float32's rounding, Adam divides noise by noise.
  samples: fc.integer({ min: 30, max: 150 }),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
  seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
});

type Drawn = typeof configurations extends fc.Arbitrary<infer T> ? T : never;

export type Configuration = Omit<Drawn, 'each'> & Partial<Pick<Drawn, 'each'>>;

/** float32 numbers, so that both engines start from the same. */
const single = (numbers: Float64Array): Float64Array => numbers.map(Math.fround);

export function trainingOf({
  inputs,
  hidden,
  activation,
  each = null,
  parameters,
  optimizer,
  kind,
  samples,
  share,
  seed,
}: Configuration) {
  const network: Network = { inputs, hidden, activation: each?.slice(0, hidden.length) ?? activation };
  const random = NumpyRandom.fromSeed(seed);
  const size = Math.max(1, Math.round(share * Math.min(samples, 20)));
  const batches: Batches = kind === 'full' ? { kind } : { kind, size, stream: Mt19937.fromSeed(seed).state() };
  const training: Training = {
    network,
    initial: single(random.normals(parameterCount(network)).map((value) => value / 2)),
    parameters,
    optimizer,
    batches,
    data: { inputs: single(random.uniforms(samples * inputs)), targets: single(random.normals(samples)) },
    test: { inputs: single(random.uniforms(17 * inputs)), targets: single(random.normals(17)) },
    steps: 1000,
    checkpoints: [0, 1, 1000],
  };
  return training;
}
