/**
 * A specification against Vega-Lite's own schema: names that it does not know where they stand, and values that none of its
 * alternatives takes. Where several alternatives stand open, what any of them allows is allowed: nothing that Vega-Lite
 * takes is refused.
 */
import { dictionary } from '../shared/dictionary.js';
import { readFileSync } from 'node:fs';
import type { Json } from '../shared/artifact.js';
import { suggestion } from '../shared/suggest.js';
import { compiledFile } from '../shared/program-folder.js';
import { inEnglish } from './in-english.js';
import { list } from './words.js';

interface Schema {
  readonly $ref?: string;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema | readonly Schema[];
  readonly enum?: readonly Json[];
  readonly const?: Json;
  readonly type?: string | readonly string[];
}

interface WholeSchema extends Schema {
  readonly definitions: Readonly<Record<string, Schema>>;
}

export interface Misfit {
  readonly path: readonly (string | number)[];
  /** Whether the name is wrong or what stands under it. */
  readonly part: 'key' | 'value';
  readonly message: string;
  readonly hint: string;
}

/** Nearly two megabytes: read when the first specification is looked at. */
let schema: WholeSchema | undefined;

/** What does not fit, in the order of the specification; nothing is looked at under the names in `apart`. */
export function misfitsOf(specification: Json, apart: ReadonlySet<string>): Misfit[] {
  const whole = (schema ??= JSON.parse(readFileSync(compiledFile('vega-lite-schema.json'), 'utf8')) as WholeSchema);
  const found: Misfit[] = [];
  const visit = (value: Json, schemas: readonly Schema[], path: readonly (string | number)[]): void => {
    const alternatives = alternativesOf(schemas, whole);
    // Something that says nothing of its type takes anything.
    if (alternatives.some((one) => typesOf(one).length === 0)) return;
    const fitting = alternatives.filter((one) => typesOf(one).includes(typeOf(value)));
    const name = path.join('.');
    if (fitting.length === 0) {
      const types = named(alternatives);
      const message = `"${name}" may not be ${typeNames[typeOf(value)] ?? typeOf(value)}`;
      found.push({ path, part: 'value', message, hint: `Vega-Lite takes ${list(inEnglish, types)} there` });
    } else if (Array.isArray(value)) {
      (value as readonly Json[]).forEach((inner, index) => {
        visit(
          inner,
          fitting.flatMap((one) => itemOf(one, index)),
          [...path, index],
        );
      });
    } else if (typeof value === 'object' && value !== null) {
      const known = [...new Set(fitting.flatMap(({ properties }) => Object.keys(properties ?? {})))];
      const open = fitting.flatMap(({ additionalProperties: more }) =>
        more === false ? [] : [typeof more === 'object' ? more : {}],
      );
      for (const [key, inner] of Object.entries(value as Readonly<Record<string, Json>>)) {
        if (apart.has(key)) continue;
        const own = fitting.flatMap(({ properties }) =>
          properties !== undefined && Object.hasOwn(properties, key) ? [properties[key] ?? {}] : [],
        );
        if (own.length + open.length > 0) visit(inner, [...own, ...open], [...path, key]);
        else {
          const message = `Vega-Lite knows no "${key}"${name === '' ? '' : ` in "${name}"`}`;
          found.push({ path: [...path, key], part: 'key', message, hint: suggestion(key, known) });
        }
      }
    } else if (fitting.every((one) => one.enum !== undefined || one.const !== undefined)) {
      const known = [...new Set(fitting.flatMap((one) => one.enum ?? [one.const ?? null]))];
      if (known.includes(value)) return;
      const others = named(alternatives.filter((one) => !fitting.includes(one)));
      const more = others.length === 0 ? '' : `; ${list(inEnglish, others)} would do too`;
      const message = `"${String(value)}" is no value of "${name}"`;
      found.push({ path, part: 'value', message, hint: suggestion(String(value), known.map(String)) + more });
    }
  };
  visit(specification, [whole], []);
  return found;
}

/** Those among which a value has to find one that it fits, each with what it says of itself. */
function alternativesOf(schemas: readonly Schema[], { definitions }: WholeSchema): Schema[] {
  const seen = new Set<Schema>();
  const found: Schema[] = [];
  const visit = (one: Schema): void => {
    if (seen.has(one)) return;
    seen.add(one);
    const { $ref, anyOf, oneOf, allOf } = one;
    const inner = [...(anyOf ?? []), ...(oneOf ?? []), ...(allOf ?? [])];
    if ($ref !== undefined) visit(definitions[decodeURIComponent($ref.replace('#/definitions/', ''))] ?? {});
    else if (inner.length > 0) inner.forEach(visit);
    else found.push(one);
  };
  schemas.forEach(visit);
  return found;
}

function itemOf({ items }: Schema, index: number): Schema[] {
  if (items === undefined) return [{}];
  if (!Array.isArray(items)) return [items as Schema];
  return [(items as readonly Schema[])[index] ?? {}];
}

/** The types that it takes; none where it does not say. */
function typesOf(one: Schema): readonly string[] {
  const values = one.enum ?? (one.const === undefined ? [] : [one.const]);
  if (values.length > 0) return [...new Set(values.map(typeOf))];
  const types = one.type === undefined ? [] : typeof one.type === 'string' ? [one.type] : one.type;
  if (types.length === 0 && one.properties !== undefined) return ['object'];
  return types.map((type) => (type === 'integer' ? 'number' : type));
}

function typeOf(value: Json): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** Their types in words. */
function named(alternatives: readonly Schema[]): string[] {
  return [...new Set(alternatives.flatMap(typesOf))].map((type) => typeNames[type] ?? type);
}

const typeNames = dictionary<string>({
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  object: 'a mapping',
  array: 'a list',
  null: 'nothing',
});
