/** One line of what `colophon doctor` found. */
export interface Finding {
  readonly name: string;
  readonly found: string;
  /** What to do when something is not as it should be; absent when all is well. */
  readonly advice?: string;
  /** Whether all works without it. */
  readonly optional?: true;
}
