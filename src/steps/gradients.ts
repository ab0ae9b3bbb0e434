/** What `features`, `svd` and `kernel` share: gradients of a trained network at chosen checkpoints, points and parameters. */
import * as z from 'zod';
import type { Artifact } from '../shared/artifact.js';
import type { Engine } from '../engine/engine.js';
import type { Network } from '../model/network.js';
import { outputsOf, parameterCount } from '../model/network.js';
import { networkOfOutput, placesOfOutput, wholeGradients } from '../model/one-output.js';
import { suggestion } from '../shared/suggest.js';
import { checkAt, chosenCheckpoints, divergenceBefore } from './checkpoints.js';
import { chosenParameters, type ParameterColumns, type ParameterOptions, selectColumns } from './parameter-names.js';
import type { InputReference, OptionIssue, PlannedInput, RunInput } from './step.js';
import { parametersAt } from './train/artifact.js';
import { parametrizedBy } from './train/start.js';
import type { TrainFacts, TrainOptions } from './train.js';
import { trainedOutputs } from './trained-outputs.js';

/** Numbers that a block of gradients may have before columns are chosen from it: 256 MiB. */
const mostNumbers = 2 ** 25;

/** Points whose gradients are in memory at a time when they are multiplied. */
const pointsAtOnce = 256;

function rowsAtOnce(parameters: number): number {
  return Math.max(1, Math.floor(mostNumbers / parameters));
}

/** Bytes of the gradients of all parameters at `points` inputs, as many at a time as are formed at once, in an engine. */
export function gradientBytes(points: number, parameters: number): number {
  return 8 * parameters * (2 + Math.min(points, rowsAtOnce(parameters)));
}

/** Bytes that an engine needs for the inner products of the gradients at `points` inputs of a network of so many units. */
export function gramBytes(points: number, parameters: number, units: number): number {
  return 8 * (parameters + 3 * points * units + 3 * points * points);
}

/** Of all layers, with the inputs. */
export function unitCount(network: Network): number {
  return network.hidden.reduce((sum, width) => sum + width, network.inputs + 1);
}

export type At = readonly (number | 'last')[];

/** The training, and through it the dataset it was trained on. */
export function gradientInputs(of: string): readonly InputReference[] {
  return [
    { role: 'of', id: of, path: ['of'], kinds: ['train'] },
    { role: 'data', via: 'of', input: 'data' },
  ];
}

/** What is known of the training. */
export function trainFacts(inputs: Readonly<Record<string, PlannedInput>>): TrainFacts {
  return inputs['of']?.facts as unknown as TrainFacts;
}

/** The steps of the training that are looked at, ascending and each once. */
export function lookedAt(at: At, inputs: Readonly<Record<string, PlannedInput>>): number[] {
  const { steps } = inputs['of']?.options as TrainOptions;
  return [...new Set(at.map((step) => (step === 'last' ? steps : step)))].sort((a, b) => a - b);
}

/** Checks `at` and `parameters` against the training. */
export function checkGradients(
  at: At,
  parameters: ParameterOptions,
  output: OutputOption,
  inputs: Readonly<Record<string, PlannedInput>>,
): OptionIssue[] {
  const { checkpoints, steps } = inputs['of']?.options as TrainOptions;
  const chosen = chosenParameters(parameters, trainFacts(inputs).network);
  return [
    ...checkAt([...at], checkpoints, steps),
    ...('columns' in chosen ? [] : chosen),
    ...checkOutput(output, trainFacts(inputs)),
  ];
}

export const outputOptions = z
  .union([z.string().min(1), z.number(), z.boolean()])
  .transform(String)
  .optional()
  .describe('Of a network with an output for each class, the class whose output the gradients are of: needed there.');

type OutputOption = z.output<typeof outputOptions>;

/** Which of a network's outputs is asked for; undefined where it is none of them. */
function outputNumber(output: OutputOption, { network, data }: TrainFacts): number | undefined {
  if (outputsOf(network) === 1) return output === undefined ? 0 : undefined;
  const place = output === undefined ? -1 : (data.classes?.indexOf(output) ?? -1);
  return place < 0 ? undefined : place;
}

/** Checks that `output` names one of a network's outputs, and is only there where it has several. */
export function checkOutput(output: OutputOption, facts: TrainFacts): OptionIssue[] {
  if (outputNumber(output, facts) !== undefined) return [];
  const wrong = (message: string, hint: string): OptionIssue[] => [
    { path: output === undefined ? ['of'] : ['output'], rule: 'invalid-option', message, hint },
  ];
  const outputs = outputsOf(facts.network);
  if (outputs === 1) return wrong('its network has one output', 'leave "output" out');
  const classes = facts.data.classes ?? [];
  if (output === undefined)
    return wrong(
      `its network has ${outputs} outputs, one for each class`,
      `say whose gradients are meant, such as output: ${classes[0] ?? ''}`,
    );
  return wrong(`there is no class "${output}"`, suggestion(output, classes));
}

/** What is of the mean squared error of one output refuses trainings on classes; `what` says it of itself. */
export function checkNumbers(what: string, { data }: TrainFacts): OptionIssue[] {
  if (data.classes === undefined) return [];
  const message = `${what}, and the targets of this training are classes`;
  return [{ path: ['of'], rule: 'of-classes', message, hint: 'name a training on targets that are numbers' }];
}

