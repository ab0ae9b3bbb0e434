/**
 * `seed: {count: 32}` or `seed: [0, 1, 5]`: one directive run from several seeds, the axis `seed` of its sweep; and
 * `seed: {follows: data}`, the seed of what it is computed from.
 */
import type { Json } from '../shared/artifact.js';
import type { OptionPath } from '../source/report.js';
import { suggestion } from '../shared/suggest.js';
import { mostVariants, type Swept } from './swept.js';

/**
 * The seeds of a directive whose `seed` names several; undefined for one seed or none, and where what is written is
 * wrong, which is said. Whether each is a seed at all, its kind checks.
 */
export function readSeeds(
  seed: Json | undefined,
  wrong: (path: OptionPath, message: string, hint: string) => void,
): Swept | undefined {
  if (typeof seed !== 'object' || seed === null) return undefined;
  const axis = { option: 'seed', path: ['seed'], written: ['seed'] };
  if (Array.isArray(seed)) {
    if (seed.length > 0) return { ...axis, values: seed as readonly Json[], writtenAt: (index) => ['seed', index] };
    wrong(['seed'], '"seed" names no seed', 'write one, [0, 1, 2], or {count: 32} for the seeds 0 to 31');
    return undefined;
  }
  const { count, follows, ...others } = seed as { readonly [option: string]: Json };
  const unknown = Object.keys(others);
  for (const option of unknown) {
    wrong(['seed', option], `"${option}" is not an option of seed`, suggestion(option, ['count', 'follows']));
  }
  if (unknown.length > 0) return undefined;
  if (follows !== undefined) {
    if (count !== undefined)
      wrong(['seed', 'follows'], 'the seeds are both counted and followed', 'keep one of the two');
    else if (typeof follows !== 'string')
      wrong(['seed', 'follows'], '"follows" must name an option', 'write {follows: data}');
    return undefined;
  }
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 1 || count > mostVariants) {
    const given = count === undefined ? '' : `; it is ${JSON.stringify(count)}`;
    const place = count === undefined ? ['seed'] : ['seed', 'count'];
    wrong(place, `the count of seeds must be a whole number from 1 to ${mostVariants}${given}`, 'write {count: 32}');
    return undefined;
  }
  return { ...axis, values: Array.from({ length: count }, (_, index) => index), writtenAt: () => ['seed', 'count'] };
}

/** The option whose step's seed a directive takes, where it is written so. */
export function followedOption(seed: Json | undefined): string | undefined {
  if (typeof seed !== 'object' || seed === null || Array.isArray(seed)) return undefined;
  const { follows } = seed as { readonly [option: string]: Json };
  return typeof follows === 'string' ? follows : undefined;
}
