/**
 * The numbers by which the kernels know what they are asked for. AssemblyScript compiles this file into them and TypeScript
 * reads it for src/engine/wasm/codes.ts, so it holds nothing but constants. A kernel that meets any other number traps.
 */

/** Activations. */
export const RELU = 0;
export const LEAKY_RELU = 1;
export const TANH = 2;
export const GELU = 3;
export const SOFTPLUS = 4;
export const IDENTITY = 5;
export const SIGMOID = 6;
export const SILU = 7;
export const ERF = 8;
export const SINE = 9;

/** Update rules. */
export const SGD = 0;
export const MOMENTUM = 1;
export const ADAM = 2;
export const NESTEROV = 3;
export const ADAMW = 4;
export const RMSPROP = 5;
export const CENTERED_RMSPROP = 6;

/** Losses. */
export const MSE = 0;
export const CROSS_ENTROPY = 1;
export const LOGISTIC = 2;

/** How minibatches are drawn. */
export const FULL = 0;
export const TORCH_RANDPERM = 1;
export const NUMPY_CHOICE = 2;

/** What a network is opened for. */
export const FORWARD = 0;
export const GRADIENT = 1;
export const JACOBIAN = 2;
