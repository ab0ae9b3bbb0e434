/** How inline code says that it stands for something computed. */

/** Whether inline code is a number (`` `= ...` ``) or a claim (`` `claim ...` ``), and where what it says begins. */
export function readInlineRequest(
  value: string,
): { readonly what: 'value' | 'claim'; readonly start: number } | undefined {
  const match = /^(=|claim)\s+/.exec(value);
  return match === null ? undefined : { what: match[1] === '=' ? 'value' : 'claim', start: match[0].length };
}
