/** The rows of what a network of two inputs answers, at any moment. */
import { fieldOf, type FieldLook, fieldRows, fieldSamples } from '../../figures/pictures/field-rows.js';
import { noteOf, type PictureRows, place } from './view.js';

interface FieldContext extends FieldLook {
  readonly stride: number;
}

export const field: PictureRows = {
  parts: ['cell', 'boundary', 'note'],
  background: ({ course: { sampled }, context }) =>
    fieldSamples(sampled.train.x, sampled.train.y, context as FieldContext, place),
  moment(view) {
    const { course, step, plot, context } = view;
    const note = noteOf(view);
    if (note !== undefined) return note;
    const look = context as FieldContext;
    const values = fieldOf(course.outputsAt(step), look.plane, look.answer);
    return fieldRows(values, look, plot.y.length, place);
  },
};
