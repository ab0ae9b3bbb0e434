/** What a picture needs of the results that it shows, and how it lays them out: all that is known before they are computed. */
import type { FigureOptions } from '../steps/figure.js';
import type { ChosenAxes } from './chosen-scale.js';

/** What a picture has a part for, besides each run. */
export type PartAxis = 'step' | 'parameter' | 'component' | 'measure';

/** How the parts of a picture share its panels. */
export interface PanelRules {
  /** What a run has several parts for. */
  readonly parts?: readonly PartAxis[];
  /** Axes whose values can share a panel: these, or every one that is no facet. */
  readonly overlay?: readonly string[] | 'all';
  /** What becomes a facet unless the author says otherwise, when it has more than one value. */
  readonly facets?: readonly string[];
}

/** The options of a figure that only some pictures have a use for. */
export const pictureOptions = [
  'parameters',
  'components',
  'bins',
  'columns',
  'order',
  'over',
  'slice',
  'move',
  'shape',
  'diverged',
] as const satisfies readonly (keyof FigureOptions)[];
export type PictureOption = (typeof pictureOptions)[number];

export interface PictureRules {
  /** Whether it is a picture over an axis of inputs, which then have to be single numbers. */
  readonly overInputs?: boolean;
  /** Whether it is a picture over the plane of two inputs. */
  readonly overPlane?: boolean;
  /** Whether it is a picture of inputs as images, whose pixels they then have to be. */
  readonly asImages?: boolean;
  /** Whether networks must have exactly one hidden layer. */
  readonly oneHiddenLayer?: boolean;
  /** Whether targets must be classes, or numbers; or numbers or classes with probabilities; or whether of classes there must be no output for each. */
  readonly targets?: 'classes' | 'numbers' | 'numbers-or-probabilities' | 'one-output';
  /** Whether datasets must have a test set. */
  readonly testSet?: boolean;
  /** The result that it draws, of a kind whose results do not all have it. */
  readonly of?: string;
  /** Of the steps that are recorded, those that are shown where `at` says nothing; absent where it shows no single steps. */
  readonly checkpoints?: (steps: readonly number[]) => readonly number[];
  /** How many of them a run needs at least. */
  readonly fewestCheckpoints?: number;
  /** Of the options that only some pictures have a use for, those that it has. */
  readonly takes?: readonly PictureOption[];
  /** Which of the results it draws, of one that draws any: those over the steps, or a pair that makes rows together. */
  readonly columns?: 'course' | 'pair';
  /** The axes whose ends and scales the author may choose. */
  readonly axes?: ChosenAxes;
  readonly panels: (options: FigureOptions) => PanelRules;
  /** Of a picture that the page can draw at any step, from a training's weights (client/interactive/rows.ts). */
  readonly moves?: MovingRules;
}

export interface MovingRules {
  /** Whether it shows errors, which every checkpoint has, and not weights, which may be too large for a page. */
  readonly showsErrors?: boolean;
  /** Whether it shows the whole course, and of the moment where in it that is: no moments stand beside it then. */
  readonly showsCourse?: boolean;
  /** What stands on the right of its panels, in pixels: they are narrower by as much, so that they fit a phone. */
  readonly beside?: number;
  /** Which moments stay in sight, where `at` says nothing and these are not those of the still figure. */
  readonly checkpoints?: (steps: readonly number[]) => readonly number[];
  /** Whether its axes can be those of the whole course, or of each moment its own. */
  readonly switchesAxes?: boolean;
  /** Whether the page can draw it of networks with more than one input. */
  readonly anyInputs?: boolean;
  /** Whether the page can draw it of networks with an output for each class. */
  readonly severalOutputs?: boolean;
  /** What a slider can move through besides the steps and the swept options of the training. */
  readonly sliders?: readonly string[];
  /** Why it would not show the same of these options of its step, and what to do; undefined where it does. */
  readonly unlike?: (options: unknown) => { readonly message: string; readonly hint: string } | undefined;
}
