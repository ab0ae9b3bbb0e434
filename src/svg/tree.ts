/** A drawing as a tree of elements. Text and attribute values are escaped already. */

/** Whoever works on a drawing has it alone, and changes it in place: it has thousands of elements. */
export interface SvgElement {
  readonly tag: string;
  readonly attributes: Map<string, string>;
  children: SvgNode[];
  /** Whether its path is as short as it gets. */
  readonly isRounded?: true;
  /** Of a group with the marks of a specification's layer, its position among the layers. */
  readonly layer?: number;
  /** Of what an axis draws but its title, the axis's position among all. */
  readonly axis?: number;
  /** Whether it stays as it is, however short it could be said: a script looks for it. */
  isWhole?: true;
}

export type SvgNode = SvgElement | string;

export const isElement = (node: SvgNode): node is SvgElement => typeof node !== 'string';

export function printSvg(node: SvgNode): string {
  if (typeof node === 'string') return node;
  let start = `<${node.tag}`;
  for (const [name, value] of node.attributes) start += ` ${name}="${value}"`;
  if (node.children.length === 0) return `${start}/>`;
  return `${start}>${node.children.map(printSvg).join('')}</${node.tag}>`;
}

/** For an attribute's value. */
export function escapeAttribute(text: string): string {
  return escapeText(text).replaceAll('"', '&quot;');
}

export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replace(forbidden, '');
}

/** What XML 1.0 cannot hold. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is sought
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
