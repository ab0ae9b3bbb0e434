/** The rows of a network and its linearisation at any moment: the network by its weights, the linearisation as it was computed. */
import { type LinearContext, functionRows, linearAt } from '../../figures/pictures/linear-functions-rows.js';
import { fitBackground } from '../../figures/pictures/fit-rows.js';
import { noteOf, type PictureRows, place } from './view.js';

export const functions: PictureRows = {
  parts: ['network', 'linear', 'note'],
  background: ({ course, plot }) => fitBackground(course.sampled, plot, place),
  moment(view) {
    const note = noteOf(view);
    if (note !== undefined) return note;
    const { course, step, plot } = view;
    const context = view.context as LinearContext;
    const network = course.outputsAt(step)(Float64Array.from(context.x));
    return functionRows({ x: context.x, network, linear: linearAt(context, step) }, plot, place);
  },
};
