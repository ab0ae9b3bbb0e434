/** A text that is not read to its end: its nesting or its length would exhaust the stack or take minutes. */
export class TooMuchMarkdown extends Error {
  constructor(
    readonly rule:
      | 'nested-too-deep'
      | 'page-too-large'
      | 'paragraph-too-long'
      | 'table-too-large'
      | 'too-many-definitions',
    /** The line of the text where it is too much. */
    readonly line: number,
    message: string,
    readonly hint: string,
  ) {
    super(message);
  }
}
