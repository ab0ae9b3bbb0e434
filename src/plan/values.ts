/** Numbers in the text: `` `= one-layer[hidden=40].test-error .4f` ``. */
import type { PlannedStep, ValueRequest } from './plan.js';
import { seedAxis } from '../shared/expression/cells.js';
import type { Found } from '../shared/expression/parse-expression.js';
import { axesOf, axisOf, checkpointFault, dimensionsOf, type Fault, lackOf, namesOf, stepsAt } from './select.js';
import { otherResults } from '../shared/other-names.js';
import { suggestion } from '../shared/suggest.js';

/** Digits and style: ".4f", ".3g", ".2e", ".1%", ",d"; ".3s" with an SI prefix, ".1x" as a factor. */
export const formatPattern = /^(?:\.\d{1,2}[fge%sx]|,?d|,?\.\d{1,2}f)$/;
export const defaultFormat = '.4g';

/** Dimensions whose positions people count from 1. */
const fromOne = new Set(['component']);

const path = /^([A-Za-z][A-Za-z0-9-]*)(?:\[([^\]]*)\])?\.([0-9]+\.(?:weight|bias)|[A-Za-z][A-Za-z0-9_-]*)$/;

/** What people call the dimension of checkpoints. */
const checkpointWords: ReadonlySet<string> = new Set(['step', 'checkpoint', 'checkpoints']);

function dimensionCalled(word: string): string {
  return checkpointWords.has(word) ? 'checkpoint' : word;
}

/** Values that one name of an expression may stand for. */
const mostValues = 100_000;

/**
 * What `one[hidden=40].test-error` means: one run, or one for each combination of what is left open. More than the seed may be left
 * open only to a function that takes it together, as in min(... over rate); `over` are the axes and dimensions of which that is so.
 */
export function resolvePath(
  text: string,
  byId: ReadonlyMap<string, readonly PlannedStep[]>,
  over: readonly string[] = [],
): Found<ValueRequest> | Fault {
  const match = path.exec(text);
  if (match === null) return { message: `"${text}" does not name a result`, hint: 'write id[hidden=10,step=0].name' };
  const [, id = '', selectors = '', name = ''] = match;
  const steps = byId.get(id);
  if (steps === undefined) return { message: `there is no result "${id}"`, hint: suggestion(id, [...byId.keys()]) };
  const [probe] = steps;
  const dimensions = probe && dimensionsOf(probe, name)?.map((dimension) => dimension.name);
  if (probe === undefined || dimensions === undefined) {
    const lack = probe && lackOf(probe, name, undefined);
    if (lack !== undefined) return lack;
    return {
      message: `"${id}" has no result "${name}"`,
      hint: suggestion(name, probe === undefined ? [] : namesOf(probe), otherResults),
    };
  }
  const selected = select(steps, selectors, dimensions);
  if ('message' in selected) return selected;
  const { left, positions } = selected;
  const opened = new Map(
    over.flatMap((word) => {
      const dimension = dimensionCalled(word);
      return dimensions.includes(dimension) && positions[dimension] === undefined ? [[word, dimension]] : [];
    }),
  );
  const axes = openAxes(left, over);
  const runs: ValueRequest[] = [];
  const at: (readonly string[])[] = [];
  for (const step of left) {
    const labels = axes.map(({ axis }) => step.coordinates.find((one) => one.axis === axis)?.label ?? '');
    const places = placesOf(step, name, [...opened.values()]);
    const [first = {}] = places;
    const request = requestValue(step, name, { ...positions, ...first }, defaultFormat);
    if ('message' in request) return request;
    if (runs.length + places.length > mostValues)
      return { message: `"${text}" means more than ${mostValues} values`, hint: 'name some of them in the brackets' };
    for (const place of places) {
      runs.push({ ...request, at: { ...positions, ...place } });
      at.push([...labels, ...Object.entries(place).map(([dimension, position]) => labelAt(dimension, position))]);
    }
  }
  const cells = { axes: [...axes.map(({ word }) => word), ...opened.keys()], at };
  return { runs, cells, open: stillOpen(text, left, cells.axes) };
}

