/** Handles by which a reader moves elbows along the inputs: with a pointer, a finger or the arrow keys. */
import type { Linearisation, LinearisationContext, MovedElbow } from '../../figures/pictures/linearisation-rows.js';
import { isWithin } from '../../figures/pictures/linearisation-rows.js';
import { placesIn } from '../../figures/moving/plot.js';
import { number, say } from '../../figures/words.js';
import { byHand, size, styles } from '../by-hand.js';
import type { Moment } from './moment.js';
import type { AliveFigure, AlivePanel, View } from './view.js';

/** What the handles are of. */
interface Handled {
  readonly words: (view: View) => LinearisationContext['words'];
  /** Undefined where nothing is drawn. */
  readonly look: (view: View) => Linearisation | undefined;
  readonly shifts: (view: View) => Map<number, number>;
}

/** Of the inputs' range, how far an arrow key moves an elbow, and how far Page Up and Page Down. */
const steps: Readonly<Record<string, number>> = {
  ...{ ArrowLeft: -0.01, ArrowDown: -0.01, ArrowRight: 0.01, ArrowUp: 0.01 },
  ...{ PageDown: -0.1, PageUp: 0.1, Home: -1, End: 1 },
};

export function makeHandles(handled: Handled): (figure: AliveFigure) => void {
  return ({ panels, moment }) => {
    const updates = panels.map((panel) => handlesOf(panel, handled, moment));
    moment.follow(() => {
      for (const update of updates) update();
    });
  };
}

