/** Names by which layers know lines that are drawn in a way of their own. */

/** The name of a line that is there only for the range of a scale. */
export const unseen = 'none';

/** The part of a line's points that no other joins: a line would not show them. */
export function lone(part: string): string {
  return `${part}-lone`;
}
