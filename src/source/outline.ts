/** What of a page has a number or can be referred to, in reading order: all that numbering needs of a page's tree. */
import type { Nodes, Root } from 'mdast';
import type { Figure } from './markdown/syntax.js';
import type { Place } from '../shared/problem.js';
import { isPanelLabel, labelKindOf } from '../shared/label-kinds.js';
import { walk } from './markdown/walk.js';
import { nodeId } from '../shared/node-id.js';
import { titleText } from '../shared/title-text.js';

/** A part of a figure or table that others stand beside: the label of that figure. */
interface Part {
  readonly partOf?: string;
}

export type Mark =
  /** Of the page's directives. */
  | ({ readonly is: 'directive'; readonly index: number } & Part)
  /** `text` is empty for one without a label. */
  | {
      readonly is: 'heading';
      readonly depth: number;
      readonly id: string | undefined;
      readonly text: string;
      /** Whether its author wants no number on it. */
      readonly unnumbered?: true;
      readonly place: Place;
    }
  /** `inLine` for an image in a line of text, which is no figure. */
  | ({ readonly is: 'image'; readonly id: string; readonly place: Place; readonly inLine?: true } & Part)
  | ({ readonly is: 'math' | 'table' | 'listing' | 'container'; readonly id: string; readonly place: Place } & Part);

/** The marks of a page. `directives` are the page's. */
export function outlineOf(file: string, tree: Root, directives: readonly { readonly at: string }[]): Mark[] {
  const marks: Mark[] = [];
  const indices = new Map(directives.map(({ at }, index) => [at, index]));
  const labelled = (
    is: 'math' | 'table' | 'listing' | 'container',
    id: string | undefined,
    node: Nodes,
    part: Part,
  ): void => {
    if (id !== undefined) marks.push({ is, id, place: placeOf(file, node), ...part });
  };
  const outline = (inside: Nodes, part: Part): void => {
    walk(inside, (node) => {
      switch (node.type) {
        case 'code': {
          const index = indices.get(nodeId(file, node));
          if (index !== undefined) marks.push({ is: 'directive', index, ...part });
          const id = node.data?.attributes?.id;
          if (index === undefined && labelKindOf(id ?? '') !== undefined) labelled('listing', id, node, part);
          return undefined;
        }
        case 'heading': {
          const attributes = node.data?.attributes;
          const id = attributes?.id;
          const text = id === undefined ? '' : titleText(node);
          const unnumbered = attributes?.classes.includes('unnumbered') === true && { unnumbered: true as const };
          marks.push({ is: 'heading', depth: node.depth, id, text, ...unnumbered, place: placeOf(file, node) });
          return undefined;
        }
        case 'math':
          labelled('math', node.attributes?.id, node, part);
          return undefined;
        case 'figure': {
          const { id, image } = labelledIn(node);
          if (id !== undefined) marks.push({ is: 'image', id, place: placeOf(file, image), ...part });
          return false;
        }
        case 'image': {
          const id = node.data?.attributes?.id;
          if (id !== undefined) marks.push({ is: 'image', id, place: placeOf(file, node), inLine: true });
          return undefined;
        }
        case 'table':
          labelled('table', node.data?.attributes?.id, node, part);
          return undefined;
        case 'container': {
          const { id } = node.attributes;
          labelled('container', id, node, part);
          if (id === undefined || part.partOf !== undefined || !isPanelLabel(id)) return undefined;
          for (const child of node.children) outline(child, { partOf: id });
          return false;
        }
        default:
          return undefined;
      }
    });
  };
  outline(tree, {});
  return marks;
}

/** The image of a figure, and its label. */
function labelledIn({ children: [picture], ...figure }: Figure): { readonly image: Nodes; readonly id?: string } {
  const image = picture?.type === 'link' ? picture.children[0] : picture;
  const id = image?.type === 'image' ? image.data?.attributes?.id : undefined;
  return { image: image ?? { ...figure, children: [] }, ...(id !== undefined && { id }) };
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
