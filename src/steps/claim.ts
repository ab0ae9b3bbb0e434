/** The options of a `claim`: a sentence, and what must be true of the results for it to stand. */
import * as z from 'zod';
import type { ViewKind } from './view.js';

const options = z.strictObject({
  /** An expression: "one-layer[hidden=40].test-error < one-layer[hidden=10].test-error". */
  that: z.string().min(1),
  /** Markdown: the sentence that it supports, printed where the claim stands. */
  sentence: z.string().min(1),
});

export type ClaimOptions = z.output<typeof options>;

export const claim: ViewKind<ClaimOptions> = {
  kind: 'claim',
  noun: 'Claim',
  options,
  prose: ['sentence'],
};
