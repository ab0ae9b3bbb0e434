/** Parts of running text, by where they stand in the source. */
import type { PhrasingContent, Text } from 'mdast';
import type { Point } from 'unist';

/** What of running text stands before an offset of the source; undefined where the offset is inside something else than text. */
export function before(
  nodes: readonly PhrasingContent[],
  offset: number,
  source: string,
): PhrasingContent[] | undefined {
  const kept: PhrasingContent[] = [];
  for (const node of nodes) {
    const { start, end } = span(node);
    if (end <= offset) kept.push(node);
    else if (start < offset) {
      const left = cutEnd(node, source.slice(offset, end));
      if (left === undefined) return undefined;
      kept.push(left);
    }
  }
  return kept;
}

/** What of running text stands from an offset on; undefined where the offset is inside something else than text. */
export function from(nodes: readonly PhrasingContent[], offset: number, source: string): PhrasingContent[] | undefined {
  const kept: PhrasingContent[] = [];
  for (const node of nodes) {
    const { start, end } = span(node);
    if (start >= offset) kept.push(node);
    else if (end > offset) {
      const left = cutStart(node, source.slice(start, offset));
      if (left === undefined) return undefined;
      kept.push(left);
    }
  }
  return kept;
}

/** The first line of running text and the rest, without the line's end between them. */
export function firstLine(nodes: readonly PhrasingContent[]): { line: PhrasingContent[]; rest: PhrasingContent[] } {
  for (const [index, node] of nodes.entries()) {
    if (node.type === 'break') return { line: nodes.slice(0, index), rest: nodes.slice(index + 1) };
    const at = node.type === 'text' ? node.value.indexOf('\n') : -1;
    if (node.type !== 'text' || at < 0) continue;
    const [head, tail] = [node.value.slice(0, at), node.value.slice(at + 1)];
    const end = node.position?.end;
    const start = node.position?.start;
    const line = start === undefined ? undefined : { start, end: moved(start, head.length) };
    // Where the rest starts in its line is not known: it may be indented.
    const below = start === undefined || end === undefined ? undefined : { start: nextLineOf(start, end, tail), end };
    return {
      line: [...nodes.slice(0, index), ...(head === '' ? [] : [text(head, line)])],
      rest: [...(tail === '' ? [] : [text(tail, below)]), ...nodes.slice(index + 1)],
    };
  }
  return { line: [...nodes], rest: [] };
}

function text(value: string, position: Text['position']): Text {
  return { type: 'text', value, ...(position !== undefined && { position }) };
}

function nextLineOf(start: Point, end: Point, tail: string): Point {
  if (tail.includes('\n'))
    return { line: start.line + 1, column: 1, ...(start.offset !== undefined && { offset: start.offset }) };
  return moved(end, -tail.length);
}

function moved({ line, column, offset }: Point, by: number): Point {
  return { line, column: column + by, ...(offset !== undefined && { offset: offset + by }) };
}

function span({ position }: PhrasingContent): { start: number; end: number } {
  const start = position?.start.offset ?? 0;
  return { start, end: position?.end.offset ?? start };
}

/** A text without what its source ends with, and without the blanks before that. */
function cutEnd(node: PhrasingContent, tail: string): Text | undefined {
  if (node.type !== 'text' || !node.value.endsWith(tail) || node.position === undefined) return undefined;
  const value = node.value.slice(0, node.value.length - tail.length);
  return text(value, { start: node.position.start, end: moved(node.position.end, -tail.length) });
}

function cutStart(node: PhrasingContent, head: string): Text | undefined {
  if (node.type !== 'text' || !node.value.startsWith(head) || node.position === undefined) return undefined;
  return text(node.value.slice(head.length), {
    start: moved(node.position.start, head.length),
    end: node.position.end,
  });
}
