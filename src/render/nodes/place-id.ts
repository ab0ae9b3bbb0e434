/** The id that an author gave to what has no number, so that links can lead to it. */
import type { Node } from 'mdast';
import type { Writer } from './writer.js';

/** The id, or nothing where something else on the page has it, which is said to the author. */
export function placeId(id: string | undefined, node: Pick<Node, 'position'>, writer: Writer): string | undefined {
  if (id === undefined || writer.ids.claim(id)) return id;
  writer.problem(node, {
    rule: 'duplicate-id',
    message: `something else on this page has the id "${id}", or may get it`,
    hint: 'give it another one',
    severity: 'warning',
  });
  return undefined;
}
