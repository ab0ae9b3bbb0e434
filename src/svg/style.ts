/** The styles of an SVG file as what they say of each element, so that attributes can say it. */
import type { XmlElement } from './parse.js';

/** What has an attribute of the same name. */
const properties = new Set([
  ...['fill', 'fill-opacity', 'fill-rule', 'stroke', 'stroke-opacity', 'stroke-width', 'stroke-linecap'],
  ...['stroke-linejoin', 'stroke-miterlimit', 'stroke-dasharray', 'stroke-dashoffset', 'opacity', 'color', 'display'],
  ...[
    'visibility',
    'overflow',
    'clip-path',
    'clip-rule',
    'mask',
    'mask-type',
    'filter',
    'flood-color',
    'flood-opacity',
  ],
  ...['lighting-color', 'stop-color', 'stop-opacity', 'marker-start', 'marker-mid', 'marker-end', 'paint-order'],
  ...['vector-effect', 'shape-rendering', 'text-rendering', 'image-rendering', 'color-interpolation'],
  ...['color-interpolation-filters', 'font-family', 'font-size', 'font-style', 'font-variant', 'font-weight'],
  ...['font-stretch', 'text-anchor', 'text-decoration', 'dominant-baseline', 'alignment-baseline', 'baseline-shift'],
  ...['letter-spacing', 'word-spacing', 'writing-mode', 'direction', 'unicode-bidi', 'pointer-events'],
]);

const localUrl = /url\(\s*(?:#[\w.:-]+|"#[\w.:-]+"|'#[\w.:-]+')\s*\)/gi;
/** Functions of numbers and colours; any other may name an address. */
const functions =
  /(?:^|[^\w-])(?:rgba?|hsla?|translate[XY]?|scale[XY]?|rotate|skew[XY]|matrix|calc|blur|brightness|contrast|grayscale|invert|opacity|saturate|sepia|hue-rotate|cubic-bezier)\(/gi;

/** Whether a value names nothing outside the picture: references within it, functions of numbers, and words. */
export function isHarmless(value: string): boolean {
  const rest = value.replace(localUrl, '').replace(functions, '');
  return !/[(\\@<>{};]|\/\/|[a-z]:/i.test(rest);
}

export interface StyleRule {
  /** From the outermost to the element itself: "g .a" has two. */
  readonly selector: readonly string[];
  readonly weight: number;
  readonly declarations: readonly (readonly [property: string, value: string])[];
}

const simple = /^(?:\*|[A-Za-z][\w-]*)?(?:[.#][\w-]+)*$/;

/** The rules of a stylesheet that select by names; of others, what they begin with goes to `leftOut`. */
export function styleRules(css: string, leftOut: Set<string>): StyleRule[] {
  const rules: StyleRule[] = [];
  let rest = css.replace(/\/\*[\s\S]*?\*\//g, ' ');
  for (;;) {
    rest = rest.trimStart();
    if (rest === '') break;
    const brace = rest.indexOf('{');
    const head = (brace < 0 ? rest : rest.slice(0, brace)).trim();
    if (head.startsWith('@')) {
      leftOut.add(head.split(/[\s;]/)[0] ?? '@');
      rest = rest.slice(endOfAtRule(rest));
      continue;
    }
    const end = rest.indexOf('}', brace);
    if (brace < 0 || end < 0) break;
    const declarations = declarationsIn(rest.slice(brace + 1, end), leftOut);
    for (const written of head.split(',')) {
      const selector = written.trim().split(/\s+/);
      if (selector.every((part) => part !== '' && simple.test(part)))
        rules.push({ selector, weight: weightOf(written), declarations });
      else leftOut.add(`the style of "${written.trim().slice(0, 40)}"`);
    }
    rest = rest.slice(end + 1);
  }
  return rules.sort((a, b) => a.weight - b.weight);
}

/** Past its block, or its semicolon. */
function endOfAtRule(css: string): number {
  let depth = 0;
  for (let at = 0; at < css.length; at += 1) {
    if (css[at] === ';' && depth === 0) return at + 1;
    if (css[at] === '{') depth += 1;
    if (css[at] === '}') {
      depth -= 1;
      if (depth <= 0) return at + 1;
    }
  }
  return css.length;
}

function declarationsIn(text: string, leftOut: Set<string>): [string, string][] {
  return text.split(';').flatMap((declaration): [string, string][] => {
    const colon = declaration.indexOf(':');
    const property = declaration.slice(0, Math.max(colon, 0)).trim().toLowerCase();
    const value = declaration
      .slice(colon + 1)
      .replace(/!\s*important\s*$/i, '')
      .trim();
    if (!properties.has(property)) return [];
    if (isHarmless(value)) return [[property, value]];
    leftOut.add(`${property} of "${value.slice(0, 40)}"`);
    return [];
  });
}

function weightOf(selector: string): number {
  const count = (pattern: RegExp): number => selector.match(pattern)?.length ?? 0;
  return count(/#/g) * 10_000 + count(/\./g) * 100 + count(/(?:^|\s)[A-Za-z]/g);
}

/** What an element's attributes, the rules and its own style say of it, the last one winning. */
export function cascade(
  element: XmlElement,
  above: readonly XmlElement[],
  rules: readonly StyleRule[],
  leftOut: Set<string>,
): Map<string, string> {
  const said = new Map<string, string>();
  for (const [name, value] of element.attributes) {
    if (!properties.has(name)) continue;
    if (isHarmless(value)) said.set(name, value);
    else leftOut.add(`${name} of "${value.slice(0, 40)}"`);
  }
  for (const { selector, declarations } of rules) {
    if (selects(selector, element, above)) for (const [name, value] of declarations) said.set(name, value);
  }
  for (const [name, value] of declarationsIn(element.attributes.get('style') ?? '', leftOut)) said.set(name, value);
  return said;
}

function selects(selector: readonly string[], element: XmlElement, above: readonly XmlElement[]): boolean {
  if (!isSelected(selector.at(-1) ?? '', element)) return false;
  let left = selector.length - 2;
  for (let at = above.length - 1; at >= 0 && left >= 0; at -= 1) {
    const outer = above[at];
    if (outer !== undefined && isSelected(selector[left] ?? '', outer)) left -= 1;
  }
  return left < 0;
}

function isSelected(part: string, { tag, attributes }: XmlElement): boolean {
  const [name = ''] = /^[^.#]*/.exec(part) ?? [];
  if (name !== '' && name !== '*' && name !== tag.replace(/^svg:/, '')) return false;
  const classes = (attributes.get('class') ?? '').split(/\s+/);
  return (part.slice(name.length).match(/[.#][\w-]+/g) ?? []).every((mark) =>
    mark.startsWith('.') ? classes.includes(mark.slice(1)) : attributes.get('id') === mark.slice(1),
  );
}
