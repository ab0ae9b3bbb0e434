/** Which options of a directive changed. */
import { isSameJson } from '../shared/canonical-json.js';
import type { Json } from '../shared/artifact.js';

export interface OptionChange {
  /** "optimizer.rate". */
  readonly path: string;
  /** Absent where it is not written. */
  readonly before?: Json;
  readonly after?: Json;
}

type Options = { readonly [option: string]: Json };

/** By the innermost option; a list is one value. */
export function changedOptions(before: Options, after: Options, within: readonly string[] = []): OptionChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name): OptionChange[] => {
    const [old, now] = [before, after].map((options) => (Object.hasOwn(options, name) ? options[name] : undefined));
    if (old !== undefined && now !== undefined) {
      if (isSameJson(old, now)) return [];
      if (isOptions(old) && isOptions(now)) return changedOptions(old, now, [...within, name]);
    }
    const path = [...within, name].join('.');
    return [{ path, ...(old !== undefined && { before: old }), ...(now !== undefined && { after: now }) }];
  });
}

function isOptions(value: Json): value is Options {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
