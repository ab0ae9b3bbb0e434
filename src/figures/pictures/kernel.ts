/**
 * `kernel`: the inner products of the gradient features at every two inputs, k(x, x') = φ(x)·φ(x'), as a heat map: of
 * `features` in shares of each panel's largest, of `kernel` on one scale for all panels. `cosine`: the cosines of the angles
 * between them, k(x, x') / sqrt(k(x, x) k(x', x')), on one scale too. `cross`: the inner products of two runs.
 */
import type { NdArray } from '../../shared/artifact.js';
import { cosines } from '../../model/kernel.js';
import { arrayOf, extent, numbersOf, slab } from '../arrays.js';
import { axisDomain } from '../axis.js';
import { position } from '../channels.js';
import { chooseCheckpoints } from '../checkpoints.js';
import { acrossAtMost, aboveLayers, aboveRow, frame, ownTitles, panelSize } from '../frame.js';
import { comparedParts } from '../moving/compared.js';
import { arrange, type Part } from '../panels.js';
import { placeOf, type Run, type Subject } from '../subject.js';
import { count, factOf, joined, number, say, sentences, someOf, stepLabel } from '../words.js';
import { trainedNames } from './data.js';
import { cellLayer, shadesKey } from './heat-map.js';
import { everyLevel, levelsOf } from './heat-map-rows.js';
import { kernelRows, largestOf, smallestNote } from './kernel-rows.js';
import type { Picture } from './picture.js';

interface Kernel {
  readonly run: Run;
  readonly step: number;
  /** The inputs that stand for the cells, from the smallest. */
  readonly x: readonly number[];
  /** k(x[i], x[j]) at i * x.length + j. */
  readonly values: Float64Array;
  /** What its shades are shares of: the largest size of the values, or 1 for cosines. */
  readonly unit: number;
}

/** As many cells side by side at most; each shows the input that is nearest to its middle. */
const mostCells = { still: 48, moving: 32 };
/** And as many in all panels together. */
const mostInAll = 24_000;
/** Of the unit of a panel, what a shade holds. */
const share = 0.1;

type Measure = 'kernel' | 'cosine';

/** What is drawn of the results. */
interface Look {
  readonly measure: Measure;
  /** Whether the shades of all panels are shares of one number. */
  readonly shared: boolean;
  /** The entries between the chosen points at a checkpoint. */
  readonly entries: (run: Run, index: number, chosen: readonly number[]) => Float64Array;
  /** The same of all that a figure compares. */
  readonly all: (subject: Subject) => readonly Part<Kernel>[];
}

/** The parts of all that a figure compares, the same function for each. */
function lookAt(look: Pick<Look, 'measure' | 'shared' | 'entries'>): Look {
  return { ...look, all: (subject) => kernelsOf(subject, look, subject.runs).parts };
}

const innerProducts = lookAt({ measure: 'kernel', shared: false, entries: productsAmong });
const angles = lookAt({
  ...{ measure: 'cosine', shared: false },
  entries: (run, index, chosen) => cosines(productsAmong(run, index, chosen), chosen.length),
});

export function drawKernel(subject: Subject): Picture {
  return draw(subject, innerProducts);
}

export function drawCosine(subject: Subject): Picture {
  return draw(subject, angles);
}

/** Of `kernel`, whose artifact has the entries. */
export function drawKernelMatrix(subject: Subject): Picture {
  return draw(subject, lookAt({ measure: measureOf(subject), shared: true, entries: entriesOf('kernel') }));
}

export function drawCrossKernel(subject: Subject): Picture {
  return draw(subject, lookAt({ measure: measureOf(subject), shared: true, entries: entriesOf('cross') }));
}

function measureOf({ runs }: Subject): Measure {
  const isCosine = ({ step }: Run): boolean => (step.options as { readonly normalize: string }).normalize === 'cosine';
  return runs.every(isCosine) ? 'cosine' : 'kernel';
}

