/**
 * What the channels of a mark may say, at build and in the page alike: no address of anything. Of a drawing at build only
 * what is on a list is written; in the page Vega writes every channel into the document itself.
 */
import { isPaint } from '../../svg/paint.js';
import type { Evaluate } from './evaluator.js';

/** What a value becomes; null for one that may not be shown. */
type Guard = (value: unknown) => unknown;

const matching =
  (fits: (text: string) => boolean): Guard =>
  (value) =>
    typeof value === 'string' && fits(value) ? value : null;

const word = matching((text) => /^[a-z-]{1,24}$/i.test(text));
const nothing: Guard = () => null;

const paint: Guard = (value) => {
  if (typeof value === 'string') return isPaint(value) ? value : null;
  const { stops } = (value ?? {}) as { readonly stops?: unknown };
  if (!Array.isArray(stops)) return null;
  const safe = (stops as readonly { readonly color?: unknown }[]).every(({ color }) => isPaint(String(color)));
  return safe ? value : null;
};

const guards: ReadonlyMap<string, Guard> = new Map([
  ['fill', paint],
  ['stroke', paint],
  ['cursor', word],
  ['blend', word],
  ['ariaRole', word],
  ['font', matching((text) => /^[\w ,"'-]*$/.test(text))],
  ['href', nothing],
  ['url', nothing],
]);

/** The channel's evaluator, whose values may be shown. */
export function shown(channel: string, evaluate: Evaluate): Evaluate {
  const guard = guards.get(channel);
  if (guard === undefined) return evaluate;
  // Most items of a mark have the last one's.
  let last: unknown;
  let allowed: unknown;
  return (scope) => {
    const value = evaluate(scope);
    if (value === null || value === undefined) return value;
    if (value !== last) [last, allowed] = [value, guard(value)];
    return allowed;
  };
}
