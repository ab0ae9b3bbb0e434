/**
 * `principal-features`: phi(x) V as functions of the input: one above the other as a ridgeline, at every step beside the one
 * before; with `facet: component` each in a panel of its own, its steps over each other; very many all over each other.
 */
import type { FigureOptions } from '../../steps/figure.js';
import { arrayOf, column, extent, numbersOf, slab } from '../arrays.js';
import { axisDomain } from '../axis.js';
import { position } from '../channels.js';
import { chooseCheckpoints } from '../checkpoints.js';
import { columnLines } from '../column-lines.js';
import type { Specification } from '../drawing.js';
import { acrossAtMost, frame, layer, ownTitles, panelSize } from '../frame.js';
import { type Axes, lineRows } from '../lines.js';
import { comparedParts, ghost, ghostKey, startOf } from '../moving/compared.js';
import { arrange, type Part } from '../panels.js';
import { seriesEncoding, seriesKey } from '../series.js';
import { signedScale } from '../signed-scale.js';
import { placeOf, type Run, type Subject } from '../subject.js';
import { colour, fontSizes } from '../theme.js';
import { count, countOf, factOf, joined, moreAlike, number, say, sentences, someOf, stepLabel } from '../words.js';
import { dataOf, trainedNames } from './data.js';
import { manyLines, manyLinesNote } from './many-lines.js';
import type { Bundle } from './many-lines-rows.js';
import type { Picture } from './picture.js';
import { type Ridge, ridgeGhost, ridgeRows, sizeOf } from './principal-features-rows.js';

const defaultComponents = 8;
/** More components than this are drawn over each other. */
export const separable = 12;

/** How many components a figure shows, where there are so many. */
export function shownComponents({ components }: FigureOptions): number {
  return components ?? defaultComponents;
}

