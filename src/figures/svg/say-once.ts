/** What several panels draw alike, such as the same samples, is there once; the others refer to it. */
import { isElement, printSvg, type SvgElement } from '../../svg/tree.js';

/** A path is long enough to be worth a reference from here on. */
const long = 200;

interface Place {
  readonly parent: SvgElement;
  readonly index: number;
  readonly path: SvgElement;
}

/** Changes the drawing; ids of what is referred to begin with `prefix`. */
export function sayOnce(svg: SvgElement, prefix: string): void {
  let names = 0;
  for (const places of longPaths(svg).values()) {
    if (places.length < 2) continue;
    names += 1;
    const name = `${prefix}.same-${names}`;
    for (const [time, { parent, index, path }] of places.entries()) {
      parent.children[index] =
        time === 0
          ? { ...path, attributes: new Map([['id', name], ...path.attributes]) }
          : { tag: 'use', attributes: new Map([['href', `#${name}`]]), children: [] };
    }
  }
}

/** By what they say. */
function longPaths(svg: SvgElement): Map<string, Place[]> {
  const places = new Map<string, Place[]>();
  const visit = (parent: SvgElement): void => {
    for (const [index, node] of parent.children.entries()) {
      if (!isElement(node) || node.tag === 'defs') continue;
      const text = node.tag === 'path' ? printSvg(node) : '';
      if (text.length >= long) {
        const known = places.get(text);
        if (known === undefined) places.set(text, [{ parent, index, path: node }]);
        else known.push({ parent, index, path: node });
      }
      visit(node);
    }
  };
  visit(svg);
  return places;
}
