/** A number of a result, as text: for tables and for numbers in the prose. */
import { type Artifact, valueIn } from '../shared/artifact.js';
import type { Reading, ValueRequest } from '../plan/plan.js';
import { dimensionNames } from './arrays.js';
import { extreme, general, grouped, minus, scientific } from './significant.js';
import { trainingStep } from './training-step.js';

/**
 * The requested number, of the last checkpoint where it does not say which; NaN when the result has none. Of a training that
 * diverged there is none from that step on, and so no last one either, nor of what was computed from it.
 */
export function readNumber(
  { step, name, at }: Pick<ValueRequest, 'step' | 'name' | 'at'>,
  artifact: Artifact,
): Reading {
  const array = artifact.arrays[name];
  if (array === undefined) {
    const value = valueIn(artifact, name);
    return typeof value === 'number' ? value : Number.NaN;
  }
  const { divergedAt } = artifact;
  const dimensions = dimensionNames(step, name, array.shape.length);
  let flat = 0;
  for (const [axis, extent] of array.shape.entries()) {
    const dimension = dimensions[axis] ?? '';
    const chosen = at[dimension];
    let position = chosen ?? 0;
    if (dimension === 'checkpoint') {
      if (divergedAt !== undefined && (chosen ?? divergedAt) >= divergedAt)
        return { training: trainingStep(step), at: divergedAt };
      position = chosen === undefined ? lastOf(artifact, name, extent) : (positionsOf(artifact).get(chosen) ?? -1);
    }
    if (position < 0 || position >= extent) return Number.NaN;
    flat = flat * extent + position;
  }
  return array.data[flat] ?? Number.NaN;
}

/** What is taken together over the checkpoints asks for each of them. */
const knownPositions = new WeakMap<Artifact, ReadonlyMap<number, number>>();

/** Where each step of a training stands among its checkpoints. */
function positionsOf(artifact: Artifact): ReadonlyMap<number, number> {
  const known = knownPositions.get(artifact);
  if (known !== undefined) return known;
  const positions = new Map(Array.from(artifact.arrays['step']?.data ?? [], (step, index) => [step, index]));
  knownPositions.set(artifact, positions);
  return positions;
}

/** The last checkpoint at which there is a number: of a column with gaps that was read from a file, not its last row. */
function lastOf({ values }: Artifact, name: string, extent: number): number {
  const written = values['last-written'] as Readonly<Record<string, number>> | undefined;
  return written?.[name] ?? extent - 1;
}

/** Formats as Python would (".4f", ".3g", ".2e", ".1%", ",d", ",.2f"), with an SI prefix (".3s") or as a factor (".1x"), with a true minus sign; a dash for no number, and what is very large always as 4.552×10³². */
export function formatNumber(value: number, format: string): string {
  const said = extreme(value);
  if (said !== undefined) return said;
  const match = /^(,?)(?:\.(\d{1,2}))?([fge%dsx])$/.exec(format);
  const [, comma = '', written, style = 'g'] = match ?? [];
  const digits = Number(written ?? 0);
  const inGroups = (text: string): string => (comma === '' ? text : grouped(text));
  const text = ((): string => {
    switch (style) {
      case 'd':
        return inGroups(Math.round(value).toFixed(0));
      case 'f':
        return inGroups(value.toFixed(digits));
      case 'e':
        return scientific(value.toExponential(digits));
      case '%':
        return `${(100 * value).toFixed(digits)}%`;
      case 'x':
        return `${value.toFixed(digits)}×`;
      case 's':
        return prefixed(value, Math.max(1, digits));
      default:
        return general(value, Math.max(1, digits));
    }
  })();
  return minus(text);
}

/** More digits behind the point are no easier to read than a power of ten. */
const mostDecimals = 6;

/**
 * The format for a value and its spread: with the digits behind the point that two digits of the spread have, and no more than
 * the format asks for where it says how many. Other formats than f, g and % stay.
 */
export function formatForSpread(format: string, spread: number): string {
  const [, comma = '', written, style = ''] = /^(,?)(?:\.(\d{1,2}))?([fg%])$/.exec(format) ?? [];
  if (style === '' || !(spread > 0)) return format;
  const exponent = Number((style === '%' ? 100 * spread : spread).toExponential(1).split('e')[1]);
  const decimals = Math.max(0, 1 - exponent);
  if (style === 'g') return decimals > mostDecimals || exponent > mostDecimals ? format : `${comma}.${decimals}f`;
  return `${comma}.${Math.min(decimals, Number(written ?? 0))}${style}`;
}

const prefixes = ['f', 'p', 'n', 'µ', 'm', '', 'k', 'M', 'G', 'T', 'P'];

/** Significant digits before an SI prefix: 12,300 as 12.3k. */
function prefixed(value: number, digits: number): string {
  if (value === 0) return '0';
  // Rounded first: 999.96 with three digits is 1.00k.
  const rounded = Number(value.toPrecision(digits));
  const group = Math.min(5, Math.max(-5, Math.floor(Math.log10(Math.abs(rounded)) / 3)));
  const scaled = rounded / 10 ** (3 * group);
  const whole = Math.max(1, Math.floor(Math.log10(Math.abs(scaled))) + 1);
  return `${scaled.toFixed(Math.max(0, digits - whole))}${prefixes[group + 5] ?? ''}`;
}
