/** What the pages show besides their prose: figures, tables, numbers, and the runs behind them. Plain values. */
import type { DrawnFigure } from '../figures/figure.js';
import type { FigureData } from '../figures/figure-data.js';
import type { InteractiveFigure } from '../figures/interactive-figure.js';
import type { VerifyPlan } from '../lab/verify-plan.js';
import type { Content } from '../shared/content.js';

/** One run behind a figure, a table or an experiment. */
export interface RunNote {
  /** The directive that asked for it: "one-layer". */
  readonly id: string;
  /** "one-layer[hidden=10]". */
  readonly name: string;
  /** Where it stands in its sweep, and in those of its inputs. */
  readonly coordinates: readonly { readonly axis: string; readonly label: string }[];
  readonly key: string;
  readonly profile: string;
  readonly device: string;
  /** Of its random streams; undefined for what draws nothing. */
  readonly seed?: number | undefined;
  /** The ids of the directives that it was computed from. */
  readonly inputs: readonly string[];
  /** The step at which its training diverged; absent when it did not. */
  readonly divergedAt?: number;
  /** Of what was not computed here: by whose word it stands, and the files that it was read from. */
  readonly imported?: {
    readonly source: string;
    readonly files: readonly { readonly file: string; readonly digest: string }[];
  };
  /** Whether code of the report's own computed it. */
  readonly isOwnCode?: true;
}

/** A directive on the way to a figure or a table. */
export interface MadeFrom {
  readonly id: string;
  readonly kind: string;
  /** Of its page, and its place there. */
  readonly address: string;
  readonly anchor: string;
  /** Of its own random streams, each once. */
  readonly seeds: readonly number[];
  /** How the keys of its steps start that take part. */
  readonly keys: readonly string[];
  /** Whether its results were not computed here. */
  readonly imported: boolean;
  /** Whether code of the report's own computed its results. */
  readonly isOwnCode: boolean;
}

export interface FigurePart {
  readonly drawn: DrawnFigure;
  /** What it was computed from: level by level, what needs nothing first. */
  readonly way: readonly (readonly MadeFrom[])[];
  /** The pictures that it draws; none of a specification of its author's own. */
  readonly pictures: readonly string[];
  /** Markdown; empty for none. */
  readonly caption: string;
  /** May be wider than the text. */
  readonly wide: boolean;
  readonly runs: readonly RunNote[];
  /** What it draws, as a table. */
  readonly data: () => FigureData;
  /** What a reader can download. */
  readonly files: readonly {
    readonly name: string;
    readonly extension: string;
    readonly content: Content;
  }[];
  /** What the page draws it again from, by Vega or as it moves; absent where it does not. */
  readonly script?: { readonly path: string; readonly content: string } | undefined;
  /** The same of its drawing for narrow screens. */
  readonly narrowScript?: { readonly path: string; readonly content: string } | undefined;
  /** Of a figure with sliders. */
  readonly interactive?: InteractiveFigure | undefined;
  /** The script with what a reader can train again under it; absent where there is no lab. */
  readonly lab?: { readonly training: string; readonly path: string; readonly content: string } | undefined;
}

/** Of a table, already formatted. */
export interface TableCell {
  readonly text: string;
  /** Whether the note under the table is about it. */
  readonly marked: boolean;
}

export interface TablePart {
  readonly number: string;
  readonly way: FigurePart['way'];
  /** `group` stands over the labels of all columns beside each other that have it. */
  readonly columns: readonly { readonly label: string; readonly group?: string; readonly numeric: boolean }[];
  readonly rows: readonly (readonly TableCell[])[];
  /** What the mark of cells means, under the table; empty when none has one. */
  readonly note: string;
  readonly csv: string;
  /** Markdown; empty for none. */
  readonly caption: string;
  readonly runs: readonly RunNote[];
}

/** An option of a directive as the documentation lists it. */
export interface OptionRow {
  /** "network.hidden" of an option inside another. */
  readonly name: string;
  /** The kind that it is an option of, of options that come in kinds: "sgd". */
  readonly of?: string;
  /** "number, 0 to 1", "one of all, output", "list of numbers". */
  readonly value: string;
  /** As YAML; "needed" where there is none. */
  readonly fallback: string;
  readonly description: string;
}

/** A kind of directive, front matter or colophon.yaml as the documentation tells of it. */
export interface KindReference {
  /** What it is, in a sentence. */
  readonly description: string;
  readonly options: readonly OptionRow[];
  /** What a step's directive makes; absent for what makes no results. */
  readonly makes?: {
    readonly pictures: readonly string[];
    /** By name, with what there is one for each of: checkpoint, component. */
    readonly results: readonly { readonly name: string; readonly dimensions: readonly string[] }[];
  };
}

/** A rule that a report can break, with its cause and its cure; code in them stands between backticks. */
export interface RuleRow {
  readonly rule: string;
  readonly cause: string;
  readonly cure: string;
}

export type Reference = KindReference | { readonly rules: readonly RuleRow[] };

export interface RenderParts {
  /** A picture of a link to a page: a PNG with the figure and these two lines of text. Absent while figures are. */
  readonly card?: ((figure: DrawnFigure, page: string, site: string) => Content) | undefined;
  /** What the documentation tells of a kind, or of a group of problems, for a block that asks for it; undefined for another name. */
  readonly reference: (name: string) => Reference | undefined;
  /** By the directive's id. */
  readonly figures: ReadonlyMap<string, FigurePart>;
  /** By the directive's id. */
  readonly tables: ReadonlyMap<string, TablePart>;
  /** Formatted numbers, by the place of the inline code that asks for each (`nodeId`). */
  readonly values: ReadonlyMap<string, string>;
  /** Claims as written, by the inline code or the directive's fence that makes each. */
  readonly claims: ReadonlyMap<string, string>;
  /** The ids of the directives that each of those numbers and claims comes from. */
  readonly valueSources: ReadonlyMap<string, readonly string[]>;
  /** The runs of every directive that asks for steps, by its id. */
  readonly experiments: ReadonlyMap<string, readonly RunNote[]>;
  /** What readers can have computed again: of the pages, by their files, and of the site; absent where they cannot. */
  readonly verify?: {
    readonly pages: ReadonlyMap<string, VerifyPlan>;
    readonly site: VerifyPlan | undefined;
  };
  readonly colophon: {
    readonly version: string;
    /** Of the arithmetic behind the report's numbers: "reference-f64/1". */
    readonly profiles: readonly string[];
    /** Whether any of them were not computed here. */
    readonly imports?: boolean;
  };
}
