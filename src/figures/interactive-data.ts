/** What a page ships so that a reader can move through a training: its runs, their weights packed, and the data. */
import type { Artifact } from '../shared/artifact.js';
import type { Network } from '../model/network.js';
import { arePackable, packParameters } from '../model/packed-parameters.js';
import { roundParameters } from '../model/rounded-parameters.js';
import type { PlannedStep } from '../plan/plan.js';
import { numbersOf } from './arrays.js';
import type { ArtifactOf } from './artifact-of.js';
import { dataOf, networkOf, parametersAt } from './pictures/data.js';
import { simplify } from './simplify.js';

/** One training run, as the page gets it. Arrays of errors are by checkpoint, null where there is none. */
export interface InteractiveRun {
  /** "one-layer[hidden=10]". */
  readonly name: string;
  /** Its place on each swept axis: { hidden: "10" }. */
  readonly coordinates: Readonly<Record<string, string>>;
  readonly network: Network;
  /** Of one whose outputs are those of the network less those at its start. */
  readonly centered?: true;
  readonly steps: readonly number[];
  /** Positions in `steps` whose parameters are too large to be shipped: what is drawn from them cannot be shown there. */
  readonly undrawn: readonly number[];
  /** Of the other checkpoints: those of the first layer, which place its elbows, and the others. */
  readonly parameters: readonly PackedParameters[];
  readonly trainErrors: readonly (number | null)[];
  readonly testErrors: readonly (number | null)[];
  /** Of the minibatch before each checkpoint. */
  readonly batchErrors: readonly (number | null)[];
  /** The step at which the training ended early; null when it did not. */
  readonly divergedAt: number | null;
  /** Of `InteractiveTraining.datasets`. */
  readonly dataset: string;
}

/** Some of a network's flat parameters over the course, by `packParameters`. */
export interface PackedParameters {
  readonly packed: string;
  readonly quantum: number;
}

export interface InteractiveDataset {
  readonly domain: readonly [number, number];
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** Of the function behind them, where it is known. */
  readonly truth: { readonly x: readonly number[]; readonly y: readonly number[] } | null;
  readonly knots: readonly number[];
}

/** Everything of one training directive. */
export interface InteractiveTraining {
  readonly id: string;
  readonly runs: readonly InteractiveRun[];
  readonly datasets: Readonly<Record<string, InteractiveDataset>>;
}

/**
 * Weights are shipped as multiples of this: no curve moves by what an eye could see. An elbow is a quotient of two of the
 * first layer's, and would.
 */
const quantum = 2 ** -14;
const firstQuantum = 2 ** -18;

/** The runs of one training directive that figures with sliders show, in plan order; a piece of work each. */
export function* interactiveTraining(
  id: string,
  steps: readonly PlannedStep[],
  artifactOf: ArtifactOf,
): Generator<void, InteractiveTraining> {
  const datasets: Record<string, InteractiveDataset> = {};
  const runs: InteractiveRun[] = [];
  for (const run of steps.map((step) => ({ step, artifact: artifactOf(step), labels: new Map<string, string>() }))) {
    yield;
    const data = dataOf(run, { artifactOf });
    const dataset = run.step.inputs['data'];
    if (dataset === undefined) continue;
    datasets[dataset.name] ??= {
      domain: data.domain,
      x: Array.from(data.train.x),
      y: rounded(data.train.y, 5),
      truth: data.truth === undefined ? null : thinned(data.truth),
      knots: data.knots,
    };
    const network = networkOf(run.artifact);
    const { inputs, hidden, activation, outputs } = network;
    const steps = numbersOf(run.artifact, 'step');
    const all = Array.from(steps, (_, index) =>
      roundParameters(network, parametersAt(run.artifact, network, index), data.train.x, [
        firstQuantum,
        ...hidden.map(() => quantum),
      ]),
    );
    // The first layer has the finer quantum, and so the smaller largest number.
    const checkpoints = all.filter((parameters) => arePackable(parameters, firstQuantum));
    const first = (inputs + 1) * (hidden[0] ?? 0);
    const packed = (from: number, to: number | undefined, its: number): PackedParameters => ({
      packed: packParameters(
        checkpoints.map((values) => values.subarray(from, to)),
        its,
      ),
      quantum: its,
    });
    runs.push({
      name: run.step.name,
      coordinates: Object.fromEntries(run.step.coordinates.map(({ axis, label }) => [axis, label])),
      // In this order, whether it has just been computed or comes from the store.
      network: { inputs, hidden, activation, ...(outputs !== undefined && { outputs }) },
      ...(run.artifact.values['centered'] === true && { centered: true }),
      steps: Array.from(steps),
      undrawn: all.flatMap((parameters, index) => (checkpoints.includes(parameters) ? [] : [index])),
      parameters: [packed(0, first, firstQuantum), packed(first, undefined, quantum)],
      trainErrors: errors(run.artifact, 'train-error'),
      testErrors: errors(run.artifact, 'test-error'),
      batchErrors: errors(run.artifact, 'batch-error'),
      divergedAt: run.artifact.divergedAt ?? null,
      dataset: dataset.name,
    });
  }
  return { id, runs, datasets };
}

function errors(artifact: Artifact, name: string): (number | null)[] {
  return Array.from(numbersOf(artifact, name), (value) =>
    Number.isFinite(value) ? Number(value.toPrecision(4)) : null,
  );
}

function rounded(values: ArrayLike<number>, digits: number): number[] {
  return Array.from(values, (value) => Number(value.toPrecision(digits)));
}

/** As few points as draw the same line at a thousand pixels. */
function thinned({ x, y }: { x: Float64Array; y: Float64Array }): { x: number[]; y: number[] } {
  const kept = simplify({ x: x.map((at) => at * 1000), y: y.map((at) => at * 300) }, 0.1);
  const pick = (values: Float64Array): number[] =>
    rounded(
      kept.map((index) => values[index] ?? 0),
      6,
    );
  return { x: pick(x), y: pick(y) };
}
