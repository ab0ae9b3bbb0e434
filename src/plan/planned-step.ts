/** One step of a plan. */
import type { Json } from '../shared/artifact.js';
import type { DeviceName } from '../shared/device-names.js';
import type { Directive } from '../source/report.js';
import type { Cost, Facts, StepKind } from '../steps/step.js';

/** One coordinate of a step in its directive's sweep: hidden=10. */
export interface Coordinate {
  /** The last part of the swept option: "hidden", "rate", "seed". */
  readonly axis: string;
  /** As swept: [10]. */
  readonly value: Json;
  /** For people: "10"; "40x40" for [40, 40]. */
  readonly label: string;
}

export interface PlannedStep {
  /** "one-layer[hidden=10]"; just the id when nothing is swept. */
  readonly name: string;
  readonly id: string;
  readonly kind: StepKind;
  /** Its own sweep and those of its inputs. */
  readonly coordinates: readonly Coordinate[];
  /** With every default filled in; the kind's own options type. */
  readonly options: unknown;
  /** The options as its directive writes them, with what its sweep sets: the kind's schema makes `options` of them again. */
  readonly written: { readonly [option: string]: Json };
  readonly facts: Facts;
  /** By role. */
  readonly inputs: Readonly<Record<string, PlannedStep>>;
  /** SHA-256 of everything that determines the result. */
  readonly key: string;
  /** The files that it is computed from, with the SHA-256 of their bytes. */
  readonly files: readonly { readonly file: string; readonly digest: string }[];
  /** Of all that determines where the computation goes, however far: what it can continue has the same. */
  readonly continuationKey?: string;
  readonly cost: Cost;
  /** Where it is to run, by its directive; no part of its key. */
  readonly device?: DeviceName;
  /** Where it is to run, by its page or the report's first one. */
  readonly pageDevice?: DeviceName;
  readonly directive: Directive;
}
