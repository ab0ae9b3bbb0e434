/** The checked graph of steps, each with its key, and what the pages show of them; known before anything runs. */
import type { Language } from '../languages/language.js';
import type { Place } from '../shared/problem.js';
import type { StepKind } from '../steps/step.js';
import type { Directive, Page } from '../source/report.js';
import type { FigureOptions } from '../steps/figure.js';
import type { TableOptions } from '../steps/table.js';
import type { Expression } from './expression/expression.js';
import type { PlannedStep } from './planned-step.js';

export type { ViewName } from '../steps/kinds.js';
export type { Coordinate, PlannedStep } from './planned-step.js';
export type { Divergence, Reading, ValueRequest } from './value-request.js';

/** One thing that a figure shows: a picture of the runs of one directive (those that `where` leaves), by the name that was written. */
export interface Shown {
  readonly steps: readonly PlannedStep[];
  /** What its results are called; their id where there is none. */
  readonly label?: string;
  /** Absent for a figure with a specification of its author's own. */
  readonly picture?: string;
}

export interface FigureRequest {
  readonly id: string;
  /** Counted over the whole report, from 1. */
  readonly number: string;
  readonly options: FigureOptions;
  readonly shown: readonly Shown[];
  readonly directive: Directive;
  readonly page: Page;
  /** That of the page, in which the drawing is made. */
  readonly language: Language;
}

/** A number in the text: an expression over results, and how it prints. */
export interface NumberRequest {
  readonly expression: Expression;
  /** How several values, one for each seed, print: mean and standard deviation, or median and quartiles. */
  readonly summary: 'mean' | 'median';
  readonly format: string;
  /** What follows the number: "ms". */
  readonly unit: string;
  /** The ids of the directives that it is computed from. */
  readonly sources: readonly string[];
}

/** One in the text of a page. */
export interface InlineNumber extends NumberRequest {
  readonly page: Page;
}

/** Something that the text says of its results, checked at every build. */
export interface ClaimRequest {
  /** The inline code or the directive, by its place (`nodeId`). */
  readonly at: string;
  readonly expression: Expression;
  /** As written. */
  readonly text: string;
  /** What it supports. */
  readonly sentence: string;
  readonly place: () => Place;
  readonly sources: readonly string[];
}

/** Of a table: text, or a number, which may be of several seeds summed up. */
export type Cell = string | NumberRequest;

export interface TableColumn {
  readonly label: string;
  /** What it shows together with the columns beside it, over all of their labels. */
  readonly group?: string;
  readonly numeric: boolean;
}

export interface TableRequest {
  readonly id: string;
  readonly number: string;
  readonly options: TableOptions;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly Cell[])[];
  /** Whose numbers they are. */
  readonly steps: readonly PlannedStep[];
  readonly directive: Directive;
  readonly page: Page;
}

export interface Plan {
  /** The kinds of the report's own. */
  readonly ownKinds: readonly StepKind[];
  /** In an order in which they can run: inputs first. */
  readonly steps: readonly PlannedStep[];
  readonly figures: readonly FigureRequest[];
  readonly tables: readonly TableRequest[];
  /** Numbers in the text, by the place of the inline code that asks for them (`nodeId`). */
  readonly values: ReadonlyMap<string, InlineNumber>;
  readonly claims: readonly ClaimRequest[];
}
