/** The options of a `figure`: what it shows of which results, and how it is laid out. */
import * as z from 'zod';
import type { ViewKind } from './view.js';

const scalar = z.union([z.string(), z.number(), z.array(z.number())]);

const options = z.strictObject({
  /** "one-layer.fit": a named picture of a directive's results; several are laid over each other where that is possible. With `vega-lite`, the id alone. */
  show: z
    .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
    .transform((show) => (typeof show === 'string' ? [show] : show)),
  /** A swept option, `step`, or `parameter`: one panel for each of its values. A pair is [rows, columns]. */
  facet: z
    .union([z.string().min(1), z.array(z.string().min(1)).min(1).max(2)])
    .transform((facet) => (typeof facet === 'string' ? [facet] : facet))
    .optional(),
  /** Only the runs with these coordinates: { hidden: 10 } or { hidden: [[10], [20]] }. */
  where: z.record(z.string(), z.union([scalar, z.array(scalar)])).optional(),
  /** Only these checkpoints. */
  at: z.array(z.int().min(0)).min(1).optional(),
  /** Only these parameters, or the gradients with respect to them: 0.weight, or 0.weight[3]. */
  parameters: z.array(z.string().min(1)).min(1).optional(),
  /** How many principal features, from the first. */
  components: z.int().min(1).max(1000).optional(),
  /** What the medians and bands of seeds of which some diverged are of: all, where these count as larger than any number, or the others. */
  diverged: z.enum(['say', 'leave-out']).default('say'),
  /** About how many bars a histogram has; their bounds are round numbers. */
  bins: z.int().min(2).max(200).optional(),
  /** With sliders, in the page: `step` moves through the checkpoints; others over swept options, `component`, or `unit`. */
  slider: z
    .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
    .transform((slider) => (typeof slider === 'string' ? [slider] : slider))
    .optional(),
  /** Shown under the figure; Markdown. */
  caption: z.string().default(''),
  /** Replaces the generated text alternative. */
  alt: z.string().min(1).optional(),
  /** Of one panel, in CSS pixels. */
  width: z.int().min(40).max(2000).optional(),
  height: z.int().min(40).max(2000).optional(),
  /** May be wider than the text. */
  wide: z.boolean().default(false),
  /** With `vega-lite`: the arrays and values that become the columns of the data. */
  columns: z.array(z.string().min(1)).min(1).optional(),
  /** A Vega-Lite specification of the author's own; its data are `columns` of the shown results. */
  'vega-lite': z.record(z.string(), z.json()).optional(),
});

export type FigureOptions = z.output<typeof options>;

export const figure: ViewKind<FigureOptions> = {
  kind: 'figure',
  noun: 'Figure',
  options,
  label: 'fig',
  prose: ['caption', 'alt'],
};
