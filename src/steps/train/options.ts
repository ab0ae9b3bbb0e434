/** The options of a `train`: the network, what is made smaller, how, and which steps are kept. */
import * as z from 'zod';
import { initialNames, type Initial } from '../../model/initial-distributions.js';
import { type Loss, losses } from '../../model/loss.js';
import { largestSeed } from '../../model/mt19937.js';
import { type Activation, activations, type Network } from '../../model/network.js';
import { type Parametrization, parametrizations } from '../../model/parametrization.js';
import { checkpointOptions } from '../checkpoints.js';
import { labOptions } from '../lab-options.js';
import { optimizerFaults, type OptimizerOptions, optimizerOptions, plainOptimizer } from '../optimizers.js';

const width = z.int().min(1).max(10_000_000);

const variance = z.number().min(0).max(1e6);

const written = z.strictObject({
  data: z.string().min(1).describe('The id of a dataset.'),
  network: z
    .strictObject({
      hidden: z.array(width).max(64).describe('The widths of the hidden layers, from the input on.'),
      activation: z
        .union([z.enum(activations), z.array(z.enum(activations)).max(64)])
        .default('relu')
        .describe(
          'Of the hidden units, or a list with one for each hidden layer, as PyTorch has it: leaky-relu with slope 0.01 below 0, gelu exact (erf), softplus with beta 1; erf and sine are torch.erf and torch.sin.',
        ),
      elbows: z
        .union([z.enum(['none', 'uniform', 'as-published']), z.array(z.number().min(-1e6).max(1e6)).min(1).max(10_000)])
        .default('none')
        .describe(
          'Where the kinks of the hidden units start: where PyTorch puts them (none), uniformly over [0, 1], as the notebook published it, or of one hidden layer a list with the place of each, [0.2, 0.5].',
        ),
      // Without a default, so that the keys of trainings that do not name it stay what they were.
      initial: z
        .union([
          z.enum(initialNames),
          z.strictObject({
            weight: variance.describe('The variance of a weight, times how many numbers go into its layer.'),
            bias: variance.default(0).describe('The variance of a bias.'),
          }),
        ])
        .optional()
        .meta({ default: 'pytorch' })
        .describe(
          "What the parameters are drawn from: as torch.nn.Linear does, as torch.nn.init's function of that name with biases of 0, or normal numbers of given variances.",
        ),
      parametrization: z
        .enum(parametrizations)
        .optional()
        .meta({ default: 'standard' })
        .describe(
          'How a weight is written with its parameter, which is what gradient descent moves: as the parameter itself (standard), divided by the root of the number of inputs of its layer (ntk), or as a mean over the units of one hidden layer (mean-field).',
        ),
    })
    .describe(
      'A fully connected network with as many inputs as the data have, and one output; of more than one class one for each, but for the loss logistic.',
    ),
  loss: z
    .enum(losses)
    .default('mse')
    .describe(
      'What is made smaller, as PyTorch defines it: MSELoss (of classes over an output for each, with the target 1 for the own class and 0 for the others), CrossEntropyLoss, or BCEWithLogitsLoss, which tells two classes apart with one output.',
    ),
  'output-scale': z
    .number()
    .gt(0)
    .max(1e9)
    .optional()
    .meta({ default: 1 })
    .describe(
      'What the output is multiplied by, with the rate divided by its square: the larger it is, the less the parameters move, and the nearer the training is to that of the linearisation.',
    ),
  centered: z
    .boolean()
    .optional()
    .meta({ default: false })
    .describe('Whether the output at the start is taken from it, so that the training starts from the function 0.'),
  parameters: z
    .enum(['all', 'output'])
    .default('all')
    .describe('Which parameters move: all, or only those of the output layer.'),
  optimizer: optimizerOptions.describe('How the loss is made smaller. Without a kind it is sgd.'),
  batch: z
    .union([
      z.literal('full'),
      z.int().min(1).max(10_000_000),
      z.strictObject({
        size: z.int().min(1).max(10_000_000).describe('So many samples.'),
        'with-replacement': z
          .boolean()
          .default(false)
          .describe('Drawn as numpy.random.choice does, not as torch.randperm.'),
      }),
    ])
    .default('full')
    .describe('How many samples a step sees: all of them, or so many drawn anew for each step.'),
  steps: z
    .int()
    .min(1)
    .max(1_000_000_000)
    .optional()
    .describe('How many updates: needed, but for ridge and least squares, which take one.'),
  checkpoints: checkpointOptions.prefault({}).describe('Which steps are recorded besides the first and the last.'),
  seed: z.int().min(0).max(largestSeed).default(0).describe("Of torch.manual_seed and NumPy's RandomState."),
  lab: labOptions.describe(
    'Whether a reader may train again in the page, under the first figure with a slider: true, or what may be changed, as the option lab of a figure.',
  ),
});

type Written = z.output<typeof written>;