function productsAmong(run: Run, index: number, chosen: readonly number[]): Float64Array {
  return products(slab(arrayOf(run.artifact, 'jacobian'), index), chosen);
}

function entriesOf(name: string): Look['entries'] {
  return (run, index, chosen) => {
    const { shape, data } = slab(arrayOf(run.artifact, name), index);
    const width = shape[1] ?? 0;
    return Float64Array.from(chosen.flatMap((row) => chosen.map((column) => data[row * width + column] ?? Number.NaN)));
  };
}

function draw(subject: Subject, look: Look): Picture {
  const { measure, shared, all } = look;
  const { options } = subject.request;
  const { drawings, scripts } = subject.language.words;
  const { axes: names } = drawings;
  const { moving } = subject;
  const { parts, domain, cells } = kernelsOf(subject, look, moving?.among.runs ?? subject.runs);
  const layout = arrange(subject, parts, acrossAtMost(options, 190));
  const room = panelSize(options, layout, { ratio: 1, most: layout.rows.length > 1 ? 240 : 380 });
  // A whole number of pixels to a cell: no cell is blurred at its edge.
  const [across, down] = [Math.max(1, Math.floor(room.width / cells)), Math.max(1, Math.floor(room.height / cells))];
  const side = options.width === undefined && options.height === undefined ? Math.min(across, down) : undefined;
  const size = { width: cells * (side ?? across), height: cells * (side ?? down) };
  const compared = comparedParts(subject, parts, all);
  const found = compared.map(({ value: { values, unit } }) => values.map((value) => value / unit));
  // The scale of cosines has all its shades from 0 to 1, whatever they are.
  const seen = levelsOf(measure === 'cosine' ? [...found, [0, 1]] : found, share);
  // Another moment may have others.
  const levels = moving === undefined ? seen : everyLevel(share);
  const alone = layout.panels.length === 1;
  const ownScale = measure === 'kernel' && !shared && (!alone || moving !== undefined);
  const rows = layout.panels.flatMap(({ row, column, title, members }) =>
    members.flatMap(({ value: { values, unit } }) => {
      return [
        ...kernelRows({ values, unit }, { domain, levels, height: size.height }, { row, column }),
        ...(ownScale
          ? [aboveRow(layout, size, title, say(scripts.figure.largest, { value: number(unit) }), { row, column })]
          : []),
        // Of shades that the key has not, a reader knows at least which is the last.
        ...(moving !== undefined && measure === 'cosine'
          ? [aboveRow(layout, size, title, smallestNote(values, scripts.figure), { row, column })]
          : []),
      ];
    }),
  );
  const titles = { x: names.input, y: names.otherInput, value: measure === 'cosine' ? names.cosine : 'k(x, x′)' };
  const axes = ownTitles(layout, titles);
  const axis = { tickCount: size.width < 180 ? 3 : 5, grid: false };
  const specification = frame({
    layout,
    size,
    titles,
    rows,
    layers: [
      cellLayer(levels, {
        room: layout.narrow ? size.width : undefined,
        x: position('x', axes.x, { type: 'linear', domain, length: size.width }, axis),
        y: position('y', axes.y, { type: 'linear', domain, length: size.height }, axis),
        title:
          measure === 'cosine'
            ? names.cosineOf
            : alone || shared
              ? say(names.shareOf, { value: number(parts[0]?.value.unit ?? 1) })
              : names.shareOfPanel,
        shares: measure === 'kernel',
        moving: moving !== undefined,
      }),
      ...aboveLayers,
    ],
    content: { parts: ['cell'], otherwise: drawings.notes.noProduct },
    ...(moving !== undefined && {
      key: shadesKey(seen, measure === 'cosine' ? '1' : drawings.key.theLargest, subject.language),
    }),
  });
  return {
    specification,
    description: describe(
      subject,
      measure,
      parts.map(({ value }) => value),
    ),
    context: { x: [...(parts[0]?.value.x ?? [])], levels: { ...levels } },
  };
}

