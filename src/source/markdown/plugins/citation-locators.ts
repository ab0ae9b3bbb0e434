/** `@key [p. 33]` and `@key [p. 33; @other]`: what follows a work that a sentence names belongs to the citation, as in Pandoc. */
import type { Parent, PhrasingContent, Root } from 'mdast';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { groupOf } from '../citations.js';
import type { Citation, Cited } from '../syntax.js';

const written = /^ ?\[([^[\]\n@]{1,300})\](?![([:{])/;
const opened = /^ ?\[[^[\]\n@;]{1,300};/;
const closed = /^([^[\]]{0,300}\])(?![([:{])/;

export function readCitationLocators() {
  return (tree: Root, file: VFile): void => {
    if (!String(file).includes('@')) return;
    visit(tree, (node) => {
      if (!('children' in node) || !node.children.some(({ type }) => type === 'citation')) return;
      (node as Parent).children = withLocators((node as { readonly children: readonly PhrasingContent[] }).children);
    });
  };
}

function withLocators(children: readonly PhrasingContent[]): PhrasingContent[] {
  const made: PhrasingContent[] = [];
  for (let index = 0; index < children.length; index += 1) {
    const [child, before] = [children[index], children[index - 1]];
    if (child === undefined) break;
    if (child.type !== 'text' || before?.type !== 'citation' || !before.inSentence) {
      made.push(child);
      continue;
    }
    const more = opened.test(child.value) ? takeWorks(before, children.slice(index)) : undefined;
    index += more?.taken ?? 0;
    const rest = more?.rest ?? takeLocator(before, child.value) ?? child;
    if (typeof rest !== 'string') made.push(rest);
    else if (rest !== '') made.push({ type: 'text', value: rest });
  }
  return made;
}

/** The rest of the text, when the citation takes its start. */
function takeLocator(citation: Citation, text: string): string | undefined {
  const found = written.exec(text);
  const [work] = citation.works;
  if (found === null || work === undefined) return undefined;
  const [whole, suffix = ''] = found;
  citation.works = [{ ...work, suffix: suffix.trim() }];
  citation.written += whole;
  return text.slice(whole.length);
}

/** The rest of the last text, and how many nodes before it the citation takes, when a bracket opens here that names other works. */
function takeWorks(
  citation: Citation,
  following: readonly PhrasingContent[],
): { readonly rest: string; readonly taken: number } | undefined {
  let whole = '';
  const named: Cited[] = [];
  for (const [taken, node] of following.entries()) {
    if (node.type === 'citation' && node.inSentence) {
      whole += node.written;
      named.push(...node.works);
      continue;
    }
    if (node.type !== 'text') return undefined;
    const [end] = closed.exec(node.value) ?? [];
    if (taken === 0 || end === undefined) {
      // Nothing else in brackets, nor a bracket that closes before a work is named.
      if (/[[\]]/.test(taken === 0 ? node.value.replace('[', '') : node.value)) return undefined;
      whole += node.value;
      continue;
    }
    whole += end;
    const [work] = citation.works;
    const [, suffix = '', others = ''] = /^ ?\[([^;]*);(.*)\]$/s.exec(whole) ?? [];
    const group = groupOf(`[${others}]`);
    if (work === undefined || group === undefined || !('works' in group) || group.works.length !== named.length)
      return undefined;
    const more = group.works.map(({ key, prefix, suffix: own, yearOnly }, at): Cited => {
      return { key, prefix, suffix: own, yearOnly, position: named[at]?.position };
    });
    citation.works = [{ ...work, suffix: suffix.trim() }, ...more];
    citation.written += whole;
    return { rest: node.value.slice(end.length), taken };
  }
  return undefined;
}
