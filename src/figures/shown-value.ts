/**
 * What the channels of a mark may say, at build and in the page alike: no address of anything. Of a drawing at build only
 * what is on a list is written; in the page Vega writes every channel into the document itself.
 */
import { isPaint } from '../svg/paint.js';

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

/** Whether a channel may not show every value. */
export function isGuarded(channel: string): boolean {
  return guards.has(channel);
}

/** The value as the channel may show it. */
export function shownValue(channel: string, value: unknown): unknown {
  const guard = guards.get(channel);
  return guard === undefined || value === null || value === undefined ? value : guard(value);
}
