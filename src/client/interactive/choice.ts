/** What the sliders of a moving figure choose: the runs of each panel, and how they are looked at. */
import type { ToldFigure, ToldPanel } from '../../figures/moving/figure-that-moves.js';
import { axisSlider, type Slider } from './controls.js';
import type { Course } from './course.js';
import type { Moment } from './moment.js';
import { identityFields } from '../../shared/identity-fields.js';
import { unitNamed, unitSlider, unitValues } from './units.js';
import type { View } from './view.js';

export interface Choice {
  readonly sliders: readonly Slider[];
  /** What each slider goes through, as the address names it. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** A panel as it is now; undefined for one without runs. */
  readonly viewOf: (panel: ToldPanel) => View | undefined;
  /** The names of the runs of a panel. */
  readonly runsOf: (panel: ToldPanel) => readonly string[];
  /** The moment, the place of every slider and what is held, for the address. */
  readonly written: () => ReadonlyMap<string, string>;
}

/** `all` are the runs of the figure's training. */
export function choiceOf(told: ToldFigure, all: readonly Course[], moment: Moment): Choice {
  const shown = told.runs.flatMap((name) => all.filter((course) => course.name === name));
  const axes = told.sliders.filter((name) => name !== 'step');
  const values = new Map(axes.map((axis) => [axis, valuesOf(axis, shown, told)]));
  const positionOn = (axis: string): number =>
    Math.min(moment.positions.get(axis) ?? 0, (values.get(axis)?.length ?? 1) - 1);
  /** The runs of a panel, with the values of swept options that the sliders choose. */
  const coursesOf = ({ runs }: ToldPanel): Course[] => {
    const own = runs.flatMap((name) => shown.filter((course) => course.name === name));
    const chosen = own.flatMap(
      (course) => shown.find((other) => isChosen(course, other, (axis) => values.get(axis)?.[positionOn(axis)])) ?? [],
    );
    return chosen.length > 0 ? chosen : own;
  };
  const sliders = new Map(
    [...values].map(([axis, through]) => [
      axis,
      axis === 'unit'
        ? unitSlider(through, moment, () => told.panels.flatMap(coursesOf))
        : axisSlider(axis, through, moment),
    ]),
  );
  const step = (): number => moment.steps[moment.checkpoint] ?? 0;
  return {
    sliders: [...sliders.values()],
    values,
    runsOf: (panel) => coursesOf(panel).map(({ name }) => name),
    viewOf(panel) {
      const courses = coursesOf(panel);
      const [course] = courses;
      if (course === undefined) return undefined;
      return {
        ...{ courses, course, step: step(), start: told.start, plot: panel.plot, context: panel.context },
        leaveOut: told.leaveOut,
        chosen: markedIn(course, moment, sliders.get('unit')?.value()),
        component: axes.includes('component') ? positionOn('component') - 1 : -1,
      };
    },
    written: () =>
      new Map([
        ['step', String(step())],
        ...Array.from(sliders, ([axis, slider]): [string, string] => [axis, slider.value()]),
        ...identityFields.flatMap((field): [string, string][] => {
          const value = moment.held[field];
          return value === undefined || (field === 'component' && values.has(field)) ? [] : [[field, value]];
        }),
      ]),
  };
}

/** The parameters of the unit of a run that is marked; of what is held, of the unit that the slider is at. */
function markedIn(course: Course, { marked, held }: Moment, slider: string | undefined): readonly number[] {
  if (marked.unit === undefined || (marked.run ?? course.name) !== course.name) return [];
  return unitNamed(course, marked === held ? (slider ?? held.unit) : marked.unit)?.parameters ?? [];
}

/** Whether `other` is at the place of `course` but for the options that sliders go through, which have these values. */
function isChosen(course: Course, other: Course, valueOf: (axis: string) => string | undefined): boolean {
  const names = new Set([...Object.keys(course.coordinates), ...Object.keys(other.coordinates)]);
  return [...names].every((axis) => other.coordinates[axis] === (valueOf(axis) ?? course.coordinates[axis]));
}

/** What a slider goes through, as the address names it: components from 1, all units and each, swept values. */
function valuesOf(axis: string, courses: readonly Course[], { components }: ToldFigure): string[] {
  if (axis === 'component')
    return ['all', ...Array.from({ length: Math.min(components, 12) }, (_, index) => String(index + 1))];
  if (axis === 'unit') return unitValues(courses);
  return [...new Set(courses.flatMap(({ coordinates }) => coordinates[axis] ?? []))];
}
