/** The leading principal features at the training inputs, one above the other, each to its own height. */
import { linePath } from '../line.js';
import { makePanel } from '../panel.js';
import { type MakePicture, sampledOf, short } from './picture.js';
import { mostVectors } from '../spectrum.js';

export const principalFeatures: MakePicture = (course, { title, width, height, among, components, component }) => {
  const { data } = course;
  const shown =
    component === undefined
      ? Array.from({ length: Math.min(components, mostVectors) }, (_, index) => index)
      : [component];
  const largest = sampledOf(among).flatMap(([one, checkpoint]) =>
    shown.map((k) => {
      const { values, vectors } = one.spectrum(checkpoint);
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
    right: 56,
  });
  const x = data.x.map(panel.x);
  const lines = shown.map((k) => ({
    k,
    base: panel.path({ stroke: 'var(--figure-grid)', d: single ? '' : `M0 ${panel.y(k + 1)}h${width}` }),
    line: panel.path({ stroke: `var(--figure-c${(k % 8) + 1})`, 'stroke-width': 1.5 }),
    text: panel.beside(single ? 8 : panel.y(k + 1)),
  }));
  const heights = (checkpoint: number, k: number): Float64Array => {
    const { values, vectors } = course.spectrum(checkpoint);
    const vector = vectors[k] ?? new Float64Array(x.length);
    const size = Math.max(...vector.map(Math.abs)) || 1;
    return single
      ? vector.map((entry) => panel.y(entry * (values[k] ?? 0)))
      : vector.map((entry) => panel.y(k + 1 - (0.46 * entry) / size));
  };
  return {
    panels: [panel],
    key: [
      {
        label: `${single ? 'to scale' : 'each scaled to its largest size'}; on the right the singular value`,
        ...{ shape: 'line', colour: 'var(--figure-ink)', marks: [] },
      },
    ],
    readings(checkpoint) {
      const { values, vectors } = course.spectrum(checkpoint);
      return lines.map(({ k, line }) => ({
        ...{ panel, heading: `direction ${k + 1}`, mark: line, joined: true, x, y: heights(checkpoint, k) },
        tell: (index) => [
          ['input x', data.x[index] ?? Number.NaN],
          ['principal feature', (vectors[k]?.[index] ?? Number.NaN) * (values[k] ?? Number.NaN)],
          ['singular value', values[k] ?? Number.NaN],
        ],
      }));
    },
    show(checkpoint) {
      const { values } = course.spectrum(checkpoint);
      for (const { k, line, text } of lines) {
        line.setAttribute('d', linePath(x, heights(checkpoint, k)));
        const said = short(values[k] ?? Number.NaN);
        if (text.textContent !== said) text.textContent = said;
      }
    },
    describe(checkpoint) {
      const { values } = course.spectrum(checkpoint);
      return `singular values ${shown.map((k) => short(values[k] ?? Number.NaN)).join(', ')}`;
    },
  };
};
