/** What stands in an image's brackets is kept as nodes: it is the caption of an image that is a figure. */
import type { Extension as FromMarkdown } from 'mdast-util-from-markdown';
import type { PhrasingContent } from 'mdast';

export const imageCaptionFromMarkdown: FromMarkdown = {
  exit: {
    // In place of mdast-util-from-markdown's own, which keeps the nodes of a link alone.
    label() {
      const fragment = this.stack.at(-1);
      const value = this.resume();
      const node = this.stack.at(-1);
      this.data.inReference = true;
      const children = fragment !== undefined && 'children' in fragment ? (fragment.children as PhrasingContent[]) : [];
      if (node?.type === 'link') node.children = children;
      else if (node?.type === 'image') {
        node.alt = value;
        node.data = { ...node.data, caption: children };
      }
    },
  },
};
