/** The options of a `table`: chosen numbers of chosen runs. */
import * as z from 'zod';
import type { ViewKind } from './view.js';

const row = z.union([
  z
    .string()
    .min(1)
    .transform((of) => ({ of, label: of })),
  z.strictObject({ of: z.string().min(1), label: z.string().min(1) }),
]);

const column = z.strictObject({
  /** "test-error" of the row's own step, or "spectrum.rank" of the step of that id with the row's coordinates. */
  value: z.string().min(1),
  label: z.string().min(1).optional(),
  /** Which checkpoint; the last one by default. */
  step: z.int().min(0).max(1_000_000_000).optional(),
  /** Which singular value, and so on, from 1. */
  component: z.int().min(1).max(10_000_000).optional(),
  format: z.string().optional(),
});

const options = z.strictObject({
  /** Ids whose runs are the rows: one-layer, or {of: one-layer, label: One hidden layer}. */
  rows: z.union([row, z.array(row).min(1)]).transform((rows) => (Array.isArray(rows) ? rows : [rows])),
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
    .min(1),
  where: z.record(z.string(), z.json()).optional(),
  /** A row for each seed, or one for all seeds with their mean and standard deviation, or median and quartiles. */
  seeds: z.enum(['each', 'mean', 'median']).default('each'),
  /** What several seeds say of which some diverged: how many they are, or the numbers of the others. */
  diverged: z.enum(['say', 'leave-out']).default('say'),
  caption: z.string().default(''),
});

export type TableOptions = z.output<typeof options>;

export const table: ViewKind<TableOptions> = {
  kind: 'table',
  noun: 'Table',
  options,
  label: 'tbl',
  prose: ['caption'],
};
