/** What a figure can be refused for before anything has run. */
import type { Rule } from '../shared/problem.js';

/** A test has a case of each. */
export const figureRules = [
  'columns',
  'invalid-option',
  'missing-picture',
  'mixed-pictures',
  'no-checkpoint',
  'no-slider',
  'no-test-set',
  'of-classes',
  'one-checkpoint',
  'one-dimensional',
  'one-hidden-layer',
  'specification',
  'too-many-panels',
  'two-dimensional',
  'unknown-facet',
  'unknown-parameter',
  'unknown-picture',
  'unknown-slider',
] as const satisfies readonly Rule[];

export type FigureRule = (typeof figureRules)[number];

type OptionPath = readonly (string | number)[];

/** Adds a problem with one of the figure's options. */
export type Refuse = (path: OptionPath, rule: FigureRule, message: string, hint: string) => void;
