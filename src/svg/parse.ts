/**
 * SVG as XML: elements, attributes and text. What a reader of XML would look up or run is not read: a document type that
 * declares anything is refused, comments and processing instructions are passed over.
 */

/** As it was written, with references in values resolved. */
export interface XmlElement {
  /** With its prefix, if it has one. */
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlNode[];
}

export type XmlNode = XmlElement | string;

interface OpenElement extends XmlElement {
  readonly children: XmlNode[];
}

/** More than any picture needs; beyond it a reader's browser, too, takes long. */
const deepest = 200;
const mostElements = 200_000;

/** One piece of a document. A closing tag, an opening one, or what begins with `<!` or `<?`. */
const name = '[A-Za-z_][\\w.:-]*';
const openTag = new RegExp(`<(${name})((?:\\s+${name}\\s*=\\s*(?:"[^"<]*"|'[^'<]*'))*)\\s*(/?)>`, 'y');
const closeTag = new RegExp(`</(${name})\\s*>`, 'y');
const attribute = new RegExp(`(${name})\\s*=\\s*(?:"([^"<]*)"|'([^'<]*)')`, 'g');
const documentType = /<!DOCTYPE\s+svg(?:\s+(?:PUBLIC|SYSTEM|"[^"<>]*"|'[^'<>]*'))*\s*>/iy;

/** The root element, or a sentence on what is wrong. */
export function parseXml(text: string): XmlElement | { readonly refused: string } {
  const top: OpenElement = { tag: '', attributes: new Map(), children: [] };
  const open: OpenElement[] = [top];
  let elements = 0;
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const refuse = (what: string): { readonly refused: string } => ({
    refused: `${what} in line ${text.slice(0, at).split('\n').length}`,
  });
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  while (at < text.length) {
    const parent = open.at(-1) ?? top;
    const next = text.indexOf('<', at);
    const end = next < 0 ? text.length : next;
    if (end > at) {
      const words = resolved(text.slice(at, end));
      if (words === undefined) return refuse('there is an entity that is not declared');
      if (open.length > 1) parent.children.push(words);
      else if (words.trim() !== '') return refuse('there is text outside its element');
      at = end;
      continue;
    }
    const passedOver = [
      ['<!--', '-->'],
      ['<?', '?>'],
      ['<![CDATA[', ']]>'],
    ].find(([start = '']) => text.startsWith(start, at));
    if (passedOver !== undefined) {
      const [start = '', stop = ''] = passedOver;
      const over = text.indexOf(stop, at + start.length);
      if (over < 0) return refuse(`${start} is never closed`);
      if (start === '<![CDATA[' && open.length > 1) parent.children.push(text.slice(at + start.length, over));
      at = over + stop.length;
      continue;
    }
    const type = match(documentType);
    if (type !== null && open.length === 1) {
      at += type[0].length;
      continue;
    }
    const closed = match(closeTag);
    if (closed !== null) {
      if (open.length === 1 || closed[1] !== parent.tag) return refuse(`</${closed[1] ?? ''}> closes nothing`);
      open.pop();
      at += closed[0].length;
      continue;
    }
    const opened = match(openTag);
    if (opened === null) return refuse('it is no well-formed XML, or declares something');
    const [whole, tag = '', written = '', alone] = opened;
    elements += 1;
    if (elements > mostElements) return { refused: `it has more than ${mostElements} elements` };
    if (open.length > deepest) return { refused: `its elements are nested more than ${deepest} deep` };
    const attributes = new Map<string, string>();
    for (const [, key = '', double, single] of written.matchAll(attribute)) {
      const value = resolved(double ?? single ?? '');
      if (value === undefined) return refuse('there is an entity that is not declared');
      if (attributes.has(key)) return refuse(`${key} is said twice`);
      attributes.set(key, value);
    }
    const element: OpenElement = { tag, attributes, children: [] };
    parent.children.push(element);
    if (alone === '') open.push(element);
    at += whole.length;
  }
  if (open.length > 1) return refuse(`<${open.at(-1)?.tag ?? ''}> is never closed`);
  const roots = top.children.filter((child) => typeof child !== 'string');
  const [root] = roots;
  return root !== undefined && roots.length === 1 ? root : { refused: 'it has not one root element' };
}

const entities: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** With its references as what they stand for; undefined when one is not known. */
function resolved(text: string): string | undefined {
  if (!text.includes('&')) return text;
  const unknown: string[] = [];
  const whole = text.replace(
    /&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|(\w+));|&/gi,
    (reference, hex?: string, decimal?: string, named?: string) => {
      const code = hex !== undefined ? Number.parseInt(hex, 16) : Number(decimal ?? Number.NaN);
      if (code <= 0x10ffff) return String.fromCodePoint(code);
      const character = entities.get(named ?? '');
      if (character === undefined) unknown.push(reference);
      return character ?? '';
    },
  );
  return unknown.length === 0 ? whole : undefined;
}
