/** Plain data as YAML in one line, as a person writes it: { kind: sgd, betas: [0.9, 0.999] }. */
import type { Json } from '../shared/artifact.js';

/** Words that YAML reads as something else than text. */
const meaning = new Set(['true', 'false', 'null', 'yes', 'no', 'on', 'off', '~']);

export function flow(value: Json): string {
  if (typeof value === 'string') {
    const bare = /^[A-Za-z_](?:[\w./()%+ -]*[\w/()%])?$/.test(value) && !meaning.has(value.toLowerCase());
    return bare ? value : JSON.stringify(value);
  }
  if (value === null || typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  const options = Object.entries(value).map(([name, inner]) => `${flow(name)}: ${flow(inner)}`);
  return options.length === 0 ? '{}' : `{ ${options.join(', ')} }`;
}
