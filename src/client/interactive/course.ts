/** A training run that a reader moves through: its weights at every checkpoint, and what follows from them. */
import type { InteractiveDataset, InteractiveRun, InteractiveTraining } from '../../figures/interactive-data.js';
import { slopeBelowZero } from '../../model/activation.js';
import { findKinks, type Kink } from '../../model/elbows.js';
import { predict } from '../../model/forward.js';
import type { Network } from '../../model/network.js';
import { unpackParameters } from '../../model/packed-parameters.js';
import { type Spectrum, spectrumOf } from './spectrum.js';

export interface Course {
  readonly name: string;
  readonly label: string;
  readonly coordinates: Readonly<Record<string, string>>;
  readonly network: Network;
  readonly data: InteractiveDataset;
  readonly steps: readonly number[];
  readonly trainErrors: readonly (number | null)[];
  readonly testErrors: readonly (number | null)[];
  readonly batchErrors: readonly (number | null)[];
  readonly divergedAt: number | null;
  /** By checkpoint; where they are too large to be drawn, those of the one that stands in. */
  readonly parameters: readonly Float64Array[];
  /** The checkpoint that stands in for one that cannot be drawn: the last before it that can, else the first; itself mostly. */
  readonly drawn: (checkpoint: number) => number;
  outputs(checkpoint: number, x: Float64Array): Float64Array;
  kinks(checkpoint: number): readonly Kink[];
  /** At the training inputs. */
  spectrum(checkpoint: number): Spectrum;
}

export function courseOf(run: InteractiveRun, training: InteractiveTraining): Course {
  const data = training.datasets[run.dataset];
  if (data === undefined) throw new Error(`no dataset ${run.dataset}`);
  const drawable = run.steps.map((_, checkpoint) => checkpoint).filter((one) => !run.undrawn.includes(one));
  const parts = run.parameters.map(({ packed, quantum }) => unpackParameters(packed, drawable.length, quantum));
  const unpacked = drawable.map((_, index) =>
    Float64Array.from(parts.flatMap((part) => Array.from(part[index] ?? []))),
  );
  const standIn = (checkpoint: number): number =>
    Math.max(
      0,
      drawable.findLastIndex((one) => one <= checkpoint),
    );
  const parameters = run.steps.map((_, checkpoint) => unpacked[standIn(checkpoint)] ?? new Float64Array());
  const at = (checkpoint: number): Float64Array => parameters[checkpoint] ?? new Float64Array();
  const rows = Float64Array.from(data.x);
  const bends = slopeBelowZero(run.network.activation) !== undefined;
  // Moving back and forth shows the same checkpoints again.
  const spectra = new Map<number, Spectrum>();
  const kinks = new Map<number, readonly Kink[]>();
  return {
    ...run,
    data,
    parameters,
    drawn: (checkpoint) => drawable[standIn(checkpoint)] ?? 0,
    outputs: (checkpoint, x) => predict(run.network, at(checkpoint), x),
    kinks(checkpoint) {
      const known = kinks.get(checkpoint) ?? (bends ? findKinks(run.network, at(checkpoint), data.domain) : []);
      kinks.set(checkpoint, known);
      return known;
    },
    spectrum(checkpoint) {
      const known = spectra.get(checkpoint) ?? spectrumOf(run.network, at(checkpoint), rows);
      spectra.set(checkpoint, known);
      return known;
    },
  };
}
