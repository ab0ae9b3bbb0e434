/** A training run that a reader moves through: its weights at every checkpoint, and what follows from them. */
import type { LiveDataset, LiveRun, LiveTraining } from '../../figures/live-data.js';
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
  readonly data: LiveDataset;
  readonly steps: readonly number[];
  readonly trainErrors: readonly (number | null)[];
  readonly testErrors: readonly (number | null)[];
  readonly batchErrors: readonly (number | null)[];
  readonly divergedAt: number | null;
  /** By checkpoint. */
  readonly parameters: readonly Float64Array[];
  outputs(checkpoint: number, x: Float64Array): Float64Array;
  kinks(checkpoint: number): readonly Kink[];
  /** At the training inputs. */
  spectrum(checkpoint: number): Spectrum;
}

export function courseOf(run: LiveRun, training: LiveTraining): Course {
  const data = training.datasets[run.dataset];
  if (data === undefined) throw new Error(`no dataset ${run.dataset}`);
  const parts = run.parameters.map(({ packed, quantum }) => unpackParameters(packed, run.steps.length, quantum));
  const parameters = run.steps.map((_, checkpoint) =>
    Float64Array.from(parts.flatMap((part) => Array.from(part[checkpoint] ?? []))),
  );
  const at = (checkpoint: number): Float64Array => parameters[checkpoint] ?? new Float64Array();
  const rows = Float64Array.from(data.x);
  const bends = run.network.activation === 'relu' || run.network.activation === 'leaky-relu';
  // Moving back and forth shows the same checkpoints again.
  const spectra = new Map<number, Spectrum>();
  const kinks = new Map<number, readonly Kink[]>();
  return {
    ...run,
    data,
    parameters,
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
