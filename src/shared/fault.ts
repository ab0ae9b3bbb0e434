/** What is wrong, and what to do. */
export interface Fault {
  readonly message: string;
  readonly hint: string;
}

/** A fault of a part of a text. */
export interface PlacedFault extends Fault {
  /** Into the text. */
  readonly start: number;
  readonly end: number;
}
