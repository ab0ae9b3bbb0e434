/** `@key [p. 33]`: what follows a work that a sentence names belongs to the citation, as in Pandoc. */
import type { Parent, PhrasingContent, Root } from 'mdast';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import type { Citation } from '../syntax.js';

const written = /^ ?\[([^[\]\n@]{1,300})\](?![([:{])/;

export function readCitationLocators() {
  return (tree: Root, file: VFile): void => {
    if (!String(file).includes('@')) return;
    visit(tree, (node) => {
      if (!('children' in node) || !node.children.some(({ type }) => type === 'citation')) return;
      const { children } = node as { readonly children: readonly PhrasingContent[] };
      (node as Parent).children = children.flatMap((child, index): PhrasingContent[] => {
        const before = children[index - 1];
        if (child.type !== 'text' || before?.type !== 'citation' || !before.inSentence) return [child];
        return takeLocator(before, child.value) ?? [child];
      });
    });
  };

  /** The rest of the text, when the citation takes its start. */
  function takeLocator(citation: Citation, text: string): PhrasingContent[] | undefined {
    const found = written.exec(text);
    const [work] = citation.works;
    if (found === null || work === undefined) return undefined;
    const [whole, suffix = ''] = found;
    citation.works = [{ ...work, suffix: suffix.trim() }];
    citation.written += whole;
    const rest = text.slice(whole.length);
    return rest === '' ? [] : [{ type: 'text', value: rest }];
  }
}
