/** Warnings, at their places, of what is left out of an author's HTML. */
import type { Element, Root } from 'hast';
import type { Schema } from 'hast-util-sanitize';
import type { Raw } from 'mdast-util-to-hast';
import { find, html } from 'property-information';
import { suggestion } from '../../shared/suggest.js';
import type { Writer } from '../nodes/writer.js';
import { flow, flowSchema, phrasingSchema } from './author-html-schema.js';

/** An element, and the names of those that it stands in. */
interface Made {
  readonly node: Element;
  readonly ancestors: readonly string[];
}

interface Loss {
  readonly message: string;
  readonly hint: string;
}

/**
 * Tags that open something, declarations and instructions, and what a tag cannot stand in. A comment, a tag or a quote that is never closed goes to the end, so
 * that each character is read once.
 */
const tags =
  /<!--[\s\S]*?(?:-->|$)|<([?!])[^>]*(?:>|$)|<([a-z][\w-]{0,30})(?:=\s*"[^"]*(?:"|$)|=\s*'[^']*(?:'|$)|=\s*[^\s"'>][^\s>]*|[^>=]+|=)*(>|$)/gi;

/** `parsed` is what the parser made of the author's `raws`, before anything is left out. */
export function warnOfLosses(parsed: Root, raws: readonly Raw[], inLine: boolean, writer: Writer): void {
  const schema = inLine ? phrasingSchema : flowSchema;
  const elements = new Map<number, Made>();
  const swallowed: [number, number][] = [];
  const visit = (node: Element, ancestors: readonly string[]): void => {
    const [start, end] = [node.position?.start.offset, node.position?.end.offset];
    if (start !== undefined) elements.set(start, { node, ancestors });
    if (schema.strip?.includes(node.tagName) === true) {
      if (start !== undefined) swallowed.push([start, end === start ? Number.POSITIVE_INFINITY : (end ?? start)]);
      return;
    }
    const around = [...ancestors, node.tagName];
    for (const child of node.children) if (child.type === 'element') visit(child, around);
  };
  for (const child of parsed.children) if (child.type === 'element') visit(child, []);
  swallowed.sort(([one], [other]) => one - other);
  let [next, swallowedTo] = [0, 0];
  for (const raw of raws) {
    const from = raw.position?.start.offset ?? 0;
    for (const { 0: written, 1: declared, 2: name, 3: end, index } of raw.value.matchAll(tags)) {
      const at = from + index;
      for (let range = swallowed[next]; range !== undefined && range[0] < at; range = swallowed[next]) {
        swallowedTo = Math.max(swallowedTo, range[1]);
        next += 1;
      }
      if (at < swallowedTo) continue;
      if (declared !== undefined) {
        const lost = { message: `what starts with "<${declared}" is not published`, hint: 'write it as code: `…`' };
        writer.problem(raw, { rule: 'raw-html', severity: 'warning', ...lost }, index, index + written.length);
      }
      if (name === undefined) continue;
      if (end === '') {
        const unclosed = {
          message: `<${name} is never closed with ">"; what follows it is left out`,
          hint: 'close it',
        };
        writer.problem(raw, { rule: 'raw-html', severity: 'warning', ...unclosed }, index, index + 1 + name.length);
        continue;
      }
      const made = elements.get(at);
      for (const loss of lossesOf(name.toLowerCase(), made, schema))
        writer.problem(raw, { rule: 'raw-html', severity: 'warning', ...loss }, index, index + written.length);
    }
  }
}

/** `made` is what the tag opened; nothing where HTML has no place for it. */
function lossesOf(tag: string, made: Made | undefined, schema: Schema): readonly Loss[] {
  if (schema.strip?.includes(tag) === true)
    return [{ message: `<${tag}> and what it holds are not published`, hint: 'leave it out, or write Markdown' }];
  if (schema.tagNames?.includes(tag) !== true) {
    if (flow.includes(tag))
      return [
        {
          message: `<${tag}> cannot stand inside a line of text`,
          hint: 'write it on a line of its own, after a blank line',
        },
      ];
    const hint = tag.length > 1 ? suggestion(tag, schema.tagNames ?? []) : 'write Markdown';
    return [{ message: `<${tag}> is not published`, hint }];
  }
  const around = schema.ancestors?.[tag];
  const isInPlace = around === undefined || around.some((one) => made?.ancestors.includes(one));
  if (made?.node.tagName !== tag || !isInPlace) {
    const message =
      around === undefined ? `<${tag}> cannot stand here` : `<${tag}> belongs inside <${around.join('> or <')}>`;
    return [{ message, hint: 'put it there, or leave it out' }];
  }
  return Object.keys(made.node.properties).flatMap((property) => {
    if (isAllowed(property, tag, schema)) return [];
    return [
      { message: `the attribute "${attributeName(property)}" of <${tag}> is not published`, hint: 'leave it out' },
    ];
  });
}

/** Whether an element may have an attribute, whatever it says. */
export function isAllowed(property: string, tag: string, { attributes }: Schema): boolean {
  const named = (list: readonly (string | readonly unknown[])[] = []): boolean =>
    list.some((one) => one === property || one[0] === property);
  return named(attributes?.['*']) || named(attributes?.[tag]);
}

/** "class" of "className". */
export function attributeName(property: string): string {
  return find(html, property).attribute;
}
