/** `parameters-by-step`: every parameter's value over the course of training, as a heat map with a row for each. */
import type { FigureOptions } from '../../steps/figure.js';
import { extent } from '../arrays.js';
import { stepDomain } from '../axis.js';
import { position, stepAxis } from '../channels.js';
import { chooseCheckpoints } from '../checkpoints.js';
import { acrossAtMost, aboveLayers, aboveRow, frame, layer, ownTitles, panelSize } from '../frame.js';
import { unitName, unitsOfParameters } from '../identity.js';
import { niceStep } from '../nice-step.js';
import { arrange, type Part, type Row } from '../panels.js';
import { blockOf, type ChosenParameter, chosenParameters } from '../parameter-choice.js';
import type { Scale } from '../scale.js';
import { type Run, runName, shownNames, type Subject } from '../subject.js';
import { shadesAside } from '../shades-aside.js';
import { colour, fontSizes } from '../theme.js';
import {
  count,
  countOf,
  divergedAt,
  factOf,
  joined,
  moreAlike,
  number,
  say,
  sentences,
  someOf,
  type Spoken,
  stepLabel,
} from '../words.js';
import { networkOf, parametersAt } from './data.js';
import { cellLayer } from './heat-map.js';
import { cellRows, levelsOf } from './heat-map-rows.js';
import type { Picture } from './picture.js';

interface Track {
  readonly name: string;
  /** What it stands together with, and is called by: its block, or its unit. */
  readonly group: string;
  /** One for each of the steps. */
  readonly values: Float64Array;
}

interface Tracks {
  readonly run: Run;
  readonly steps: readonly number[];
  /** How many parameters there are; of many only an even sample has a track. */
  readonly total: number;
  readonly tracks: readonly Track[];
}

/** Rows in all panels together, and in one of them. */
const mostRows = { inAll: 360, inOne: 130 };
/** In pixels: between two blocks of parameters, of a block at least, of a row at most, and what their names take. */
const sizes = { gap: 3, block: 13, row: 12, names: 44 };

export function drawParametersByStep(subject: Subject): Picture {
  const { options } = subject.request;
  const { axes: words, notes } = subject.language.words.drawings;
  const checkpointsOf = chooseCheckpoints(subject);
  const most = Math.min(mostRows.inOne, Math.max(12, Math.floor(mostRows.inAll / subject.runs.length)));
  const parts = subject.runs.map((run): Part<Tracks> => {
    const checkpoints = checkpointsOf(run).flatMap(({ step, index }) => (index === undefined ? [] : [{ step, index }]));
    const chosen = groupedParameters(run, options, subject.language);
    return { value: tracksOf(run, checkpoints, chosen, most), labels: run.labels };
  });
  const layout = arrange(subject, parts, acrossAtMost(options, 200));
  const all = parts.map(({ value }) => value);
  const room = panelSize(options, layout.columns.length, { ratio: 1, most: 1 });
  const width = options.width ?? room.width - sizes.names;
  const height = options.height ?? Math.min(420, Math.max(...all.map((one) => heightOf(one.tracks))));
  const size = { width, height };
  const values = all.flatMap(({ tracks }) => tracks.map((track) => track.values));
  const farthest = Math.max(...extent(...values).map(Math.abs));
  const levels = levelsOf(values, niceStep(farthest, shadesAside));
  const steps = stepDomain(extent(...all.map((one) => one.steps)));
  const rows = layout.panels.flatMap(({ row, column, title, members }) =>
    members.flatMap(({ value }): Row[] => {
      const { edges, kept } = columnsOf(value.steps, steps, width);
      const { lines, names } = place(value.tracks, height);
      const cells = lines.map(({ track, ...line }) => ({
        ...line,
        name: track.name,
        values: kept.map((index) => track.values[index] ?? Number.NaN),
      }));
      const note = noteOf(value, subject.language);
      return [
        ...cellRows({ edges, rows: cells }, levels, 1, { row, column }),
        ...names.map(({ name, y }) => ({ row, column, part: 'block', y, text: name })),
        ...(note === '' ? [] : [aboveRow(layout, size, title, note, { row, column })]),
      ];
    }),
  );
  const titles = { x: words.step, y: '', value: words.value };
  const own = ownTitles(layout, titles);
  const scale: Scale = { type: 'linear', domain: steps, length: width };
  const x = position('x', own.x, scale, { ...stepAxis(scale), grid: false });
  const y = { field: 'y', type: 'quantitative', scale: { domain: [height, 0], nice: false }, axis: null };
  const specification = frame({
    layout,
    size,
    titles,
    rows,
    beside: sizes.names,
    layers: [
      cellLayer(levels, { x, y, title: words.value, named: true }),
      layer(
        'block',
        { type: 'text', align: 'right', baseline: 'middle', color: colour('faint'), fontSize: fontSizes.label },
        { x: { value: -6 }, y, text: { field: 'text' } },
      ),
      ...aboveLayers,
    ],
    content: { parts: ['cell'], otherwise: notes.noCheckpoints },
  });
  return { specification, description: describe(subject, all) };
}

