/** How each kind of Markdown node becomes HTML; what is not listed is written as remark-rehype writes it. */
import type { Handler, Handlers } from 'mdast-util-to-hast';
import { defListHastHandlers } from 'mdast-util-definition-list';
import { blockquote, root } from './blocks.js';
import { citation } from './citation.js';
import { code } from './code.js';
import { callout, container } from './container.js';
import { footnoteReference } from './footnotes.js';
import { heading } from './heading.js';
import { figure, image } from './image.js';
import { html, inlineCode, link, text } from './inline.js';
import { listItem } from './list-item.js';
import { inlineMath, math } from './math.js';
import { reference } from './reference.js';
import { lowered, raised, span } from './span.js';
import { table } from './table.js';

export const handlers: Handlers = {
  ...defListHastHandlers,
  // Its type leaves out what the handler of a root returns, as that of every one else's does.
  root: root as unknown as Handler,
  ...{ heading, figure, blockquote, listItem, code, table, callout, container, math },
  ...{ text, inlineCode, link, image, html, inlineMath, reference, citation, footnoteReference },
  ...{ span, raised, lowered },
};