export function drawPrincipalFeatures(subject: Subject): Picture {
  const { options } = subject.request;
  const { language } = subject;
  const { drawings, scripts } = language.words;
  const looks = looksOf(subject);
  // The page finds so many.
  const asked = subject.moving === undefined ? shownComponents(options) : Math.min(separable, shownComponents(options));
  const facts = looks.map(({ run, step, values }) => {
    const shown = Array.from(values.slice(0, Math.min(asked, 8)), number);
    const { features, firstValue, firstValues } = drawings.spectra;
    const told = joined(language, [
      countOf(language, features, Math.min(asked, values.length), {}),
      shown.length === 1
        ? say(firstValue, { value: shown[0] ?? '' })
        : say(firstValues, { count: shown.length, values: shown.join(drawings.text.comma) }),
    ]);
    return factOf(language, placeOf(run, stepLabel(scripts.figure, step), language), told);
  });
  const intro = say(drawings.spectra.principal, { names: trainedNames(subject) });
  const described = someOf(facts, 12, moreAlike(language, 'morePanels'));
  const description = sentences(language, intro, ...described);

  if (asked > separable) {
    const parts = looks.map(
      ({ run, step, x, features, width }): Part<Bundle> => ({
        value: { x, lines: columnLines(features, components(asked, features, width)), leading: 3 },
        labels: new Map([...run.labels, ['step', stepLabel(scripts.figure, step)]]),
      }),
    );
    const layout = arrange(subject, parts, acrossAtMost(options, 190));
    const size = panelSize(options, layout, { ratio: 0.7, most: 260 });
    // The features of one panel are compared with those of the others.
    const shared = signedScale(parts.map(({ value }) => value.lines));
    return {
      specification: manyLines(
        layout,
        { ...size, width: size.width - 24 },
        { x: drawings.axes.input, y: drawings.axes.principalFeature },
        { shared },
      ),
      description: sentences(
        language,
        ...[intro, ...described],
        ...(shared.constant === undefined
          ? []
          : [say(drawings.features.signedLogarithm, { constant: number(shared.constant) })]),
        ...manyLinesNote(
          parts.map(({ value }) => value),
          language,
        ),
      ),
    };
  }

  if (options.facet?.includes('component') !== true) {
    return { specification: ridgelines(subject, looks, asked), description, context: { components: asked } };
  }

  const parts = looks.flatMap(({ run, step, x, features, width }) =>
    components(asked, features, width).map((component) => ({
      value: { x, y: normalised(column(features, component)), inputs: dataOf(run, subject).train.x },
      labels: new Map([
        ...run.labels,
        ['component', say(scripts.figure.component, { number: count(component + 1) })],
        ['step', stepLabel(scripts.figure, step)],
      ]),
    })),
  );
  const layout = arrange(subject, parts, acrossAtMost(options, 140));
  const size = panelSize(options, layout, { ratio: 0.6, most: 160 });
  const domain = axisDomain(extent(...parts.map(({ value }) => value.x)));
  const axes: Axes = {
    x: { type: 'linear', domain, length: size.width },
    y: { type: 'linear', domain: [-1.08, 1.08], length: size.height },
  };
  const isSeen = (x: number): boolean => x >= domain[0] && x <= domain[1];
  const rows = layout.panels.flatMap(({ row, column: across, members }) => [
    { row, column: across, part: 'zero', y: 0 },
    ...markedInputs(members.map(({ value }) => value))
      .filter(isSeen)
      .map((x) => ({ row, column: across, part: 'input', x })),
    ...members.flatMap(({ value, series }, index) =>
      lineRows(value.x, value.y, axes, `${index}`, { row, column: across, part: 'feature', series }),
    ),
  ]);
  const marked = layout.panels.flatMap(({ members }) => markedInputs(members.map(({ value }) => value)));
  const unseen = new Set(marked.filter((x) => !isSeen(x))).size;
  const { trainingInputs, inputsOutside } = drawings.key;
  const inputsLabel = unseen === 0 ? trainingInputs : say(inputsOutside, { count: count(unseen) });
  const titles = { x: drawings.axes.input, y: drawings.axes.scaled };
  const own = ownTitles(layout, titles);
  const x = position('x', own.x, axes.x, { tickCount: 3 });
  const y = {
    field: 'y',
    type: 'quantitative',
    title: own.y,
    scale: { domain: axes.y.domain, nice: false },
    axis: { values: [-1, 0, 1], grid: false },
  };
  const specification = frame({
    layout,
    size,
    titles,
    rows,
    layers: [
      layer('zero', { type: 'rule', color: colour('grid'), strokeWidth: 1 }, { y }),
      layer(
        'input',
        { type: 'rule', color: colour('faint'), strokeWidth: 0.5, strokeOpacity: 0.5 },
        { x, y: { value: size.height }, y2: { value: size.height - 4 } },
      ),
      layer(
        'feature',
        { type: 'line', strokeWidth: 1.5 },
        { x, y, order: { value: null }, detail: [{ field: 'line' }], color: seriesEncoding(layout.series) },
      ),
    ],
    content: { parts: ['feature'], otherwise: drawings.notes.noComponent },
    key: [
      ...seriesKey(layout.series, 'line', language),
      ...(marked.length > 0 ? [{ label: inputsLabel, colour: colour('faint'), shape: 'tick' } as const] : []),
    ],
  });
  return { specification, description };
}

/** More ticks than these in a panel would be a bar. */
const mostMarked = 400;

/** The training inputs that a panel marks: those of all its members, or none where they are too many. */
function markedInputs(members: readonly { readonly inputs: Float64Array }[]): number[] {
  const inputs = [...new Set(members.flatMap((member) => Array.from(member.inputs)))];
  return inputs.length > mostMarked ? [] : inputs;
}

/** In pixels: between two base lines, and what the singular values beside a panel take. */
const ridgeSizes = { line: 34, values: 46 };

