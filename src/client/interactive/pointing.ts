/** Tells the values of a moving figure: those under a pointer or a finger, and those that the arrow keys lead to. */
import { readable } from '../vega/say.js';
import { makeTip } from '../vega/tip.js';
import type { LivingPanel } from './living-panel.js';
import { type FoundReading, nearestReading, type Reading, seen, stepTo } from './readings.js';

export interface Pointing {
  /** Says the value that is pointed at anew, after what shows has changed. */
  refresh(): void;
}

/** `readings` are those that show now. */
export function makePointing(
  figure: HTMLElement,
  stage: HTMLElement,
  name: string,
  readings: () => readonly Reading[],
): Pointing {
  // The tip stands in the figure's own coordinates.
  figure.classList.add('colophon-awake');
  const tip = makeTip(figure);
  stage.tabIndex = 0;
  stage.setAttribute('role', 'application');
  stage.setAttribute('aria-label', `${name}: the arrow keys tell its values`);
  let ringed: LivingPanel | undefined;
  let pointed: { readonly position: number; readonly index: number } | undefined;
  const point = (found: FoundReading | undefined, all: readonly Reading[]): void => {
    ringed?.ring(undefined);
    [ringed, pointed] = [undefined, undefined];
    if (found === undefined) {
      tip.hide();
      return;
    }
    const { reading, index } = found;
    const { panel, heading } = reading;
    const [x, y] = [reading.x[index] ?? Number.NaN, reading.y[index] ?? Number.NaN];
    const matrix = panel.frame.getScreenCTM();
    if (matrix === null || !seen(panel, x, y)) {
      tip.hide();
      return;
    }
    pointed = { position: all.indexOf(reading), index };
    ringed = panel;
    panel.ring([x, y]);
    const rows = reading.tell(index).map(([name, value]): [string, string] => [name, readable(String(value))]);
    tip.show(heading, rows, new DOMPoint(x, y).matrixTransform(matrix));
  };
  const none = (): void => {
    point(undefined, []);
  };
  const under = ({ clientX, clientY, target }: PointerEvent): void => {
    const svg = target instanceof Element ? target.closest('.moving-now > svg') : null;
    const all = readings();
    const panel = all.find((reading) => reading.panel.svg === svg)?.panel;
    const matrix = panel?.frame.getScreenCTM();
    if (panel === undefined || matrix === null || matrix === undefined) {
      none();
      return;
    }
    const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(matrix.inverse());
    point(nearestReading(all, panel, x, y), all);
  };
  stage.addEventListener('pointermove', under);
  stage.addEventListener('pointerdown', under);
  stage.addEventListener('pointerleave', ({ pointerType }) => {
    // A finger that is lifted leaves; what it found stays to be read.
    if (pointerType !== 'touch') none();
  });
  document.addEventListener('pointerdown', ({ target }) => {
    if (target instanceof Node && !stage.contains(target)) none();
  });
  stage.addEventListener('blur', none);
  stage.addEventListener('keydown', (event) => {
    if (event.target !== stage) return;
    if (event.key === 'Escape') {
      none();
      return;
    }
    const all = readings();
    const reading = pointed && all[pointed.position];
    const next = stepTo(all, reading && { reading, index: pointed?.index ?? 0 }, event.key);
    if (next === undefined) return;
    event.preventDefault();
    point(next, all);
  });
  return {
    refresh() {
      if (pointed === undefined) return;
      const all = readings();
      const reading = all[pointed.position];
      point(
        reading === undefined || pointed.index >= reading.x.length ? undefined : { reading, index: pointed.index },
        all,
      );
    },
  };
}
