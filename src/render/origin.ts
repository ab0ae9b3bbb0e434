/** Where a node of a syntax tree was written, so that a problem can say so. */
import type { Position } from 'unist';
import type { Place } from '../problem.js';
import type { Directive, Page } from '../source/report.js';

interface Positioned {
  readonly position?: Position | undefined;
}

export interface Origin {
  /** The node as written; empty when that is not known. */
  readonly source: (node: Positioned) => string;
  /** Its place, or that of a part of it: offsets into `source(node)`. */
  readonly place: (node: Positioned, start?: number, end?: number) => Place;
}

/** Nodes of a page's own tree. */
export function pageOrigin(page: Page): Origin {
  const span = (node: Positioned): { start: number; end: number } => ({
    start: node.position?.start.offset ?? 0,
    end: node.position?.end.offset ?? 0,
  });
  return {
    source: (node) => page.text.slice(span(node).start, span(node).end),
    place: (node, start, end) => {
      const whole = span(node);
      const from = point(page.text, whole.start + (start ?? 0));
      const to = point(page.text, end === undefined ? whole.end : whole.start + end);
      return { file: page.file, ...from, ...(to.line === from.line && to.column > from.column && { end: to }) };
    },
  };
}

/** Nodes of Markdown inside an option of a directive, such as a caption: all of it is at the option's value. */
export function optionOrigin(directive: Directive, option: string): Origin {
  return { source: () => '', place: () => directive.placeOf([option], 'value') };
}

function point(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split(/\r\n|\n|\r/);
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}
