/** Whether what a plugin leaves is a tree that others can go through. */
const deepest = 1000;

interface Visit {
  readonly node: unknown;
  readonly depth: number;
}

/** What is wrong with a tree; undefined when nothing is. */
export function faultOfTree(tree: unknown): string | undefined {
  if (!isObject(tree) || tree['type'] !== 'root') return 'a tree starts with a root';
  const seen = new Set<unknown>();
  const open: Visit[] = [{ node: tree, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, depth } = next;
    if (!isObject(node) || typeof node['type'] !== 'string') return 'every node is an object with a type';
    const { type, value, children, properties } = node;
    if (seen.has(node)) return `a node of the type "${type}" stands in it twice; copy it`;
    if (depth > deepest) return `it is more than ${deepest} levels deep`;
    if (value !== undefined && value !== null && typeof value !== 'string') return `the value of "${type}" is no text`;
    if (isParent(type) && !Array.isArray(children)) return `a node of the type "${type}" has no list of children`;
    if (type === 'element' && !areProperties(properties))
      return 'properties are text, numbers, true or false, or lists of them';
    seen.add(node);
    if (Array.isArray(children)) for (const child of children) open.push({ node: child, depth: depth + 1 });
  }
  return undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isParent(type: string): boolean {
  return type === 'root' || type === 'element' || type === 'paragraph';
}

function areProperties(properties: unknown): boolean {
  return (
    isObject(properties) &&
    Object.values(properties).every((value) => isPlain(value) || (Array.isArray(value) && value.every(isPlain)))
  );
}

function isPlain(value: unknown): boolean {
  return value === null || ['undefined', 'string', 'number', 'boolean'].includes(typeof value);
}
