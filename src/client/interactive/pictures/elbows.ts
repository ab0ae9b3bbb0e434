/** The tracks of the elbows over the course, with where they stand at the checkpoint. */
import { firstLayerElbows } from '../../../model/elbows.js';
import { dotsPath, linePath } from '../line.js';
import { makePanel } from '../panel.js';
import type { Reading } from '../readings.js';
import { type MakePicture, roomy, stepsOf } from './picture.js';

export const elbows: MakePicture = (course, { title, width, height, among }) => {
  const { steps, data } = course;
  const range = roomy(data.domain, 0.12);
  const panel = makePanel({
    title,
    x: { title: 'step', domain: stepsOf(among), whole: true },
    y: { title: 'position of the elbow', domain: range },
    width,
    height,
  });
  const inRange = (position: number): boolean => position >= range[0] && position <= range[1];
  const standing = course.parameters.map((parameters, checkpoint) =>
    firstLayerElbows(course.network, parameters).map(({ position }) =>
      course.drawn(checkpoint) === checkpoint ? position : Number.NaN,
    ),
  );
  const x = steps.map(panel.x);
  const tracks = (standing[0] ?? []).map((_, unit) => {
    // One that passes out of sight on one side and comes back on the other is not joined across.
    const pieces: number[][] = [[]];
    standing.forEach((positions, index) => {
      if (inRange(positions[unit] ?? Number.NaN)) pieces.at(-1)?.push(index);
      else if ((pieces.at(-1)?.length ?? 0) > 0) pieces.push([]);
    });
    return pieces
      .map((piece) =>
        linePath(
          piece.map((index) => x[index] ?? 0),
          piece.map((index) => panel.y(standing[index]?.[unit] ?? 0)),
        ),
      )
      .join('');
  });
  const knots = panel.path({ stroke: 'var(--figure-faint)', 'stroke-width': 0.75, 'stroke-opacity': 0.5 });
  knots.setAttribute('d', data.knots.map((knot) => `M0 ${panel.y(knot)}h${width}`).join(''));
  const lines = panel.path({ stroke: 'var(--figure-c1)', 'stroke-opacity': 0.55 });
  lines.setAttribute('d', tracks.join(''));
  const cursor = panel.path({ stroke: 'var(--figure-ink)', 'stroke-opacity': 0.6 });
  const dots = panel.path({ stroke: 'var(--figure-c2)', 'stroke-width': 7, 'stroke-linecap': 'round' });
  const seen = (checkpoint: number): number[] => (standing[checkpoint] ?? []).filter(inRange);
  const all = (standing[0] ?? []).map(
    (_, unit): Reading => ({
      ...{ panel, heading: `elbow of unit ${unit}`, mark: lines, joined: true, x },
      y: standing.map((positions) => panel.y(positions[unit] ?? Number.NaN)),
      tell: (index) => [
        ['step', steps[index] ?? Number.NaN],
        ['position', standing[index]?.[unit] ?? Number.NaN],
      ],
    }),
  );
  return {
    panels: [panel],
    key: [
      { label: 'elbow of one unit', shape: 'line', colour: 'var(--figure-c1)', marks: [lines] },
      { label: 'where it stands at the step', shape: 'dot', colour: 'var(--figure-c2)', marks: [dots] },
      ...(data.knots.length === 0
        ? []
        : [{ label: 'knots of the target', shape: 'thin', colour: 'var(--figure-faint)', marks: [knots] } as const]),
    ],
    readings: () => all,
    show(checkpoint) {
      const at = x[checkpoint] ?? 0;
      cursor.setAttribute('d', `M${at.toFixed(1)} 0v${height}`);
      const here = seen(checkpoint);
      if (tracks.every((track) => track === '')) panel.say('none in sight');
      dots.setAttribute(
        'd',
        dotsPath(
          here.map(() => at),
          here.map(panel.y),
        ),
      );
    },
    describe: (checkpoint) => `${seen(checkpoint).length} of ${standing[0]?.length ?? 0} elbows in sight`,
  };
};
