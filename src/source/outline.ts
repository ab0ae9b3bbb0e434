/** What of a page has a number or can be referred to, in reading order: all that numbering needs of a page's tree. */
import type { Nodes, Root } from 'mdast';
import type { Place } from '../shared/problem.js';
import { walk } from './markdown/walk.js';
import { nodeId } from '../shared/node-id.js';
import { titleText } from '../shared/title-text.js';

export type Mark =
  /** Of the page's directives. */
  | { readonly is: 'directive'; readonly index: number }
  /** `text` is empty for one without a label. */
  | {
      readonly is: 'heading';
      readonly depth: number;
      readonly id: string | undefined;
      readonly text: string;
      readonly place: Place;
    }
  | { readonly is: 'math' | 'image' | 'table' | 'container'; readonly id: string; readonly place: Place };

/** The marks of a page. `directives` are the page's. */
export function outlineOf(file: string, tree: Root, directives: readonly { readonly at: string }[]): Mark[] {
  const marks: Mark[] = [];
  const indices = new Map(directives.map(({ at }, index) => [at, index]));
  const labelled = (is: 'math' | 'image' | 'table' | 'container', id: string | undefined, node: Nodes): void => {
    if (id !== undefined) marks.push({ is, id, place: placeOf(file, node) });
  };
  walk(tree, (node) => {
    switch (node.type) {
      case 'code': {
        const index = indices.get(nodeId(file, node));
        if (index !== undefined) marks.push({ is: 'directive', index });
        return undefined;
      }
      case 'heading': {
        const id = node.data?.attributes?.id;
        const text = id === undefined ? '' : titleText(node);
        marks.push({ is: 'heading', depth: node.depth, id, text, place: placeOf(file, node) });
        return undefined;
      }
      case 'math':
        labelled('math', node.attributes?.id, node);
        return undefined;
      case 'image':
        labelled('image', node.data?.attributes?.id, node);
        return undefined;
      case 'table':
        labelled('table', node.data?.attributes?.id, node);
        return undefined;
      case 'container':
        labelled('container', node.attributes.id, node);
        return undefined;
      default:
        return undefined;
    }
  });
  return marks;
}

/** The headings of a page in the order of its outline, for who has to tell which is which. */
export function headingsOf(tree: Nodes): Nodes[] {
  const found: Nodes[] = [];
  walk(tree, (node) => {
    if (node.type === 'heading') found.push(node);
    return undefined;
  });
  return found;
}

function placeOf(file: string, { position }: Nodes): Place {
  const start = position?.start ?? { line: 1, column: 1 };
  const end = position?.end;
  const place = { file, line: start.line, column: start.column };
  return end === undefined ? place : { ...place, end: { line: end.line, column: end.column } };
}
