/** What of a store others may use. */
import { stepKinds } from '../steps/kinds.js';
import type { RecordBody } from '../store/record.js';

/**
 * Whether a record is a result of a step. Drawings and the like go into pages as they are: each machine makes its own.
 */
export function isResult({ kind, code }: Pick<RecordBody, 'kind' | 'code'>): boolean {
  return code !== undefined || stepKinds.some((step) => step.kind === kind);
}
