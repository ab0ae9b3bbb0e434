/** The hidden units that a slider goes through, as the address names them. */
import { hiddenUnits, type Unit } from '../../model/network.js';
import type { Slider } from './controls.js';
import type { Course } from './course.js';
import type { Moment } from './moment.js';

/** All of them together, and each. */
export function unitValues(courses: readonly Course[]): string[] {
  const units = courses.flatMap((course) => hiddenUnits(course.network));
  const ordered = units.sort((a, b) => a.layer - b.layer || a.index - b.index);
  const depth = Math.max(...courses.map(({ network }) => network.hidden.length));
  return ['all', ...new Set(ordered.map((unit) => unitValue(unit, depth)))];
}

/** "7", or of several layers "2.7": units are counted from 0 in each layer, as PyTorch counts, layers from 1. */
export function unitValue({ layer, index }: Pick<Unit, 'layer' | 'index'>, depth: number): string {
  return depth > 1 ? `${layer + 1}.${index}` : String(index);
}

/** The unit of a network with this name. */
export function unitNamed({ network }: Course, value: string | undefined): Unit | undefined {
  return hiddenUnits(network).find((unit) => unitValue(unit, network.hidden.length) === value);
}

/** A layer is named where there are several. */
export function unitName(value: string): string {
  if (value === 'all') return 'all units';
  const [first = '', second] = value.split('.');
  return second === undefined ? `unit ${first}` : `unit ${second} of layer ${first}`;
}

/** Goes through the units of the runs that show now; one that they do not have is the last before it. */
export function unitSlider(values: readonly string[], moment: Moment, shown: () => readonly Course[]): Slider {
  const here = (): string[] => {
    const own = new Set(unitValues(shown()));
    return values.filter((value) => own.has(value));
  };
  const nearest = (): string => {
    const own = here();
    return values.slice(0, (moment.positions.get('unit') ?? 0) + 1).findLast((value) => own.includes(value)) ?? 'all';
  };
  return {
    name: 'Hidden unit',
    length: () => here().length,
    position: () => here().indexOf(nearest()),
    say(position) {
      const said = unitName(here()[position] ?? 'all');
      const asked = values[moment.positions.get('unit') ?? 0] ?? 'all';
      return nearest() === asked ? said : `${said} (no ${unitName(asked)} here)`;
    },
    value: nearest,
    move: (position) => {
      moment.set({ axis: ['unit', values.indexOf(here()[position] ?? 'all')] });
    },
  };
}
