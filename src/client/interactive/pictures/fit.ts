/** The network's output over the data and the true function, with its elbows. */
import { axisDomain } from '../../../figures/axis.js';
import { slopeBelowZero } from '../../../model/activation.js';
import { circlePath, dotsPath, linePath } from '../line.js';
import { makePanel } from '../panel.js';
import { evenly, type MakePicture, roomy, sampledOf, short } from './picture.js';

const points = 401;

/** Where a line is of which nothing shows. */
function outside(y: Float64Array, [low, high]: readonly [number, number]): string | undefined {
  if (y.some((value) => value >= low && value <= high)) return undefined;
  return y.some((value) => value > high)
    ? y.some((value) => value < low)
      ? 'almost all outside'
      : 'above the picture'
    : 'below the picture';
}

export const fit: MakePicture = (course, { title, width, height, among }) => {
  const { data } = course;
  const domain = roomy(
    among.flatMap(({ data: own }) => [...own.y, ...(own.truth?.y ?? [])]),
    0.12,
  );
  const across = axisDomain(data.domain);
  const titles = { x: 'input x', y: 'output' };
  const panel = makePanel({
    title,
    x: { title: titles.x, domain: across },
    y: { title: titles.y, domain },
    width,
    height,
  });
  // Of the whole course and all its panels, so that a dot grows as its kink does.
  const largest = Math.max(
    ...sampledOf(among).flatMap(([one, checkpoint]) => one.kinks(checkpoint).map(({ size }) => Math.abs(size))),
  );
  const round = { 'stroke-linecap': 'round' };
  const samples = panel.path({ stroke: 'var(--figure-faint)', 'stroke-width': 3, 'stroke-opacity': 0.45, ...round });
  samples.setAttribute('d', dotsPath(data.x.map(panel.x), data.y.map(panel.y)));
  const knots = panel.path({ stroke: 'var(--figure-grid)', 'stroke-width': 1, 'stroke-dasharray': '2 3' });
  knots.setAttribute('d', data.knots.map((knot) => `M${panel.x(knot)} 0v${height}`).join(''));
  const truth = panel.path({ stroke: 'var(--figure-ink)', 'stroke-opacity': 0.75 });
  if (data.truth !== null) truth.setAttribute('d', linePath(data.truth.x.map(panel.x), data.truth.y.map(panel.y)));
  const line = panel.path({ stroke: 'var(--figure-c1)', 'stroke-width': 2, 'stroke-linejoin': 'round' });
  const marks = panel.path({ stroke: 'var(--figure-c2)' });
  const dots = panel.path({ fill: 'var(--figure-c2)', 'fill-opacity': 0.85 });
  const grid = evenly(across, points);
  /** The line, with a point at each elbow. */
  const curve = (checkpoint: number): { x: Float64Array; y: Float64Array; positions: Float64Array } => {
    const positions = Float64Array.from(course.kinks(checkpoint), ({ position }) => position);
    const x = Float64Array.from([...grid, ...positions]).sort();
    return { x, y: course.outputs(checkpoint, x), positions };
  };
  const bends = slopeBelowZero(course.network.activation) !== undefined;
  return {
    panels: [panel],
    key: [
      { label: 'training samples', shape: 'dot', colour: 'var(--figure-faint)', marks: [samples] },
      ...(data.truth === null
        ? []
        : [{ label: 'true function', shape: 'thin', colour: 'var(--figure-ink)', marks: [truth] } as const]),
      ...(data.knots.length === 0
        ? []
        : [{ label: 'its knots', shape: 'dashed', colour: 'var(--figure-faint)', marks: [knots] } as const]),
      { label: 'network', shape: 'line', colour: 'var(--figure-c1)', marks: [line] },
      ...(bends
        ? [
            {
              ...({ label: 'elbows, as large as the kink', shape: 'dot' } as const),
              ...{ colour: 'var(--figure-c2)', marks: [marks, dots] },
            },
          ]
        : []),
    ],
    show(checkpoint) {
      const kinks = course.kinks(checkpoint);
      const { x, y, positions } = curve(checkpoint);
      line.setAttribute('d', linePath(x.map(panel.x), y.map(panel.y)));
      const heights = course.outputs(checkpoint, positions);
      marks.setAttribute('d', Array.from(positions, (at) => `M${panel.x(at).toFixed(1)} ${height}v-5`).join(''));
      dots.setAttribute(
        'd',
        kinks
          .map(({ position, size }, index) =>
            circlePath(
              panel.x(position),
              panel.y(heights[index] ?? 0),
              1.5 + 4.2 * Math.min(1, Math.sqrt(Math.abs(size) / largest) || 0),
            ),
          )
          .join(''),
      );
      const away = outside(y, domain);
      if (away !== undefined) panel.say(away);
      else panel.say(...(bends ? [`${kinks.length} ${kinks.length === 1 ? 'elbow' : 'elbows'}`] : []));
    },
    readings(checkpoint) {
      const { x, y, positions } = curve(checkpoint);
      const kinks = course.kinks(checkpoint);
      const heights = course.outputs(checkpoint, positions);
      const read = (
        mark: SVGElement,
        heading: string,
        joined: boolean,
        xs: ArrayLike<number>,
        ys: ArrayLike<number>,
      ) => ({
        ...{ panel, mark, heading, joined, x: Array.from(xs, panel.x), y: Array.from(ys, panel.y) },
        tell: (index: number) =>
          [
            [titles.x, xs[index] ?? Number.NaN],
            [titles.y, ys[index] ?? Number.NaN],
          ] as const,
      });
      const elbow = read(dots, 'elbow', false, positions, heights);
      return [
        {
          ...elbow,
          tell: (index) => [...elbow.tell(index), ['change of slope', kinks[index]?.size ?? Number.NaN] as const],
        },
        read(line, 'network', true, x, y),
        read(samples, 'training samples', false, data.x, data.y),
        ...(data.truth === null ? [] : [read(truth, 'true function', true, data.truth.x, data.truth.y)]),
      ];
    },
    describe(checkpoint) {
      const error = course.testErrors[checkpoint] ?? null;
      const elbows = course.kinks(checkpoint).length;
      return [
        ...(bends ? [`${elbows} ${elbows === 1 ? 'elbow' : 'elbows'}`] : []),
        ...(error === null ? [] : [`test error ${short(error)}`]),
      ].join(', ');
    },
  };
};
