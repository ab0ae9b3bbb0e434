/** A directive's options against its kind's schema: the checked options, or a problem at the place of each fault. */
import * as z from 'zod';
import type { Json } from '../artifact.js';
import type { Place, Problem } from '../problem.js';
import type { OptionPath } from '../source/report.js';
import { suggestion } from '../suggest.js';

type Schema = z.core.$ZodType;
type Issue = z.core.$ZodIssue;

export type Checked<Options> = { readonly options: Options } | { readonly problems: readonly Problem[] };

/** `placeOf` finds an option in the page; `what` names the directive's kind in messages. */
export function checkOptions<Options>(
  schema: z.ZodType<Options>,
  body: { readonly [option: string]: Json },
  what: string,
  placeOf: (path: OptionPath, part: 'key' | 'value') => Place,
): Checked<Options> {
  const result = schema.safeParse(body);
  if (result.success) return { options: result.data };
  const problems = mostTelling(result.error.issues).flatMap((issue) =>
    toProblems(issue, [], schema, body, what, placeOf),
  );
  return { problems };
}

/** Without a bound that says less than another one of the same value: a whole number's own, beside the option's. */
function mostTelling(issues: readonly Issue[]): readonly Issue[] {
  const own = (issue: Issue): boolean =>
    (issue.code === 'too_big' && issue.maximum === Number.MAX_SAFE_INTEGER) ||
    (issue.code === 'too_small' && issue.minimum === Number.MIN_SAFE_INTEGER);
  const at = ({ path }: Issue): string => JSON.stringify(path.map(String));
  return issues.filter((issue) => !own(issue) || !issues.some((other) => !own(other) && at(other) === at(issue)));
}

function toProblems(
  issue: Issue,
  prefix: OptionPath,
  schema: Schema,
  body: Json,
  what: string,
  placeOf: (path: OptionPath, part: 'key' | 'value') => Place,
): Problem[] {
  const path: OptionPath = [...prefix, ...issue.path.filter((part) => typeof part !== 'symbol')];
  const named = path.length === 0 ? what : path.join('.');
  const value = valueAt(body, path);
  if (value === undefined && issue.code !== 'custom' && issue.code !== 'unrecognized_keys') {
    const message = `${path.length < 2 ? what : path.slice(0, -1).join('.')} needs "${String(path.at(-1) ?? '')}"`;
    return [
      { place: placeOf(path, 'key'), rule: 'missing-option', message, hint: `write ${expectation(issue)} there` },
    ];
  }
  // A kind's own message may say after a semicolon what to do.
  const said = issue.code === 'custom' ? issue.message.split('; ') : [];
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = keysAt(schema, path, body);
      return issue.keys.map((key) => ({
        place: placeOf([...path, key], 'key'),
        rule: 'unknown-option',
        message: `"${key}" is not an option of ${named}`,
        hint: insideOf(valueAt(body, path), key) ?? suggestion(key, known),
      }));
    }
    case 'invalid_union': {
      const branch = nearestBranch(issue.errors);
      // A branch that fails at the value itself says less than all of them together.
      if (
        branch === undefined ||
        branch.every(({ path: inner, code }) => inner.length === 0 && code !== 'unrecognized_keys')
      ) {
        const allowed = [...new Set(issue.errors.flatMap((errors) => errors.map((error) => expectation(error))))];
        return [wrong(path, `"${named}" must be ${allowed.join(', or ')}`, value)];
      }
      return mostTelling(branch).flatMap((error) => toProblems(error, path, schema, body, what, placeOf));
    }
    default:
      return [
        wrong(path, `"${named}" ${issue.code === 'custom' ? (said[0] ?? '') : `must be ${expectation(issue)}`}`, value),
      ];
  }

  function wrong(at: OptionPath, message: string, given: Json | undefined): Problem {
    const shown = given === undefined ? '' : `; it is ${short(given)}`;
    const choices =
      issue.code === 'invalid_value' && typeof given === 'string' ? suggestion(given, issue.values.map(String)) : '';
    return {
      place: placeOf(at, 'value'),
      rule: 'invalid-option',
      message: message + (issue.code === 'custom' ? '' : shown),
      hint:
        choices !== ''
          ? choices
          : issue.code === 'custom'
            ? (said[1] ?? `change "${named}"`)
            : issue.code === 'invalid_type' && issue.expected === 'array' && given !== undefined
              ? `write [${short(given)}]`
              : issue.code === 'invalid_type' && issue.expected === 'object'
                ? 'write { option: value }'
                : 'change it',
    };
  }
}

