/** The leading principal features at the training inputs, one above the other, each to its own height. */
import { linePath } from '../line.js';
import { makePanel } from '../panel.js';
import { type MakePicture, sampled, short } from './picture.js';
import { mostVectors } from '../spectrum.js';

export const principalFeatures: MakePicture = (course, { title, width, height, components, component }) => {
  const { data } = course;
  const shown =
    component === undefined
      ? Array.from({ length: Math.min(components, mostVectors) }, (_, index) => index)
      : [component];
  const largest = sampled(course).flatMap((checkpoint) =>
    shown.map((k) => {
      const { values, vectors } = course.spectrum(checkpoint);
      return Math.max(...(vectors[k] ?? []).map(Math.abs)) * (values[k] ?? 0);
    }),
  );
  const single = shown.length === 1;
  const bound = Math.max(...largest) * 1.05;
  const panel = makePanel({
    title,
    x: { title: 'input x', domain: data.domain },
    y: single
      ? { title: 'principal feature', domain: [-bound, bound] }
      : { title: 'component', domain: [shown.length + 0.6, 0.4], ticks: shown.map((k) => k + 1) },
    width,
    height: single ? height : Math.max(height, 30 * shown.length),
  });
  const x = data.x.map(panel.x);
  const lines = shown.map((k) => ({
    k,
    base: panel.path({ stroke: 'var(--figure-grid)', d: single ? '' : `M0 ${panel.y(k + 1)}h${width}` }),
    line: panel.path({ stroke: `var(--figure-c${(k % 8) + 1})`, 'stroke-width': 1.5 }),
    text: panel.text({ x: width - 3, y: single ? 12 : panel.y(k + 1) - 9, 'text-anchor': 'end', 'font-size': 10 }),
  }));
  return {
    panels: [panel.svg],
    show(checkpoint) {
      const { values, vectors } = course.spectrum(checkpoint);
      for (const { k, line, text } of lines) {
        const vector = vectors[k] ?? new Float64Array(x.length);
        const size = Math.max(...vector.map(Math.abs)) || 1;
        const y = single
          ? vector.map((entry) => panel.y(entry * (values[k] ?? 0)))
          : vector.map((entry) => panel.y(k + 1 - (0.46 * entry) / size));
        line.setAttribute('d', linePath(x, y));
        text.textContent = `s = ${short(values[k] ?? Number.NaN)}`;
      }
    },
    describe(checkpoint) {
      const { values } = course.spectrum(checkpoint);
      return `singular values ${shown.map((k) => short(values[k] ?? Number.NaN)).join(', ')}`;
    },
  };
};
