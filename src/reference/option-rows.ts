/** Options as rows of a table, read from their schemas: the documentation cannot say other than the program does. */
import { once } from '../lazy.js';
import type { OptionRow } from '../render/parts.js';
import { allSchemas, type JsonSchema } from './schemas.js';

const schemas = once(allSchemas);

/** The options of a kind of directive, of front matter or of colophon.yaml; undefined for any other name. */
export function optionRows(name: string): OptionRow[] | undefined {
  const schema = schemas()[name];
  if (schema === undefined) return undefined;
  const { properties = {}, required = [] } = schema;
  return Object.entries(properties).map(([option, one]) => ({
    name: option,
    value: valueOf(one),
    fallback: required.includes(option) ? 'needed' : one.default === undefined ? '' : yamlOf(one.default),
    description: one.description ?? '',
  }));
}

/** A kind of value in words. */
function valueOf(schema: JsonSchema): string {
  const { type, enum: values, const: one, anyOf, oneOf, items, prefixItems, properties } = schema;
  if (values !== undefined) return values.map(String).join(' | ');
  if (one !== undefined) return yamlOf(one);
  const choices = anyOf ?? oneOf;
  if (choices !== undefined) return [...new Set(choices.map(valueOf))].join(' | ');
  if (type === 'array') {
    if (prefixItems !== undefined) return `[${prefixItems.map(valueOf).join(', ')}]`;
    return `[${items === undefined || items === false ? '' : valueOf(items)}, …]`;
  }
  if (properties !== undefined) {
    const parts = Object.entries(properties).map(([name, part]) => `${name}: ${valueOf(part)}`);
    return `{${parts.join(', ')}}`;
  }
  if (type === 'integer' || type === 'number')
    return `${type === 'integer' ? 'whole number' : 'number'}${range(schema)}`;
  if (type === 'boolean') return 'true | false';
  if (type === 'object') return '{…}';
  return type === 'string' ? 'text' : 'anything';
}

/** Bounds that say something; those that only keep numbers finite are left out. */
function range({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: JsonSchema): string {
  const vast = 1e6;
  const from = exclusiveMinimum === undefined ? minimum : exclusiveMinimum;
  const to = exclusiveMaximum === undefined ? maximum : exclusiveMaximum;
  const low =
    from === undefined || Math.abs(from) >= vast ? '' : `${exclusiveMinimum === undefined ? '≥' : '>'} ${from}`;
  const high = to === undefined || Math.abs(to) >= vast ? '' : `${exclusiveMaximum === undefined ? '≤' : '<'} ${to}`;
  const bounds = [low, high].filter((bound) => bound !== '');
  return bounds.length === 0 ? '' : ` ${bounds.join(', ')}`;
}

/** A default as one would write it. */
function yamlOf(value: unknown): string {
  if (typeof value === 'string') return value === '' ? '""' : value;
  if (Array.isArray(value)) return `[${value.map(yamlOf).join(', ')}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([name, part]) => `${name}: ${yamlOf(part)}`)
      .join(', ')}}`;
  return String(value);
}