function tracksOf(
  run: Run,
  checkpoints: readonly { readonly step: number; readonly index: number }[],
  chosen: readonly Grouped[],
  most: number,
): Tracks {
  const network = networkOf(run.artifact);
  const flat = checkpoints.map(({ index }) => parametersAt(run.artifact, network, index));
  return {
    run,
    steps: checkpoints.map(({ step }) => step),
    total: chosen.length,
    tracks: sampled(chosen, most).map(({ name, group, position }) => ({
      ...{ name, group },
      values: Float64Array.from(flat, (parameters) => parameters[position] ?? Number.NaN),
    })),
  };
}

interface Grouped extends ChosenParameter, Pick<Track, 'group'> {}

/** The parameters that are shown, with what they stand together with; what is of no unit stands with its block. */
function groupedParameters(run: Run, { parameters, order }: FigureOptions, { words }: Spoken): Grouped[] {
  const network = networkOf(run.artifact);
  const chosen = chosenParameters(network, parameters);
  const units = order === 'unit' ? unitsOfParameters(network) : [];
  return chosen.map((one) => {
    const unit = units[one.position];
    return { ...one, group: unit === undefined ? blockOf(one.name) : unitName(unit, words.scripts.figure) };
  });
}

/** Of every group as large a part as of the others, and at least one. */
function sampled(all: readonly Grouped[], most: number): Grouped[] {
  if (all.length <= most) return [...all];
  const groups = [...new Set(all.map(({ group }) => group))];
  return groups.flatMap((group) => {
    const own = all.filter((one) => one.group === group);
    const share = Math.max(1, Math.round((own.length * most) / all.length));
    return own.filter(
      (_, index) =>
        index === 0 || Math.floor((index * share) / own.length) > Math.floor(((index - 1) * share) / own.length),
    );
  });
}

interface Block {
  readonly name: string;
  readonly tracks: readonly Track[];
}

function blocksOf(tracks: readonly Track[]): Block[] {
  const names = [...new Set(tracks.map(({ group }) => group))];
  return names.map((name) => ({ name, tracks: tracks.filter(({ group }) => group === name) }));
}

/** What the rows would take, with those of a small block higher than the others. */
function heightOf(tracks: readonly Track[]): number {
  const each = Math.min(sizes.row, Math.max(2, Math.floor(320 / tracks.length)));
  const blocks = blocksOf(tracks);
  const heights = blocks.map((block) => Math.max(sizes.block, each * block.tracks.length));
  return heights.reduce((sum, height) => sum + height, 0) + sizes.gap * (blocks.length - 1);
}

