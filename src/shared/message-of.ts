/** What anything that was thrown says. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What kept `fetch` from an answer: it hides that behind "fetch failed", and where it tried several addresses says no more than a code. */
export function messageOfFetch(error: unknown): string {
  const cause: unknown = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  return messageOf(cause) || code;
}
