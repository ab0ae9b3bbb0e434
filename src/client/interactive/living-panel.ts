/** One panel of a moving figure: the groups of its layers in the drawing of the build, drawn again for other moments. */
import { lone } from '../../figures/line-names.js';
import type { MovingLayer } from '../../figures/moving/layer.js';
import type { Mark } from '../../figures/moving/marks.js';
import { layerMarks, placesIn, type Plot, rowsByPart } from '../../figures/moving/plot.js';
import type { Row } from '../../figures/panels.js';
import { panelAxes } from './panel-axes.js';

export interface LivingPanel {
  readonly svg: SVGSVGElement;
  /** With the axes that show. */
  readonly plot: Plot;
  /** What its coordinates are those of. */
  readonly frame: SVGGraphicsElement;
  /** Shows other axes from now on; what stands on them is to be drawn again. */
  rescale(plot: Plot): void;
  /** The rows that show. */
  rows(): readonly Row[];
  /** Takes the rows of the layers that do not move, and draws them unless the drawing has them. */
  background(rows: readonly Row[], drawn: boolean): void;
  /** Draws the layers that move. */
  draw(rows: readonly Row[]): void;
  /** Hides the layers of a part, or shows them again. */
  hide(part: string, hidden: boolean): void;
  isHidden(part: unknown): boolean;
  /** Hides the ghost of the first moment at that moment itself. */
  conceal(isStart: boolean): void;
  /** Draws rows of another run over its own, dashed. */
  lay(rows: readonly Row[]): void;
  /** Draws these of its rows once more, over all others, which are faint; of none, all are as they were. */
  mark(rows: readonly Row[], colour: string | undefined): void;
}

const namespace = 'http://www.w3.org/2000/svg';

/** `id` is that of the drawing, by which the groups are named; `parts` are those that move. */
export function livingPanel(
  svg: SVGSVGElement,
  id: string,
  {
    layers,
    plot: drawn,
    parts,
  }: { readonly layers: readonly MovingLayer[]; readonly plot: Plot; readonly parts: readonly string[] },
): LivingPanel {
  const groups = layers.map((layer, index) => {
    const element = document.getElementById(`${id}.m${index}`);
    if (!(element instanceof SVGGraphicsElement)) throw new Error(`the drawing has no layer ${layer.part}`);
    return { layer, element, shown: undefined as Shown[] | undefined };
  });
  let plot = drawn;
  let places = placesIn(plot);
  const moves = new Set(parts.flatMap((part) => [part, lone(part)]));
  let still: readonly Row[] = [];
  let moving: readonly Row[] = [];
  let laid: readonly Row[] = [];
  let laidMarks: Shown[] | undefined;
  const hidden = new Set<string>();
  const over = document.createElementNS(namespace, 'g');
  over.setAttribute('class', 'colophon-over');
  const guest = document.createElementNS(namespace, 'g');
  const clip = groups.map(({ element }) => element.getAttribute('clip-path')).find((one) => one !== null) ?? '';
  guest.setAttribute('clip-path', clip);
  groups.at(-1)?.element.after(guest, over);
  const put = (rows: readonly Row[], has: (part: string) => boolean): void => {
    const byPart = rowsByPart(rows);
    for (const group of groups) {
      if (!has(group.layer.part)) continue;
      group.shown = show(group.element, group.shown, layerMarks(group.layer, byPart, places));
    }
  };
  let atStart = false;
  const isHidden = (part: unknown): boolean =>
    (atStart && part === 'start') || (typeof part === 'string' && [...hidden].some((one) => isOf(part, one)));
  const apply = (): void => {
    for (const { layer, element } of groups) {
      if (isHidden(layer.part)) element.setAttribute('display', 'none');
      else element.removeAttribute('display');
    }
  };
  const [first] = groups;
  const drawAxes = panelAxes(svg, first?.element ?? svg, drawn);
  return {
    svg,
    get plot() {
      return plot;
    },
    rescale(to) {
      plot = to;
      places = placesIn(to);
      drawAxes(to);
    },
    frame: first?.element ?? svg,
    rows: () => [...still, ...moving, ...laid],
    background(rows, drawn) {
      still = rows;
      const stillParts = new Set(rows.map(({ part }) => part));
      if (!drawn) put(rows, (part) => stillParts.has(part));
    },
    draw(rows) {
      moving = rows;
      put(rows, (part) => moves.has(part));
    },
    lay(rows) {
      if (laid.length === 0 && rows.length === 0) return;
      laid = rows;
      const byPart = rowsByPart(rows);
      const marks = layers.flatMap((layer) =>
        ['note', 'above'].includes(layer.part) || isHidden(layer.part) ? [] : layerMarks(layer, byPart, places),
      );
      laidMarks = show(guest, laidMarks, marks.map(dashed));
    },
    hide(part, hides) {
      if (hides) hidden.add(part);
      else hidden.delete(part);
      apply();
    },
    isHidden,
    conceal(isStart) {
      if (isStart === atStart) return;
      atStart = isStart;
      apply();
    },
    mark(rows, colour) {
      const byPart = rowsByPart(rows);
      // What the picture itself draws over the others.
      const isDrawn = byPart.has('chosen');
      over.replaceChildren();
      for (const { layer, element } of groups) {
        if (!byPart.has(layer.part) || layer.part === 'chosen') {
          element.removeAttribute('opacity');
          continue;
        }
        element.setAttribute('opacity', '0.3');
        if (isDrawn || isHidden(layer.part)) continue;
        const group = document.createElementNS(namespace, 'g');
        const clip = element.getAttribute('clip-path');
        if (clip !== null) group.setAttribute('clip-path', clip);
        over.append(group);
        const its = layerMarks(layer, byPart, places);
        show(group, undefined, layer.part === 'cell' ? rimmed(its) : its.flatMap((mark) => bold(mark, colour)));
      }
    },
  };
}

