/** Brings one drawing to life: the same picture, drawn by Vega in its place, that answers to pointers and keys. */
import type { VegaFigure } from '../../figures/vega-figure.js';
import { load } from '../data-scripts.js';
import { say, words } from '../words.js';
import { drawVega } from './draw.js';
import { entriesOf, makeSwitches } from './key.js';
import { type Found, nearest, seriesOf, type Series } from './points.js';
import { nameOf, rowsOf } from './say.js';
import type { Item } from './scene.js';
import { makeTip } from './tip.js';

const svgNamespace = 'http://www.w3.org/2000/svg';

/** Of two arrangements of its panels it is the one that the place has room for; when that changes, the other is brought to life. */
export async function redraw(host: HTMLElement): Promise<void> {
  const figure = host.closest('figure');
  const drawing = shownIn(host);
  if (drawing === undefined || figure === null) return;
  const over = new AbortController();
  new ResizeObserver((_, watch) => {
    const now = shownIn(host);
    // In a tab that is closed neither shows.
    if (now === undefined || now === drawing) return;
    watch.disconnect();
    over.abort();
    redraw(host).catch(console.error);
  }).observe(host);
  await enliven(host, figure, drawing, over.signal);
}

function shownIn(host: HTMLElement): SVGSVGElement | undefined {
  return [...host.querySelectorAll<SVGSVGElement>(':scope > svg')].find((svg) => svg.getClientRects().length > 0);
}

/** Until `over` is aborted. */
async function enliven(
  host: HTMLElement,
  figure: HTMLElement,
  drawing: SVGSVGElement,
  over: AbortSignal,
): Promise<void> {
  const { vega = '', narrow = '', figure: id = '' } = host.dataset;
  const isNarrow = drawing !== host.querySelector('svg');
  const address = isNarrow ? narrow : vega;
  if (address === '') return;
  const given = (await load(`figure:${isNarrow ? `${id}.n` : id}`, address)) as VegaFigure;
  // It changes while this waits.
  const isOver = (): boolean => over.aborted;
  if (isOver()) return;
  const { stage, view, svg, root } = await drawBeside(host, drawing, given);
  // The screen may have turned meanwhile, which has no listener yet.
  if (isOver()) {
    view.finalize();
    stage.remove();
    return;
  }
  const all = seriesOf(root);
  stage.hidden = false;
  host.classList.add('colophon-asleep');
  figure.classList.add('colophon-awake');

  const hidden = new Set<string>();
  const entries = entriesOf(root, all);
  const isShown = ({ mark }: Series, item: Item): boolean =>
    hidden.size === 0 || !entries.some(({ look, fits }) => hidden.has(look) && fits(mark, item));
  makeSwitches(entries, hidden, () => {
    for (const series of all) {
      for (const item of series.mark.items) {
        if (item._svg === undefined) continue;
        // The element of a line, said by its first item, is of all its points.
        if (isShown(series, item)) item._svg.removeAttribute('display');
        else item._svg.setAttribute('display', 'none');
      }
    }
    point(undefined);
  });

  const tip = makeTip(figure);
  over.addEventListener('abort', () => {
    point(undefined);
    view.finalize();
    stage.remove();
    figure.querySelector(':scope > .colophon-tip')?.remove();
    host.classList.remove('colophon-asleep');
  });
  const ring = document.createElementNS(svgNamespace, 'circle');
  for (const [name, value] of [
    ['r', '5'],
    ['fill', 'none'],
    ['stroke', 'var(--figure-ink)'],
    ['stroke-width', '1.5'],
    ['pointer-events', 'none'],
    ['display', 'none'],
  ] as const)
    ring.setAttribute(name, value);
  const ground = svg.querySelector('g');
  ground?.append(ring);
  let pointed: Found | undefined;
  const point = (found: Found | undefined): void => {
    pointed = found;
    const at = found?.series.points[found.index];
    const matrix = ground?.getScreenCTM();
    if (found === undefined || at === undefined || matrix === null || matrix === undefined) {
      ring.setAttribute('display', 'none');
      tip.hide();
      return;
    }
    ring.removeAttribute('display');
    ring.setAttribute('cx', String(at.x));
    ring.setAttribute('cy', String(at.y));
    const { mark } = found.series;
    const heading =
      given.titles === undefined
        ? ''
        : (nameOf(at.item) ?? entries.find(({ fits }) => fits(mark, at.item))?.label ?? '');
    tip.show(heading, rowsOf(at.item, given.titles), new DOMPoint(at.x, at.y).matrixTransform(matrix));
  };

  const under = ({ clientX, clientY }: PointerEvent): void => {
    const matrix = ground?.getScreenCTM();
    if (matrix === null || matrix === undefined) return;
    const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(matrix.inverse());
    point(nearest(all, x, y, isShown));
  };
  svg.addEventListener('pointermove', under);
  svg.addEventListener('pointerdown', under);
  svg.addEventListener('pointerleave', ({ pointerType }) => {
    // A finger that is lifted leaves; what it found stays to be read.
    if (pointerType !== 'touch') point(undefined);
  });
  document.addEventListener(
    'pointerdown',
    ({ target }) => {
      if (target instanceof Node && !svg.contains(target)) point(undefined);
    },
    { signal: over },
  );
  svg.addEventListener('blur', () => {
    point(undefined);
  });
  svg.addEventListener('keydown', (event) => {
    if (event.target !== svg) return;
    if (event.key === 'Escape') {
      point(undefined);
      return;
    }
    const next = step(
      all.filter((series) => series.points.some(({ item }) => isShown(series, item))),
      pointed,
      event.key,
    );
    if (next === undefined) return;
    event.preventDefault();
    point(next);
  });
}

