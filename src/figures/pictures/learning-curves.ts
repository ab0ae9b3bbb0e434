/** `learning-curves`: training and test error, and the minibatch losses, over the course of training. */
import type { Specification } from '../drawing.js';
import { extent, numbersOf } from '../arrays.js';
import { logDomain, stepAxis } from '../channels.js';
import { acrossAtMost, frame, type KeyEntry, layer, noteLayer, ownTitles, panelSize } from '../frame.js';
import { type Axes, lineRows } from '../lines.js';
import { arrange, type Row } from '../panels.js';
import { seriesEncoding } from '../series.js';
import { directiveAxis, type Run, runName, shownNames, type Subject } from '../subject.js';
import { colour, seriesColour } from '../theme.js';
import { count, countOf, number, sentences, someOf, stepLabel } from '../words.js';
import type { Picture } from './picture.js';

const measures = [
  { name: 'train-error', part: 'train', label: 'training error', colour: colour('c2') },
  { name: 'test-error', part: 'test', label: 'test error', colour: colour('c1') },
] as const;

export function drawLearningCurves(subject: Subject): Picture | undefined {
  const { options } = subject.request;
  const parts = subject.runs.map((run) => ({ value: run, labels: run.labels }));
  const layout = arrange(subject, parts, {
    overlay: [directiveAxis, 'seed'],
    acrossAtMost: acrossAtMost(options, 190),
  });
  if (layout === undefined) return undefined;
  const size = panelSize(options, layout.columns.length, { ratio: 0.72, most: 300 });
  const steps = extent(...subject.runs.map(({ artifact }) => numbersOf(artifact, 'step')));
  const errors = subject.runs.flatMap(({ artifact }) =>
    measures.map(({ name }) => positive(numbersOf(artifact, name))),
  );
  const [low, high] = extent(...errors);
  const axes: Axes = {
    x: { type: 'linear', domain: steps, length: size.width },
    y: { type: 'log', domain: logDomain(low, high), length: size.height },
  };
  const several = layout.series.length > 1;
  const rows = layout.panels.flatMap(({ row, column, members }) =>
    members.flatMap(({ value, series }, index) => runRows(value, axes, `${index}`, { row, column, series })),
  );
  const titles = { x: 'step', y: 'mean squared error' };
  const own = ownTitles(layout, titles);
  const x = {
    field: 'x',
    type: 'quantitative',
    title: own.x,
    scale: { domain: steps, nice: false },
    axis: stepAxis(size.width),
  };
  const y = {
    field: 'y',
    type: 'quantitative',
    title: own.y,
    scale: { type: 'log', domain: axes.y.domain, nice: false },
    axis: { tickCount: 5, format: '~g' },
  };
  const shared = { order: { value: null }, detail: { field: 'line' } };
  const hue = (single: string): Specification => ({
    color: several ? seriesEncoding(layout.series) : { value: single },
  });
  const specification = frame({
    layout,
    size,
    titles,
    rows,
    layers: [
      layer(
        'batch',
        { type: 'point', filled: true, size: 5, color: colour('faint'), opacity: 0.35, clip: true },
        { x, y },
      ),
      ...measures.map((measure) =>
        layer(
          measure.part,
          { type: 'line', strokeWidth: 1.75, ...(several && measure.part === 'train' && { strokeDash: [4, 3] }) },
          { x, y, ...shared, ...hue(measure.colour) },
        ),
      ),
      noteLayer,
    ],
    key: keyOf(layout.series, several),
  });
  return { specification, description: describe(subject) };
}

function positive(values: Float64Array): Float64Array {
  return values.filter((value) => value > 0);
}

function runRows({ artifact }: Run, axes: Axes, name: string, row: Row): Row[] {
  const steps = numbersOf(artifact, 'step');
  const rows = measures.flatMap(({ name: measure, part }) =>
    lineRows(steps, numbersOf(artifact, measure), axes, `${name}/${part}`, { ...row, part }),
  );
  const batch = numbersOf(artifact, 'batch-error');
  steps.forEach((step, index) => {
    const error = batch[index] ?? Number.NaN;
    if (error > 0 && Number.isFinite(error)) rows.push({ ...row, part: 'batch', x: step, y: error });
  });
  if (artifact.divergedAt !== undefined)
    rows.push({ ...row, part: 'note', text: `diverged at ${stepLabel(artifact.divergedAt)}` });
  return rows;
}

function keyOf(series: readonly string[], several: boolean): KeyEntry[] {
  const batch: KeyEntry = { label: 'minibatch loss', colour: colour('faint'), shape: 'dot' };
  if (!several)
    return [...measures.map(({ label, colour: hue }): KeyEntry => ({ label, colour: hue, shape: 'line' })), batch];
  return [
    ...series.map((label, index): KeyEntry => ({ label, colour: seriesColour(index), shape: 'line' })),
    { label: 'training error (test error is solid)', colour: colour('ink'), shape: 'dashed' },
    batch,
  ];
}

function describe(subject: Subject): string {
  const facts = subject.runs.map((run) => {
    const { artifact } = run;
    const ends = measures.flatMap(({ name, label }) => {
      const values = numbersOf(artifact, name);
      const [first, last] = [values[0] ?? Number.NaN, values.at(-1) ?? Number.NaN];
      return Number.isFinite(last) ? [`${label} from ${number(first)} to ${number(last)}`] : [];
    });
    const name = runName(run);
    const diverged = artifact.divergedAt === undefined ? '' : `, diverged at step ${count(artifact.divergedAt)}`;
    return `${name === '' ? '' : `${name}: `}${ends.join(', ')}, until step ${count(numbersOf(artifact, 'step').at(-1) ?? 0)}${diverged}`;
  });
  return sentences(
    `learning curves of ${shownNames(subject)}, on a logarithmic axis`,
    ...someOf(facts, 12, (left) => `${countOf(left, 'more run')} in the same manner`),
  );
}
