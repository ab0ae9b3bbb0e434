/** Which of three classes or more is the most probable over the plane of two inputs, as rows: for the build and for the page. */
import type { Outputs } from '../../model/centred-outputs.js';
import { exp } from '../../model/transcendental/exp.js';
import type { Row } from '../panels.js';
import { middles, short } from './heat-map-rows.js';
import { type Height, type Plane, planeInputs, planeSamples, zeroRows } from './plane-rows.js';

/** How a field of classes is drawn. */
export interface ClassLook {
  readonly answer: 'classes';
  readonly plane: Plane;
  /** Their names. */
  readonly classes: readonly string[];
}

/** How strongly the colour of a class shows where it has this probability and more. */
export const probabilityLevels = [
  { from: 0, opacity: 0.18 },
  { from: 0.6, opacity: 0.38 },
  { from: 0.9, opacity: 0.65 },
] as const;

/** At the middles of the cells, row by row from the lowest second input. */
export interface ClassField {
  /** An output for each class. */
  readonly outputs: Float64Array;
  /** The most probable class; -1 where an output is no number. */
  readonly best: Int32Array;
  /** Its probability. */
  readonly probability: Float64Array;
}

export function classFieldOf(outputs: Outputs, plane: Plane, classes: number): ClassField {
  return mostProbable(outputs(planeInputs(plane)), classes);
}

/** Of n x classes outputs; the probability of the largest is 1 over the sum of e to what the others are below it. */
export function mostProbable(outputs: Float64Array, classes: number): ClassField {
  const count = outputs.length / classes;
  const best = new Int32Array(count);
  const probability = new Float64Array(count);
  for (let row = 0; row < count; row += 1) {
    const own = outputs.subarray(row * classes, (row + 1) * classes);
    const largest = Math.max(...own);
    best[row] = Number.isFinite(largest) ? own.indexOf(largest) : -1;
    probability[row] = 1 / own.reduce((sum, output) => sum + exp(output - largest), 0);
  }
  return { outputs, best, probability };
}

/** `height` is that of the panel, in pixels. */
export function classFieldRows(field: ClassField, look: ClassLook, height: number, row: Row): Row[] {
  return [...cellRows(field, look, height, row), ...borderRows(field, look, row)];
}

/** A row of data for every run of neighbouring cells of one class and level. */
function cellRows({ best, probability }: ClassField, { plane, classes }: ClassLook, height: number, row: Row): Row[] {
  const { x, y, cells } = plane;
  const edge = (index: number): number => short(x[0] + ((x[1] - x[0]) * index) / cells);
  const levelAt = (cell: number): number =>
    probabilityLevels.findLastIndex(({ from }) => (probability[cell] ?? 0) >= from);
  const found = middles(y, cells).flatMap((up, j) => {
    const runs: Row[] = [];
    for (let first = 0; first < cells; ) {
      const [at, level] = [best[j * cells + first] ?? -1, levelAt(j * cells + first)];
      let end = first + 1;
      while (end < cells && best[j * cells + end] === at && levelAt(j * cells + end) === level) end += 1;
      if (at >= 0)
        runs.push({
          ...row,
          ...{ part: 'cell', x: edge(first), x2: edge(end), y: short(up), class: at, name: classes[at] ?? '' },
          ...{ value: probabilityLevels[level]?.from ?? 0, value2: probabilityLevels[level + 1]?.from ?? 1 },
          ...{ faded: probabilityLevels[level]?.opacity ?? 0, thick: height / cells },
        });
      first = end;
    }
    return runs;
  });
  // Neighbours of one colour become one path, in which none lies over another.
  return found.sort((a, b) => Number(a['class']) - Number(b['class']) || Number(a['faded']) - Number(b['faded']));
}

/**
 * Where another class becomes the most probable: in every square the line on which a class is as probable as the best of the others.
 */
function borderRows(
  { outputs, best }: ClassField,
  { plane, classes: { length: classes } }: ClassLook,
  row: Row,
): Row[] {
  const leadOf =
    (own: number): Height =>
    (cell) => {
      let most = Number.NEGATIVE_INFINITY;
      for (let k = 0; k < classes; k += 1)
        if (k !== own) most = Math.max(most, outputs[cell * classes + k] ?? Number.NaN);
      return (outputs[cell * classes + own] ?? Number.NaN) - most;
    };
  return zeroRows(
    plane,
    (square) => {
      const met = [...new Set(square.map((cell) => best[cell] ?? -1))].sort((a, b) => a - b);
      if (met.length < 2 || met.includes(-1)) return [];
      // Of two classes their border is the one line; where more meet, each has its own.
      return (met.length === 2 ? met.slice(1) : met).map(leadOf);
    },
    row,
  );
}

/** Every `stride`-th of the samples, with its class; `inputs` are two numbers a sample. */
export function classSamples(
  inputs: ArrayLike<number>,
  targets: ArrayLike<number>,
  { classes, stride }: { readonly classes: readonly string[]; readonly stride: number },
  row: Row,
): Row[] {
  return planeSamples(inputs, targets, stride, (own) => ({ ...row, class: own, name: classes[own] ?? '' }));
}
