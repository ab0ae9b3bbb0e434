/** For whom a report is read: its readers, those who teach with it, or those who write it. */
export interface Edition {
  /** With pages that are not to be published yet. */
  readonly drafts: boolean;
  /** With the solutions of exercises. */
  readonly solutions: boolean;
}

/** What readers get. */
export const forReaders: Edition = { drafts: false, solutions: false };

/** All that is written: whatever of it has results is known. */
export const whole: Edition = { drafts: true, solutions: true };
