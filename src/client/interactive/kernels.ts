/** The rows of kernels at any moment. */
import { say, words } from '../words.js';
import type { Levels } from '../../figures/pictures/heat-map-rows.js';
import { kernelRows, largestOf, smallestNote } from '../../figures/pictures/kernel-rows.js';
import { number } from '../../figures/words.js';
import { cosines } from '../../model/kernel.js';
import { kernel as innerProducts } from './spectrum.js';
import { noteOf, type PictureRows, place } from './view.js';

interface KernelContext {
  /** The inputs that the cells stand for. */
  readonly x: readonly number[];
  readonly levels: Levels;
}

function picture(isCosine: boolean): PictureRows {
  return {
    parts: ['cell', 'above', 'note'],
    moment(view) {
      const note = noteOf(view);
      if (note !== undefined) return note;
      const { course, step, plot, context } = view;
      const { x, levels } = context as KernelContext;
      const products = innerProducts(course.network, course.parametersAt(step), Float64Array.from(x));
      const values = isCosine ? cosines(products, x.length) : products;
      const unit = isCosine ? 1 : largestOf(values);
      const cells = kernelRows({ values, unit }, { domain: plot.x.domain, levels, height: plot.y.length }, place);
      const text = isCosine ? smallestNote(values, words.figure) : say(words.figure.largest, { value: number(unit) });
      return [...cells, { ...place, part: 'above', text }];
    },
  };
}

export const kernel = picture(false);
export const cosine = picture(true);
