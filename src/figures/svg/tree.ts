/** The markup that Vega writes, as a tree, and back. Text and attribute values stay escaped as they came. */

export interface SvgElement {
  readonly tag: string;
  readonly attributes: Map<string, string>;
  readonly children: readonly SvgNode[];
}

export type SvgNode = SvgElement | string;

const token = /<(\/?)([A-Za-z][\w:-]*)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>|([^<]+)/y;

/** Reads one <svg> element. Throws on anything else than elements with double-quoted attributes, and text. */
export function parseSvg(text: string): SvgElement {
  const root: SvgNode[] = [];
  const open: { tag: string; children: SvgNode[] }[] = [{ tag: '', children: root }];
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const start = token.lastIndex;
    const match = token.exec(text);
    if (match === null) throw new Error(`no SVG at character ${start}: ${text.slice(start, start + 40)}`);
    const [, closing, tag = '', attributes = '', empty, characters] = match;
    const parent = open.at(-1);
    if (characters !== undefined) parent?.children.push(characters);
    else if (closing === '/') {
      if (open.pop()?.tag !== tag) throw new Error(`</${tag}> closes nothing at character ${start}`);
    } else {
      const children: SvgNode[] = [];
      parent?.children.push({ tag, attributes: parseAttributes(attributes), children });
      if (empty !== '/') open.push({ tag, children });
    }
  }
  const [svg] = root;
  if (open.length !== 1 || root.length !== 1 || svg === undefined || typeof svg === 'string') {
    throw new Error('not one complete <svg> element');
  }
  return svg;
}

function parseAttributes(text: string): Map<string, string> {
  return new Map(Array.from(text.matchAll(/([\w:-]+)="([^"]*)"/g), ([, name = '', value = '']) => [name, value]));
}

export function printSvg(node: SvgNode): string {
  if (typeof node === 'string') return node;
  const attributes = Array.from(node.attributes, ([name, value]) => ` ${name}="${value}"`).join('');
  if (node.children.length === 0) return `<${node.tag}${attributes}/>`;
  return `<${node.tag}${attributes}>${node.children.map(printSvg).join('')}</${node.tag}>`;
}

/** For an attribute value or text. */
export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(forbidden, '');
}

/** What XML 1.0 cannot hold. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is sought
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