/** Of every run at every step that a figure shows; `all` are those whose inputs it is about. */
function kernelsOf(
  subject: Subject,
  { measure, shared, entries }: Pick<Look, 'measure' | 'shared' | 'entries'>,
  all: readonly Run[],
): { readonly parts: readonly Part<Kernel>[]; readonly domain: readonly [number, number]; readonly cells: number } {
  const { figure: words } = subject.language.words.scripts;
  const checkpointsOf = chooseCheckpoints(subject);
  const chosen = subject.runs.flatMap((run) =>
    checkpointsOf(run).flatMap(({ step, index }) => (index === undefined ? [] : [{ run, step, index }])),
  );
  const domain = axisDomain(extent(...all.map(({ artifact }) => numbersOf(artifact, 'inputs'))));
  const mostOf = subject.moving === undefined ? mostCells.still : mostCells.moving;
  const cells = Math.max(2, Math.min(mostOf, Math.floor(Math.sqrt(mostInAll / Math.max(1, chosen.length)))));
  const own = chosen.map(({ run, step, index }): Part<Kernel> => {
    const labels = new Map([...run.labels, ['step', stepLabel(words, step)]]);
    const { x, points } = cellsOf(run, domain, cells);
    const values = entries(run, index, points);
    return { value: { run, step, x, values, unit: measure === 'cosine' ? 1 : largestOf(values) }, labels };
  });
  const most = Math.max(...own.map(({ value }) => value.unit));
  const parts = shared ? own.map(({ value, labels }) => ({ value: { ...value, unit: most }, labels })) : own;
  return { parts, domain, cells };
}

/** The points that stand for so many cells side by side: for each the one that is nearest to its middle. */
function cellsOf(run: Run, domain: readonly [number, number], cells: number): { x: number[]; points: number[] } {
  const inputs = numbersOf(run.artifact, 'inputs');
  const points = Array.from({ length: cells }, (_, cell) =>
    nearestTo(inputs, domain[0] + ((domain[1] - domain[0]) * (cell + 0.5)) / cells),
  );
  return { x: points.map((point) => inputs[point] ?? 0), points };
}

/** The position of the input that is nearest to a number. */
export function nearestTo(inputs: Float64Array, wanted: number): number {
  let nearest = 0;
  for (let point = 1; point < inputs.length; point += 1)
    if (Math.abs((inputs[point] ?? 0) - wanted) < Math.abs((inputs[nearest] ?? 0) - wanted)) nearest = point;
  return nearest;
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

function describe(subject: Subject, measure: Measure, kernels: readonly Kernel[]): string {
  const { language } = subject;
  const { kernel: words, text } = language.words.drawings;
  const facts = kernels.map(({ run, step, x, values }) => {
    const [least, most] = extent(values);
    const below = values.filter((value) => value < 0).length;
    const [low, high] = extent(x.map((_, index) => values[index * x.length + index] ?? 0));
    const told = joined(language, [
      say(text.range, { low: number(least), high: number(most) }),
      below === 0 ? undefined : say(words.negative, { share: number((100 * below) / values.length) }),
      measure === 'cosine'
        ? say(words.ends, { value: number(values[x.length - 1] ?? Number.NaN) })
        : say(words.itself, { low: number(low), high: number(high) }),
    ]);
    return factOf(language, placeOf(run, stepLabel(language.words.scripts.figure, step), language), told);
  });
  const inputs = count(Math.max(...kernels.map(({ x }) => new Set(x).size)));
  const names = trainedNames(subject);
  return sentences(
    language,
    say(measure === 'cosine' ? words.introOfCosines : words.intro, { names, count: inputs }),
    ...someOf(facts, 12, (left) => say(text.inSameManner, { count: left })),
  );
}
