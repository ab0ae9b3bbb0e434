/** `kernel`: the inner products of the gradient features at every two inputs, k(x, x') = φ(x)·φ(x'), as a heat map. */
import type { NdArray } from '../../artifact.js';
import { arrayOf, extent, numbersOf, slab } from '../arrays.js';
import { axisDomain } from '../axis.js';
import { position } from '../channels.js';
import { chooseCheckpoints } from '../checkpoints.js';
import { acrossAtMost, aboveLayers, aboveRow, frame, ownTitles, panelSize } from '../frame.js';
import { arrange, type Part } from '../panels.js';
import { type Run, runName, type Subject } from '../subject.js';
import { count, number, sentences, someOf, stepLabel } from '../words.js';
import { dataOf, trainedNames, trainingOf } from './data.js';
import { cellLayer, cellRows, levelsOf } from './heat-map.js';
import type { Picture } from './picture.js';

interface Kernel {
  readonly run: Run;
  readonly step: number;
  /** The inputs that stand for the cells, from the smallest. */
  readonly x: readonly number[];
  /** k(x[i], x[j]) at i * x.length + j. */
  readonly values: Float64Array;
  /** The largest size of them. */
  readonly largest: number;
}

/** As many cells side by side at most; each shows the input that is nearest to its middle. */
const mostCells = 48;
/** And as many in all panels together. */
const mostInAll = 24_000;
/** Of a panel's largest product, what a shade holds. */
const share = 0.1;

export function drawKernel(subject: Subject): Picture | undefined {
  if (subject.runs.map((run) => dataOf(run, subject)).includes(undefined)) return undefined;
  const { options } = subject.request;
  const divergedAt = (run: Run): number | undefined => trainingOf(run, subject).artifact.divergedAt;
  const checkpointsOf = chooseCheckpoints(subject, (steps) => [...steps], divergedAt);
  if (checkpointsOf === undefined) return undefined;
  const chosen = subject.runs.flatMap((run) =>
    checkpointsOf(run).flatMap(({ step, index }) => (index === undefined ? [] : [{ run, step, index }])),
  );
  const domain = axisDomain(extent(...subject.runs.map(({ artifact }) => numbersOf(artifact, 'inputs'))));
  const cells = Math.max(2, Math.min(mostCells, Math.floor(Math.sqrt(mostInAll / Math.max(1, chosen.length)))));
  const parts = chosen.map(({ run, step, index }): Part<Kernel> => {
    const labels = new Map([...run.labels, ['step', stepLabel(step)]]);
    return { value: kernelOf(run, step, index, domain, cells), labels };
  });
  const layout = arrange(subject, parts, { overlay: [], facets: ['step'], acrossAtMost: acrossAtMost(options, 190) });
  if (layout === undefined) return undefined;
  const room = panelSize(options, layout.columns.length, { ratio: 1, most: layout.rows.length > 1 ? 240 : 380 });
  // A whole number of pixels to a cell: no cell is blurred at its edge.
  const [across, down] = [Math.max(1, Math.floor(room.width / cells)), Math.max(1, Math.floor(room.height / cells))];
  const side = options.width === undefined && options.height === undefined ? Math.min(across, down) : undefined;
  const size = { width: cells * (side ?? across), height: cells * (side ?? down) };
  const levels = levelsOf(
    parts.map(({ value: { values, largest } }) => values.map((value) => value / largest)),
    share,
  );
  const edges = Array.from({ length: cells + 1 }, (_, index) => domain[0] + ((domain[1] - domain[0]) * index) / cells);
  const alone = layout.panels.length === 1;
  const rows = layout.panels.flatMap(({ row, column, title, members }) =>
    members.flatMap(({ value: { values, largest } }) => {
      const lines = Array.from({ length: cells }, (_, index) => ({
        y: ((edges[index] ?? 0) + (edges[index + 1] ?? 0)) / 2,
        height: size.height / cells,
        values: values.subarray(index * cells, (index + 1) * cells),
      }));
      return [
        ...cellRows({ edges, rows: lines }, levels, largest, { row, column }),
        ...(alone ? [] : [aboveRow(layout, size, title, `largest ${number(largest)}`, { row, column })]),
      ];
    }),
  );
  const titles = { x: 'input x', y: 'input x′', value: 'k(x, x′)' };
  const own = ownTitles(layout, titles);
  const axis = { tickCount: size.width < 180 ? 3 : 5, grid: false };
  const specification = frame({
    layout,
    size,
    titles,
    rows,
    layers: [
      cellLayer(levels, {
        x: position('x', own.x, { type: 'linear', domain, length: size.width }, axis),
        y: position('y', own.y, { type: 'linear', domain, length: size.height }, axis),
        title: `k(x, x′), as a share of the ${alone ? `largest, ${number(parts[0]?.value.largest ?? 1)}` : 'panel’s largest'}`,
        shares: true,
      }),
      ...aboveLayers,
    ],
    content: { parts: ['cell'], otherwise: 'no inner product that is finite' },
  });
  return {
    specification,
    description: describe(
      subject,
      parts.map(({ value }) => value),
    ),
  };
}

function kernelOf(run: Run, step: number, index: number, domain: readonly [number, number], cells: number): Kernel {
  const inputs = numbersOf(run.artifact, 'inputs');
  const chosen = Array.from({ length: cells }, (_, cell) => {
    const middle = domain[0] + ((domain[1] - domain[0]) * (cell + 0.5)) / cells;
    let nearest = 0;
    for (let point = 1; point < inputs.length; point += 1)
      if (Math.abs((inputs[point] ?? 0) - middle) < Math.abs((inputs[nearest] ?? 0) - middle)) nearest = point;
    return nearest;
  });
  const values = products(slab(arrayOf(run.artifact, 'jacobian'), index), chosen);
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  return { run, step, x: chosen.map((point) => inputs[point] ?? 0), values, largest };
}

/** The inner products of the chosen rows of a matrix, each with each. */
function products({ shape, data }: NdArray, chosen: readonly number[]): Float64Array {
  const [width, n] = [shape[1] ?? 0, chosen.length];
  const values = new Float64Array(n * n);
  chosen.forEach((a, i) => {
    for (let j = 0; j <= i; j += 1) {
      const b = chosen[j] ?? 0;
      let sum = 0;
      for (let column = 0; column < width; column += 1)
        sum += (data[a * width + column] ?? 0) * (data[b * width + column] ?? 0);
      values[i * n + j] = sum;
      values[j * n + i] = sum;
    }
  });
  return values;
}

function describe(subject: Subject, kernels: readonly Kernel[]): string {
  const facts = kernels.map(({ run, step, x, values }) => {
    const name = runName(run);
    const [least, most] = extent(values);
    const [low, high] = extent(x.map((_, index) => values[index * x.length + index] ?? 0));
    const below = values.filter((value) => value < 0).length;
    const negative = below === 0 ? '' : `, ${number((100 * below) / values.length)}% of them negative`;
    return `${name === '' ? '' : `${name}, `}${stepLabel(step)}: from ${number(least)} to ${number(most)}${negative}, of an input with itself from ${number(low)} to ${number(high)}`;
  });
  const inputs = Math.max(...kernels.map(({ x }) => new Set(x).size));
  return sentences(
    `the kernel of the gradient features of ${trainedNames(subject)}, their inner products at every two of ${count(inputs)} inputs, as a heat map`,
    ...someOf(facts, 12, (left) => `${left} more in the same manner`),
  );
}