/** The options with their defaults. */
export interface TrainOptions
  extends Omit<Written, 'batch' | 'steps' | 'optimizer' | 'network' | 'loss' | 'output-scale' | 'centered'> {
  readonly network: Omit<Written['network'], 'activation' | 'initial' | 'parametrization'> & {
    /** A list only where two hidden layers differ. */
    readonly activation: Network['activation'];
    readonly initial?: Initial;
    readonly parametrization?: Exclude<Parametrization, 'standard'>;
  };
  /** Absent where it is 1. */
  readonly 'output-scale'?: number;
  readonly centered?: true;
  readonly optimizer: OptimizerOptions;
  /** Absent where it is mse, as it was before there were others. */
  readonly loss?: Exclude<Loss, 'mse'>;
  readonly batch: 'full' | { readonly size: number; readonly 'with-replacement': boolean };
  readonly steps: number;
}

/** As keys know it: what PyTorch does is left out. */
function plainNetwork({
  activation,
  initial,
  parametrization,
  ...network
}: Written['network']): TrainOptions['network'] {
  return {
    ...network,
    activation: plainActivation(activation),
    ...(initial !== undefined && initial !== 'pytorch' && { initial }),
    ...(parametrization !== undefined && parametrization !== 'standard' && { parametrization }),
  };
}

export const options = written
  .transform((raw, context): TrainOptions => {
    const complain = (path: readonly (string | number)[], message: string): void => {
      context.issues.push({ code: 'custom', message, input: raw, path: [...path] });
    };
    const optimizer = plainOptimizer(raw.optimizer);
    for (const { path, message } of optimizerFaults(raw.optimizer)) complain(['optimizer', ...path], message);
    const ridge = optimizer.kind === 'ridge';
    const solved = raw.optimizer.kind === 'ridge' ? 'ridge regression' : 'least squares';
    if (ridge && raw.parameters !== 'output')
      complain(['parameters'], `must be "output": the output layer is what is solved by ${solved}`);
    if (ridge && raw.batch !== 'full') complain(['batch'], `must be "full": every sample is seen by ${solved}`);
    if (ridge && raw.steps !== undefined && raw.steps !== 1)
      complain(['steps'], `must be 1: one step is all that is taken by ${solved}`);
    if (ridge && raw.loss !== 'mse') complain(['loss'], `must be "mse": squares are made smaller by ${solved}`);
    if (!ridge && raw.steps === undefined) complain(['steps'], 'is needed: say how many updates to make');
    const steps = ridge ? 1 : (raw.steps ?? 1);
    raw.checkpoints.and.forEach((step, index) => {
      if (step > steps) complain(['checkpoints', 'and', index], `is beyond the last step, ${steps}`);
    });
    const { loss, centered, 'output-scale': scale = 1, ...others } = raw;
    const { hidden, activation } = raw.network;
    if (typeof activation !== 'string' && activation.length !== hidden.length)
      complain(
        ['network', 'activation'],
        `must be one name, or one for each hidden layer: there ${hidden.length === 1 ? 'is 1' : `are ${hidden.length}`}, and ${activation.length} ${activation.length === 1 ? 'is' : 'are'} named`,
      );
    for (const [path, message] of scaleFaults(raw)) complain(path, message);
    return {
      ...others,
      ...(scale !== 1 && { 'output-scale': scale }),
      ...(centered === true && { centered }),
      ...(loss !== 'mse' && { loss }),
      network: plainNetwork(raw.network),
      optimizer,
      batch: typeof raw.batch === 'number' ? { size: raw.batch, 'with-replacement': false } : raw.batch,
      steps,
    };
  })
  .describe('A fully connected network, trained.');

/** One name where all hidden layers have the same. */
function plainActivation(activation: Written['network']['activation']): Network['activation'] {
  if (typeof activation === 'string') return activation;
  const [first, ...others] = new Set<Activation>(activation);
  // Without hidden layers none is used.
  return others.length > 0 ? activation : (first ?? 'relu');
}

/** What of other parametrizations cannot be, and where it is written. */
function scaleFaults({ network, optimizer, loss, centered, ...rest }: Written): [readonly string[], string][] {
  const faults: [readonly string[], string][] = [];
  const { parametrization = 'standard' } = network;
  const scaled = rest['output-scale'] !== undefined && rest['output-scale'] !== 1;
  const path = scaled ? ['output-scale'] : ['network', 'parametrization'];
  if ((scaled || parametrization !== 'standard') && optimizer.kind !== 'sgd')
    faults.push([path, 'needs the optimizer sgd: what it does to a step is defined of gradient descent']);
  if (parametrization === 'mean-field' && network.hidden.length !== 1)
    faults.push([
      ['network', 'parametrization'],
      'is the mean over the units of one hidden layer: write "ntk", or one width',
    ]);
  if (centered === true && loss !== 'mse')
    faults.push([['centered'], 'needs the loss mse: of others the difference of two outputs is no output']);
  if (centered === true && (optimizer.kind === 'ridge' || optimizer.kind === 'least-squares'))
    faults.push([['centered'], 'needs steps of an optimizer, such as sgd']);
  return faults;
}