/** The runs and the positions that the brackets of a path name. */
function select(
  steps: readonly PlannedStep[],
  selectors: string,
  dimensions: readonly string[],
): { readonly left: readonly PlannedStep[]; readonly positions: Readonly<Record<string, number>> } | Fault {
  let left = steps;
  const positions: Record<string, number> = {};
  for (const selector of selectors.split(',').filter((part) => part.trim() !== '')) {
    const [axis = '', value = ''] = selector.split('=').map((part) => part.trim());
    const dimension = axis === 'step' ? 'checkpoint' : axis;
    if (dimensions.includes(dimension)) {
      const position = Number(value);
      if (value === '' || !Number.isInteger(position) || position < (fromOne.has(dimension) ? 1 : 0)) {
        return {
          message: `"${selector.trim()}" does not choose a ${axis}`,
          hint: `write a whole number, as in ${axis}=1`,
        };
      }
      positions[dimension] = fromOne.has(dimension) ? position - 1 : position;
      continue;
    }
    const chosen = stepsAt(left, axis, value);
    if ('message' in chosen) return chosen;
    left = chosen;
  }
  return { left, positions };
}

/** The axes in which these runs differ, and those that are taken together, each by the word that the author has for it. */
function openAxes(
  steps: readonly PlannedStep[],
  over: readonly string[],
): readonly { readonly axis: string; readonly word: string }[] {
  return axesOf(steps).flatMap((axis) => {
    const word = over.find((one) => axisOf(one, steps) === axis);
    const labels = new Set(steps.map(({ coordinates }) => coordinates.find((one) => one.axis === axis)?.label));
    return word === undefined && labels.size < 2 ? [] : [{ axis, word: word ?? axis }];
  });
}

/** Every position of an array in the dimensions that are taken together; a checkpoint by its step. */
function placesOf(
  step: PlannedStep,
  name: string,
  opened: readonly string[],
): readonly Readonly<Record<string, number>>[] {
  let places: readonly Readonly<Record<string, number>>[] = [{}];
  for (const dimension of opened) {
    const size = dimensionsOf(step, name)?.find((one) => one.name === dimension)?.size ?? 0;
    const all =
      dimension === 'checkpoint'
        ? step.kind.checkpoints(step.options, step.facts).filter((at) => lackOf(step, name, at) === undefined)
        : Array.from({ length: size }, (_, index) => index);
    if (places.length * all.length > mostValues) return Array.from({ length: mostValues + 1 }, () => ({}));
    places = places.flatMap((place) => all.map((position) => ({ ...place, [dimension]: position })));
  }
  return places;
}

function labelAt(dimension: string, position: number): string {
  return String(fromOne.has(dimension) ? position + 1 : position);
}

/** What to say where more than the seed is left open and nothing takes it together. */
function stillOpen(text: string, steps: readonly PlannedStep[], axes: readonly string[]): Fault {
  const names = steps.map((one) => one.name).slice(0, 4);
  const open = axes.find((axis) => axis !== seedAxis);
  const together = open === undefined ? '' : `, or take them together: min(${text} over ${open})`;
  return {
    message: `"${text}" means ${steps.length} runs: ${names.join(', ')}`,
    hint: `name one of them in the brackets${together}`,
  };
}

/** One number of one run; every dimension but the checkpoint, which is the last one, must be given. */
export function requestValue(
  step: PlannedStep,
  name: string,
  positions: Readonly<Record<string, number>>,
  format: string,
): ValueRequest | Fault {
  const at = positions['checkpoint'];
  const lack = lackOf(step, name, at);
  if (lack !== undefined) return lack;
  const dimensions = dimensionsOf(step, name);
  if (dimensions === undefined)
    return { message: `"${step.id}" has no result "${name}"`, hint: suggestion(name, namesOf(step), otherResults) };
  const needless = Object.keys(positions).find((position) => dimensions.every((one) => one.name !== position));
  if (needless !== undefined) {
    const what = needless === 'checkpoint' ? 'step' : needless;
    return { message: `"${name}" of "${step.id}" is the same at every ${what}`, hint: `leave the ${what} out` };
  }
  const missing = dimensions.find((one) => one.name !== 'checkpoint' && positions[one.name] === undefined);
  if (missing !== undefined) {
    return {
      message: `"${name}" of "${step.id}" has many values, one for each ${missing.name}`,
      hint: `choose one: ${missing.name}=1`,
    };
  }
  for (const { name: dimension, size } of dimensions) {
    const position = positions[dimension];
    // A checkpoint is chosen by its step, and not by its position.
    if (dimension === 'checkpoint' || position === undefined || position < size) continue;
    const first = fromOne.has(dimension) ? 1 : 0;
    return {
      message: `${dimension}=${position + first} is beyond "${name}" of "${step.name}", which has ${size}`,
      hint: `choose from ${first} to ${size - 1 + first}`,
    };
  }
  const fault = at === undefined ? undefined : checkpointFault(step, at);
  return fault ?? { step, name, at: positions, format };
}
