/** A problem as `colophon dev` sends it to an open page. */
export interface ShownProblem {
  /** "report/index.md:12:3"; empty when it has no place. */
  readonly where: string;
  readonly rule: string;
  readonly message: string;
  readonly hint: string;
  readonly frame: string;
  readonly warning: boolean;
}
