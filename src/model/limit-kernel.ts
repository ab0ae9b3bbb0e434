/**
 * Kernels of networks whose hidden layers are infinitely wide, in closed form: that of their outputs at random parameters (NNGP)
 * and that of their gradients (NTK); and the expected kernel of gradients of a narrow network.
 */
import { type Activation, activationsOf, type Network } from './network.js';
import { acos } from './transcendental/acos.js';
import { exp } from './transcendental/exp.js';

/** Of the random weights and biases of each layer: that of a weight is divided by how many numbers enter the layer. */
export interface Variances {
  readonly weight: number;
  readonly bias: number;
}

export interface LimitKernels {
  readonly nngp: Float64Array;
  readonly ntk: Float64Array;
}

/** Of two normal numbers with these variances and this covariance: the expected products of activations and of their slopes. */
type Expectation = (a: number, b: number, c: number) => { readonly values: number; readonly slopes: number };

/** The correlation, whatever rounding has made of it. */
function correlation(a: number, b: number, c: number): number {
  const size = Math.sqrt(a * b);
  return size === 0 ? 0 : Math.max(-1, Math.min(1, c / size));
}

/** Y. Cho and L. Saul, "Kernel methods for deep learning", 2009: the arc-cosine kernels of degree 1 and 0. */
const relu: Expectation = (a, b, c) => {
  const cosine = correlation(a, b, c);
  const angle = acos(cosine);
  const sine = Math.sqrt((1 - cosine) * (1 + cosine));
  return {
    values: (Math.sqrt(a * b) * (sine + (Math.PI - angle) * cosine)) / (2 * Math.PI),
    slopes: (Math.PI - angle) / (2 * Math.PI),
  };
};

/** leaky(z) = relu(z) - slope relu(-z). */
const leaky =
  (slope: number): Expectation =>
  (a, b, c) => {
    const [same, opposite] = [relu(a, b, c), relu(a, b, -c)];
    const both = 1 + slope * slope;
    return {
      values: both * same.values - 2 * slope * opposite.values,
      slopes: both * same.slopes + 2 * slope * opposite.slopes,
    };
  };

/** C. Williams, "Computing with infinite networks", 1997. */
const erf: Expectation = (a, b, c) => {
  const size = (1 + 2 * a) * (1 + 2 * b);
  const sine = Math.max(-1, Math.min(1, (2 * c) / Math.sqrt(size)));
  return {
    values: (2 / Math.PI) * (Math.PI / 2 - acos(sine)),
    slopes: 4 / (Math.PI * Math.sqrt(size - 4 * c * c)),
  };
};

const sine: Expectation = (a, b, c) => {
  const [plus, minus] = [exp(c - (a + b) / 2), exp(-c - (a + b) / 2)];
  return { values: (plus - minus) / 2, slopes: (plus + minus) / 2 };
};

const expectations: Readonly<Partial<Record<Activation, Expectation>>> = {
  relu,
  'leaky-relu': leaky(0.01),
  identity: (_a, _b, c) => ({ values: c, slopes: 1 }),
  erf,
  sine,
};

/** The activations of which there is a closed form. */
export const limitActivations = Object.keys(expectations) as readonly Activation[];

/**
 * Both kernels between n inputs (n x network.inputs), each n x n, of a network of these hidden layers, where the
 * gradients are those of parameters that all start with variance 1 and are scaled afterwards (A. Jacot and others, "Neural
 * tangent kernel", 2018, with the recursion of J. Lee and others, 2019). Throws a RangeError where there is no closed form.
 */
export function limitKernels(
  { inputs: width, ...layers }: Network,
  inputs: Float64Array,
  { weight, bias }: Variances,
): LimitKernels {
  const expected = activationsOf(layers).map((activation) => {
    const expectation = expectations[activation];
    if (expectation === undefined) throw new RangeError(`there is no closed form for ${activation}`);
    return expectation;
  });
  const n = inputs.length / width;
  let nngp = new Float64Array(n * n).map((_, index) => {
    const [i, j] = [Math.floor(index / n) * width, (index % n) * width];
    let sum = 0;
    for (let k = 0; k < width; k++) sum += inputs[i + k]! * inputs[j + k]!;
    return bias + (weight * sum) / width;
  });
  let ntk = nngp;
  for (const expectation of expected) {
    const [before, slopes] = [nngp, new Float64Array(n * n)];
    nngp = before.map((covariance, index) => {
      const [i, j] = [Math.floor(index / n), index % n];
      const found = expectation(before[i * n + i]!, before[j * n + j]!, covariance);
      slopes[index] = found.slopes;
      return bias + weight * found.values;
    });
    const tangent = ntk;
    ntk = nngp.map((value, index) => value + weight * slopes[index]! * tangent[index]!);
  }
  return { nngp, ntk };
}

/** Whether there is a closed form for the expected kernel of a network that is drawn so. */
export function hasExpectedKernel({ inputs, ...layers }: Network, elbows: unknown): boolean {
  const [activation, ...deeper] = activationsOf(layers);
  return inputs === 1 && activation === 'relu' && deeper.length === 0 && elbows === 'uniform';
}

/**
 * The expected kernel of the gradients of f(x) = c + sum of v relu(w (x - e)) between inputs in [0, 1], n x n, over the draw of
 * torch.nn.Linear with elbows e that are uniform on [0, 1]: E w^2 = 1/3, E v^2 = 1/(3 width). With a <= b the output's bias
 * gives 1, the weights and biases of the hidden layer (1 + a b)(1 - b + a) / 6, and those of the output layer
 * width / 6 (S(a, b) + S(1 - b, 1 - a)), where S(a, b) = a^2 b / 2 - a^3 / 6 is the integral of (a - e)(b - e) from 0 to a.
 */
export function expectedKernel(width: number, inputs: Float64Array): Float64Array {
  const n = inputs.length;
  const ramp = (a: number, b: number): number => (a * a * b) / 2 - (a * a * a) / 6;
  return new Float64Array(n * n).map((_, index) => {
    const [x, z] = [inputs[Math.floor(index / n)]!, inputs[index % n]!];
    const [a, b] = [Math.min(x, z), Math.max(x, z)];
    return 1 + ((1 + a * b) * (1 - (b - a))) / 6 + (width / 6) * (ramp(a, b) + ramp(1 - b, 1 - a));
  });
}
