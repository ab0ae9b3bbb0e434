/** The rows of what a network of two inputs answers, at any moment. */
import { classFieldOf, classFieldRows, type ClassLook, classSamples } from '../../figures/pictures/class-field-rows.js';
import { fieldOf, type FieldLook, fieldRows, fieldSamples, oneAnswer } from '../../figures/pictures/field-rows.js';
import { noteOf, type PictureRows, place, type View } from './view.js';

type FieldContext = (FieldLook | ClassLook) & { readonly stride: number };

const contextOf = ({ context }: View): FieldContext => context as FieldContext;

export const field: PictureRows = {
  parts: ['cell', 'boundary', 'note'],
  background(view) {
    const look = contextOf(view);
    const { x, y } = view.course.sampled.train;
    return look.answer === 'classes' ? classSamples(x, y, look, place) : fieldSamples(x, y, look, place);
  },
  moment(view) {
    const { course, step, plot } = view;
    const note = noteOf(view);
    if (note !== undefined) return note;
    const look = contextOf(view);
    const outputs = course.outputsAt(step);
    if (look.answer === 'classes')
      return classFieldRows(classFieldOf(outputs, look.plane, look.classes.length), look, plot.y.length, place);
    const answers = oneAnswer(course.network, course.parametersAt(step), outputs);
    return fieldRows(fieldOf(answers, look.plane, look.answer), look, plot.y.length, place);
  },
};