/** Rows from the top of a panel to its bottom, at whole pixels, and the middles of their blocks. */
function place(
  tracks: readonly Track[],
  height: number,
): { lines: { track: Track; y: number; height: number }[]; names: { name: string; y: number }[] } {
  const blocks = blocksOf(tracks);
  const room = height - sizes.gap * (blocks.length - 1);
  const small = (block: Block): boolean => block.tracks.length * room < sizes.block * tracks.length;
  const smalls = blocks.filter(small);
  const others = blocks.filter((block) => !small(block)).reduce((sum, block) => sum + block.tracks.length, 0);
  const left = Math.max(1, room - sizes.block * smalls.length);
  let top = 0;
  const placed = blocks.map((block) => {
    const own = small(block) ? sizes.block : (left * block.tracks.length) / others;
    const edges = Array.from({ length: block.tracks.length + 1 }, (_, index) =>
      Math.round(top + (own * index) / block.tracks.length),
    );
    top += own + sizes.gap;
    return { block, edges };
  });
  return {
    lines: placed.flatMap(({ block, edges }) =>
      block.tracks.map((track, index) => {
        const [from, to] = [edges[index] ?? 0, edges[index + 1] ?? 0];
        return { track, y: (from + to) / 2, height: to - from };
      }),
    ),
    names: placed.map(({ block, edges }) => ({ name: block.name, y: ((edges[0] ?? 0) + (edges.at(-1) ?? 0)) / 2 })),
  };
}

/** A column from half way to the checkpoint before to half way to the next, at whole pixels; those without one are left out. */
function columnsOf(
  steps: readonly number[],
  [first, last]: readonly [number, number],
  width: number,
): { edges: number[]; kept: number[] } {
  const pixel = (last - first) / width;
  const between = steps.slice(1).map((step, index) => (step + (steps[index] ?? step)) / 2);
  const bounds = [steps[0] ?? first, ...between, steps.length === 1 ? last : (steps.at(-1) ?? last)].map(
    (step) => first + Math.round((step - first) / pixel) * pixel,
  );
  const kept = steps.map((_, index) => index).filter((index) => (bounds[index + 1] ?? 0) > (bounds[index] ?? 0));
  return { kept, edges: [...kept.map((index) => bounds[index] ?? first), bounds.at(-1) ?? last] };
}

function noteOf({ run, total, tracks }: Tracks, language: Spoken): string {
  const { divergedAt: ended } = run.artifact;
  const { drawings, scripts } = language.words;
  return joined(language, [
    tracks.length < total
      ? say(drawings.notes.parametersOf, { some: count(tracks.length), count: count(total) })
      : undefined,
    ended === undefined ? undefined : divergedAt(scripts.figure, ended),
  ]);
}

function describe(subject: Subject, all: readonly Tracks[]): string {
  const { language } = subject;
  const { parameters: words, text } = language.words.drawings;
  const facts = all.map(({ run, steps, total, tracks }) => {
    const at = (index: number): string => {
      const [low, high] = extent(tracks.map(({ values }) => values.at(index) ?? Number.NaN));
      const step = stepLabel(language.words.scripts.figure, steps.at(index) ?? 0);
      return say(words.bounds, { low: number(low), high: number(high), step });
    };
    const most = tracks.reduce((best, track) => (changeOf(track) > changeOf(best) ? track : best));
    const change = say(text.changes, {
      ...{ name: most.name, before: number(most.values[0] ?? 0), after: number(most.values.at(-1) ?? 0) },
    });
    const told = joined(language, [
      countOf(language, words.parameters, total, {}),
      tracks.length < total ? say(words.drawn, { count: count(tracks.length) }) : undefined,
      say(words.both, { first: at(0), last: at(-1), change }),
    ]);
    return factOf(language, runName(run, language), told);
  });
  return sentences(
    language,
    say(words.byStep, { names: shownNames(subject) }),
    ...someOf(facts, 12, moreAlike(language, 'moreRuns')),
  );
}

function changeOf({ values }: Track): number {
  return Math.abs((values.at(-1) ?? 0) - (values[0] ?? 0));
}
