/** Numbers in the text alternative that an author wrote for a figure: `alt:` is Markdown, and its numbers are results. */
import type { Nodes } from 'mdast';
import type { DrawnFigure } from '../figures/figure.js';
import { escapeAttribute } from '../svg/tree.js';
import { sha256 } from '../hash.js';
import type { Directive } from '../source/report.js';

/** The figure with what `print` says for each of the numbers; the figure itself where there are none. */
export function withComputedAlternative(
  figure: DrawnFigure,
  { prose }: Directive,
  print: (node: object) => string | undefined,
): DrawnFigure {
  if (prose.alt === undefined) return figure;
  const said = (node: Nodes): string =>
    print(node) ?? ('children' in node ? node.children.map(said).join('') : 'value' in node ? node.value : '');
  if (!isComputed(prose.alt, print)) return figure;
  const description = said(prose.alt);
  const svg = figure.svg.replace(/ aria-label="[^"]*"/, () => ` aria-label="${escapeAttribute(description)}"`);
  return { ...figure, svg, description, digest: sha256(`${figure.digest} ${description}`) };
}

function isComputed(node: Nodes, print: (node: object) => string | undefined): boolean {
  return print(node) !== undefined || ('children' in node && node.children.some((child) => isComputed(child, print)));
}
