/** Singular values of the gradient features at the training inputs, on a log axis with the rank's tolerance. */
import { dotsPath } from '../line.js';
import { makePanel } from '../panel.js';
import { type MakePicture, sampled, short } from './picture.js';

export const singularValues: MakePicture = (course, { title, width, height }) => {
  const spectra = sampled(course).map((checkpoint) => course.spectrum(checkpoint));
  const high = Math.max(...spectra.map(({ values }) => values[0] ?? 1)) * 2;
  const low = Math.min(...spectra.map(({ tolerance }) => tolerance)) / 4;
  const count = Math.max(...spectra.map(({ rank }) => rank)) + 6;
  const panel = makePanel({
    title,
    x: { title: 'component', domain: [0, count] },
    y: { title: 'singular value', domain: [low, high], log: true },
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
  start.setAttribute('d', place(spectra[0]?.values ?? new Float64Array()));
  return {
    panels: [panel.svg],
    show(checkpoint) {
      const { values, rank, tolerance } = course.spectrum(checkpoint);
      dots.setAttribute('d', place(values));
      rule.setAttribute('d', `M0 ${panel.y(tolerance).toFixed(1)}h${width}`);
      panel.say(`rank ${rank}`);
    },
    describe(checkpoint) {
      const { values, rank } = course.spectrum(checkpoint);
      return `rank ${rank}, largest singular value ${short(values[0] ?? Number.NaN)}`;
    },
  };
};
