/** The options of a `figure`: what it shows of which results, and how it is laid out. */
import * as z from 'zod';
import { labOptions } from './lab-options.js';
import type { ViewKind } from './view.js';

const scalar = z.union([z.string(), z.number(), z.array(z.number())]);

/** One, or a list of several. */
const names = z
  .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
  .transform((written) => (typeof written === 'string' ? [written] : written));

/** A picture, and what a key calls the results that it is of, where they do not go by their id. */
const shown = z.union([
  z
    .string()
    .min(1)
    .transform((of): { readonly of: string; readonly label?: string | undefined } => ({ of })),
  z.strictObject({
    of: z.string().min(1).describe('A picture of a directive’s results, one-layer.fit.'),
    label: z.string().min(1).describe('What keys and panels call these results; their id if absent.'),
  }),
]);

const limit = z.number().min(-1e300).max(1e300);

const axis = z
  .strictObject({
    min: limit.optional().describe('Where the axis begins; what lies beyond is cut off.'),
    max: limit.optional().describe('Where it ends.'),
    scale: z
      .enum(['linear', 'log', 'symlog', 'category'])
      .optional()
      .describe(
        'linear, log, symlog (a logarithm on both sides of 0), or category: as far from each other whatever they are.',
      ),
  })
  .superRefine(({ min, max, scale }, context) => {
    const complain = (path: string, message: string): void => {
      context.addIssue({ code: 'custom', path: [path], message });
    };
    if (min !== undefined && max !== undefined && min >= max) complain('max', 'must be larger than min');
    if (scale === 'log' && min !== undefined && min <= 0) complain('min', 'must be above 0 on a logarithmic axis');
    if (scale === 'log' && max !== undefined && max <= 0) complain('max', 'must be above 0 on a logarithmic axis');
    if (scale === 'category' && min !== undefined) complain('min', 'has no meaning for categories; leave it out');
    if (scale === 'category' && max !== undefined) complain('max', 'has no meaning for categories; leave it out');
  });

/** How an axis is to be. */
export type AxisOptions = z.output<typeof axis>;
export type AxisScale = NonNullable<AxisOptions['scale']>;

const options = z
  .strictObject({
    show: z
      .union([shown, z.array(shown).min(1)])
      .transform((written) => (Array.isArray(written) ? written : [written]))
      .describe(
        'What to draw: a picture of a directive’s results, one-layer.fit, or several that are laid over each other, each with a label if wanted; with vega-lite the id alone.',
      ),
    facet: z
      .union([z.string().min(1), z.array(z.string().min(1)).min(1).max(2)])
      .transform((facet) => (typeof facet === 'string' ? [facet] : facet))
      .optional()
      .describe(
        'One panel for each value of a swept option, of step, parameter or component; a pair is [rows, columns].',
      ),
    where: z
      .record(z.string(), z.union([scalar, z.array(scalar)]))
      .optional()
      .describe('Only the runs with these coordinates: {hidden: 10} or {hidden: [[10], [20]]}.'),
    at: z.array(z.int().min(0)).min(1).optional().describe('Only these checkpoints.'),
    over: z
      .string()
      .min(1)
      .optional()
      .describe('Of errors, the swept option that is the horizontal axis; the first but the seed if absent.'),
    parameters: z
      .array(z.string().min(1))
      .min(1)
      .optional()
      .describe('Only these parameters, or the gradients with respect to them: 0.weight, or 0.weight[3].'),
    order: z
      .enum(['block', 'unit'])
      .optional()
      .describe(
        'Of parameters-by-step, what stands together: the parameters of a block, 0.weight, or those of a hidden unit. The block if absent.',
      ),
    components: z.int().min(1).max(1000).optional().describe('How many principal features, from the first.'),
    slice: z
      .number()
      .optional()
      .describe('Of the picture slice, the input at which the kernel is cut; the middle of the inputs if absent.'),
    move: z
      .strictObject({
        unit: z.int().min(0).default(0).describe('Whose elbow it is, counted from 0.'),
        by: z.number().min(-1e6).max(1e6).optional().describe('How far, along the inputs; a tenth of them if absent.'),
      })
      .optional()
      .describe('Of a linearisation, the elbow that is moved, by the bias of its unit alone; the first if absent.'),
    shape: z
      .array(z.int().min(1).max(10_000))
      .length(2)
      .optional()
      .describe('Of images, their rows and columns of pixels; a square if absent.'),
    diverged: z
      .enum(['say', 'leave-out'])
      .default('say')
      .describe(
        'Of learning curves over seeds some of which diverged: say, where these count as larger than any number, or leave-out for the median and the band of the others.',
      ),
    bins: z
      .int()
      .min(2)
      .max(200)
      .optional()
      .describe('About how many bars a histogram has, 24 if absent; their bounds are round numbers.'),
    slider: names
      .optional()
      .describe(
        'A slider in the page: step; [step, hidden] over swept options; component of principal features; unit of features.',
      ),
    x: axis.optional().describe('The horizontal axis: its ends and its scale; each is chosen where it is absent.'),
    y: axis.optional().describe('The vertical axis, in the same way.'),
    axes: z
      .enum(['course', 'moment'])
      .optional()
      .describe(
        'Of a figure with a slider, whether the axes of features, histograms and scatters are those of the whole course, or of each moment its own; the reader may change it. The course if absent.',
      ),
    'step-scale': z
      .enum(['linear', 'sqrt', 'log'])
      .optional()
      .describe(
        'Along what the steps stand on the scrubber of a training: the step, its square root or its logarithm; if no figure of a page says it, where the middle is nearest to half of the way that the error comes down.',
      ),
    lab: labOptions.describe(
      'Of a figure with a slider: true, where a reader may train again in the page; a list of what may be changed, [rate, width]; or the bounds of each, {rate: [0.001, 1]}. False where the training says it and this figure is not to have it.',
    ),
    caption: z.string().default('').describe('Under the figure; Markdown.'),
    alt: z.string().min(1).optional().describe('Replaces the generated text alternative.'),
    width: z.int().min(40).max(2000).optional().describe('Of one panel, in CSS pixels.'),
    height: z.int().min(40).max(2000).optional().describe('Of one panel, in CSS pixels.'),
    wide: z.boolean().default(false).describe('May be wider than the text.'),
    columns: z
      .array(z.string().min(1))
      .min(1)
      .optional()
      .describe(
        "With vega-lite: the arrays and values that become the data's columns. Of results: those that are drawn, of a scatter the first across and the second up.",
      ),
    'vega-lite': z
      .record(z.string(), z.json())
      .optional()
      .describe('A Vega-Lite specification of your own, without its data.'),
  })
  .describe('A drawing of results, with its number and caption.');

export type FigureOptions = z.output<typeof options>;

export const figure: ViewKind<FigureOptions> = {
  kind: 'figure',
  noun: 'Figure',
  options,
  label: 'fig',
  prose: ['caption', 'alt'],
};
