/** What is left to do when a block ends. */
import type { Point } from 'unist';
import { acceptsLines, type Block, newBlock } from './block.js';
import { Content } from './content.js';
import { type Definitions, normaliseLabel, readDefinition } from './links.js';

/** Sets its end, and takes what its lines hold besides text. */
export function finish(target: Block, end: Point, definitions: Definitions): void {
  target.end = end;
  const last = target.children.at(-1);
  switch (target.type) {
    case 'paragraph':
      takeDefinitions(target, definitions);
      if (target.segments.length === 0) removeFrom(target);
      break;
    case 'indentedCode':
      while (target.segments.at(-1)?.text.trim() === '') target.segments.pop();
      break;
    case 'root':
    case 'list':
    case 'listItem':
    case 'definitionList':
    case 'definitionDescription':
    case 'footnoteDefinition':
      // Blank lines after the last child are no part of it.
      if (last !== undefined) target.end = last.end;
      break;
    case 'blockquote':
    case 'container':
    case 'definitionTerm':
    case 'heading':
    case 'thematicBreak':
    case 'fencedCode':
    case 'html':
    case 'math':
    case 'table':
    case 'tableCaption':
    case 'definition':
      break;
  }
  if (acceptsLines(target) && target.type !== 'fencedCode' && target.type !== 'math') {
    const segment = target.segments.at(-1);
    if (segment !== undefined) {
      const length = segment.text.trimEnd().length;
      target.end = { line: segment.line, column: segment.column + length, offset: segment.offset + length };
    }
  }
}

/** A paragraph whose lines were all definitions, and no line came after. */
function removeFrom({ parent, ...rest }: Block): void {
  const at = parent?.children.findIndex(({ start }) => start === rest.start) ?? -1;
  if (at >= 0 && parent?.children[at]?.type === 'paragraph') parent.children.splice(at, 1);
}

/** Takes the reference definitions from a paragraph's start; a paragraph of nothing else is gone, unless it goes on. */
export function takeDefinitions(target: Block, definitions: Definitions, goesOn = false): void {
  if (target.segments[0]?.text.startsWith('[') !== true) return;
  const content = new Content(target.segments);
  let at = 0;
  const taken: Block[] = [];
  while (content.text[at] === '[') {
    const found = readDefinition(content.text, at);
    if (found === undefined) break;
    const key = normaliseLabel(found.label);
    if (!definitions.has(key)) definitions.set(key, found.target);
    const made = newBlock('definition', target.parent, content.point(at));
    made.end = content.point(Math.max(at, found.end - 1));
    made.label = found.label;
    made.target = found.target;
    made.open = false;
    taken.push(made);
    at = found.end;
  }
  if (taken.length === 0) return;
  const siblings = target.parent?.children ?? [];
  const position = siblings.indexOf(target);
  const rest = at >= content.text.length ? [] : content.from(at);
  target.segments = rest;
  if (rest.length === 0 && !goesOn) siblings.splice(position, 1, ...taken);
  else {
    siblings.splice(position, 0, ...taken);
    const [first] = rest;
    if (first !== undefined) target.start = { line: first.line, column: first.column, offset: first.offset };
  }
}
