/** `elbows`: where each unit of a single hidden layer has its elbow, over the course of training. */
import { firstLayerElbows } from '../../model/elbows.js';
import { extent, numbersOf, padded } from '../arrays.js';
import { position, stepAxis } from '../channels.js';
import { acrossAtMost, frame, layer, noteLayer, ownTitles, panelSize } from '../frame.js';
import { type Axes, lineRows } from '../lines.js';
import { arrange } from '../panels.js';
import { shownNames, type Subject } from '../subject.js';
import { colour } from '../theme.js';
import { count, countOf, sentences, stepLabel } from '../words.js';
import { dataOf, networkOf, parametersAt } from './data.js';
import type { Picture } from './picture.js';

export function drawElbows(subject: Subject): Picture | undefined {
  const data = subject.runs.map((run) => dataOf(run, subject));
  if (data.includes(undefined)) return undefined;
  const deep = subject.runs.find(({ artifact }) => networkOf(artifact).hidden.length !== 1);
  if (deep !== undefined) {
    const hint = 'draw its "fit", which shows every place where it bends';
    subject.refuse(['show'], 'one-hidden-layer', `${deep.step.name} does not have exactly one hidden layer`, hint);
    return undefined;
  }
  const { options } = subject.request;
  const parts = subject.runs.map((run, index) => ({ value: { run, data: data[index] }, labels: run.labels }));
  const layout = arrange(subject, parts, { overlay: [], acrossAtMost: acrossAtMost(options, 190) });
  if (layout === undefined) return undefined;
  const size = panelSize(options, layout.columns.length, { ratio: 0.9, most: 320 });
  const steps = extent(...subject.runs.map(({ artifact }) => numbersOf(artifact, 'step')));
  const range = padded(extent(...data.map((one) => one?.domain ?? [0, 1])), 0.12);
  const axes: Axes = {
    x: { type: 'linear', domain: steps, length: size.width },
    y: { type: 'linear', domain: range, length: size.height },
  };
  // An elbow whose weight passes through 0 leaves on one side and comes back on the other; no line joins the two.
  const near = (position: number): number => (position < range[0] || position > range[1] ? Number.NaN : position);
  const rows = layout.panels.flatMap(({ row, column, members }) =>
    members.flatMap(({ value: { run, data: its } }, member) => {
      const network = networkOf(run.artifact);
      const x = numbersOf(run.artifact, 'step');
      const tracks = Array.from(x, (_, index) => firstLayerElbows(network, parametersAt(run.artifact, network, index)));
      const units = Array.from({ length: network.hidden[0] ?? 0 }, (_, unit) =>
        tracks.map((elbows) => near(elbows[unit]?.position ?? Number.NaN)),
      );
      const lines = units.flatMap((y, unit) =>
        lineRows(x, y, axes, `${member}/${unit}`, { row, column, part: 'track' }),
      );
      const { divergedAt } = run.artifact;
      const note =
        divergedAt === undefined ? [] : [{ row, column, part: 'note', text: `diverged at ${stepLabel(divergedAt)}` }];
      return [...lines, ...(its?.knots ?? []).map((y) => ({ row, column, part: 'knot', y })), ...note];
    }),
  );
  const titles = { x: 'step', y: 'position of the elbow' };
  const own = ownTitles(layout, titles);
  const x = position('x', own.x, axes.x, stepAxis(axes.x));
  const y = position('y', own.y, axes.y, { tickCount: 5, grid: false });
  const specification = frame({
    layout,
    size,
    titles,
    rows,
    layers: [
      layer('knot', { type: 'rule', color: colour('faint'), strokeWidth: 0.75, strokeOpacity: 0.5 }, { y }),
      layer(
        'track',
        { type: 'line', color: colour('c1'), strokeWidth: 1.25, strokeOpacity: 0.8, clip: true },
        { x, y, order: { value: null }, detail: { field: 'line' } },
      ),
      noteLayer,
    ],
    key: [
      { label: 'elbow of one unit', colour: colour('c1'), shape: 'line' },
      ...(data.some((one) => (one?.knots.length ?? 0) > 0)
        ? [{ label: 'knots of the target', colour: colour('faint'), shape: 'thin' } as const]
        : []),
    ],
  });
  const facts = subject.runs.map(({ step, artifact }) => {
    const network = networkOf(artifact);
    const last = numbersOf(artifact, 'step').length - 1;
    const elbows = firstLayerElbows(network, parametersAt(artifact, network, last));
    const [low, high] = range;
    const seen = elbows.filter(({ position }) => position >= low && position <= high).length;
    return `${step.name}: ${countOf(elbows.length, 'unit')}, ${count(seen)} of them with their elbow in the drawn range at the end`;
  });
  return {
    specification,
    description: sentences(`positions of the elbows of ${shownNames(subject)} during training`, ...facts),
  };
}
