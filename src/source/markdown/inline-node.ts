/** Inline nodes while a line of text is read: a doubly linked list, since emphasis is found from its end. */
export interface InlineNode {
  readonly type: string;
  /** Into the content's text. */
  start: number;
  end: number;
  /** For text. */
  value: string;
  /** Everything else that the tree's node has. */
  readonly fields: Readonly<Record<string, unknown>>;
  previous: InlineNode | undefined;
  next: InlineNode | undefined;
  first: InlineNode | undefined;
  last: InlineNode | undefined;
}

export function inlineNode(
  type: string,
  start: number,
  end: number,
  value = '',
  fields: Readonly<Record<string, unknown>> = {},
): InlineNode {
  return {
    type,
    start,
    end,
    value,
    fields,
    previous: undefined,
    next: undefined,
    first: undefined,
    last: undefined,
  };
}

/** Puts a node at the end of a parent's children. */
export function append(parent: InlineNode, child: InlineNode): void {
  child.previous = parent.last;
  child.next = undefined;
  if (parent.last === undefined) parent.first = child;
  else parent.last.next = child;
  parent.last = child;
}

/**
 * Moves the nodes from `first` up to `last` into a new node that takes their place among the children of `parent`; with
 * no `first`, an empty one is put before `last`'s place.
 */
export function wrap(parent: InlineNode, wrapper: InlineNode, first: InlineNode, last: InlineNode): void {
  const before = first.previous;
  const after = last.next;
  wrapper.first = first;
  wrapper.last = last;
  first.previous = undefined;
  last.next = undefined;
  wrapper.previous = before;
  wrapper.next = after;
  if (before === undefined) parent.first = wrapper;
  else before.next = wrapper;
  if (after === undefined) parent.last = wrapper;
  else after.previous = wrapper;
}

export function remove(parent: InlineNode, node: InlineNode): void {
  if (node.previous === undefined) parent.first = node.next;
  else node.previous.next = node.next;
  if (node.next === undefined) parent.last = node.previous;
  else node.next.previous = node.previous;
  node.previous = undefined;
  node.next = undefined;
}
