/** The rows of all parameters over the course of training: the moment is a rule in it. */
import type { Levels } from '../../figures/pictures/heat-map-rows.js';
import { groupedParameters, trackCells, tracksOf } from '../../figures/pictures/parameters-by-step-rows.js';
import { words } from '../words.js';
import { type PictureRows, place } from './view.js';

type Choice = Parameters<typeof groupedParameters>[1];

interface CoursesContext {
  readonly levels: Levels;
  readonly most: number;
  /** By run, what is said above its panel. */
  readonly notes: Readonly<Record<string, string>>;
  readonly parameters: Choice['parameters'] | null;
  readonly order: Choice['order'] | null;
  /** All that there are, where the author chose none. */
  readonly steps: readonly number[] | null;
}

export const parametersByStep: PictureRows = {
  parts: ['now'],
  background({ course, plot, context }) {
    const { levels, most, notes, parameters, order, steps: chosen } = context as CoursesContext;
    const steps = course.steps.filter((step) => chosen?.includes(step) ?? true);
    const shown = groupedParameters(
      course.network,
      { parameters: parameters ?? undefined, order: order ?? undefined },
      words.figure,
    );
    const flat = steps.map((step) => {
      const checkpoint = course.steps.indexOf(step);
      return course.drawn(checkpoint) === checkpoint ? course.parametersAt(step) : new Float64Array();
    });
    const note = notes[course.name] ?? '';
    return [
      ...trackCells(tracksOf(shown, flat, most), steps, plot, levels, place),
      ...(note === '' ? [] : [{ ...place, part: 'above', text: note }]),
    ];
  },
  moment: ({ course, step }) => [{ ...place, part: 'now', x: course.steps[course.reached(step)] ?? 0 }],
};
