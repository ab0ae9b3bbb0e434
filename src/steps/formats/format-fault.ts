/** What is wrong with a file of results: thrown by whoever reads it, and said at the directive that names the file. */
export class FormatFault extends Error {
  constructor(
    /** Goes on from the name of the file: "has no array "loss"". */
    message: string,
    readonly hint: string,
    /** Where in the file, of a text. */
    readonly at?: { readonly line: number; readonly column: number },
  ) {
    super(message);
  }
}
