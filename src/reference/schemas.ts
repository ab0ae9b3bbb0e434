/** The options of everything that an author writes in YAML, as JSON Schemas for editors and for the documentation. */
import * as z from 'zod';
import { deviceChoices, deviceNames, numberedDevice } from '../shared/device-names.js';
import { once } from '../shared/lazy.js';
import { mostVariants } from '../plan/swept.js';
import { frontMatterOptions } from '../source/front-matter.js';
import { settingsOptions } from '../source/settings.js';
import { stepKinds, viewKinds } from '../steps/kinds.js';
import type { StepKind } from '../steps/step.js';

/** A JSON Schema (draft 2020-12) as far as we read it. */
export interface JsonSchema {
  readonly $schema?: string;
  readonly $id?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema | false;
  readonly prefixItems?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
}

/** What any step takes besides the options of its kind. */
const ofAnyStep: Readonly<Record<string, JsonSchema>> = {
  sweep: {
    type: 'object',
    description: 'The values that an option takes, one run for each; several options make a product.',
    additionalProperties: true,
  },
  device: {
    anyOf: [{ enum: deviceNames }, { type: 'string', pattern: numberedDevice.source }],
    description: `Where it runs, whatever the command line and the page say; no part of a result's key. ${deviceChoices}.`,
  },
};

/** What any directive may say of how the page shows it. */
const shown = {
  echo: {
    type: 'boolean',
    default: true,
    description: 'Whether the page shows an experiment; a figure or a table always has its account.',
  },
  fold: { type: 'boolean', default: true, description: 'Whether the account of how it was made is folded.' },
} as const satisfies Readonly<Record<string, JsonSchema>>;

/** A seed may be several, which are swept. */
function severalOf({ description, default: fallback, ...one }: JsonSchema, leads: readonly string[]): JsonSchema {
  const count: JsonSchema = {
    type: 'integer',
    minimum: 1,
    maximum: mostVariants,
    description: 'So many: 0, 1, 2 and on.',
  };
  const only = (name: string, inner: JsonSchema): JsonSchema => ({
    type: 'object',
    properties: { [name]: inner },
    required: [name],
    additionalProperties: false,
  });
  const following = leads.length === 0 ? '' : ` {follows: ${leads[0] ?? ''}} is the seed of what that option names.`;
  return {
    anyOf: [
      one,
      { type: 'array', items: one },
      only('count', count),
      ...(leads.length === 0
        ? []
        : [only('follows', { enum: leads, description: 'The seed of what this option names.' })]),
    ],
    description: `${description ?? ''} Of several, [0, 1, 5] or {count: 32}, each is a run: they are the swept option seed.${following}`,
    default: fallback,
  };
}

function schema(name: string, options: z.ZodType): JsonSchema {
  const made = z.toJSONSchema(options, {
    target: 'draft-2020-12',
    io: 'input',
    unrepresentable: 'any',
    // What the messages of the program say of a setting is no keyword of a schema.
    override: ({ zodSchema: { _zod }, jsonSchema }) => {
      delete jsonSchema['expected'];
      // Left out where a value is changed when it is read; ours are written as they are read.
      if (_zod.def.type === 'default') jsonSchema.default ??= _zod.def.defaultValue as z.core.util.JSONType;
      // Options that come in kinds may leave out the kind that is meant without one.
      const { properties, required } = jsonSchema as JsonSchema;
      if (properties?.['kind']?.default !== undefined && required !== undefined)
        Object.assign(jsonSchema, { required: required.filter((name) => name !== 'kind') });
    },
  }) as JsonSchema;
  return { ...made, title: name };
}

/** Of a kind that computes: with what any step takes. */
export function stepSchema({ kind, options }: Pick<StepKind, 'kind' | 'options'>): JsonSchema {
  const { properties, ...made } = schema(kind, options);
  const seed = properties?.['seed'];
  // The options that name a step.
  const leads = ['data', 'of'].filter((name) => properties?.[name] !== undefined);
  const several = seed && { seed: severalOf(seed, leads) };
  return { ...made, properties: { ...properties, ...several, ...ofAnyStep, ...shown } };
}

/** Every schema of the program's by its name: the kinds of directive, "front-matter" and "colophon.yaml". */
export const allSchemas = once((): Readonly<Record<string, JsonSchema>> => {
  const ofView = (kind: string, options: z.ZodType): JsonSchema => {
    const { properties, ...made } = schema(kind, options);
    return { ...made, properties: { ...properties, ...shown } };
  };
  return {
    ...Object.fromEntries(stepKinds.map((kind) => [kind.kind, stepSchema(kind)])),
    ...Object.fromEntries(Object.values(viewKinds).map(({ kind, options }) => [kind, ofView(kind, options)])),
    'front-matter': schema('front-matter', frontMatterOptions),
    'colophon.yaml': schema('colophon.yaml', settingsOptions),
  };
});
