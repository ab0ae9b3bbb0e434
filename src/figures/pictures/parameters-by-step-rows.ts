/** Parameters over the course of training as rows of cells: for the build and for the page. */
import type { FigureOptions } from '../../steps/figure.js';
import type { Network } from '../../model/network.js';
import { unitName, unitsOfParameters } from '../identity.js';
import type { Axes } from '../lines.js';
import type { Row } from '../panels.js';
import { blockOf, chosenParameters } from '../parameter-choice.js';
import type { FigureWords } from '../words.js';
import { cellRows, type Levels } from './heat-map-rows.js';

/** A parameter, and what its row stands together with and is called by: its block, or its unit. */
export interface Grouped {
  readonly name: string;
  readonly position: number;
  readonly group: string;
  readonly unit: string | undefined;
}

export interface Track extends Grouped {
  /** One for each of the steps. */
  readonly values: Float64Array;
}

/** In pixels: between two blocks of parameters, of a block at least, of a row at most, and what their names take. */
export const sizes = { gap: 3, block: 13, row: 12, names: 44 };

/** The parameters that are shown; what is of no unit stands with its block. */
export function groupedParameters(
  network: Network,
  { parameters, order }: Pick<FigureOptions, 'parameters' | 'order'>,
  words: FigureWords,
): Grouped[] {
  const units = unitsOfParameters(network);
  return chosenParameters(network, parameters).map((one) => {
    const unit = units[one.position];
    return { ...one, unit, group: order === 'unit' && unit !== undefined ? unitName(unit, words) : blockOf(one.name) };
  });
}

/** Of `most` at most; `flat` are the parameters at each step, none where they cannot be drawn. */
export function tracksOf(chosen: readonly Grouped[], flat: readonly Float64Array[], most: number): Track[] {
  return sampled(chosen, most).map((one) => ({
    ...one,
    values: Float64Array.from(flat, (parameters) => parameters[one.position] ?? Number.NaN),
  }));
}

/** The cells of a panel, and the names of what stands together. */
export function trackCells(
  tracks: readonly Track[],
  steps: readonly number[],
  { x, y }: Axes,
  levels: Levels,
  row: Row,
): Row[] {
  const { edges, kept } = columnsOf(steps, x.domain, x.length);
  const { lines, names } = place(tracks, y.length);
  const cells = lines.map(({ track: { name, unit, values }, ...line }) => ({
    ...{ ...line, name, unit },
    values: kept.map((index) => values[index] ?? Number.NaN),
  }));
  return [
    ...cellRows({ edges, rows: cells }, levels, 1, row),
    ...names.map((name) => ({ ...row, part: 'block', y: name.y, text: name.name })),
  ];
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
export function heightOf(tracks: readonly Track[]): number {
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
