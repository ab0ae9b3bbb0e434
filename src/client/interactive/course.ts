/** A training run that a reader moves through: its weights at every checkpoint, and what follows from them. */
import type { InteractiveDataset, InteractiveRun, InteractiveTraining } from '../../figures/interactive-data.js';
import type { Sampled } from '../../figures/pictures/curve.js';
import { type Outputs, outputsWith } from '../../model/centred-outputs.js';
import type { Network } from '../../model/network.js';
import { unpackParameters } from '../../model/packed-parameters.js';
import { type Spectrum, spectrumOf } from './spectrum.js';

export interface Course {
  readonly name: string;
  readonly coordinates: Readonly<Record<string, string>>;
  readonly network: Network;
  readonly data: InteractiveDataset;
  /** The same, as pictures take it. */
  readonly sampled: Sampled;
  readonly steps: readonly number[];
  readonly trainErrors: readonly (number | null)[];
  readonly testErrors: readonly (number | null)[];
  readonly batchErrors: readonly (number | null)[];
  readonly divergedAt: number | null;
  /** By checkpoint; where they are too large to be drawn, those of the one that stands in. */
  readonly parameters: readonly Float64Array[];
  /** The checkpoint that stands in for one that cannot be drawn: the last before it that can, else the first; itself mostly. */
  readonly drawn: (checkpoint: number) => number;
  /** The last checkpoint up to a step. */
  reached(step: number): number;
  parametersAt(step: number): Float64Array;
  outputsAt(step: number): Outputs;
  /** At the training inputs. */
  spectrum(checkpoint: number): Spectrum;
}

/** A run as it is shown, whoever trained it. */
export interface CourseParts
  extends Pick<
    Course,
    'name' | 'coordinates' | 'network' | 'data' | 'steps' | 'trainErrors' | 'testErrors' | 'batchErrors' | 'divergedAt'
  > {
  readonly centered?: true;
  /** Of the checkpoints that can be drawn, and which these are. */
  readonly drawable: readonly number[];
  readonly unpacked: readonly Float64Array[];
}

export function courseOf(run: InteractiveRun, training: InteractiveTraining): Course {
  const data = training.datasets[run.dataset];
  if (data === undefined) throw new Error(`no dataset ${run.dataset}`);
  const drawable = run.steps.map((_, checkpoint) => checkpoint).filter((one) => !run.undrawn.includes(one));
  const parts = run.parameters.map(({ packed, quantum }) => unpackParameters(packed, drawable.length, quantum));
  const unpacked = drawable.map((_, index) =>
    Float64Array.from(parts.flatMap((part) => Array.from(part[index] ?? []))),
  );
  return courseWith({ ...run, data, drawable, unpacked });
}

export function courseWith({ drawable, unpacked, ...run }: CourseParts): Course {
  const { data } = run;
  const standIn = (checkpoint: number): number =>
    Math.max(
      0,
      drawable.findLastIndex((one) => one <= checkpoint),
    );
  const parameters = run.steps.map((_, checkpoint) => unpacked[standIn(checkpoint)] ?? new Float64Array());
  const reached = (step: number): number => {
    const after = run.steps.findIndex((own) => own > step);
    return Math.max(0, (after < 0 ? run.steps.length : after) - 1);
  };
  const at = (checkpoint: number): Float64Array => parameters[checkpoint] ?? new Float64Array();
  const rows = Float64Array.from(data.x);
  // Moving back and forth shows the same checkpoints again.
  const spectra = new Map<number, Spectrum>();
  return {
    ...run,
    parameters,
    drawn: (checkpoint) => drawable[standIn(checkpoint)] ?? 0,
    sampled: {
      domain: data.domain,
      train: { x: rows, y: Float64Array.from(data.y) },
      truth:
        data.truth === null ? undefined : { x: Float64Array.from(data.truth.x), y: Float64Array.from(data.truth.y) },
    },
    reached,
    parametersAt: (step) => at(reached(step)),
    outputsAt: (step) => outputsWith(run.network, at(reached(step)), run.centered === true ? at(0) : undefined),
    spectrum(checkpoint) {
      const known = spectra.get(checkpoint) ?? spectrumOf(run.network, at(checkpoint), rows);
      spectra.set(checkpoint, known);
      return known;
    },
  };
}
