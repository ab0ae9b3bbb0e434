/** Numbers in the text alternative that an author wrote for a figure: `alt:` is Markdown, and its numbers are results. */
import type { Nodes } from 'mdast';
import type { DrawnFigure } from '../figures/figure.js';
import { sha256 } from '../shared/hash.js';
import { nodeId, proseScope } from '../shared/node-id.js';
import type { Directive } from '../source/report.js';
import { escapeAttribute } from '../svg/tree.js';

/** The figure with the numbers that its alternative asks for, by their places; the figure itself where it has none. */
export function withComputedAlternative(
  figure: DrawnFigure,
  { prose, at }: Directive,
  values: ReadonlyMap<string, string>,
): DrawnFigure {
  if (prose.alt === undefined) return figure;
  const scope = proseScope({ at }, 'alt');
  const found: string[] = [];
  const textOf = (node: Nodes): string => {
    const value = values.get(nodeId(scope, node));
    if (node.type === 'inlineCode' && value !== undefined) {
      found.push(value);
      return value;
    }
    return 'children' in node ? node.children.map(textOf).join('') : 'value' in node ? node.value : '';
  };
  const description = textOf(prose.alt);
  if (found.length === 0) return figure;
  const saying = (svg: string): string =>
    svg.replace(/ aria-label="[^"]*"/, () => ` aria-label="${escapeAttribute(description)}"`);
  const { svg, narrow, digest } = figure;
  return {
    ...figure,
    ...{ svg: saying(svg), description, digest: sha256(`${digest} ${description}`) },
    ...(narrow !== undefined && { narrow: { ...narrow, svg: saying(narrow.svg) } }),
  };
}
