/** A drawing of ours that was kept as text: what comes out of a store passes the same lists as what has just been drawn. */
import { cleanAttributes, isDrawn } from './clean.js';
import { parseXml, type XmlElement, type XmlNode } from './parse.js';
import { escapeAttribute, escapeText, printSvg, type SvgElement, type SvgNode } from './tree.js';

/** What only the whole drawing says. */
const ofWhole: ReadonlyMap<string, RegExp> = new Map([
  ['xmlns', /^http:\/\/www\.w3\.org\/2000\/svg$/],
  ['class', /^figure-drawing$/],
  ['role', /^img$/],
  ['aria-label', /^[^]*$/],
  ['font-family', /^[\w ,'-]*$/],
]);

/** The drawing with nothing in it but what is on the lists; undefined when it is none. */
export function cleanDrawing(text: string): string | undefined {
  const root = parseXml(text);
  if ('refused' in root || root.tag !== 'svg') return undefined;
  const { attributes, children } = cleaned(root);
  const whole = [...root.attributes].flatMap(([name, value]): [string, string][] => {
    if (ofWhole.get(name)?.test(value) === true) return [[name, escapeAttribute(value)]];
    const kept = attributes.get(name);
    return kept === undefined ? [] : [[name, kept]];
  });
  return printSvg({ tag: 'svg', attributes: new Map(whole), children });
}

function cleaned({ tag, attributes, children }: XmlElement): SvgElement {
  return {
    tag,
    attributes: tag === 'use' ? reference(attributes) : cleanAttributes(Object.fromEntries(attributes)),
    children: children.flatMap(cleanNode),
  };
}

function cleanNode(node: XmlNode): readonly SvgNode[] {
  if (typeof node === 'string') return [escapeText(node)];
  return node.tag === 'use' || isDrawn(node.tag) ? [cleaned(node)] : [];
}

function reference(attributes: ReadonlyMap<string, string>): Map<string, string> {
  const href = attributes.get('href') ?? '';
  return new Map(/^#[\w.-]+$/.test(href) ? [['href', href]] : []);
}
