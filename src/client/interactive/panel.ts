/** One panel of a moving figure: axes that stay, and a plot whose lines and dots are set anew for every frame. */
import { textWidth } from '../../figures/text-width.js';
import { inDrawing } from '../../figures/words.js';
import { type Axis, labels, scale, ticks } from './axis.js';

const namespace = 'http://www.w3.org/2000/svg';

export interface Panel {
  readonly svg: SVGSVGElement;
  /** What stands in its pixels. */
  readonly plot: SVGSVGElement;
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly height: number;
  readonly width: number;
  /** What titles and labels take beside the plot, and above and below it. */
  readonly around: { readonly width: number; readonly height: number };
  /** An empty path in the plot, over those before it. */
  path(attributes: Readonly<Record<string, string | number>>): SVGPathElement;
  /** A text in the plot. */
  text(attributes: Readonly<Record<string, string | number>>): SVGTextElement;
  /** A text on the right of the plot. */
  beside(y: number): SVGTextElement;
  /** Rings a place in the plot; undefined for none. */
  ring(place: readonly [number, number] | undefined): void;
  /** Sets the line above the plot, or in its upper corner where the title leaves no room; a part may have a colour. */
  say(...parts: readonly Said[]): void;
}

export type Said = string | { readonly text: string; readonly colour: string };

export interface PanelOptions {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly width: number;
  readonly height: number;
  /** Beside the plot. */
  readonly right?: number;
}

const margin = { top: 22, bottom: 34, left: 46 };
/** Between the longest label and the axis' title, which is at the left edge, in pixels of the drawing. */
const titleGap = 4;
const roomForLabels = 30 - titleGap;

/** Between two labels, in pixels of the drawing. */
const labelGap = 8;

/** About so many round numbers across a panel of this width, or fewer, so that there is room between their labels. */
function ticksWithRoom(axis: Axis, about: number, width: number): readonly number[] {
  const place = scale(axis, 0, width);
  const chosen = ticks(axis, about);
  const widths = labels(chosen, axis.log).map((label) => textWidth(label, 11));
  const isCrowded = chosen.some((tick, index) => {
    const [next, reach] = [chosen[index + 1], ((widths[index] ?? 0) + (widths[index + 1] ?? 0)) / 2];
    return next !== undefined && place(next) - place(tick) < reach + labelGap;
  });
  return isCrowded && about > 1 ? ticksWithRoom(axis, about - 1, width) : chosen;
}

export function makePanel({ title, x, y, width, height, right = 14 }: PanelOptions): Panel {
  const [grid, across] = [ticks(y, 5), ticksWithRoom(x, width < 180 ? 3 : 5, width)];
  const [up, acrossSaid] = [labels(grid, y.log), labels(across, x.log)];
  // The title stands beside the longest label.
  const longer = Math.max(0, ...up.map((text) => Math.ceil(textWidth(text, 11)) - roomForLabels));
  const left = margin.left + longer;
  const [outerWidth, outerHeight] = [width + left + right, height + margin.top + margin.bottom];
  const svg = element('svg', {
    class: 'colophon-interactive-panel',
    viewBox: `0 0 ${outerWidth} ${outerHeight}`,
    width: outerWidth,
    height: outerHeight,
    'aria-hidden': 'true',
  });
  const frame = element('g', { transform: `translate(${left},${margin.top})` });
  const [toX, toY] = [scale(x, 0, width), scale(y, height, 0)];
  const faint = { fill: 'var(--figure-faint)', 'font-size': 11 };
  frame.append(
    element('path', {
      d: grid.map((value) => `M0 ${toY(value)}h${width}`).join(''),
      stroke: 'var(--figure-grid)',
    }),
    ...grid.map((value, index) =>
      label(up[index] ?? '', { ...faint, x: -6, y: (toY(value) + 3.5).toFixed(2), 'text-anchor': 'end' }),
    ),
    ...across.map((value, index) => {
      const text = acrossSaid[index] ?? '';
      // The last one must not be cut off at the edge.
      const at = Math.min(toX(value), Math.floor(width + right - 2 - textWidth(text, 11) / 2));
      return label(text, { ...faint, x: at, y: height + 16, 'text-anchor': 'middle' });
    }),
    element('path', { d: `M0 ${height}h${width}`, stroke: 'var(--figure-faint)', 'stroke-opacity': 0.6 }),
    label(x.title, { ...faint, x: width / 2, y: height + 30, 'text-anchor': 'middle' }),
    label(y.title, {
      ...faint,
      transform: `translate(${10 - left},${height / 2}) rotate(-90)`,
      'text-anchor': 'middle',
    }),
  );
  const heading = label(title, { x: 0, y: -9, fill: 'var(--figure-ink)', 'font-size': 12, 'font-weight': 600 });
  // With a rim of paper, so that it can be read over the lines of its panel.
  const rim = { stroke: 'var(--figure-paper)', 'stroke-width': 3, 'stroke-linejoin': 'round', 'paint-order': 'stroke' };
  const note = label('', { ...faint, ...rim, x: width, y: -9, 'text-anchor': 'end' });
  // What leaves the plot is cut off at its edges.
  const plot = element('svg', { width, height, overflow: 'hidden', fill: 'none' });
  frame.append(heading, plot, note);
  svg.append(frame);
  const add = <Made extends SVGElement>(made: Made): Made => {
    plot.append(made);
    return made;
  };
  let ring: SVGCircleElement | undefined;
  const titleWidth = textWidth(title, 12, 600);
  let said: readonly Said[] = [];
  return {
    svg,
    plot,
    x: toX,
    y: toY,
    width,
    height,
    around: { width: outerWidth - width, height: outerHeight - height },
    path: (attributes) => add(element('path', attributes)),
    text: (attributes) => add(label('', { ...faint, ...attributes })),
    beside(at) {
      const text = label('', { ...faint, x: width + 6, y: (at + 3.5).toFixed(2) });
      frame.append(text);
      return text;
    },
    ring(place) {
      if (place === undefined) {
        ring?.remove();
        return;
      }
      ring ??= element('circle', { r: 5, stroke: 'var(--figure-ink)', 'stroke-width': 1.5, 'pointer-events': 'none' });
      ring.setAttribute('cx', place[0].toFixed(1));
      ring.setAttribute('cy', place[1].toFixed(1));
      plot.append(ring);
    },
    say: (...parts) => {
      // Setting a text lays the page out again, whatever it says.
      if (parts.length === said.length && parts.every((part, index) => sameSaid(part, said[index]))) return;
      said = parts;
      const texts = parts.map((part) => inDrawing(typeof part === 'string' ? part : part.text));
      const room = width - titleWidth - textWidth(texts.join(''), 11);
      note.setAttribute('y', room > 12 ? '-9' : '11');
      note.replaceChildren(
        ...parts.map((part, index) => {
          const made = element('tspan', typeof part === 'string' ? {} : { fill: part.colour, 'font-weight': 600 });
          made.textContent = texts[index] ?? '';
          return made;
        }),
      );
    },
  };
}

function sameSaid(a: Said, b: Said | undefined): boolean {
  if (typeof a === 'string' || typeof b !== 'object') return a === b;
  return a.text === b.text && a.colour === b.colour;
}

function element<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string | number>>,
): SVGElementTagNameMap[Tag] {
  const made = document.createElementNS(namespace, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  return made;
}

function label(text: string, attributes: Readonly<Record<string, string | number>>): SVGTextElement {
  const made = element('text', attributes);
  made.textContent = text;
  return made;
}
