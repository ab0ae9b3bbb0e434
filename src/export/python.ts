/** Values as Python writes them. */
import type { Json } from '../shared/artifact.js';

/** A number: what JavaScript writes is Python's too, but for those that are none. `nan` and `inf` are names of the script's. */
export function pythonNumber(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  return Object.is(value, -0) ? '-0.0' : String(value);
}

/** A text in double quotes. JSON's escapes are Python's. */
export function pythonText(value: string): string {
  return JSON.stringify(value);
}

/** Any plain value: lists, and dictionaries of what has names. */
export function pythonValue(value: Json): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return pythonNumber(value);
  if (typeof value === 'string') return pythonText(value);
  if (isList(value)) return `[${value.map(pythonValue).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([name, one]) => `${pythonText(name)}: ${pythonValue(one)}`)
    .join(', ')}}`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** Each line that has something in it, further in by four blanks. */
export function indented(lines: readonly string[]): string[] {
  return lines.flatMap((line) => line.split('\n')).map((line) => (line === '' ? line : `    ${line}`));
}
