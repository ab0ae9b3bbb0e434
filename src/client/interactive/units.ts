/** The hidden units that a slider goes through, as the address names them. */
import { unitName as nameOfUnit, unitValue } from '../../figures/identity.js';
import { say as fill, words } from '../words.js';
import { hiddenUnits, type Unit } from '../../model/network.js';
import type { Slider } from './controls.js';
import type { Course } from './course.js';
import type { Moment } from './moment.js';

/** All of them together, and each. */
export function unitValues(courses: readonly Course[]): string[] {
  const units = courses.flatMap(({ network }) => hiddenUnits(network).map((unit) => ({ ...unit, network })));
  const ordered = units.sort((a, b) => a.layer - b.layer || a.index - b.index);
  return ['all', ...new Set(ordered.map((unit) => unitValue(unit, unit.network)))];
}

/** The unit of a network with this name. */
export function unitNamed({ network }: Course, value: string | undefined): Unit | undefined {
  return hiddenUnits(network).find((unit) => unitValue(unit, network) === value);
}

/** A layer is named where there are several. */
export function unitName(value: string): string {
  return value === 'all' ? words.figure.allUnits : nameOfUnit(value, words.figure);
}

/** Goes through the units of the runs that show now; one that they do not have is the last before it. */
export function unitSlider(values: readonly string[], moment: Moment, shown: () => readonly Course[]): Slider {
  const here = (): string[] => {
    const own = new Set(unitValues(shown()));
    return values.filter((value) => own.has(value));
  };
  const asked = (): string => moment.held.unit ?? 'all';
  const nearest = (): string => {
    const own = here();
    return values.slice(0, values.indexOf(asked()) + 1).findLast((value) => own.includes(value)) ?? 'all';
  };
  return {
    name: words.figure.unitAxis,
    length: () => here().length,
    position: () => here().indexOf(nearest()),
    say(position) {
      const said = unitName(here()[position] ?? 'all');
      return nearest() === asked() ? said : fill(words.figure.insteadOf, { said, asked: unitName(asked()) });
    },
    value: nearest,
    move: (position) => {
      const unit = here()[position] ?? 'all';
      moment.set({ held: unit === 'all' ? {} : { unit } });
    },
  };
}
