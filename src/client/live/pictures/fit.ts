/** The network's output over the data and the true function, with its elbows. */
import { circlePath, dotsPath, linePath } from '../line.js';
import { makePanel } from '../panel.js';
import { evenly, type MakePicture, roomy, short } from './picture.js';

const points = 401;

export const fit: MakePicture = (course, { title, width, height }) => {
  const { data } = course;
  const [low, high] = roomy([...data.y, ...(data.truth?.y ?? [])], 0.12);
  const panel = makePanel({
    title,
    x: { title: 'input x', domain: data.domain },
    y: { title: 'output', domain: [low, high] },
    width,
    height,
  });
  const round = { 'stroke-linecap': 'round' };
  panel
    .path({ stroke: 'var(--figure-faint)', 'stroke-width': 3, 'stroke-opacity': 0.45, ...round })
    .setAttribute('d', dotsPath(data.x.map(panel.x), data.y.map(panel.y)));
  panel
    .path({ stroke: 'var(--figure-grid)', 'stroke-width': 1, 'stroke-dasharray': '2 3' })
    .setAttribute('d', data.knots.map((knot) => `M${panel.x(knot)} 0v${height}`).join(''));
  if (data.truth !== null) {
    const { x, y } = data.truth;
    panel
      .path({ stroke: 'var(--figure-ink)', 'stroke-opacity': 0.75 })
      .setAttribute('d', linePath(x.map(panel.x), y.map(panel.y)));
  }
  const line = panel.path({ stroke: 'var(--figure-c1)', 'stroke-width': 2, 'stroke-linejoin': 'round' });
  const marks = panel.path({ stroke: 'var(--figure-c2)' });
  const dots = panel.path({ fill: 'var(--figure-c2)', 'fill-opacity': 0.85 });
  const grid = evenly(data.domain, points);
  return {
    panels: [panel.svg],
    show(checkpoint) {
      const kinks = course.kinks(checkpoint);
      const positions = Float64Array.from(kinks, ({ position }) => position);
      const x = Float64Array.from([...grid, ...positions]).sort();
      line.setAttribute('d', linePath(x.map(panel.x), course.outputs(checkpoint, x).map(panel.y)));
      const heights = course.outputs(checkpoint, positions);
      const largest = Math.max(...kinks.map(({ size }) => Math.abs(size)));
      marks.setAttribute('d', Array.from(positions, (at) => `M${panel.x(at).toFixed(1)} ${height}v-5`).join(''));
      dots.setAttribute(
        'd',
        kinks
          .map(({ position, size }, index) =>
            circlePath(
              panel.x(position),
              panel.y(heights[index] ?? 0),
              1.5 + 4.2 * Math.sqrt(Math.abs(size) / largest),
            ),
          )
          .join(''),
      );
      panel.say(`${kinks.length} elbows`);
    },
    describe(checkpoint) {
      const error = course.testErrors[checkpoint] ?? null;
      return `${course.kinks(checkpoint).length} elbows${error === null ? '' : `, test error ${short(error)}`}`;
    },
  };
};
