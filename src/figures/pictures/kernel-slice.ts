/** `slice`: one row of the kernel, k(x₀, x), as a function of the other input: a line for each checkpoint. */
import { arrayOf, extent, numbersOf, slab } from '../arrays.js';
import { axisDomain } from '../axis.js';
import { position } from '../channels.js';
import { chooseCheckpoints } from '../checkpoints.js';
import { acrossAtMost, frame, layer, ownTitles, panelSize } from '../frame.js';
import { type Axes, lineRows } from '../lines.js';
import { arrange, type Part } from '../panels.js';
import { seriesEncoding, seriesKey } from '../series.js';
import { placeOf, type Run, type Subject } from '../subject.js';
import { colour } from '../theme.js';
import { aboutRuns, factOf, number, say, stepLabel } from '../words.js';
import { trainedNames } from './data.js';
import { nearestTo } from './kernel.js';
import type { Picture } from './picture.js';

interface Slice {
  readonly run: Run;
  readonly step: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
}

export function drawKernelSlice(subject: Subject): Picture {
  const { language, runs } = subject;
  const { options } = subject.request;
  const { drawings, scripts } = language.words;
  const all = extent(...runs.map(({ artifact }) => numbersOf(artifact, 'inputs')));
  const wanted = Math.min(all[1], Math.max(all[0], options.slice ?? (all[0] + all[1]) / 2));
  const checkpointsOf = chooseCheckpoints(subject);
  const parts = runs.flatMap((run) =>
    checkpointsOf(run).flatMap(({ step, index }): Part<Slice>[] => {
      if (index === undefined) return [];
      const labels = new Map([...run.labels, ['step', stepLabel(scripts.figure, step)]]);
      return [{ value: { run, step, ...sliceOf(run, index, wanted) }, labels }];
    }),
  );
  const layout = arrange(subject, parts, acrossAtMost(options, 190));
  const size = panelSize(options, layout, { ratio: layout.panels.length === 1 ? 0.6 : 0.85, most: 320 });
  const axes: Axes = {
    x: { type: 'linear', domain: axisDomain(all, 0.015), length: size.width },
    y: { type: 'linear', domain: axisDomain(extent(...parts.map(({ value }) => value.y)), 0.05), length: size.height },
  };
  const rows = layout.panels.flatMap(({ row, column, members }) => [
    ...members.flatMap(({ value: { x, y }, series }, index) =>
      lineRows(x, y, axes, `${series}/${index}`, { row, column, series, part: 'slice' }),
    ),
    { row, column, part: 'at', x: wanted },
  ]);
  const shown = number(wanted);
  const titles = { x: drawings.axes.input, y: `k(${shown}, x)` };
  const own = ownTitles(layout, titles);
  const x = position('x', own.x, axes.x, { tickCount: size.width < 180 ? 3 : 5 });
  const y = position('y', own.y, axes.y, { tickCount: 5 });
  const specification = frame({
    layout,
    size,
    titles,
    rows,
    layers: [
      layer('at', { type: 'rule', color: colour('faint'), strokeWidth: 1, strokeDash: [4, 3] }, { x }),
      layer(
        'slice',
        { type: 'line', strokeWidth: 1.75 },
        { x, y, order: { value: null }, detail: { field: 'line' }, color: seriesEncoding(layout.series) },
      ),
    ],
    content: { parts: ['slice'], otherwise: drawings.notes.noProduct },
    key: seriesKey(layout.series, 'line', language),
  });
  const facts = parts.map(({ value: { run, step, y } }) => {
    const [low, high] = extent(y);
    const place = placeOf(run, stepLabel(scripts.figure, step), language);
    return factOf(language, place, say(drawings.text.range, { low: number(low), high: number(high) }));
  });
  const intro = say(drawings.kernel.introOfSlices, { names: trainedNames(subject), x: shown });
  return {
    specification,
    description: aboutRuns(language, intro, facts),
  };
}

/** The row of the input that is nearest, over the inputs from the smallest. */
function sliceOf(run: Run, index: number, wanted: number): Pick<Slice, 'x' | 'y'> {
  const inputs = numbersOf(run.artifact, 'inputs');
  const { shape, data } = slab(arrayOf(run.artifact, 'kernel'), index);
  const from = nearestTo(inputs, wanted) * (shape[1] ?? 0);
  const order = Array.from(inputs.keys()).sort((a, b) => (inputs[a] ?? 0) - (inputs[b] ?? 0));
  return {
    x: Float64Array.from(order, (point) => inputs[point] ?? 0),
    y: Float64Array.from(order, (point) => data[from + point] ?? Number.NaN),
  };
}
