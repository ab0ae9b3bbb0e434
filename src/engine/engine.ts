/**
 * The engine contract: a handful of whole operations, not array primitives, because speed comes from fusing.
 * Every engine is tested against `reference`.
 */
import type { Loss } from '../model/loss.js';
import type { Mt19937State } from '../model/mt19937.js';
import type { Activation, Network } from '../model/network.js';
import type { Rate } from '../model/schedule.js';

/**
 * Rows of inputs with their targets. `inputs` is n x network.inputs, row-major. `targets` are n x network.outputs numbers, or
 * for a loss of classes (model/loss.ts) n numbers of a class, from 0.
 */
export interface Samples {
  readonly inputs: Float64Array;
  readonly targets: Float64Array;
}

interface Adam {
  readonly rate: Rate;
  readonly betas: readonly [number, number];
  readonly epsilon: number;
  readonly weightDecay: number;
}

/**
 * PyTorch's update rules, each with its numbers. Weight decay is L2 (added to the gradient), as in torch.optim.SGD, Adam and
 * RMSprop, but for adamw, which takes rate x decay of the parameter away beside the step. What each engine does for a rule
 * stands in a table that the compiler holds to this list (update-rule.ts).
 */
export interface UpdateRules {
  readonly sgd: {
    readonly rate: Rate;
    readonly momentum: number;
    /** Along the gradient and momentum times the new velocity, rather than along the velocity. */
    readonly nesterov?: boolean;
    readonly weightDecay: number;
  };
  readonly adam: Adam;
  readonly adamw: Adam;
  readonly rmsprop: {
    readonly rate: Rate;
    /** How slowly the running mean of the gradient's square forgets. */
    readonly alpha: number;
    readonly epsilon: number;
    readonly momentum: number;
    /** Whether the square of the running mean is taken from the mean square. */
    readonly centered: boolean;
    readonly weightDecay: number;
  };
}

export type RuleName = keyof UpdateRules;

/** A rule and its numbers; without a name any of them. */
export type Optimizer<Name extends RuleName = RuleName> = {
  readonly [Each in Name]: { readonly kind: Each } & UpdateRules[Each];
}[Name];

/** How each step's minibatch is drawn, and the state of the random stream before the first step. */
export type Batches =
  /** Every sample at every step, in order. */
  | { readonly kind: 'full' }
  /** `torch.randperm(n)[:size]`: without replacement. */
  | { readonly kind: 'torch-randperm'; readonly size: number; readonly stream: Mt19937State }
  /** `numpy.random.choice(n, size)`: with replacement. */
  | { readonly kind: 'numpy-choice'; readonly size: number; readonly stream: Mt19937State };

/** Where a training stands after `step` updates: enough to go on as if it had never stopped. */
export interface TrainingState {
  readonly step: number;
  readonly parameters: Float32Array | Float64Array;
  /** What else the engine needs, in its own layout; a multiple of 4 bytes. */
  readonly rest: Uint8Array;
}

export interface Training {
  readonly network: Network;
  /** All parameters at step 0, flat, in the order of `parameterLayout(network)`. Not modified. */
  readonly initial: Float64Array;
  /** Which parameters move: all, or only the weight and bias of the output layer. */
  readonly parameters: 'all' | 'output';
  readonly optimizer: Optimizer;
  /** What each parameter's gradient is multiplied by before the rule sees it, flat; 1 when absent. */
  readonly gradientFactors?: Float64Array;
  readonly batches: Batches;
  /** What is made smaller over the minibatch; mse when absent. */
  readonly loss?: Loss;
  readonly data: Samples;
  /**
   * How many classes the samples are of, where they are of classes: then every checkpoint counts them. Of mse the targets are
   * 1 for the own class and 0 for every other.
   */
  readonly classes?: number;
  /** Samples that are only measured on; absent when the dataset has none. */
  readonly test?: Samples;
  readonly steps: number;
  /** Steps to record at, ascending, each 0..steps; 0 is the state before the first update. */
  readonly checkpoints: readonly number[];
  /** Where to go on from, of the same training by an engine of the same profile; checkpoints come after it. */
  readonly from?: TrainingState;
}

/** The state after `step` updates. */
export interface Checkpoint {
  readonly step: number;
  /** In the precision in which the engine trains. */
  readonly parameters: Float32Array | Float64Array;
  /** The loss of the minibatch of this step, before its update, as the notebook has it; NaN at step 0. */
  readonly batchLoss: number;
  /** The loss over all training samples, after the update. */
  readonly trainLoss: number;
  /** The loss over the test samples, after the update; NaN when there are none. */
  readonly testLoss: number;
  /**
   * Of a training with `classes`: how many samples of each class are taken for each, classes x classes, row-major, the true one
   * along the rows; of the test samples only where there are any.
   */
  readonly trainConfusion?: Int32Array;
  readonly testConfusion?: Int32Array;
}

export interface TrainingResult {
  readonly checkpoints: readonly Checkpoint[];
  /** The first step at which the minibatch loss was not finite; the run ended there. Earlier checkpoints stand. */
  readonly divergedAt?: number;
}

/** Thin SVD of an m x n matrix, A = U diag(s) V'. With r = min(m, n): u is m x r, v is n x r, both row-major. */
export interface Svd {
  readonly u: Float64Array;
  /** Descending, non-negative. */
  readonly s: Float64Array;
  readonly v: Float64Array;
}

/** How the mean squared error over some samples bends, as a function of the parameters that move. */
export interface Curvature {
  readonly gradientNorm: number;
  /** The largest eigenvalues, descending, of (2 / n) J' J, where J are the gradients of the outputs. */
  readonly gaussNewton: Float64Array;
  /** The same of the Hessian. */
  readonly hessian: Float64Array;
}

