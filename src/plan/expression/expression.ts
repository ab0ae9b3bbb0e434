/** Expressions over results: `one[hidden=40].test-error < 0.5 * one[hidden=10].test-error`. */
import { type Expression as Of, within } from '../../shared/expression/expression.js';
import type { ValueRequest } from '../value-request.js';

export type Expression = Of<ValueRequest>;

/** The results that it needs. */
export function requestsIn(expression: Expression): readonly ValueRequest[] {
  return [...within(expression)].flatMap((part) => (part.type === 'path' ? part.runs : []));
}
