/** `elbows`: where the units of a network of one input bend its output, and how sharply, over the course of training. */
import * as z from 'zod';
import { nextTurn } from '../shared/next-turn.js';
import { type Artifact, divergedAtName, float64Array } from '../shared/artifact.js';
import { slopesBelowZero } from '../model/activation.js';
import { findKinks, firstLayerElbows, type Kink, mostKinks } from '../model/elbows.js';
import { machineEpsilon } from '../model/machine-epsilon.js';
import { activationsOf, type Network, outputsOf, parameterCount } from '../model/network.js';
import { courseOptions, listed } from './checkpoints.js';
import { withinRounding } from './comparison.js';
import { checkGradients, gradientInputs, gradientJob, lookedAt, trainFacts } from './gradients.js';
import { shapesOf } from './shapes.js';
import type { OptionIssue, PlannedInput, RunInput, StepKind, StepWorld } from './step.js';
import type { TrainOptions } from './train.js';

const options = z
  .strictObject({
    of: z.string().min(1).describe('The id of a training of a network of one input, with units that bend at 0.'),
    at: courseOptions,
  })
  .describe('Where each unit of a network of one input bends its output, and how sharply.');

type ElbowsOptions = z.output<typeof options>;
type Inputs = Readonly<Record<string, PlannedInput>>;

/** At one checkpoint; a deep network's units may switch more often than any memory holds. */
const mostElbows = 1_000_000;

const chosen = ({ at }: ElbowsOptions, inputs: Inputs): readonly (number | 'last')[] =>
  listed(at, inputs['of']?.options as TrainOptions);

/** Of one hidden layer every unit's elbow, wherever it lies; of more layers every switch inside the domain of the data. */
function elbowsOf(network: Network, parameters: Float64Array, domain: readonly [number, number]): readonly Kink[] {
  if (network.hidden.length > 1) return findKinks(network, parameters, domain);
  return firstLayerElbows(network, parameters).map(({ unit, position, kink }) => ({
    ...{ layer: 0, unit, position, size: kink },
  }));
}

/**
 * Arrays: `step` and `count` [checkpoint], and, NaN beyond the count, `position`, `kink`, `layer` and `unit`
 * [checkpoint, elbow]. Of one hidden layer the elbows are its units in their order, of more layers all switches inside the
 * domain of the data, ascending. A kink is what the slope of the output rises by: v |w| of a relu unit of one hidden layer.
 */
async function run(
  options: ElbowsOptions,
  inputs: Readonly<Record<string, RunInput>>,
  world: StepWorld,
): Promise<Artifact> {
  const { network, checkpoints, divergence } = gradientJob(chosen(options, inputs), 'all', undefined, inputs);
  const { domain } = trainFacts(inputs).data;
  const found: (readonly Kink[])[] = [];
  for (const checkpoint of checkpoints) {
    world.signal.throwIfAborted();
    found.push(elbowsOf(network, checkpoint.parameters(), domain));
    world.progress(found.length / checkpoints.length);
    await nextTurn();
  }
  const count = checkpoints.length;
  const most = Math.max(0, ...found.map((elbows) => elbows.length));
  const column = (name: keyof Kink): ReturnType<typeof float64Array> =>
    float64Array(
      [count, most],
      Float64Array.from({ length: count * most }, (_, at) => {
        const elbow = found[Math.floor(at / most)]?.[at % most];
        return elbow?.[name] ?? Number.NaN;
      }),
    );
  return {
    arrays: {
      step: { shape: [count], data: Int32Array.from(checkpoints, ({ step }) => step) },
      count: { shape: [count], data: Int32Array.from(found, (elbows) => elbows.length) },
      position: column('position'),
      kink: column('size'),
      layer: column('layer'),
      unit: column('unit'),
    },
    values: {},
    ...divergence,
  };
}

/** What is known of the elbows before they are found. */
type ElbowsFacts = {
  readonly checkpoints: readonly number[];
  /** At one checkpoint, at most. */
  readonly elbows: number;
  readonly parameters: number;
};

function checkNetwork(inputs: Inputs): OptionIssue[] {
  const { network, data } = trainFacts(inputs);
  const refuse = (rule: OptionIssue['rule'], message: string, hint: string): OptionIssue[] => [
    { path: ['of'], rule, message, hint },
  ];
  if (data.features !== 1) {
    const message = `elbows are places on a line, and the inputs of this training have ${data.features} numbers`;
    return refuse('one-dimensional', message, 'choose a training of inputs of one number');
  }
  if (outputsOf(network) > 1) {
    const message = `an elbow bends one output, and this network has ${outputsOf(network)}, one for each class`;
    return refuse('of-classes', message, 'choose a training of numbers, or one with loss: logistic');
  }
  if (slopesBelowZero(network) === undefined) {
    const smooth = [...new Set(activationsOf(network))].find((one) => one !== 'relu' && one !== 'leaky-relu');
    const message = `units of ${smooth} bend nowhere: relu and leaky-relu have elbows`;
    return refuse('invalid-option', message, 'choose a training whose network has one of these');
  }
  if (network.hidden.length === 0)
    return refuse('invalid-option', 'a network without hidden layers has no elbow', 'choose one with hidden units');
  if (mostKinks(network) <= mostElbows) return [];
  const message = `a network of these widths can have ${mostKinks(network)} elbows, and at most ${mostElbows} are listed`;
  return refuse('invalid-option', message, 'choose a network with fewer or narrower layers');
}

const dimensions = {
  step: ['checkpoint'],
  count: ['checkpoint'],
  position: ['checkpoint', 'elbow'],
  kink: ['checkpoint', 'elbow'],
  layer: ['checkpoint', 'elbow'],
  unit: ['checkpoint', 'elbow'],
} as const;

export const elbows: StepKind<ElbowsOptions> = {
  kind: 'elbows',
  noun: 'Elbows',
  version: 1,
  options,
  inputs: ({ of }) => gradientInputs(of),
  files: () => [],
  check: (options, inputs) => {
    const issues = checkNetwork(inputs);
    return issues.length > 0 ? issues : checkGradients(chosen(options, inputs), 'all', undefined, inputs);
  },
  facts: (options, inputs) => {
    const { network } = trainFacts(inputs);
    return {
      checkpoints: lookedAt(chosen(options, inputs), inputs),
      elbows: mostKinks(network),
      parameters: parameterCount(network),
    } satisfies ElbowsFacts;
  },
  cost: (_options, facts) => {
    const { checkpoints, elbows: most, parameters } = facts as unknown as ElbowsFacts;
    const numbers = checkpoints.length * most;
    return { operations: 4 * numbers * parameters, bytes: 64 * numbers + 8 * parameters, engineBytes: 0 };
  },
  run,
  // No engine takes part.
  compare: withinRounding(() => machineEpsilon.float64),
  dimensions,
  shapes: (_options, facts) => {
    const { checkpoints, elbows: most } = facts as unknown as ElbowsFacts;
    return shapesOf(dimensions, { checkpoint: checkpoints.length, elbow: most });
  },
  checkpoints: (_options, facts) => (facts as unknown as ElbowsFacts).checkpoints,
  numbers: [divergedAtName],
  words: [],
};
