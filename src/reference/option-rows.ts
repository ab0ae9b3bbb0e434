/** Options as rows of a table, read from their schemas: the documentation cannot say other than the program does. */
import type { OptionRow } from '../render/parts.js';
import type { JsonSchema } from './schemas.js';

/** The options of a kind of directive, of front matter or of colophon.yaml, those inside others after them. */
export function optionRows(schema: JsonSchema): OptionRow[] {
  // What may be one or a list has the same options in both.
  const rows = new Map(rowsOf(schema, '').map((row) => [JSON.stringify([row.name, row.of, row.value]), row]));
  return [...rows.values()];
}

/** `before` is what the name of each option starts with: "network.". */
function rowsOf({ properties = {}, required = [] }: JsonSchema, before: string): OptionRow[] {
  return Object.entries(properties).flatMap(([option, one]) => {
    const name = `${before}${option}`;
    const row = {
      name,
      value: valueOf(one),
      fallback: required.includes(option) ? 'needed' : fallbackOf(one),
      description: one.description ?? '',
    };
    return [row, ...objectsIn(one).flatMap((inner) => ofOneKind(inner, name) ?? rowsOf(inner, `${name}.`))];
  });
}

/** A default as one would write it; that of options that all have their own stands with them. */
function fallbackOf({ default: value }: JsonSchema): string {
  const isEmpty =
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
  return value === undefined || isEmpty ? '' : yamlOf(value);
}

/** The objects that a value may be, or that the items of a list may be. */
function objectsIn(schema: JsonSchema): JsonSchema[] {
  const { anyOf, oneOf, items, properties } = schema;
  if (properties !== undefined) return [schema];
  const parts = anyOf ?? oneOf ?? (items === undefined || items === false ? [] : [items]);
  return parts.flatMap(objectsIn);
}

/** Options that say by their `kind` which they are: a row for the kind, and one for each option that it has. */
function ofOneKind({ description = '', ...schema }: JsonSchema, name: string): OptionRow[] | undefined {
  const { kind, ...properties } = schema.properties ?? {};
  if (kind?.const === undefined) return undefined;
  const value = yamlOf(kind.const);
  return [
    { name: `${name}.kind`, value, fallback: fallbackOf(kind), description },
    ...rowsOf({ ...schema, properties }, `${name}.`).map((row) => ({ ...row, of: value })),
  ];
}

/** A kind of value in words. */
function valueOf(schema: JsonSchema): string {
  const { type, enum: values, const: one, anyOf, oneOf, items, prefixItems, properties } = schema;
  if (values !== undefined) return values.map(String).join(' | ');
  if (one !== undefined) return yamlOf(one);
  const choices = anyOf ?? oneOf;
  if (choices !== undefined) {
    const said = new Set(choices.map(valueOf));
    // A list of what else it may be does not say it all again.
    const isAgain = (one: string): boolean => one.includes(' | ') && said.has(one.slice(1, -', …]'.length));
    return [...said].map((one) => (isAgain(one) ? '[…]' : one)).join(' | ');
  }
  if (type === 'array') {
    if (prefixItems !== undefined) return `[${prefixItems.map(valueOf).join(', ')}]`;
    return `[${items === undefined || items === false ? '' : valueOf(items)}, …]`;
  }
  if (properties !== undefined) {
    // What each is stands in its own row.
    const { kind } = properties;
    return kind?.const === undefined ? `{${Object.keys(properties).join(', ')}}` : `{kind: ${yamlOf(kind.const)}, …}`;
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
