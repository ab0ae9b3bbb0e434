/** Singular values of the gradient features at the training inputs, on a log axis with the rank's tolerance. */
import { logDomain } from '../../../figures/axis.js';
import { dotsPath, linePath } from '../line.js';
import { makePanel } from '../panel.js';
import type { Reading } from '../readings.js';
import { type MakePicture, sampledOf, short } from './picture.js';

export const singularValues: MakePicture = (course, { title, width, height, among }) => {
  const spectra = sampledOf(among).map(([one, checkpoint]) => one.spectrum(checkpoint));
  const ends = spectra.flatMap(({ values: [first = 0], tolerance }) => [first, tolerance / 2]);
  const count = Math.max(...spectra.map(({ rank }) => rank)) + 6;
  const panel = makePanel({
    title,
    x: { title: 'component', domain: [0, count], whole: true },
    y: { title: 'singular value', domain: logDomain(ends, 2), log: true },
    width,
    height,
  });
  const start = panel.path({
    stroke: 'var(--figure-faint)',
    'stroke-opacity': 0.6,
    'stroke-width': 4,
    'stroke-linecap': 'round',
  });
  const rule = panel.path({ stroke: 'var(--figure-ink)', 'stroke-dasharray': '4 3', 'stroke-opacity': 0.7 });
  const dots = panel.path({ stroke: 'var(--figure-c1)', 'stroke-width': 5.5, 'stroke-linecap': 'round' });
  const place = (values: Float64Array): string =>
    dotsPath(
      values.map((_, index) => panel.x(index + 1)),
      values.map(panel.y),
    );
  const first = course.spectrum(0).values;
  start.setAttribute('d', place(first));
  const read = (heading: string, mark: SVGElement, values: Float64Array): Reading => ({
    ...{ panel, heading, mark, joined: false, x: Array.from(values, (_, index) => panel.x(index + 1)) },
    y: Array.from(values, panel.y),
    tell: (index) => [
      ['component', index + 1],
      ['singular value', values[index] ?? Number.NaN],
    ],
  });
  return {
    panels: [panel],
    key: [
      { label: 'at the step', shape: 'dot', colour: 'var(--figure-c1)', marks: [dots] },
      { label: 'at the start', shape: 'dot', colour: 'var(--figure-faint)', marks: [start] },
      { label: 'tolerance of the rank, float32', shape: 'dashed', colour: 'var(--figure-ink)', marks: [rule] },
    ],
    readings: (checkpoint) => [
      read('at the step', dots, course.spectrum(checkpoint).values),
      read('at the start', start, first),
    ],
    show(checkpoint) {
      const { values, rank, tolerance } = course.spectrum(checkpoint);
      dots.setAttribute('d', place(values));
      rule.setAttribute('d', tolerance > 0 ? linePath([0, width], [panel.y(tolerance), panel.y(tolerance)]) : '');
      panel.say(values.length > 0 ? `rank ${rank}` : tolerance === 0 ? 'all are 0' : 'none is finite');
    },
    describe(checkpoint) {
      const { values, rank, tolerance } = course.spectrum(checkpoint);
      if (values.length === 0) return tolerance === 0 ? 'all singular values are 0' : 'no singular value is finite';
      return `rank ${rank}, largest singular value ${short(values[0] ?? Number.NaN)}`;
    },
  };
};
