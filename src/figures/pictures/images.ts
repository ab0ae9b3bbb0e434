/** `images`: the samples of a dataset, or the weights from the inputs to each unit of the first layer, as images of the inputs' shape. */
import { parameterLayout } from '../../model/network.js';
import type { TrainFacts } from '../../steps/train.js';
import { arrayOf, extent, numbersOf } from '../arrays.js';
import { chooseCheckpoints } from '../checkpoints.js';
import type { Specification } from '../drawing.js';
import { aboveLayers, aboveRow, frame, layer, panelSize } from '../frame.js';
import { imageShape } from '../image-shape.js';
import { niceStep } from '../nice-step.js';
import { arrange, type Part, type Row } from '../panels.js';
import { shadesAside } from '../shades-aside.js';
import { placeOf, type Run, runName, shownNames, type Subject } from '../subject.js';
import { textWidth } from '../text-width.js';
import { colour, fontSizes } from '../theme.js';
import { aboutRuns, count, divergedAt, factOf, inDrawing, joined, number, say, stepLabel } from '../words.js';
import { networkOf } from './data.js';
import { cellLayer } from './heat-map.js';
import { cellRows, type Levels, levelsOf } from './heat-map-rows.js';
import type { Picture } from './picture.js';

/** The images of one panel. */
interface Images {
  /** What it is called in the description. */
  readonly place: string;
  /** The numbers of each that is drawn, row by row from the top. */
  readonly values: readonly Float64Array[];
  /** What stands over each; "" for nothing. */
  readonly names: readonly string[];
  /** How many there are. */
  readonly all: number;
  /** Of a run that ended before: what is said in their place. */
  readonly ended?: string;
}

/** In a figure, and of all of its images together: pixels. */
const most = { images: 60, pixels: 12_000 };
/** In CSS pixels: about how wide an image is, and what is left between two. */
const sizes = { image: 48, gap: 8, name: 13 };

export function drawSampleImages(subject: Subject): Picture {
  const shape = shapeOf(subject);
  const drawn = countOf(shape, subject.runs.length);
  const parts = subject.runs.map((run): Part<Images> => {
    const { artifact, labels, step } = run;
    const [inputs, targets] = [arrayOf(artifact, 'inputs'), numbersOf(artifact, 'targets')];
    const all = inputs.shape[0] ?? 0;
    const classes = artifact.values['classes'] as readonly string[] | undefined;
    const some = Array.from({ length: Math.min(all, drawn) }, (_, index) => index);
    const place = runName(run, subject.language) || step.name;
    return {
      value: {
        ...{ place, all, values: some.map((index) => sampleAt(run, index)) },
        names: some.map((index) => classes?.[targets[index] ?? -1] ?? ''),
      },
      labels,
    };
  });
  const { samples } = subject.language.words.drawings.images;
  return draw(subject, parts, shape, say(samples, said(subject, shape)));
}

export function drawWeightImages(subject: Subject): Picture {
  const { scripts, drawings } = subject.language.words;
  const shape = shapeOf(subject);
  const checkpointsOf = chooseCheckpoints(subject);
  const chosen = subject.runs.flatMap((run) => checkpointsOf(run).map(({ step, index }) => ({ run, step, index })));
  const drawn = countOf(shape, chosen.length);
  const parts = chosen.map(({ run, step, index }): Part<Images> => {
    const network = networkOf(run.artifact);
    const { name = '', shape: [units = 0, inputs = 0] = [] } = parameterLayout(network)[0] ?? {};
    const weights = numbersOf(run.artifact, name).subarray((index ?? 0) * units * inputs);
    const some = Array.from({ length: index === undefined ? 0 : Math.min(units, drawn) }, (_, unit) => unit);
    // Without hidden layers they are of the classes.
    const classes = network.hidden.length === 0 ? (run.step.facts as unknown as TrainFacts).data.classes : undefined;
    return {
      value: {
        ...{ place: placeOf(run, stepLabel(scripts.figure, step), subject.language), all: units },
        ...(index === undefined && { ended: divergedAt(scripts.figure, run.artifact.divergedAt ?? 0) }),
        values: some.map((unit) => weights.slice(unit * inputs, (unit + 1) * inputs)),
        names: some.map((unit) => (classes?.length === units ? (classes[unit] ?? '') : '')),
      },
      labels: new Map([...run.labels, ['step', stepLabel(scripts.figure, step)]]),
    };
  });
  return draw(subject, parts, shape, say(drawings.images.weights, said(subject, shape)));
}

type Shape = readonly [down: number, across: number];

/** Planning lets no figure have inputs of another number. */
function shapeOf({ runs: [run], request: { options } }: Subject): Shape {
  const facts = (run?.step.facts ?? {}) as {
    readonly features?: number;
    readonly data?: { readonly features: number };
  };
  return imageShape(facts.data?.features ?? facts.features ?? 1, options.shape) ?? [1, 1];
}

/** How many images a panel may have. */
function countOf([down, across]: Shape, panels: number): number {
  const share = Math.max(1, panels);
  return Math.max(1, Math.min(Math.floor(most.images / share), Math.floor(most.pixels / share / (down * across))));
}

/** A sample as it was before its columns were standardised. */
function sampleAt({ artifact }: Run, index: number): Float64Array {
  const [inputs, mean, scale] = [
    arrayOf(artifact, 'inputs'),
    artifact.arrays['input-mean'],
    artifact.arrays['input-scale'],
  ];
  const features = inputs.shape[1] ?? 1;
  return Float64Array.from(inputs.data.subarray(index * features, (index + 1) * features), (value, feature) =>
    mean === undefined || scale === undefined
      ? value
      : // What standardising has rounded.
        Number((value * (scale.data[feature] ?? 1) + (mean.data[feature] ?? 0)).toPrecision(9)),
  );
}

