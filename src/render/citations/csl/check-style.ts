/** A style as a tree for citeproc-js. It may be a stranger's: what would not end, or not soon, is refused. */
import { parseXml, type XmlElement } from '../../../svg/parse.js';
import type { CslNode } from './processor.js';

export interface Refused {
  readonly refused: string;
  readonly hint: string;
}

/** The largest of Zotero's styles, Chicago's with notes, has 20,000 elements when its macros are written out. */
const mostElements = 200_000;
const mostCharacters = 5_000_000;

const useOther = 'take another style, from https://www.zotero.org/styles';

/** The style in the text of a .csl file. */
export function readStyle(text: string): CslNode | Refused {
  const root = parseXml(text);
  if ('refused' in root) return { refused: `it is no CSL style: ${root.refused}`, hint: useOther };
  return checkStyle(treeOf(root));
}

function treeOf({ tag, attributes, children }: XmlElement): CslNode {
  const name = tag.replace(/^.*:/, '');
  const nodes = children.map((child) => (typeof child === 'string' ? child : treeOf(child)));
  // Blanks between elements mean nothing, but an empty term is a term.
  const kept = nodes.some((node) => typeof node !== 'string')
    ? nodes.filter((node) => typeof node !== 'string')
    : nodes;
  return { name, attrs: Object.fromEntries(attributes), children: name === 'term' && kept.length === 0 ? [''] : kept };
}

/** The style itself when it can be used. */
export function checkStyle(style: CslNode): CslNode | Refused {
  if (style.name !== 'style') return { refused: `it is no CSL style but <${style.name}>`, hint: useOther };
  const named = (node: CslNode, name: string): CslNode[] => elementsOf(node).filter((child) => child.name === name);
  const info = named(style, 'info').flatMap(elementsOf);
  const parent = info.find(({ name, attrs }) => name === 'link' && attrs['rel'] === 'independent-parent');
  const citation = named(style, 'citation')[0];
  if (citation === undefined) {
    const id = /([\w-]+)\/?$/.exec(parent?.attrs['href'] ?? '')?.[1];
    return {
      refused: 'it says nothing of citations',
      hint: id === undefined ? useOther : `it has the form of the style ${id}: take that one`,
    };
  }
  if (style.attrs['class'] === 'note') {
    return {
      refused: 'it is a style of footnotes, and pages cite in their sentences',
      hint: 'take one with authors and years or with numbers, such as chicago-author-date',
    };
  }
  const macros = new Map(named(style, 'macro').map((macro) => [macro.attrs['name'] ?? '', macro]));
  const size = sizeWith(macros);
  const layouts = [citation, ...named(style, 'bibliography')];
  let elements = 0;
  let characters = 0;
  for (const layout of layouts) {
    const made = size(layout);
    if (typeof made === 'string') return { refused: made, hint: useOther };
    elements += made.elements;
    characters += made.characters;
  }
  return elements > mostElements || characters > mostCharacters
    ? { refused: `it has more than ${mostElements} elements when its macros are written out`, hint: useOther }
    : withDefaults(style);
}

/** Years of one author are joined as CSL says, which citeproc-js does only where a style says it in one way of several. */
function withDefaults(style: CslNode): CslNode {
  const children = style.children.map((child) => {
    if (typeof child === 'string' || child.name !== 'citation') return child;
    const { 'after-collapse-delimiter': after, ...attrs } = child.attrs;
    if (!/^year/.test(attrs['collapse'] ?? '')) return child;
    const layout = elementsOf(child).find(({ name }) => name === 'layout');
    // It is that of the layout anyway.
    const kept =
      after === undefined || after === layout?.attrs['delimiter'] ? {} : { 'after-collapse-delimiter': after };
    return { ...child, attrs: { 'cite-group-delimiter': ', ', ...attrs, ...kept } };
  });
  return { ...style, children };
}

function elementsOf({ children }: CslNode): CslNode[] {
  return children.filter((child) => typeof child !== 'string');
}

interface Size {
  readonly elements: number;
  readonly characters: number;
}

/** How large an element is with its macros written out, or why that never ends. */
function sizeWith(macros: ReadonlyMap<string, CslNode>): (node: CslNode) => Size | string {
  const known = new Map<string, Size | string>();
  const ofMacro = (name: string): Size | string => {
    const before = known.get(name);
    if (before !== undefined) return before;
    known.set(name, `its macro "${name}" holds itself`);
    const macro = macros.get(name);
    const size = macro === undefined ? `it has no macro "${name}", which it names` : of(macro);
    known.set(name, size);
    return size;
  };
  const of = (node: CslNode): Size | string => {
    let elements = 1;
    let characters = Object.values(node.attrs).join('').length;
    const macro = node.attrs['macro'];
    const parts = elementsOf(node).map(of);
    if (macro !== undefined) parts.push(ofMacro(macro));
    for (const part of parts) {
      if (typeof part === 'string') return part;
      elements += part.elements;
      characters += part.characters;
    }
    return { elements, characters };
  };
  return of;
}
