/** The leading principal features at the training inputs, one above the other, each to its own height. */
import { axisDomain } from '../../../figures/axis.js';
import { inDrawing } from '../../../figures/words.js';
import { linePath } from '../line.js';
import { makePanel } from '../panel.js';
import { type MakePicture, roomy, sampledOf, short } from './picture.js';
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
      return sizeOf(vectors[k] ?? []) * (values[k] ?? 0);
    }),
  );
  const single = shown.length === 1;
  const bound = Math.max(0, ...largest);
  const panel = makePanel({
    title,
    x: { title: 'input x', domain: axisDomain(data.domain) },
    y: single
      ? { title: 'principal feature', domain: roomy([-bound, bound]) }
      : { title: 'component', domain: [shown.length + 0.6, 0.4], ticks: shown.map((k) => k + 1) },
    width,
    height: single ? height : Math.max(height, 24 * shown.length),
    right: 56,
  });
  const x = data.x.map(panel.x);
  const lines = shown.map((k) => ({
    k,
    base: panel.path({ stroke: 'var(--figure-grid)', d: single ? '' : `M0 ${panel.y(k + 1)}h${width}` }),
    // Round, so that a single input shows.
    line: panel.path({ stroke: `var(--figure-c${(k % 8) + 1})`, 'stroke-width': 1.5, 'stroke-linecap': 'round' }),
    text: panel.beside(single ? 8 : panel.y(k + 1)),
  }));
  const heights = (checkpoint: number, k: number): Float64Array => {
    const { values, vectors } = course.spectrum(checkpoint);
    const vector = vectors[k] ?? new Float64Array(x.length);
    const size = sizeOf(vector) || 1;
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
      panel.say(...(values.length === 0 ? ['no singular value above 0'] : []));
      for (const { k, line, text } of lines) {
        line.setAttribute('d', linePath(x, heights(checkpoint, k)));
        const said = inDrawing(short(values[k] ?? Number.NaN));
        if (text.textContent !== said) text.textContent = said;
      }
    },
    describe(checkpoint) {
      const { values } = course.spectrum(checkpoint);
      const told = shown.flatMap((k) => values[k] ?? []);
      return told.length === 0 ? 'no singular value above 0' : `singular values ${told.map(short).join(', ')}`;
    },
  };
};

/** The largest size of its entries. */
function sizeOf(vector: Iterable<number>): number {
  let size = 0;
  for (const entry of vector) size = Math.max(size, Math.abs(entry));
  return size;
}
