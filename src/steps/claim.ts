/** The options of a `claim`: a sentence, and what must be true of the results for it to stand. */
import * as z from 'zod';
import type { ViewKind } from './view.js';

const options = z
  .strictObject({
    that: z
      .string()
      .min(1)
      .describe('An expression over results: net[hidden=40].test-error < net[hidden=5].test-error.'),
    sentence: z.string().min(1).describe('The sentence that it supports, printed where the claim stands; Markdown.'),
  })
  .describe('A sentence, and what must be true of the results for it to stand; checked at every build.');

export type ClaimOptions = z.output<typeof options>;

export const claim: ViewKind<ClaimOptions> = {
  kind: 'claim',
  noun: 'Claim',
  options,
  prose: ['sentence'],
};
