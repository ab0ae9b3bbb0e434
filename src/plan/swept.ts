/** An option that takes several values. */
import type { Json } from '../shared/artifact.js';
import type { OptionPath } from '../source/report.js';

/** The most steps of one directive. */
export const mostVariants = 10_000;

/** An option that takes several values, and where each of them was written. */
export interface Swept {
  readonly option: string;
  readonly path: readonly string[];
  readonly values: readonly Json[];
  /** Where the list of values is written. */
  readonly written: OptionPath;
  /** Where one of them is. */
  readonly writtenAt: (index: number) => OptionPath;
}
