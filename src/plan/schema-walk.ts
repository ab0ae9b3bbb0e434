/** What a kind's schema says at a path of its options. */
import * as z from 'zod';
import type { Json } from '../shared/artifact.js';
import type { OptionPath } from '../source/report.js';

export type Schema = z.core.$ZodType;
export type ObjectSchema = Schema & { readonly _zod: { readonly def: z.core.$ZodObjectDef } };

export function isObjectSchema(schema: Schema): schema is ObjectSchema {
  return schema._zod.def.type === 'object';
}

/** The plain schemas at a path; for a choice of schemas, those that fit the `kind` that the options name, or all. */
export function schemasAt(schema: Schema, path: OptionPath, body: Json, kinds?: 'any kind'): Schema[] {
  const fits = (one: ObjectSchema, options: Json | undefined): boolean =>
    kinds === 'any kind' || fitsKind(one, options);
  let schemas = unwrap(schema);
  let value: Json | undefined = body;
  for (const part of path) {
    const within: Json | undefined = value;
    schemas = schemas.flatMap((inner) => {
      if (isObjectSchema(inner)) {
        const next = fits(inner, within) ? inner._zod.def.shape[String(part)] : undefined;
        return next === undefined ? [] : unwrap(next);
      }
      const definition = inner._zod.def;
      return definition.type === 'array' ? unwrap((definition as z.core.$ZodArrayDef).element) : [];
    });
    value = valueAt(value ?? null, [part]);
  }
  return schemas.filter((one) => !isObjectSchema(one) || fits(one, value));
}

/** The options that a schema knows at a path. */
export function keysAt(schema: Schema, path: OptionPath, body: Json): string[] {
  return schemasAt(schema, path, body).flatMap((one) => (isObjectSchema(one) ? Object.keys(one._zod.def.shape) : []));
}

/** The paths of all options, those inside others after them. */
export function pathsOf(schema: Schema): string[][] {
  return unwrap(schema).flatMap((one) =>
    isObjectSchema(one)
      ? Object.entries(one._zod.def.shape).flatMap(([name, inner]) => [
          [name],
          ...pathsOf(inner).map((rest) => [name, ...rest]),
        ])
      : [],
  );
}

/** The words that a schema takes as they are. */
export function wordsOf(schema: Schema): string[] {
  const { def } = schema._zod;
  if (def.type === 'literal') return (def as z.core.$ZodLiteralDef<z.core.util.Literal>).values.map(String);
  if (def.type === 'enum') return Object.values((def as z.core.$ZodEnumDef).entries).map(String);
  return [];
}

/** Whether options that name a `kind` may be those of a schema that is for one kind. */
function fitsKind(schema: ObjectSchema, options: Json | undefined): boolean {
  const kind = schema._zod.def.shape['kind'];
  if (kind === undefined || kind._zod.def.type !== 'literal') return true;
  const given = valueAt(options ?? null, ['kind']);
  // One that says no kind is of the kind that says so of itself.
  if (given === undefined) return z.globalRegistry.get(kind)?.['default'] !== undefined;
  return typeof given === 'string' && wordsOf(kind).includes(given);
}

/** The plain schemas inside defaults, transforms and unions. */
export function unwrap(schema: Schema): Schema[] {
  const { def } = schema._zod;
  switch (def.type) {
    case 'optional':
    case 'default':
    case 'prefault':
    case 'nullable':
      return unwrap((def as z.core.$ZodOptionalDef).innerType);
    case 'pipe': {
      const { in: input, out } = def as z.core.$ZodPipeDef;
      return input._zod.def.type === 'transform' ? unwrap(out) : unwrap(input);
    }
    case 'union':
      return (def as z.core.$ZodUnionDef).options.flatMap(unwrap);
    default:
      return [schema];
  }
}

export function valueAt(body: Json, path: OptionPath): Json | undefined {
  let value: Json | undefined = body;
  for (const part of path) {
    if (value === null || typeof value !== 'object') return undefined;
    value = (value as { readonly [key: string]: Json })[String(part)];
  }
  return value;
}
