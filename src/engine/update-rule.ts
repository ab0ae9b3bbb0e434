/** What an engine does for each update rule, as a table that the compiler holds to the list of rules. */
import { entryOf } from '../shared/entry-of.js';
import type { Optimizer, RuleName } from './engine.js';

/** For every rule what an engine makes of its numbers. */
export type ByRule<Made> = { readonly [Name in RuleName]: (optimizer: Optimizer<Name>) => Made };

/** What the table makes of an optimizer. Throws a RangeError for a rule that it does not have. */
export function byRule<Made, Name extends RuleName>(table: ByRule<Made>, optimizer: Optimizer<Name>): Made {
  return entryOf(table, optimizer.kind, 'update rule')(optimizer);
}
