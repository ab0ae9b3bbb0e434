/**
 * The ids of a drawing: in the order in which they are defined, where Vega's come from a counter of the whole process, and
 * with the figure's own as a prefix, because many drawings share a page. After it stands a dot, which no id of an author's has.
 */
import { isElement, printSvg, type SvgElement, type SvgNode } from '../../svg/tree.js';

/** Renames what the drawing defines and refers to; equal definitions become one. */
export function renameIds(svg: SvgElement, prefix: string): void {
  const names = new Map<string, string>();
  const byContent = new Map<string, string>();
  const definitions: SvgElement[] = [];
  for (const definition of svg.children.filter(isDefs).flatMap(({ children }) => children.filter(isElement))) {
    const id = definition.attributes.get('id') ?? '';
    const others = [...definition.attributes].filter(([attribute]) => attribute !== 'id');
    const content = printSvg({ ...definition, attributes: new Map(others) });
    let name = byContent.get(content);
    if (name === undefined) {
      name = `${prefix}.${byContent.size + 1}`;
      byContent.set(content, name);
      definition.attributes.set('id', name);
      definitions.push(definition);
    }
    names.set(id, name);
  }
  const drawn = svg.children.filter((child) => !isDefs(child));
  const defs: SvgElement = { tag: 'defs', attributes: new Map(), children: definitions };
  svg.children = definitions.length === 0 ? drawn : [defs, ...drawn];
  rename(svg, names);
}

const isDefs = (node: SvgNode): node is SvgElement => isElement(node) && node.tag === 'defs';

/** A reference to nothing goes. */
function rename({ attributes, children }: SvgElement, names: ReadonlyMap<string, string>): void {
  for (const [name, value] of attributes) {
    if (!value.startsWith('url(#')) continue;
    const target = names.get(value.slice('url(#'.length, -1));
    if (target === undefined) attributes.delete(name);
    else attributes.set(name, `url(#${target})`);
  }
  for (const child of children) if (isElement(child)) rename(child, names);
}
