/** A panel that a reader can point at, and how the script that follows a pointer is loaded when there is one. */
import type { LayersTold } from '../../figures/moving/figure-that-moves.js';
import type { Row } from '../../figures/panels.js';
import { say, words } from '../words.js';
import { load, scriptAddress } from '../data-scripts.js';
import type { LivingPanel } from './living-panel.js';
import type { Moment } from './moment.js';

export interface Pointable {
  readonly figure: HTMLElement;
  /** What can be pointed at and focused: the drawing. */
  readonly stage: HTMLElement;
  readonly living: LivingPanel;
  readonly told: LayersTold;
  readonly moment: Moment;
  readonly labelOf: (part: unknown) => string;
  /** The names of the runs that it shows now. */
  readonly runs: () => readonly string[];
  /** All that it draws now. */
  readonly rows: () => readonly Row[];
  /** Writes what is held into the page's address. */
  readonly link: () => void;
}

export interface Pointing {
  /** Says the value that is pointed at anew, after what shows has changed. */
  refresh(): void;
}

/** `all` are the panels of the same training, `missed` what has happened at this one before. */
export type StartPointing = (panel: Pointable, all: () => readonly Pointable[], missed: readonly Event[]) => Pointing;

/** The name by which the script hands it over. */
export const pointingName = 'pointing';
const events = ['pointermove', 'pointerdown', 'pointerup', 'keydown'] as const;

/** Waits for a pointer or a key at the panel; what happens meanwhile is told to the script when it is there. */
export function makePointable(panel: Pointable, name: string, all: () => readonly Pointable[]): Pointing {
  const { stage } = panel;
  stage.tabIndex = 0;
  stage.setAttribute('role', 'application');
  stage.setAttribute('aria-label', say(words.figure.panel, { title: name }));
  let pointing: Pointing | undefined;
  const missed: Event[] = [];
  const wake = (event: Event): void => {
    missed.push(event);
    if (missed.length > 1) return;
    load(pointingName, scriptAddress('pointing')).then(
      (start) => {
        for (const type of events) stage.removeEventListener(type, wake);
        pointing = (start as StartPointing)(panel, all, missed);
      },
      (error: unknown) => {
        console.error(`Values of figures cannot be pointed at: ${String(error)}`);
      },
    );
  };
  for (const type of events) stage.addEventListener(type, wake);
  return {
    refresh() {
      pointing?.refresh();
    },
  };
}
