/** The experiments of a report as a graph: what was computed from what, with how long it took. As SVG, left to right. */
import type { Experiment } from './experiments.js';
import { keysAttribute } from './build-info-keys.js';
import { escapeHtml } from './html.js';

/** Of a box, in pixels. */
const [width, height] = [226, 42];
/** From one box to the next. */
const [right, down] = [width + 46, height + 14];

/** More than that is no picture any more. */
const mostShown = 200;

/** Characters of an id that a box has room for. */
const longestId = 22;

interface Box {
  readonly experiment: Experiment;
  readonly level: number;
  row: number;
}

/** Empty for a report with too many experiments, or none. */
export function planGraph(experiments: readonly Experiment[]): string {
  if (experiments.length === 0 || experiments.length > mostShown) return '';
  const boxes = laidOut(experiments);
  const all = [...boxes.values()];
  const edges = all.flatMap((box) => inputsOf(box.experiment, boxes).map((input) => edge(input, box)));
  const [levels, rows] = [Math.max(...all.map(({ level }) => level)) + 1, Math.max(...all.map(({ row }) => row)) + 1];
  const size = { width: levels * right - (right - width) + 2, height: rows * down - (down - height) + 2 };
  return `<svg class="plan" viewBox="-1 -1 ${size.width} ${size.height}" width="${size.width}" height="${size.height}"><path class="edge" d="${edges.join('')}"/>${all.map(boxSvg).join('')}</svg>`;
}

/** Each in the column after all that it needs, and in the first row that is free there beside what it needs. */
function laidOut(experiments: readonly Experiment[]): ReadonlyMap<string, Box> {
  const byId = new Map(experiments.map((experiment) => [experiment.id, experiment]));
  const boxes = new Map<string, Box>();
  const taken = new Set<string>();
  const place = (experiment: Experiment): Box => {
    const known = boxes.get(experiment.id);
    if (known !== undefined) return known;
    const inputs = idsOf(experiment).flatMap((id) => {
      const input = byId.get(id);
      return input === undefined ? [] : [place(input)];
    });
    const level = Math.max(0, ...inputs.map((input) => input.level + 1));
    let row = Math.max(0, ...inputs.map((input) => input.row));
    while (taken.has(`${level} ${row}`)) row += 1;
    taken.add(`${level} ${row}`);
    const box = { experiment, level, row };
    boxes.set(experiment.id, box);
    return box;
  };
  experiments.forEach(place);
  return boxes;
}

function idsOf({ runs }: Experiment): string[] {
  return [...new Set(runs.flatMap(({ inputs }) => inputs))];
}

/** What it needs at first hand: what another of its inputs was computed from is reached through that. */
function inputsOf(experiment: Experiment, boxes: ReadonlyMap<string, Box>): Box[] {
  const inputs = idsOf(experiment).flatMap((id) => boxes.get(id) ?? []);
  const behind = new Set<Box>();
  const follow = (box: Box): void => {
    for (const input of idsOf(box.experiment).flatMap((id) => boxes.get(id) ?? [])) {
      if (behind.has(input)) continue;
      behind.add(input);
      follow(input);
    }
  };
  inputs.forEach(follow);
  return inputs.filter((input) => !behind.has(input));
}

function edge(from: Box, to: Box): string {
  const [x, y] = [from.level * right + width, from.row * down + height / 2];
  const [toX, toY] = [to.level * right, to.row * down + height / 2];
  const bend = (right - width) / 2;
  return `M${x} ${y}C${x + bend} ${y} ${toX - bend} ${toY} ${toX} ${toY}`;
}

function boxSvg({ experiment: { id, href, noun, count, runs }, level, row }: Box): string {
  const [x, y] = [level * right, row * down];
  const shown = id.length > longestId ? `${id.slice(0, longestId - 1)}…` : id;
  const what = runs.length > 1 ? `${noun}, ${count}` : noun;
  const keys = keysAttribute(runs.map(({ key }) => key));
  return `<a href="${escapeHtml(href)}"><title>${escapeHtml(`${what}: ${id}`)}</title><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="4"/><text class="what" x="${x + 9}" y="${y + 16}">${escapeHtml(what)}</text><text x="${x + 9}" y="${y + 33}">${escapeHtml(shown)}</text><text class="what" text-anchor="end" x="${x + width - 8}" y="${y + 33}" data-build-info="seconds" ${keys}></text></a>`;
}
