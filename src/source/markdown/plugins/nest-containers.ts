/** What stands between two fences of colons becomes one node; a fence that closes nothing is text. */
import type { BlockContent, Paragraph, Parent, RootContent } from 'mdast';
import type { Root } from 'mdast';
import { visit } from 'unist-util-visit';
import { TooMuchMarkdown } from '../too-much.js';
import type { Container, ContainerFence } from '../syntax.js';

const deepest = 30;

export function nestContainers() {
  return (tree: Root): void => {
    visit(tree, (node) => {
      if (!('children' in node) || !node.children.some(({ type }) => type === 'containerFence')) return;
      (node as Parent).children = nested(node.children as RootContent[]);
    });
  };
}

function nested(children: readonly RootContent[]): RootContent[] {
  const whole: RootContent[] = [];
  const open: Container[] = [];
  const add = (node: RootContent): void => {
    const container = open.at(-1);
    if (container === undefined) whole.push(node);
    else {
      container.children.push(node as BlockContent);
      reach(container, node);
    }
  };
  for (const node of children.flatMap(atFence)) {
    if (node.type !== 'containerFence') add(node);
    else if (node.attributes !== undefined) {
      const { attributes, position } = node;
      const container: Container = { type: 'container', attributes, closed: false, children: [], ...copied(position) };
      add(container);
      open.push(container);
      if (open.length > deepest) {
        const message = `more than ${deepest} fences of colons are open here`;
        throw new TooMuchMarkdown(
          'nested-too-deep',
          position?.start.line ?? 1,
          message,
          'close them with lines of :::',
        );
      }
    } else {
      const container = open.pop();
      if (container === undefined) add(asText(node));
      else {
        container.closed = true;
        reach(container, node);
      }
    }
  }
  return whole;
}

/** HTML goes on to the next blank line, also over the colons below it, which are a fence all the same. */
function atFence(node: RootContent): RootContent[] {
  if (node.type !== 'html') return [node];
  const [, html, colons] = /^([^]*)\n {0,3}(:{3,})[ \t]*$/.exec(node.value) ?? [];
  if (html === undefined || colons === undefined) return [node];
  const end = node.position?.end;
  const start = end && { line: end.line, column: 1, offset: (end.offset ?? 0) - (end.column - 1) };
  const position = start && { start, end };
  return [
    { ...node, value: html },
    { type: 'containerFence', written: colons, ...(position !== undefined && { position }) },
  ];
}

/** A container ends where the last thing in it does. */
function reach(container: Container, { position }: RootContent): void {
  if (container.position !== undefined && position !== undefined) container.position.end = position.end;
}

function copied(position: ContainerFence['position']): Pick<Container, 'position'> {
  return position === undefined ? {} : { position: { ...position } };
}

function asText({ written, position }: ContainerFence): Paragraph {
  const place = position === undefined ? {} : { position };
  return { type: 'paragraph', children: [{ type: 'text', value: written, ...place }], ...place };
}
