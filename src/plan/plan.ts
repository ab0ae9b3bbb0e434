/** The checked graph of steps, each with its key, and what the pages show of them; known before anything runs. */
import type { Json } from '../artifact.js';
import type { DeviceName } from '../device-names.js';
import type { Directive, Page } from '../source/report.js';
import type { FigureOptions } from '../steps/figure.js';
import type { TableOptions } from '../steps/table.js';
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
  readonly facts: Facts;
  /** By role. */
  readonly inputs: Readonly<Record<string, PlannedStep>>;
  /** SHA-256 of everything that determines the result. */
  readonly key: string;
  /** Of all that determines where the computation goes, however far: what it can continue has the same. */
  readonly continuationKey?: string;
  readonly cost: Cost;
  /** Where it is to run, by its directive; no part of its key. */
  readonly device?: DeviceName;
  /** Where it is to run, by its page or the report's first one. */
  readonly pageDevice?: DeviceName;
  readonly directive: Directive;
}

/** One thing that a figure shows: a named picture of the runs of one directive (those that `where` leaves). */
export interface Shown {
  readonly steps: readonly PlannedStep[];
  /** Absent for a figure with a specification of its author's own. */
  readonly picture?: string;
}

export interface FigureRequest {
  readonly id: string;
  /** Counted over the whole report, from 1. */
  readonly number: number;
  readonly options: FigureOptions;
  readonly shown: readonly Shown[];
  readonly directive: Directive;
  readonly page: Page;
}

/** A cell of a table or a number in the text: which result, which of its numbers, how it prints. */
export interface ValueRequest {
  readonly step: PlannedStep;
  /** An array or value of the artifact: "test-error". */
  readonly name: string;
  /** Chosen positions by dimension: { checkpoint: step 0 } is written step=0, { component: 1 } component=1. */
  readonly at: Readonly<Record<string, number>>;
  /** Digits after the point and style, as in Python: ".4f", ".3g", ",d", ".1%". */
  readonly format: string;
}

export interface TableRequest {
  readonly id: string;
  readonly number: number;
  readonly options: TableOptions;
  readonly columns: readonly { readonly label: string; readonly numeric: boolean }[];
  /** A cell is text, or a number of a result. */
  readonly rows: readonly (readonly (string | ValueRequest)[])[];
  readonly directive: Directive;
  readonly page: Page;
}

export interface Plan {
  /** In an order in which they can run: inputs first. */
  readonly steps: readonly PlannedStep[];
  readonly figures: readonly FigureRequest[];
  readonly tables: readonly TableRequest[];
  /** Numbers in the text, by the syntax-tree node that asks for them. */
  readonly values: ReadonlyMap<object, ValueRequest>;
}
