/** The rows of a network with moved elbows and of its linearisation, at any moment; a reader moves the elbows. */
import {
  type Linearisation,
  type LinearisationContext,
  linearisationOf,
  linearisationRows,
} from '../../figures/pictures/linearisation-rows.js';
import { makeHandles } from './handles.js';
import { noteOf, type PictureRows, place, type View } from './view.js';

/** How far the elbows of a panel are moved, by what the page is told of it. */
const moved = new WeakMap<object, Map<number, number>>();

const contextOf = ({ context }: View): LinearisationContext => context as LinearisationContext;

function shiftsOf(view: View): Map<number, number> {
  const context = contextOf(view);
  // Of the reader's own run the network shows as it is.
  if (view.guest === true) return new Map();
  const known = moved.get(context) ?? new Map([[context.unit, context.by]]);
  moved.set(context, known);
  return known;
}

function linearisationAt(view: View): Linearisation {
  const { course, step } = view;
  const { network, data } = course;
  return linearisationOf(network, course.parametersAt(step), course.outputsAt(step), data.domain, shiftsOf(view));
}

export const linearisation: PictureRows = {
  parts: ['difference', 'before', 'moved', 'linear', 'elbow', 'above', 'note'],
  moment(view) {
    const { words } = contextOf(view);
    const note = (text: string) => ({ ...place, part: 'above', text });
    const rows = noteOf(view) ?? linearisationRows(linearisationAt(view), { axes: view.plot, words }, place, note);
    return view.guest === true ? rows.filter(({ part }) => part === 'moved' || part === 'elbow') : rows;
  },
  attend: makeHandles({
    words: (view) => contextOf(view).words,
    look: (view) => (noteOf(view) === undefined ? linearisationAt(view) : undefined),
    shifts: shiftsOf,
  }),
};
