/** The options of a `table`: chosen numbers of chosen runs. */
import * as z from 'zod';
import type { ViewKind } from './view.js';

const row = z.union([
  z
    .string()
    .min(1)
    .transform((of) => ({ of, label: of })),
  z.strictObject({
    of: z.string().min(1).describe('The id of a directive whose runs are rows.'),
    label: z.string().min(1).describe('What its rows are called.'),
  }),
]);

const column = z.strictObject({
  value: z
    .string()
    .min(1)
    .describe(
      'A result of the row’s own step, as test-error; of its input, as of.test-error; or of another directive at the row’s coordinates, as spectrum.rank.',
    ),
  label: z.string().min(1).optional().describe('The head of the column.'),
  step: z.int().min(0).max(1_000_000_000).optional().describe('At this checkpoint; at the last if absent.'),
  component: z.int().min(1).max(10_000_000).optional().describe('Which singular value, and so on, from 1.'),
  format: z.string().optional().describe('How its numbers print: .4f, .3g, .2e, .1% or ,d.'),
});

const options = z
  .strictObject({
    rows: z
      .union([row, z.array(row).min(1)])
      .transform((rows) => (Array.isArray(rows) ? rows : [rows]))
      .describe('The ids whose runs are the rows, one or a list.'),
    columns: z
      .array(
        z.union([
          z
            .string()
            .min(1)
            .transform((value) => column.parse({ value })),
          column,
        ]),
      )
      .min(1)
      .describe('What stands in each column: the name of a result or of a swept option.'),
    where: z.record(z.string(), z.json()).optional().describe('Only the runs with these coordinates: {hidden: 10}.'),
    pivot: z
      .string()
      .min(1)
      .optional()
      .describe('A swept option whose values stand beside each other, as hidden: each column once for each of them.'),
    seeds: z
      .enum(['each', 'mean', 'median'])
      .default('each')
      .describe(
        'A row for each seed; or one row for all seeds, with the mean and standard deviation or the median and quartiles of each number.',
      ),
    diverged: z
      .enum(['say', 'leave-out'])
      .default('say')
      .describe(
        'What a cell for several seeds says when some of them diverged: say how many, or leave-out for the numbers of the others.',
      ),
    caption: z.string().default('').describe('Over the table; Markdown.'),
  })
  .describe('Chosen numbers of chosen runs.');

export type TableOptions = z.output<typeof options>;

export const table: ViewKind<TableOptions> = {
  kind: 'table',
  noun: 'Table',
  options,
  label: 'tbl',
  prose: ['caption'],
};
