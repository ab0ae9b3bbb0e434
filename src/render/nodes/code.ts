/** Code blocks, with a title when one is given. What a directive makes stands in its place. */
import type { ElementContent } from 'hast';
import type { Code } from 'mdast';
import { defaultHandlers, type State } from 'mdast-util-to-hast';
import { element, text, written } from '../hast.js';
import { writerOf } from './writer.js';

export function code(state: State, node: Code): ElementContent {
  const replaced = writerOf(state).context.replace(node);
  if (replaced !== undefined) return written(replaced.html, ` ${replaced.said} `);
  const block = defaultHandlers.code(state, node);
  const title = titleOf(node.meta ?? '');
  if (title === undefined) return block;
  return element('figure', { className: ['listing'] }, [element('figcaption', {}, [text(title)]), block]);
}

/** `title="train.py"` or `filename="train.py"` after the language. */
function titleOf(meta: string): string | undefined {
  const match = /(?:^|[\s{])(?:title|filename)=(?:"([^"]*)"|'([^']*)'|([^\s"'}]+))/.exec(meta);
  return match?.[1] ?? match?.[2] ?? match?.[3];
}