/** That another of these options has one of this name, when it has. */
function insideOf(options: Json | undefined, key: string): string | undefined {
  if (options === null || typeof options !== 'object' || Array.isArray(options)) return undefined;
  const outer = Object.entries(options).find(
    ([, inner]) => inner !== null && typeof inner === 'object' && !Array.isArray(inner) && Object.hasOwn(inner, key),
  );
  return outer === undefined ? undefined : `did you mean "${outer[0]}.${key}"?`;
}

/** What an issue says was expected, in words. */
function expectation(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return words[issue.expected] ?? issue.expected;
    case 'too_small': {
      const bound = String(issue.minimum);
      if (issue.origin === 'string') return 'some text';
      if (issue.origin === 'array') return `a list of at least ${bound}`;
      return issue.inclusive === false ? `more than ${bound}` : `at least ${bound}`;
    }
    case 'too_big': {
      const bound = String(issue.maximum);
      if (issue.origin === 'array') return `a list of at most ${bound}`;
      return issue.inclusive === false ? `less than ${bound}` : `at most ${bound}`;
    }
    case 'invalid_value':
      return `one of ${issue.values.map((value) => `"${String(value)}"`).join(', ')}`;
    case 'not_multiple_of':
      return 'a whole number';
    case 'unrecognized_keys':
      return 'a list of its options';
    case 'invalid_union': {
      if (issue.errors.length === 0 && 'discriminator' in issue) return 'of a known kind';
      return [...new Set(issue.errors.flatMap((errors) => errors.map((error) => expectation(error))))].join(', or ');
    }
    case 'custom':
      return issue.message;
    case 'invalid_format':
    case 'invalid_key':
    case 'invalid_element':
      return 'another value';
  }
}

const words: Readonly<Record<string, string>> = {
  number: 'a number',
  int: 'a whole number',
  string: 'text',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a pair [from, to]',
  object: 'a list of options',
  record: 'a list of options',
};

/** The branch of a union that a value came nearest to: the one whose faults lie deepest. */
function nearestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const depth = (issues: readonly Issue[]): number =>
    Math.max(...issues.map(({ path, code }) => path.length + (code === 'unrecognized_keys' ? 1 : 0)));
  let nearest: readonly Issue[] | undefined;
  for (const branch of branches) {
    if (branch.length > 0 && (nearest === undefined || depth(branch) > depth(nearest))) nearest = branch;
  }
  return nearest;
}

/** The options that a schema knows at a path; for a choice of schemas, those of the one that fits the value. */
function keysAt(schema: Schema, path: OptionPath, body: Json): string[] {
  let schemas = unwrap(schema);
  let value: Json | undefined = body;
  for (const part of path) {
    schemas = schemas.flatMap((inner) => {
      const definition = inner._zod.def;
      if (definition.type === 'object') {
        const next = (definition as z.core.$ZodObjectDef).shape[String(part)];
        return next === undefined ? [] : unwrap(next);
      }
      if (definition.type === 'array') return unwrap((definition as z.core.$ZodArrayDef).element);
      return [];
    });
    value = valueAt(value ?? null, [part]);
  }
  const kindOf = (shape: z.core.$ZodShape): boolean => {
    const literal = shape['kind']?._zod.def;
    const given = valueAt(value ?? null, ['kind']) ?? 'sgd';
    return (
      literal?.type !== 'literal' ||
      (literal as z.core.$ZodLiteralDef<z.core.util.Literal>).values.includes(given as string)
    );
  };
  return schemas.flatMap(({ _zod: { def } }) => {
    if (def.type !== 'object') return [];
    const { shape } = def as z.core.$ZodObjectDef;
    return kindOf(shape) ? Object.keys(shape) : [];
  });
}

/** The plain schemas inside defaults, transforms and unions. */
function unwrap(schema: Schema): Schema[] {
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

function valueAt(body: Json, path: OptionPath): Json | undefined {
  let value: Json | undefined = body;
  for (const part of path) {
    if (value === null || typeof value !== 'object') return undefined;
    value = (value as { readonly [key: string]: Json })[String(part)];
  }
  return value;
}

function short(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