/** The same mark so that it stands out: a dot with a rim, a line thicker on paper, a text in bold. */
function bold({ tag, attributes, lines }: Mark, colour: string | undefined): Mark[] {
  const own = Object.fromEntries(Object.entries(attributes).filter(([name]) => !name.endsWith('opacity')));
  const thick = (by: number, stroke = own['stroke'] ?? 'none'): Mark => ({
    tag,
    attributes: { ...own, stroke, 'stroke-width': Number(own['stroke-width'] ?? 1) + by },
  });
  const ink = 'var(--figure-ink)';
  if (tag === 'text') return [{ tag, attributes: { ...own, 'font-weight': 700 }, ...(lines && { lines }) }];
  if (String(own['fill'] ?? '').startsWith('var')) return [thick(0.75, ink)];
  // A path of dots is one of round ends without length.
  if (own['stroke-linecap'] === 'round') return [thick(5, ink), thick(2)];
  return [thick(4, 'var(--figure-paper)'), thick(1.25, colour)];
}

/** The same mark as one of another run: a dashed line, a ring, an outline. */
function dashed({ tag, attributes, lines }: Mark): Mark {
  const { fill, ...own } = attributes;
  if (tag === 'text') return { tag, attributes, ...(lines && { lines }) };
  const width = Number(own['stroke-width'] ?? 1);
  // A path of dots is one of round ends without length.
  if (own['stroke-linecap'] === 'round')
    return { tag, attributes: { ...own, 'stroke-width': width / 2, stroke: 'var(--figure-ink)' } };
  const stroke = own['stroke'] === undefined || own['stroke'] === 'transparent' ? (fill ?? 'none') : own['stroke'];
  return {
    tag,
    attributes: { ...own, stroke, fill: 'none', 'stroke-width': width + 0.5, 'stroke-dasharray': '5,3' },
  };
}

/** Cells keep their shades, which say what they are about, within a rim. */
function rimmed(cells: readonly Mark[]): Mark[] {
  const rims = cells.map(({ attributes, ...mark }) => ({
    ...mark,
    attributes: { ...attributes, stroke: 'var(--figure-ink)', 'stroke-width': Number(attributes['stroke-width']) + 2 },
  }));
  return [...rims, ...cells];
}

/** "train-now" is of "train". */
function isOf(part: string, of: string): boolean {
  return part === of || part.startsWith(`${of}-`);
}

interface Shown {
  readonly element: SVGElement;
  readonly mark: Mark;
}

/** Changes of a layer's elements only what differs. */
function show(group: SVGGraphicsElement, shown: readonly Shown[] | undefined, marks: readonly Mark[]): Shown[] {
  if (shown === undefined) group.replaceChildren();
  const now = marks.map((mark, index): Shown => {
    const before = shown?.[index];
    if (before?.mark.tag !== mark.tag) {
      const element = document.createElementNS(namespace, mark.tag);
      for (const [name, value] of Object.entries(mark.attributes)) element.setAttribute(name, String(value));
      setText(element, mark);
      if (before === undefined) group.append(element);
      else before.element.replaceWith(element);
      return { element, mark };
    }
    const { element } = before;
    for (const [name, value] of Object.entries(mark.attributes))
      if (before.mark.attributes[name] !== value) element.setAttribute(name, String(value));
    for (const name of Object.keys(before.mark.attributes))
      if (!(name in mark.attributes)) element.removeAttribute(name);
    if (mark.lines?.join('\n') !== before.mark.lines?.join('\n')) setText(element, mark);
    return { element, mark };
  });
  for (const { element } of shown?.slice(marks.length) ?? []) element.remove();
  return now;
}

function setText(element: SVGElement, { attributes, lines = [] }: Mark): void {
  const [only = '', ...others] = lines;
  if (others.length === 0) {
    element.textContent = only;
    return;
  }
  const height = Number.parseFloat(String(attributes['font-size'] ?? 0)) + 2;
  element.replaceChildren(
    ...lines.map((line, index) => {
      const part = document.createElementNS(namespace, 'tspan');
      part.setAttribute('x', String(attributes['x'] ?? 0));
      part.setAttribute('dy', index === 0 ? '0' : String(height));
      part.textContent = line;
      return part;
    }),
  );
}