export interface Watch {
  /** Called now and then with the number of steps done. */
  progress(steps: number): void;
  /** Called at each checkpoint, with the rest of its state. */
  readonly checkpoint?: (checkpoint: Checkpoint, rest: Uint8Array) => void;
  /** Told how many seconds it waited for its turn, or for others that were handed over with it. */
  readonly waited?: (seconds: number) => void;
  /** Checked now and then; when aborted the operation rejects with the signal's reason. */
  readonly signal: AbortSignal;
}

/** One of the trainings of a batch, and who watches it. */
export interface TrainingTask {
  readonly training: Training;
  readonly watch: Watch;
}

/**
 * How accurate an engine's operations are: the machine epsilon of the arithmetic that each is computed in. What a result is
 * off by is a modest multiple of it, in parts of the result's largest number; of a training, one step's.
 */
export interface Accuracy {
  readonly train: number;
  readonly predict: number;
  readonly jacobian: number;
  /** Of the sums. The gradients that the inner products are of are as accurate as those of `jacobian`. */
  readonly gram: number;
  readonly product: number;
  /** Of the singular values, in parts of the largest. */
  readonly svd: number;
}

/** What an engine does not compute. */
export interface Lacks {
  readonly losses: readonly Loss[];
  readonly rules: readonly RuleName[];
  readonly activations: readonly Activation[];
  /** Networks of more than one output. */
  readonly severalOutputs: boolean;
  /** Trainings with `classes`, which count them. */
  readonly classes: boolean;
  /** Trainings with `gradientFactors`. */
  readonly gradientFactors: boolean;
}

/** What a piece of work asks of an engine of those; what is absent is not asked for. */
export interface Needs {
  readonly loss?: Loss | undefined;
  readonly rule?: RuleName | undefined;
  readonly activations?: readonly Activation[] | undefined;
  readonly outputs?: number | undefined;
  readonly classes?: number | undefined;
  /** Whether the training has them. */
  readonly gradientFactors?: boolean | undefined;
}

export interface Engine {
  /** The name of this engine's arithmetic; a change of any bit of a result needs a new one. */
  readonly profile: string;
  /** What it runs on, in words for a reader: "CPU". */
  readonly device: string;
  /** Bytes that one operation can use, however much memory the machine has. */
  readonly addressable: number;
  /** What ranks and tolerances are taken from, whoever judges a result. */
  readonly accuracy: Accuracy;
  /** What it does not compute; `lackOf` (capabilities.ts) says what it lacks for a piece of work. */
  readonly lacks: Lacks;
  /** Whether it gives the same bits wherever it runs; the others give the same numbers within their accuracy. */
  readonly reproducible: boolean;
  /** Computes what this one does not compute accurately enough; absent where none is more accurate. */
  readonly exact?: Engine;
  train(training: Training, watch: Watch): Promise<TrainingResult>;
  /** How many small trainings it can have at a time, of which it computes several as one piece of work; absent for none. */
  readonly together?: number;
  /**
   * Many trainings at once, each as `train` would do it, where the device profits from that; absent where it does not.
   * The results come in the order of the tasks; one failure is that of all.
   */
  readonly trainMany?: (tasks: readonly TrainingTask[]) => Promise<readonly TrainingResult[]>;
  /** The network's outputs at each of the given inputs (n x network.inputs): n x network.outputs numbers, row-major. */
  predict(network: Network, parameters: Float64Array, inputs: Float64Array): Promise<Float64Array>;
  /**
   * Gradient of the output with respect to every parameter, at each input: n x d, row-major, columns in the order of
   * `parameterLayout(network)`. The derivative of relu at 0 is 0, as in PyTorch. Like the two operations that follow it is for
   * networks of one output: of several, each is such a network by itself (model/one-output.ts).
   */
  jacobian(network: Network, parameters: Float64Array, inputs: Float64Array): Promise<Float64Array>;
  /**
   * Those gradients times a row-major d x columns matrix: n x columns, to the bit what `product` makes of `jacobian`, where
   * an engine can do it without handing the gradients over; absent where it cannot.
   */
  readonly jacobianProduct?: (
    network: Network,
    parameters: Float64Array,
    inputs: Float64Array,
    matrix: Float64Array,
    columns: number,
  ) => Promise<Float64Array>;
  /**
   * The curvature of the mean squared error over the samples, in float64 whatever the engine trains in, and so many of the
   * largest eigenvalues; with `output` of the parameters of the output layer alone. Absent where `exact` has it.
   */
  readonly curvature?: (
    network: Network,
    parameters: Float64Array,
    samples: Samples,
    moving: Training['parameters'],
    eigenvalues: number,
  ) => Promise<Curvature>;
  /**
   * The inner products of those gradients, n x n, row-major, without forming them: memory grows with n^2, not n d. An engine that
   * computes in slices rejects with the signal's reason soon after it is aborted; so for `product`.
   */
  gram(network: Network, parameters: Float64Array, inputs: Float64Array, signal?: AbortSignal): Promise<Float64Array>;
  /** The matrix product of a row-major rows x inner and a row-major inner x columns matrix: rows x columns. */
  product(
    a: Float64Array,
    b: Float64Array,
    rows: number,
    inner: number,
    columns: number,
    signal?: AbortSignal,
  ): Promise<Float64Array>;
  /**
   * Thin SVD of a row-major m x n matrix. Signs are whatever the method gives; the `svd` step fixes them. Rejects with
   * NotConverged (check-matrix.ts) when the method has not converged within a bound that it has. When the signal is
   * aborted it rejects with its reason; an engine that computes on the caller's own thread looks at it only before it starts.
   */
  svd(matrix: Float64Array, rows: number, columns: number, signal?: AbortSignal): Promise<Svd>;
}
