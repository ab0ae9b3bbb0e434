/** Numbers in the text: `` `= one-layer[hidden=40].test-error .4f` ``. */
import type { PlannedStep, ValueRequest } from './plan.js';
import { checkpointFault, dimensionsOf, type Fault, lackOf, namesOf, stepsAt } from './select.js';
import { otherResults } from '../shared/other-names.js';
import { suggestion } from '../shared/suggest.js';

/** Digits and style: ".4f", ".3g", ".2e", ".1%", ",d"; ".3s" with an SI prefix, ".1x" as a factor. */
export const formatPattern = /^(?:\.\d{1,2}[fge%sx]|,?d|,?\.\d{1,2}f)$/;
export const defaultFormat = '.4g';

/** Dimensions whose positions people count from 1. */
const fromOne = new Set(['component']);

const path = /^([A-Za-z][A-Za-z0-9-]*)(?:\[([^\]]*)\])?\.([0-9]+\.(?:weight|bias)|[A-Za-z][A-Za-z0-9_-]*)$/;

/** What `one[hidden=40].test-error` means: one run, or one for each seed when nothing but the seed is left open. */
export function resolvePath(
  text: string,
  byId: ReadonlyMap<string, readonly PlannedStep[]>,
): { readonly runs: readonly ValueRequest[] } | Fault {
  const match = path.exec(text);
  if (match === null) return { message: `"${text}" does not name a result`, hint: 'write id[hidden=10,step=0].name' };
  const [, id = '', selectors = '', name = ''] = match;
  const steps = byId.get(id);
  if (steps === undefined) return { message: `there is no result "${id}"`, hint: suggestion(id, [...byId.keys()]) };

  let left: readonly PlannedStep[] = steps;
  const positions: Record<string, number> = {};
  const probe = steps[0];
  const dimensions = probe && dimensionsOf(probe, name)?.map((dimension) => dimension.name);
  if (probe === undefined || dimensions === undefined) {
    const lack = probe && lackOf(probe, name, undefined);
    if (lack !== undefined) return lack;
    return {
      message: `"${id}" has no result "${name}"`,
      hint: suggestion(name, probe === undefined ? [] : namesOf(probe), otherResults),
    };
  }
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
  const [step] = left;
  if (step === undefined || !differInSeed(left)) {
    return {
      message: `"${text}" means ${left.length} runs: ${left
        .map((one) => one.name)
        .slice(0, 4)
        .join(', ')}`,
      hint: 'name one of them in the brackets; only the seed may be left open',
    };
  }
  const runs: ValueRequest[] = [];
  for (const one of left) {
    const request = requestValue(one, name, positions, defaultFormat);
    if ('message' in request) return request;
    runs.push(request);
  }
  return { runs };
}

/** Whether these runs are one run with several seeds. */
function differInSeed(steps: readonly PlannedStep[]): boolean {
  const others = steps.map(({ coordinates }) =>
    coordinates.flatMap(({ axis, label }) => (axis === 'seed' ? [] : [`${axis}=${label}`])).join(),
  );
  return new Set(others).size === 1;
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
