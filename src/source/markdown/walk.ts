/** Every node of a syntax tree in reading order, with captions and titles, which are no children. */
import type { Image, Nodes, Table } from 'mdast';
import type { Callout, Container } from './syntax.js';

/** Calls `visit` for each node; `false` from it leaves the node's children out. */
export function walk(node: Nodes, visit: (node: Nodes) => boolean | undefined): void {
  if (visit(node) === false) return;
  for (const child of besides(node)) walk(child, visit);
  if ('children' in node) for (const child of node.children) walk(child, visit);
}

function besides(node: Nodes): readonly Nodes[] {
  switch (node.type) {
    case 'image':
      return (node satisfies Image).data?.caption ?? [];
    case 'container':
      return (node satisfies Container).caption ?? [];
    case 'table':
      return (node satisfies Table).data?.caption ?? [];
    case 'callout':
      return (node satisfies Callout).title;
    default:
      return [];
  }
}