function said(subject: Subject, [down, across]: Shape): { names: string; down: string; across: string } {
  return { names: shownNames(subject), down: count(down), across: count(across) };
}

function draw(subject: Subject, parts: readonly Part<Images>[], shape: Shape, intro: string): Picture {
  const { options } = subject.request;
  const { language } = subject;
  const { notes, axes, text } = language.words.drawings;
  const layout = arrange(subject, parts, 1);
  const { width } = panelSize(options, layout, { ratio: 1, most: 1 });
  const all = parts.map(({ value }) => value);
  const grid = gridOf(shape, all, width);
  const size = { width, height: grid.height };
  const values = all.flatMap((one) => one.values);
  const farthest = Math.max(...extent(...values).map(Math.abs));
  // Of runs that have no checkpoint there is none.
  const levels = levelsOf(values, niceStep(Number.isFinite(farthest) ? farthest : 1, shadesAside));
  const noteOf = ({ values: { length }, all: total }: Images): string =>
    length === total || length === 0 ? '' : say(notes.imagesOf, { some: count(length), count: count(total) });
  const rows = layout.panels.flatMap(({ row, column, title, members }) =>
    members.flatMap(({ value }): Row[] => {
      const note = noteOf(value);
      return [
        ...imageRows(value, shape, grid, levels, { row, column }),
        ...(value.ended === undefined ? [] : [{ row, column, part: 'note', text: value.ended }]),
        ...(note === '' ? [] : [aboveRow(layout, size, title, note, { row, column })]),
      ];
    }),
  );
  const at = (field: 'x' | 'y', domain: readonly [number, number]): Specification => ({
    ...{ field, type: 'quantitative', axis: null },
    scale: { domain, nice: false, zero: false },
  });
  const [x, y] = [at('x', [0, width]), at('y', [grid.height, 0])];
  const title = subject.request.shown[0]?.steps[0]?.kind.kind === 'dataset' ? axes.input : axes.value;
  const specification = frame({
    ...{ layout, size, rows, titles: { x: '', y: '', value: title } },
    layers: [
      cellLayer(levels, { x, y, title, ...(layout.narrow && { room: width, below: true }) }),
      layer(
        'edge',
        { type: 'rect', filled: false, stroke: colour('grid'), strokeWidth: 1, tooltip: null },
        { x, x2: { field: 'x2' }, y, y2: { field: 'y2' } },
      ),
      layer(
        'name',
        { type: 'text', align: 'left', baseline: 'bottom', color: colour('faint'), fontSize: fontSizes.label },
        { x, y, text: { field: 'text' } },
      ),
      ...aboveLayers,
    ],
    content: { parts: ['cell'], otherwise: notes.noNumber },
  });
  const facts = all.map((one) => {
    if (one.ended !== undefined) return factOf(language, one.place, one.ended);
    const [low, high] = extent(...one.values);
    const range = say(text.range, { low: number(low), high: number(high) });
    const note = noteOf(one);
    return factOf(language, one.place, joined(language, [range, note === '' ? undefined : note]));
  });
  return { specification, description: aboutRuns(language, intro, facts) };
}

interface Grid {
  readonly columns: number;
  /** Of a pixel of an image, in those of the page. */
  readonly pixel: number;
  /** Over each image. */
  readonly name: number;
  readonly height: number;
}

/** As many images beside each other as fit. */
function gridOf([down, across]: Shape, all: readonly Images[], width: number): Grid {
  const { gap } = sizes;
  const largest = Math.max(1, Math.floor((width - gap) / across));
  const pixel = Math.min(largest, 16, Math.max(1, Math.round(sizes.image / Math.max(down, across))));
  const columns = Math.max(1, Math.floor((width + gap) / (across * pixel + gap)));
  const name = all.some(({ names }) => names.some((one) => one !== '')) ? sizes.name : 0;
  const lines = Math.ceil(Math.max(1, ...all.map(({ values }) => values.length)) / columns);
  return { columns, pixel, name, height: lines * (down * pixel + name + gap) };
}

function imageRows(
  { values, names }: Images,
  [down, across]: Shape,
  { columns, pixel, name }: Grid,
  levels: Levels,
  row: Row,
): Row[] {
  const { gap } = sizes;
  const [width, height] = [across * pixel, down * pixel];
  const rows = values.flatMap((numbers, index): Row[] => {
    const left = (index % columns) * (width + gap);
    const top = Math.floor(index / columns) * (height + name + gap) + name;
    const text = shortened(inDrawing(names[index] ?? ''), width + gap);
    const cells = {
      edges: Array.from({ length: across + 1 }, (_, k) => left + k * pixel),
      rows: Array.from({ length: down }, (_, line) => ({
        y: top + (line + 0.5) * pixel,
        height: pixel,
        values: numbers.subarray(line * across, (line + 1) * across),
      })),
    };
    return [
      ...cellRows(cells, levels, 1, row),
      { ...row, part: 'edge', x: left, x2: left + width, y: top, y2: top + height },
      ...(text === '' ? [] : [{ ...row, part: 'name', x: left, y: top - 2, text }]),
    ];
  });
  // Neighbours of one shade become one path, over all images.
  return rows.sort((a, b) => Number(a['level'] ?? 0) - Number(b['level'] ?? 0));
}

/** As much of a name as has room. */
function shortened(name: string, room: number): string {
  if (textWidth(name, fontSizes.label) <= room) return name;
  const letters = Array.from(name);
  while (letters.length > 1 && textWidth(`${letters.join('')}…`, fontSizes.label) > room) letters.pop();
  return `${letters.join('')}…`;
}
