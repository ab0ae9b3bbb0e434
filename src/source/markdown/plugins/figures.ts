/** A labelled image on a line of its own is a figure, a block of its own, wherever in a paragraph the line stands. */
import type { Image, Paragraph, Parent, PhrasingContent, Root, RootContent, Text } from 'mdast';
import { visit } from 'unist-util-visit';
import type { Figure } from '../syntax.js';

export function findFigures() {
  return (tree: Root): void => {
    visit(tree, (node) => {
      if (!('children' in node) || !node.children.some((child) => child.type === 'paragraph' && hasLabel(child)))
        return;
      const children = node.children as RootContent[];
      (node as Parent).children = children.flatMap((child): RootContent[] =>
        child.type === 'paragraph' ? divided(child) : [child],
      );
    });
  };
}

/** The images of running text that holds nothing else, each with the link around it; none where it holds words. */
export function picturesOf(line: readonly PhrasingContent[]): PhrasingContent[] {
  const said = line.filter((node) => !isBlank(node));
  return said.every((node) => imageOf(node) !== undefined) ? said : [];
}

export function figureOf(picture: PhrasingContent): Figure {
  return { type: 'figure', children: [picture], ...(picture.position && { position: picture.position }) };
}

function imageOf(node: PhrasingContent): Image | undefined {
  if (node.type === 'image') return node;
  const [only, more] = node.type === 'link' ? node.children : [];
  return only?.type === 'image' && more === undefined ? only : undefined;
}

function isLabelled(node: PhrasingContent): boolean {
  return imageOf(node)?.data?.attributes?.id !== undefined;
}

function hasLabel({ children }: Paragraph): boolean {
  return children.some(isLabelled);
}

function isBlank(node: PhrasingContent): boolean {
  return node.type === 'break' || (node.type === 'text' && node.value.trim() === '');
}

/** The paragraph with its figures apart. */
function divided(paragraph: Paragraph): (Paragraph | Figure)[] {
  if (!hasLabel(paragraph)) return [paragraph];
  const parts: (Paragraph | Figure)[] = [];
  let words: PhrasingContent[] = [];
  const end = (): void => {
    const kept = trimmed(words);
    if (kept.length > 0) parts.push(paragraphOf(kept));
    words = [];
  };
  for (const line of linesOf(paragraph.children)) {
    const pictures = picturesOf(line);
    if (!pictures.some(isLabelled)) words.push(...line);
    else {
      end();
      parts.push(...pictures.map(figureOf));
    }
  }
  // Without a figure it stays the very same.
  if (parts.length === 0) return [paragraph];
  end();
  return parts;
}

/** The lines of running text, each with what ends it. */
function linesOf(children: readonly PhrasingContent[]): PhrasingContent[][] {
  const lines: PhrasingContent[][] = [[]];
  for (const node of children) {
    const pieces = node.type === 'text' ? textLines(node) : [node];
    pieces.forEach((piece, index) => {
      if (index > 0) lines.push([]);
      lines.at(-1)?.push(piece);
    });
    if (node.type === 'break') lines.push([]);
  }
  return lines;
}

/** A text at its line ends. Of a part of it no more is known than where the whole stands. */
function textLines({ value, position }: Text): Text[] {
  const lines = value.split('\n');
  const last = lines.length - 1;
  return lines.map((line, index) => {
    return { type: 'text', value: index === last ? line : `${line}\n`, ...(position && { position }) };
  });
}

/** Without blanks at both ends, which were ends of lines. */
function trimmed(words: readonly PhrasingContent[]): PhrasingContent[] {
  const isSaid = words.map((node) => !isBlank(node));
  const kept = words.slice(Math.max(0, isSaid.indexOf(true)), isSaid.lastIndexOf(true) + 1);
  const last = kept.at(-1);
  return last?.type === 'text' ? [...kept.slice(0, -1), { ...last, value: last.value.trimEnd() }] : kept;
}

function paragraphOf(children: PhrasingContent[]): Paragraph {
  const start = children[0]?.position?.start;
  const end = children.at(-1)?.position?.end;
  return { type: 'paragraph', children, ...(start !== undefined && end !== undefined && { position: { start, end } }) };
}
