/** Where a node of a syntax tree was written, so that a problem can say so. */
import type { Position } from 'unist';
import type { Place } from '../shared/problem.js';
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
  // Found once, however many problems the page has.
  let starts: readonly number[] | undefined;
  const point = (offset: number): { line: number; column: number } => {
    starts ??= [0, ...Array.from(page.text.matchAll(/\r\n|\n|\r/g), (end) => end.index + end[0].length)];
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
  return {
    source: (node) => page.text.slice(span(node).start, span(node).end),
    place: (node, start, end) => {
      const whole = span(node);
      const from = point(whole.start + (start ?? 0));
      const to = point(end === undefined ? whole.end : whole.start + end);
      return page.placeOf({
        ...{ file: page.file, ...from },
        ...(to.line === from.line && to.column > from.column && { end: to }),
      });
    },
  };
}

/** Nodes of Markdown inside an option of a directive, such as a caption: all of it is at the option's value. */
export function optionOrigin(directive: Directive, option: string): Origin {
  return { source: () => '', place: () => directive.placeOf([option], 'value') };
}