/** Makes those of one panel; what it gives puts them where the elbows are. */
function handlesOf({ living, view: viewNow }: AlivePanel, handled: Handled, moment: Moment): () => void {
  const stage = living.svg.parentElement;
  const handles = new Map<number, HTMLElement>();
  const shown = new Map<number, MovedElbow>();
  let dragged: { readonly unit: number; readonly offset: number } | undefined;
  const putBack = button(() => {
    const view = viewNow();
    if (view === undefined) return;
    const [first] = handled.shifts(view).keys();
    handled.shifts(view).clear();
    handles.get(first ?? Number.NaN)?.focus();
    moment.set({});
  });
  if (stage !== null) stage.style.position = 'relative';
  stage?.append(putBack);
  const move = (unit: number, to: number): void => {
    const view = viewNow();
    const elbow = shown.get(unit);
    if (view === undefined || elbow === undefined) return;
    const [low, high] = view.course.data.domain;
    const by = Math.min(high, Math.max(low, to)) - elbow.from;
    // As many steps there as back again.
    handled.shifts(view).set(unit, Math.abs(by) < 1e-9 * (high - low) ? 0 : by);
    moment.set({ pointed: { run: view.course.name, unit: String(unit) } });
  };
  const inputAt = ({ clientX, clientY }: PointerEvent): number => {
    const matrix = living.frame.getScreenCTM();
    const { x } = living.plot;
    if (matrix === null) return Number.NaN;
    const pixel = new DOMPoint(clientX, clientY).matrixTransform(matrix.inverse()).x;
    return x.domain[0] + (pixel / x.length) * (x.domain[1] - x.domain[0]);
  };
  const onDown = (unit: number, element: HTMLElement, event: PointerEvent): void => {
    const elbow = shown.get(unit);
    if (event.button !== 0 || elbow === undefined) return;
    // Nothing else is pointed at, and no text is chosen.
    event.stopPropagation();
    event.preventDefault();
    element.focus({ preventScroll: true });
    element.setPointerCapture(event.pointerId);
    dragged = { unit, offset: elbow.to - inputAt(event) };
  };
  const onMove = (event: PointerEvent): void => {
    if (dragged === undefined) return;
    event.stopPropagation();
    const to = inputAt(event) + dragged.offset;
    if (Number.isFinite(to)) move(dragged.unit, to);
  };
  const onKey = (unit: number, event: KeyboardEvent): void => {
    const view = viewNow();
    const elbow = shown.get(unit);
    if (view === undefined || elbow === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const [low, high] = view.course.data.domain;
    const by = steps[event.key];
    if (by === undefined && event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    move(unit, by === undefined ? elbow.from : elbow.to + by * (high - low));
  };
  const handleOf = (unit: number): HTMLElement => {
    const known = handles.get(unit);
    if (known !== undefined) return known;
    const element = document.createElement('div');
    element.className = byHand;
    element.style.cssText = styles.handle;
    element.tabIndex = 0;
    element.setAttribute('role', 'slider');
    element.addEventListener('pointerdown', (event) => {
      onDown(unit, element, event);
    });
    element.addEventListener('pointermove', onMove);
    for (const end of ['pointerup', 'pointercancel'])
      element.addEventListener(end, (event) => {
        event.stopPropagation();
        dragged = undefined;
      });
    element.addEventListener('keydown', (event) => {
      onKey(unit, event);
    });
    element.addEventListener('blur', () => {
      moment.set({ pointed: null });
    });
    // From unit to unit with the tab key.
    const after = [...handles].filter(([other]) => other > unit).sort(([one], [other]) => one - other)[0]?.[1];
    handles.set(unit, element);
    stage?.insertBefore(element, after ?? putBack);
    return element;
  };
  return () => {
    const view = viewNow();
    const found = view && handled.look(view);
    const matrix = living.frame.getCTM();
    putBack.hidden = found?.elbows.every(({ from, to }) => from === to || !Number.isFinite(to)) ?? true;
    const domain = view?.course.data.domain ?? [0, 0];
    const isHeld = (unit: number): boolean => handles.get(unit)?.matches(':focus') === true;
    const placed = found === undefined ? [] : apart(living, found.elbows, domain, isHeld);
    shown.clear();
    for (const { elbow } of placed) shown.set(elbow.unit, elbow);
    for (const [unit, element] of handles) element.hidden = !shown.has(unit);
    if (view === undefined || found === undefined || matrix === null) return;
    const words = handled.words(view);
    putBack.textContent = words.putBack;
    const differ = say(words.differ, { most: number(found.most) });
    for (const { elbow, x, y } of placed) {
      const { unit, from, to } = elbow;
      const element = handleOf(unit);
      const at = new DOMPoint(x, y).matrixTransform(matrix);
      element.style.left = `${at.x.toFixed(1)}px`;
      element.style.top = `${at.y.toFixed(1)}px`;
      const [low, high] = domain;
      const value = say(words.value, { position: number(to), by: number(to - from), differ });
      const told = { label: say(words.elbow, { unit }), valuemin: low, valuemax: high, valuenow: to, valuetext: value };
      for (const [name, text] of Object.entries(told)) element.setAttribute(`aria-${name}`, String(text));
    }
  };
}

interface Placed {
  readonly elbow: MovedElbow;
  /** In the panel's pixels. */
  readonly x: number;
  readonly y: number;
}

/**
 * Where the handles are of the elbows that the network has within the inputs. Of some that are near to each other one has a handle:
 * that which is held, one that is moved, the strongest.
 */
function apart(
  { plot }: AlivePanel['living'],
  elbows: readonly MovedElbow[],
  domain: readonly [number, number],
  isHeld: (unit: number) => boolean,
): readonly Placed[] {
  const { x: across, y: up, lengths } = placesIn(plot);
  const rank = ({ unit, from, to }: MovedElbow): number => (isHeld(unit) ? 2 : from === to ? 0 : 1);
  const ordered = elbows
    .filter(({ from }) => isWithin(from, domain))
    .sort((one, other) => rank(other) - rank(one) || Math.abs(other.strength) - Math.abs(one.strength));
  const placed: Placed[] = [];
  for (const elbow of ordered) {
    const x = across(elbow.to);
    // What leaves the picture is held at its edge.
    const y = Math.min(lengths.y, Math.max(0, up(elbow.y)));
    const isFree = placed.every((other) => Math.max(Math.abs(other.x - x), Math.abs(other.y - y)) >= size);
    if (isFree) placed.push({ elbow, x, y });
  }
  return placed;
}

function button(act: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = byHand;
  made.style.cssText = styles.putBack;
  made.addEventListener('click', act);
  // It stands in what is pointed at.
  for (const type of ['pointerdown', 'pointerup', 'keydown'])
    made.addEventListener(type, (event) => {
      event.stopPropagation();
    });
  return made;
}
