/** What is marked in the panels of one figure, and that they can be pointed at. */
import { draws, type Identity } from '../../figures/identity.js';
import type { LayersTold, ToldPanel } from '../../figures/moving/figure-that-moves.js';
import type { Row } from '../../figures/panels.js';
import { identityFields } from '../../shared/identity-fields.js';
import type { LivingPanel } from './living-panel.js';
import type { Moment } from './moment.js';
import { makePointable, type Pointable } from './pointable.js';

export interface MarkedPanel {
  readonly told: ToldPanel;
  readonly living: LivingPanel;
  readonly runs: () => readonly string[];
  readonly rows: () => readonly Row[];
}

export interface MarkedFigure {
  readonly figure: HTMLElement;
  /** "Figure 4". */
  readonly name: string;
  readonly told: LayersTold;
  readonly moment: Moment;
  readonly labelOf: (part: unknown) => string;
  readonly link: () => void;
  readonly panels: readonly MarkedPanel[];
}

export interface Marking {
  /** Draws what is marked now. */
  mark(): void;
  /** Says the value that is pointed at anew. */
  refresh(): void;
}

/** `all` are the panels of the training's figures, to which these are added. */
export function markingOf({ panels, name, moment, ...figure }: MarkedFigure, all: Set<Pointable>): Marking {
  const made = panels.map(({ told: { title }, living, runs, rows }) => {
    const own = [name, title].filter((text) => text !== '').join(', ');
    living.svg.setAttribute('aria-label', own);
    const stage = living.svg.parentElement ?? figure.figure;
    const pointable: Pointable = { ...figure, moment, living, stage, runs, rows };
    all.add(pointable);
    // One for each panel: a reader of one is no reader of the others.
    const pointing = makePointable(pointable, own, () => [...all].filter((other) => other.stage.isConnected));
    return { pointable, pointing };
  });
  return {
    mark() {
      for (const { pointable } of made) markPanel(pointable, moment.marked);
    },
    refresh() {
      for (const { pointing } of made) pointing.refresh();
    },
  };
}

/** Of a whole run the panel stands out, not each of its marks. */
function markPanel({ living, stage, runs, rows }: Pointable, marked: Identity): void {
  const isThing = identityFields.some((field) => marked[field] !== undefined);
  const its = isThing ? runs() : [];
  const own = isThing ? rows().filter((row) => draws(row, its, marked)) : [];
  living.mark(own, marked.unit === undefined ? undefined : 'var(--figure-c3)');
  stage.parentElement?.classList.toggle('colophon-marked', marked.run !== undefined && its.includes(marked.run));
}

/** What the address asks for; `sliders` are those of the figure. */
export function askedIdentity(asked: ReadonlyMap<string, string>, sliders: ReadonlyMap<string, unknown>): Identity {
  return Object.fromEntries(
    identityFields.flatMap((field) => {
      const value = asked.get(field) ?? 'all';
      // The slider through components shows one of them alone.
      return value === 'all' || (field === 'component' && sliders.has(field)) ? [] : [[field, value]];
    }),
  );
}
