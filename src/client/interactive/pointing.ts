/**
 * Tells the values of a moving figure: those under a pointer or a finger, and those that the arrow keys lead to. What such a
 * value is of is marked in every figure of the training; a tap or Enter holds it.
 */
import { type Identity, identityOf } from '../../figures/identity.js';
import { readable } from '../numbers.js';
import { makeTip } from '../vega/tip.js';
import { hideCrosshair, showCrosshair } from './crosshair.js';
import type { Pointable, Pointing } from './pointable.js';
import { type FoundReading, nearestReading, type Reading, readingsOf, seen, stepTo } from './readings.js';

/** In pixels: how far a tap may move. */
const slip = 6;

/** `all` are the panels of the same training, `missed` what has happened at this one before. */
export function startPointing(panel: Pointable, all: () => readonly Pointable[], missed: readonly Event[]): Pointing {
  const { figure, stage, moment, living } = panel;
  // The tip stands in the figure's own coordinates.
  figure.classList.add('colophon-awake');
  const tip = makeTip(figure);
  let pointed: { readonly position: number; readonly index: number; readonly thing: Identity } | undefined;
  let down: { readonly x: number; readonly y: number } | undefined;
  const none = (): void => {
    if (pointed === undefined) return;
    pointed = undefined;
    tip.hide();
    hideCrosshair();
    moment.set({ pointed: null });
  };
  const point = (found: FoundReading | undefined, readings: readonly Reading[], isAsked: boolean): void => {
    const matrix = living.frame.getScreenCTM();
    if (found === undefined || matrix === null) {
      none();
      return;
    }
    const { reading, index } = found;
    const [x, y] = [reading.x[index] ?? Number.NaN, reading.y[index] ?? Number.NaN];
    if (!seen(living, x, y)) {
      none();
      return;
    }
    const thing = identityOf(reading.rows[index], panel.runs());
    const isNew = pointed === undefined || !isSame(thing, pointed.thing);
    pointed = { position: readings.indexOf(reading), index, thing };
    if (isNew) moment.set({ pointed: isSame(thing, {}) ? null : thing });
    const rows = reading.tell(index).map(([name, value]): [string, string] => [name, readable(String(value))]);
    tip.show(reading.heading, rows, new DOMPoint(x, y).matrixTransform(matrix), isAsked);
    showCrosshair(panel, found, all());
  };
  const hold = (thing: Identity): void => {
    if (isSame(thing, {}) && isSame(moment.held, {})) return;
    moment.set({ held: isSame(thing, moment.held) ? {} : thing });
    panel.link();
  };
  const under = ({ clientX, clientY, target }: PointerEvent): void => {
    const matrix = living.frame.getScreenCTM();
    if (!(target instanceof Node) || !living.svg.contains(target) || matrix === null) {
      none();
      return;
    }
    const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(matrix.inverse());
    const readings = readingsOf(panel);
    point(nearestReading(readings, living, x, y), readings, true);
  };
  const key = (event: KeyboardEvent): void => {
    if (event.target !== stage) return;
    if (event.key === 'Escape') {
      none();
      hold({});
      return;
    }
    if ((event.key === 'Enter' || event.key === ' ') && pointed !== undefined) {
      event.preventDefault();
      hold(pointed.thing);
      return;
    }
    const readings = readingsOf(panel);
    const reading = pointed && readings[pointed.position];
    const next = stepTo(readings, reading && { reading, index: pointed?.index ?? 0 }, event.key);
    if (next === undefined) return;
    event.preventDefault();
    point(next, readings, true);
  };
  const handle = (event: Event): void => {
    if (event instanceof KeyboardEvent) key(event);
    if (!(event instanceof PointerEvent)) return;
    under(event);
    if (event.type === 'pointerdown') down = { x: event.clientX, y: event.clientY };
    if (event.type !== 'pointerup' || down === undefined) return;
    if (Math.hypot(event.clientX - down.x, event.clientY - down.y) < slip) hold(pointed?.thing ?? {});
    down = undefined;
  };
  for (const event of missed) handle(event);
  for (const type of ['pointermove', 'pointerdown', 'pointerup', 'keydown']) stage.addEventListener(type, handle);
  stage.addEventListener('pointerleave', ({ pointerType }) => {
    // A finger that is lifted leaves; what it found stays to be read.
    if (pointerType !== 'touch') none();
  });
  document.addEventListener('pointerdown', ({ target }) => {
    if (target instanceof Node && !stage.contains(target)) none();
  });
  stage.addEventListener('blur', none);
  let asked = false;
  return {
    refresh() {
      if (pointed === undefined || asked) return;
      asked = true;
      // When all figures have been drawn.
      queueMicrotask(() => {
        asked = false;
        if (pointed === undefined) return;
        const readings = readingsOf(panel);
        const { position, index } = pointed;
        const reading = readings[position];
        point(reading === undefined || index >= reading.x.length ? undefined : { reading, index }, readings, false);
      });
    },
  };
}

function isSame(one: Identity, other: Identity): boolean {
  return one.run === other.run && one.unit === other.unit && one.component === other.component;
}
