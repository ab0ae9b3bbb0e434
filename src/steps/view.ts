/** A kind of directive that shows or checks what steps computed: it has options and a place on the page, and no result. */
import type { z } from 'zod';

export interface ViewKind<Options> {
  readonly kind: string;
  /** What pages call one of it: "Figure". */
  readonly noun: string;
  /** Checks the options and fills in the defaults. */
  readonly options: z.ZodType<Options>;
  /** What the labels of one start with that is numbered. */
  readonly label?: 'fig' | 'tbl';
  /** The options that are Markdown. */
  readonly prose: readonly ('caption' | 'alt' | 'sentence')[];
}
