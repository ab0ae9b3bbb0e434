/** Which works a page cites, and whether the report's list of them stands on it. */
import type { Nodes, Root } from 'mdast';
import { walk } from './markdown/walk.js';
import type { CitedWorks, Directive } from './report.js';

const nothing: CitedWorks = { keys: [], holdsList: false };

/** What a page and its captions cite. */
export function citedIn(text: string, tree: Root, directives: readonly Pick<Directive, 'prose'>[]): CitedWorks {
  // Most pages of most reports cite nothing, and are not searched for it.
  if (!text.includes('@') && !text.includes('#refs')) return nothing;
  const keys = new Set<string>();
  let holdsList = false;
  const visit = (node: Nodes): undefined => {
    if (node.type === 'citation') for (const { key } of node.works) keys.add(key);
    if (node.type === 'container' && node.attributes.id === 'refs') holdsList = true;
    return undefined;
  };
  walk(tree, visit);
  for (const { prose } of directives) if (prose.caption !== undefined) walk(prose.caption, visit);
  return { keys: [...keys], holdsList };
}