/** How many of a network's parameters are chosen. */
export function chosenCount(parameters: ParameterOptions, network: Network): number {
  const chosen = chosenParameters(parameters, network);
  return 'columns' in chosen ? chosen.count : parameterCount(network);
}

/** A trained network and the checkpoints, parameters and inputs at which its gradients are asked for. */
export interface GradientJob {
  readonly network: Network;
  /** The network of the one output that is asked for, and its parameters among those of the whole one: what `gram` is of. */
  readonly alone: (parameters: Float64Array) => { readonly network: Network; readonly parameters: Float64Array };
  readonly chosen: ParameterColumns;
  /** What each parameter is multiplied by where it stands in the network; absent where that is 1. */
  readonly multipliers?: Float64Array;
  readonly checkpoints: readonly { readonly step: number; readonly parameters: () => Float64Array }[];
  readonly dataset: Artifact;
  /** Where the training diverged, when one of the checkpoints that were asked for comes after that. */
  readonly divergence: Pick<Artifact, 'divergedAt'>;
  /** The outputs that the training has; of one that is centred less those at its start. */
  readonly outputs: (engine: Engine, parameters: Float64Array, inputs: Float64Array) => Promise<Float64Array>;
  /** The chosen columns of the gradient at each of the inputs, n x chosen.count. */
  readonly gradients: (engine: Engine, parameters: Float64Array, inputs: Float64Array) => Promise<Float64Array>;
  /** Those gradients times a chosen.count x columns matrix: n x columns. */
  readonly gradientsTimes: (
    engine: Engine,
    parameters: Float64Array,
    inputs: Float64Array,
    matrix: Float64Array,
    columns: number,
  ) => Promise<Float64Array>;
}

/** Gathers what `features` and `svd` need from their inputs. */
export function gradientJob(
  at: At,
  parameters: ParameterOptions,
  output: OutputOption,
  inputs: Readonly<Record<string, RunInput>>,
): GradientJob {
  const training = inputs['of']?.artifact;
  const dataset = inputs['data']?.artifact;
  if (training === undefined || dataset === undefined) throw new Error('gradients need a training and its dataset');
  const { network } = trainFacts(inputs);
  const chosen = chosenParameters(parameters, network);
  const number = outputNumber(output, trainFacts(inputs));
  if (!('columns' in chosen) || number === undefined) throw new Error('unchecked parameters');
  const places = outputsOf(network) === 1 ? undefined : placesOfOutput(network, number);
  const alone: GradientJob['alone'] = (flat) =>
    places === undefined
      ? { network, parameters: flat }
      : {
          network: networkOfOutput(network),
          parameters: Float64Array.from(places, (place) => flat[place] ?? Number.NaN),
        };
  const multipliers = parametrizedBy(inputs['of']?.options as TrainOptions, network)?.multipliers;
  const jacobianOf = async (engine: Engine, flat: Float64Array, points: Float64Array): Promise<Float64Array> => {
    const one = alone(flat);
    const rows = await engine.jacobian(one.network, one.parameters, points);
    const whole = places === undefined ? rows : wholeGradients(rows, places, flat.length);
    if (multipliers !== undefined)
      whole.forEach((value, index) => {
        whole[index] = value * (multipliers[index % flat.length] ?? 1);
      });
    return whole;
  };
  const gradients: GradientJob['gradients'] = async (engine, flat, points) => {
    const columns = chosen.count;
    if (chosen.columns === 'all') return jacobianOf(engine, flat, points);
    const selected = new Float64Array((points.length / network.inputs) * columns);
    const rows = rowsAtOnce(flat.length);
    for (let first = 0; first * network.inputs < points.length; first += rows) {
      const block = points.slice(first * network.inputs, (first + rows) * network.inputs);
      const jacobian = await jacobianOf(engine, flat, block);
      selected.set(selectColumns(jacobian, flat.length, chosen.columns), first * columns);
    }
    return selected;
  };
  return {
    network,
    alone,
    chosen,
    ...(multipliers !== undefined && { multipliers }),
    outputs: trainedOutputs(training, network),
    checkpoints: chosenCheckpoints(training, [...at]).map(({ index, step }) => ({
      step,
      // When they are needed: of a wide network one copy is much.
      parameters: () => parametersAt(training, network, index),
    })),
    dataset,
    divergence: divergenceBefore(training, at),
    gradients,
    async gradientsTimes(engine, flat, points, matrix, columns) {
      if (chosen.columns === 'all' && places === undefined && engine.jacobianProduct !== undefined) {
        const scaled =
          multipliers === undefined
            ? matrix
            : matrix.map((value, index) => value * (multipliers[Math.floor(index / columns)] ?? 1));
        return engine.jacobianProduct(network, flat, points, scaled, columns);
      }
      const [n, width] = [points.length / network.inputs, network.inputs];
      const result = new Float64Array(n * columns);
      for (let first = 0; first < n; first += pointsAtOnce) {
        const count = Math.min(pointsAtOnce, n - first);
        const rows = await gradients(engine, flat, points.slice(first * width, (first + count) * width));
        result.set(await engine.product(rows, matrix, count, chosen.count, columns), first * columns);
      }
      return result;
    },
  };
}
