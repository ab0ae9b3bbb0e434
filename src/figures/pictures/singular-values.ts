/** `singular-values`: the spectrum on a logarithmic axis, with the tolerance and the rank that follows from it. */
import { chooseCheckpoints } from '../checkpoints.js';
import { position } from '../channels.js';
import { acrossAtMost, frame, layer, ownTitles, panelSize, rimmedText } from '../frame.js';
import { arrange, type Member, type Row } from '../panels.js';
import { fromLogPixels, type Scale, toPixels } from '../scale.js';
import { seriesEncoding, seriesKey } from '../series.js';
import { type Subject } from '../subject.js';
import { textWidth } from '../text-width.js';
import { colour, fontSizes } from '../theme.js';
import { countOf, sentences, someOf, stepLabel } from '../words.js';
import { trainedNames } from './data.js';
import type { Picture } from './picture.js';
import { describeSpectrum, rangeOf, type Spectrum, spectrumOf, toleranceName } from './spectrum.js';

export function drawSingularValues(subject: Subject): Picture {
  const { options } = subject.request;
  const checkpointsOf = chooseCheckpoints(subject);
  const parts = subject.runs.flatMap((run) =>
    checkpointsOf(run).flatMap(({ step, index }) =>
      index === undefined
        ? []
        : [{ value: spectrumOf(run, step, index), labels: new Map([...run.labels, ['step', stepLabel(step)]]) }],
    ),
  );
  const layout = arrange(subject, parts, acrossAtMost(options, 190));
  const size = panelSize(options, layout.columns.length, { ratio: 0.85, most: 340 });
  const spectra = parts.map(({ value }) => value);
  const { floor, largest } = rangeOf(spectra);
  const titles = { x: 'index', y: 'singular value' };
  const own = ownTitles(layout, titles);
  const most = Math.max(1, ...spectra.map(({ values }) => values.length));
  const x = {
    field: 'x',
    type: 'quantitative',
    title: own.x,
    scale: { domain: [0, most + 1], nice: false },
    axis: { tickCount: 5, tickMinStep: 1 },
  };
  const heights: Scale = { type: 'log', domain: [floor / 2, largest * 4], length: size.height };
  const y = position('y', own.y, heights);
  const color = seriesEncoding(layout.series);
  const rankText = { type: 'text', align: 'left', baseline: 'bottom', dx: 4, dy: -2, fontWeight: 600 };
  const text = { field: 'text' };
  const rows = layout.panels.flatMap(({ row, column, members }) => [
    ...members.flatMap(({ value, series }) => spectrumRows(value, floor, { row, column, series })),
    ...rankRows(members, { floor, width: size.width / (most + 1), heights }, { row, column }),
  ]);
  const specification = frame({
    layout,
    size,
    titles,
    rows,
    layers: [
      layer('tolerance', { type: 'rule', strokeWidth: 1, strokeDash: [4, 3] }, { y, color }),
      layer('value', { type: 'point', filled: true, size: 14, opacity: 0.9 }, { x, y, color }),
      layer('zero', { type: 'point', filled: false, size: 12, strokeWidth: 0.9 }, { x, y, color }),
      ...rimmedText('rank', rankText, { x, y, color, text }),
    ],
    content: { parts: ['value', 'zero'], otherwise: 'no singular value that is finite' },
    key: [
      ...seriesKey(layout.series, 'dot'),
      {
        label: toleranceName(spectra),
        colour: colour('faint'),
        shape: 'dashed',
      },
      ...(rows.some(({ part }) => part === 'zero')
        ? [{ label: '0, or below 10⁻¹⁸ of the largest', colour: colour('faint'), shape: 'ring' } as const]
        : []),
    ],
  });
  return { specification, description: describe(subject, spectra) };
}

function spectrumRows({ values, tolerance }: Spectrum, floor: number, row: Row): Row[] {
  const points = Array.from(values, (value, index) => ({
    ...row,
    part: value > floor ? 'value' : 'zero',
    x: index + 1,
    y: Math.max(value, floor),
  }));
  return [...points, ...(tolerance > floor ? [{ ...row, part: 'tolerance', y: tolerance }] : [])];
}

/** The height of a rank's label, in pixels. */
const labelHeight = 14;

interface Place {
  readonly floor: number;
  /** In pixels, from one index to the next. */
  readonly width: number;
  readonly heights: Scale;
}

/** The rank stands at the last value above the tolerance; one that would cover another's goes above that one. */
function rankRows(members: readonly Member<Spectrum>[], { floor, width, heights }: Place, row: Row): Row[] {
  const toPixel = toPixels(heights);
  const taken: { readonly left: number; readonly right: number; readonly y: number }[] = [];
  const labels = members.map(({ value: { values, rank }, series }) => {
    const text = `rank ${rank}`;
    return { rank, series, text, y: toPixel(Math.max(values[rank - 1] ?? floor, floor)) };
  });
  return labels
    .toSorted((a, b) => a.y - b.y)
    .map(({ rank, series, text, y }) => {
      const [left, right] = [rank * width, rank * width + textWidth(text, fontSizes.label, 600) + 6];
      let free = y;
      for (const other of taken)
        if (left < other.right && other.left < right && Math.abs(free - other.y) < labelHeight)
          free = other.y + labelHeight;
      taken.push({ left, right, y: free });
      return { ...row, series, part: 'rank', x: rank, y: fromLogPixels(heights)(free), text };
    });
}

function describe(subject: Subject, spectra: readonly Spectrum[]): string {
  return sentences(
    `singular values of the gradient features of ${trainedNames(subject)}, on a logarithmic axis`,
    ...someOf(spectra.map(describeSpectrum), 12, (left) => countOf(left, 'more spectrum', 'more spectra')),
  );
}