/** Vega's picture of the drawing, hidden behind it. */
async function drawBeside(
  host: HTMLElement,
  drawing: SVGSVGElement,
  given: VegaFigure,
): Promise<{ stage: HTMLElement; view: Awaited<ReturnType<typeof drawVega>>; svg: SVGSVGElement; root: Item }> {
  const stage = document.createElement('div');
  stage.className = 'drawing colophon-redrawn';
  stage.hidden = true;
  host.after(stage);
  let view: Awaited<ReturnType<typeof drawVega>>;
  try {
    view = await drawVega(given, stage);
  } catch (error) {
    stage.remove();
    throw error;
  }
  for (const name of ['role', 'aria-roledescription', 'aria-label', 'title']) stage.removeAttribute(name);
  const svg = stage.querySelector('svg');
  const root = (view.scenegraph() as unknown as { readonly root: { readonly items: readonly Item[] } }).root.items[0];
  if (svg === null || root === undefined) throw new Error('Vega drew nothing');
  // The same size to the pixel, whatever Vega rounds: nothing on the page may move.
  for (const name of ['class', 'viewBox', 'width', 'height', 'font-family', 'fill'])
    svg.setAttribute(name, drawing.getAttribute(name) ?? '');
  svg.removeAttribute('style');
  // The drawing says what it shows as a whole; Vega's own words for its parts say nothing more.
  for (const part of svg.querySelectorAll('[role], [aria-roledescription], [aria-hidden]'))
    for (const name of ['role', 'aria-roledescription', 'aria-hidden']) part.removeAttribute(name);
  svg.setAttribute('role', 'application');
  svg.setAttribute('aria-label', say(words.figure.keysTell, { description: drawing.getAttribute('aria-label') ?? '' }));
  svg.setAttribute('tabindex', '0');
  return { stage, view, svg, root };
}

/** Where a key leads: along a series with left and right, to another one with up and down. */
function step(all: readonly Series[], from: Found | undefined, key: string): Found | undefined {
  const [first] = all;
  if (first === undefined || !keys.has(key)) return undefined;
  if (from === undefined || !all.includes(from.series)) return { series: first, index: 0 };
  const { series, index } = from;
  const last = series.points.length - 1;
  if (key === 'ArrowLeft' || key === 'ArrowRight')
    return { series, index: Math.min(last, Math.max(0, index + (key === 'ArrowRight' ? 1 : -1))) };
  if (key === 'Home' || key === 'End') return { series, index: key === 'Home' ? 0 : last };
  const position = (all.indexOf(series) + (key === 'ArrowDown' ? 1 : -1) + all.length) % all.length;
  const other = all[position] ?? first;
  // At about the same place, where the other has one.
  const x = series.points[index]?.x ?? 0;
  const distances = other.points.map((point) => Math.abs(point.x - x));
  return { series: other, index: distances.indexOf(Math.min(...distances)) };
}

const keys = new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End']);