/** A panel for each run and step, in which the components stand one above the other, each scaled to its largest size. */
function ridgelines(subject: Subject, looks: readonly Look[], asked: number): Specification {
  const { options } = subject.request;
  const { drawings, scripts } = subject.language.words;
  const parts = looks.map(
    (value): Part<Look> => ({
      value,
      labels: new Map([...value.run.labels, ['step', stepLabel(scripts.figure, value.step)]]),
    }),
  );
  const layout = arrange(subject, parts, acrossAtMost(options, 200));
  const compared = comparedParts(subject, looks, looksOf);
  const most = Math.max(1, ...compared.map(({ features, width }) => components(asked, features, width).length));
  const room = panelSize(options, layout, { ratio: 1, most: ridgeSizes.line * (most + 0.2) });
  const size = { width: options.width ?? room.width - ridgeSizes.values, height: room.height };
  const domain = axisDomain(extent(...compared.map(({ x }) => x)));
  const axes: Axes = {
    x: { type: 'linear', domain, length: size.width },
    y: { type: 'linear', domain: [most + 0.5, 0.3], length: size.height },
  };
  const rows = layout.panels.flatMap(({ row, column: across, members }) =>
    members.flatMap(({ value }) => {
      const place = { row, column: across };
      const start = startOf(subject, value, compared);
      const own = ridgesOf(value, asked);
      const bases = subject.moving === undefined ? own : Array.from({ length: most });
      return [
        ...bases.map((_, component) => ({ ...place, part: 'base', y: component + 1 })),
        ...(start === undefined ? [] : ridgeGhost(start.x, ridgesOf(start, asked), axes, place)),
        ...ridgeRows(value.x, own, axes, scripts.figure, place),
      ];
    }),
  );
  const titles = {
    ...{ x: drawings.axes.input, y: drawings.axes.component, value: drawings.axes.principalFeature },
  };
  const own = ownTitles(layout, titles);
  const y = {
    ...position('y', own.y, axes.y),
    axis: { values: Array.from({ length: most }, (_, index) => index + 1), grid: false, format: 'd' },
  };
  const x = position('x', own.x, axes.x, { tickCount: size.width < 180 ? 3 : 5 });
  return frame({
    layout,
    size,
    titles,
    rows,
    beside: ridgeSizes.values,
    layers: [
      layer('base', { type: 'rule', color: colour('grid'), strokeWidth: 1, tooltip: null }, { y }),
      ...(subject.moving === undefined
        ? []
        : [
            ghost(
              'start',
              { type: 'line', strokeWidth: 1 },
              { x, y, order: { value: null }, detail: { field: 'line' } },
            ),
          ]),
      layer(
        'ridge',
        // Which component it is, its place says.
        { type: 'line', color: colour('c1'), strokeWidth: 1.5 },
        {
          ...{ x, y, order: { value: null }, detail: { field: 'line' } },
          tooltip: ['x', 'value', 'name'].map((field) => ({ field })),
        },
      ),
      layer(
        'size',
        { type: 'text', align: 'left', baseline: 'middle', color: colour('faint'), fontSize: fontSizes.label, dx: 6 },
        { x: { value: size.width }, y, text: { field: 'text' } },
      ),
    ],
    content: { parts: ['ridge'], otherwise: drawings.notes.noComponent },
    key: [
      {
        label: drawings.key.ridges,
        colour: colour('c1'),
        shape: 'line',
        part: 'ridge',
      },
      ...ghostKey(subject, 'line'),
    ],
  });
}

function looksOf(subject: Subject): Look[] {
  const checkpointsOf = chooseCheckpoints(subject);
  return subject.runs.flatMap((run) =>
    checkpointsOf(run).flatMap(({ step, index }) => (index === undefined ? [] : [look(run, step, index)])),
  );
}

function ridgesOf({ features, values, width }: Look, asked: number): Ridge[] {
  return components(asked, features, width).map((component) => ({
    y: column(features, component),
    value: values[component] ?? Number.NaN,
  }));
}

interface Look {
  readonly run: Run;
  readonly step: number;
  readonly x: Float64Array;
  readonly features: ReturnType<typeof slab>;
  readonly values: Float64Array;
  readonly width: number;
}

function look(run: Run, step: number, index: number): Look {
  const features = slab(arrayOf(run.artifact, 'principal-features'), index);
  const values = Float64Array.from(slab(arrayOf(run.artifact, 'singular-values'), index).data);
  return { run, step, x: numbersOf(run.artifact, 'inputs'), features, values, width: features.shape[1] ?? 0 };
}

/** How many components have values: those below the accuracy floor of the Gram route have none. */
function told(features: ReturnType<typeof slab>, width: number): number {
  let count = 0;
  while (count < width && Number.isFinite(features.data[count])) count += 1;
  return count;
}

/** The positions of the components that are asked for, as far as they have values. */
function components(asked: number, features: ReturnType<typeof slab>, width: number): number[] {
  return Array.from({ length: Math.min(asked, told(features, width)) }, (_, component) => component);
}

/** Divided by its largest size, so that its shape shows whatever its singular value. */
function normalised(values: Float64Array): Float64Array {
  const most = sizeOf(values);
  return most === 0 ? values : values.map((value) => value / most);
}
