/** In place of what is suggested where a formula is wrong: those that a page computes have been read when it was built. */
export function suggestion(): string {
  return '';
}
