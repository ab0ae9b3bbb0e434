/** What to write in place of an option that is none, or of a value that cannot be one. */
import * as z from 'zod';
import type { Json } from '../shared/artifact.js';
import { otherNames } from '../shared/other-names.js';
import type { OptionPath } from '../source/report.js';
import { adviceAbout, closest, editDistance, fold, suggestion } from '../shared/suggest.js';
import { flow } from './flow.js';
import {
  isObjectSchema,
  keysAt,
  type ObjectSchema,
  pathsOf,
  type Schema,
  schemasAt,
  valueAt,
  wordsOf,
} from './schema-walk.js';

type Options = { readonly [option: string]: Json };

/** What is checked, and against what. */
export interface Checked {
  readonly schema: Schema;
  readonly body: Options;
  /** The directive's kind. */
  readonly what: string;
  /** Whether an option was swept over, so that its value is not what the author wrote there. */
  readonly swept: (path: OptionPath) => boolean;
}

/** Longer than this, a line that could be copied is harder to read than the name of what is meant. */
const longest = 100;

/** What to do about an option that is unknown at a path, and which option was meant, if one was. */
export function insteadOfOption(
  checked: Checked,
  path: OptionPath,
  key: string,
): { readonly hint: string; readonly meant?: OptionPath } {
  const { schema, body, what, swept } = checked;
  const known = keysAt(schema, path, body);
  const near = closest(key, known);
  const inPlace = (name: string): { hint: string; meant: OptionPath } => ({
    hint: `did you mean "${name}"?`,
    meant: [...path, name],
  });
  const slip = near !== undefined && (fold(near) === fold(key) || (key.length > 3 && editDistance(key, near) === 1));
  if (slip) return inPlace(near);
  const inside = insideOf(valueAt(body, path), key);
  if (inside !== undefined) return { hint: `did you mean "${inside}"?` };
  const advice = adviceAbout(what, key);
  if (advice !== undefined) return { hint: advice };
  const target = optionElsewhere(checked, path, key);
  if (target !== undefined) {
    if (swept([...path, key])) return { hint: `did you mean "${target.join('.')}"?`, meant: target };
    return { hint: `write ${movedTo(checked, path, key, target)}`, meant: target };
  }
  return near === undefined ? { hint: suggestion(key, known) } : inPlace(near);
}

/** That another of these options has one of this name, when it has. */
function insideOf(options: Json | undefined, key: string): string | undefined {
  if (options === null || typeof options !== 'object' || Array.isArray(options)) return undefined;
  const outer = Object.entries(options).find(
    ([, inner]) => inner !== null && typeof inner === 'object' && !Array.isArray(inner) && Object.hasOwn(inner, key),
  );
  return outer === undefined ? undefined : `${outer[0]}.${key}`;
}

/** The option that is called so elsewhere, or that has this name at another place; one beside it before all others. */
function optionElsewhere({ schema, body, what }: Checked, path: OptionPath, key: string): string[] | undefined {
  const names = otherNames[what]?.options ?? {};
  const same = fold(key);
  const called = Object.entries(names).flatMap(([target, others]) =>
    others.some((other) => fold(other) === same) ? [target.split('.')] : [],
  );
  const placed = pathsOf(schema).filter((other) => fold(other.at(-1) ?? '') === same);
  const possible = [...called, ...placed].filter((target) =>
    keysAt(schema, target.slice(0, -1), body).includes(target.at(-1) ?? ''),
  );
  const beside = (target: readonly string[]): boolean =>
    target.length === path.length + 1 && path.every((part, depth) => target[depth] === part);
  const distinct = new Set(possible.map((target) => target.join('.')));
  return possible.find(beside) ?? (called.length > 0 || distinct.size === 1 ? possible[0] : undefined);
}

/** The option that is meant with the value that was written, inside what else is written there. */
function movedTo({ schema, body }: Checked, path: OptionPath, key: string, target: readonly string[]): string {
  const value = valueAt(body, [...path, key]) ?? null;
  const name = target.at(-1) ?? '';
  const schemas = schemasAt(schema, target, body, 'any kind');
  const word =
    typeof value === 'string' ? schemas.flatMap(wordsOf).find((one) => fold(one) === fold(value)) : undefined;
  const fitting = word ?? fittingValue(schemas, value);
  if (fitting === undefined) return `"${target.join('.')}"`;
  const [first = '', ...rest] = target;
  const beside = target.length === path.length + 1;
  const whole = `${first}: ${flow(withValue(body[first], rest, fitting))}`;
  const line = beside ? `${name}: ${flow(fitting)}` : whole;
  return line.length > longest ? `"${target.join('.')}"` : line;
}

function withValue(options: Json | undefined, [first, ...rest]: readonly string[], value: Json): Json {
  if (first === undefined) return value;
  const inner = options !== null && typeof options === 'object' && !Array.isArray(options) ? (options as Options) : {};
  return { ...inner, [first]: withValue(inner[first], rest, value) };
}

/** The value if one of these schemas takes it, else a list or options around it that one of them takes. */
function fittingValue(schemas: readonly Schema[], value: Json): Json | undefined {
  if (schemas.some((schema) => takes(schema, value))) return value;
  for (const schema of schemas) {
    if (schema._zod.def.type === 'array' && takes(schema, [value])) return [value];
  }
  for (const schema of schemas.filter(isObjectSchema)) {
    const made = around(schema, value);
    if (made !== undefined && takes(schema, made)) return made;
  }
  return undefined;
}

/** The number in a text such as 1_000 or "5", and the only value of options where none belong. */
function plainValue(schemas: readonly Schema[], given: Json): Json | undefined {
  if (typeof given === 'string') {
    const digits = given.trim().replace(/(?<=\d)[_,](?=\d{3})/g, '');
    return /^[-+]?[\d.]+(?:e[-+]?\d+)?$/i.test(digits) ? fittingValue(schemas, Number(digits)) : undefined;
  }
  if (given === null || typeof given !== 'object' || Array.isArray(given)) return undefined;
  const [only, another] = Object.values(given);
  return only === undefined || another !== undefined || typeof only === 'object' ? undefined : plainly(schemas, only);
}

function takes(schema: Schema, value: Json | undefined): boolean {
  return z.safeParse(schema, value).success;
}

/** The options with this value as their first that takes it. Text is only taken where it is one of some words, or the only option. */
function around({ _zod: { def } }: ObjectSchema, value: Json): Options | undefined {
  // Whether something is on says nothing of its options.
  if (typeof value === 'boolean') return undefined;
  const ordered = Object.entries(def.shape).sort(([, a], [, b]) => Number(isNeeded(b)) - Number(isNeeded(a)));
  for (const [name, inner] of ordered) {
    const schemas = schemasAt(inner, [], null);
    const worded = typeof value !== 'string' || schemas.some((one) => wordsOf(one).length > 0) || ordered.length < 4;
    const fitting = worded ? plainly(schemas, value) : undefined;
    if (fitting !== undefined) return { [name]: fitting };
  }
  return undefined;
}

function isNeeded(schema: Schema): boolean {
  return !takes(schema, undefined);
}

function plainly(schemas: readonly Schema[], value: Json): Json | undefined {
  if (schemas.some((schema) => takes(schema, value))) return value;
  return schemas.some((schema) => schema._zod.def.type === 'array' && takes(schema, [value])) ? [value] : undefined;
}

/** What to write in place of a value that is wrong for its option; undefined when the message has said all there is. */
export function insteadOfValue(checked: Checked, path: OptionPath, given: Json | undefined): string | undefined {
  const { schema, body } = checked;
  if (given === undefined) return undefined;
  const known = valueElsewhere(checked, path, given);
  if (known !== undefined) return known;
  const schemas = schemasAt(schema, path, body, 'any kind');
  const kind = typeof given === 'string' ? kindMeant(checked, path, given, schemas) : undefined;
  if (kind !== undefined) return kind;
  const words = [...new Set(schemas.flatMap(wordsOf))];
  if (typeof given === 'string' && words.length > 0) {
    const near = closest(given, words);
    if (near !== undefined) return `did you mean "${near}"?`;
  }
  const fitting = fittingValue(schemas, given) ?? plainValue(schemas, given);
  if (fitting !== undefined) return `write ${flow(fitting)}`;
  if (typeof given === 'string' && words.length > 0) return suggestion(given, words);
  const needed = schemas.filter(isObjectSchema).map((one) => begun(one, given));
  return needed.length === 0 ? undefined : `write ${[...new Set(needed)].join(', or ')}`;
}

/** Options of this schema as far as they can be told: those that it needs, with the value where one of them takes it. */
function begun(schema: ObjectSchema, given: Json): string {
  const { shape } = schema._zod.def;
  const needed = Object.keys(shape).filter((name) => shape[name] !== undefined && isNeeded(shape[name]));
  const names = needed.length > 0 ? needed : Object.keys(shape).slice(0, 1);
  const options = names.map((name) => {
    const inner = shape[name];
    const words = inner === undefined ? [] : wordsOf(inner);
    const taken = inner === undefined ? undefined : fittingValue(schemasAt(inner, [], null), given);
    return `${name}: ${words.length === 1 ? (words[0] ?? '') : taken === undefined ? '…' : flow(taken)}`;
  });
  return `{ ${options.join(', ')} }`;
}

/** Where one of several kinds of options stands and only its name was written: `optimizer: Adam`. */
function kindMeant(checked: Checked, path: OptionPath, given: string, schemas: readonly Schema[]): string | undefined {
  const word = fold(bareName(given));
  const kinds = schemas.filter(isObjectSchema).flatMap((one) => {
    const kind = one._zod.def.shape['kind'];
    return kind === undefined ? [] : wordsOf(kind).map((name) => ({ one, name }));
  });
  const named = kinds.find(({ name }) => fold(name) === word);
  if (named !== undefined) return `write ${begun(named.one, named.name)}`;
  const known = kinds.length === 0 ? undefined : valueElsewhere(checked, [...path, 'kind'], given);
  return known?.replace(/^write (\w+)/, 'write { kind: $1 }');
}

/** The last name in torch.optim.Adam(lr=0.1), np.sin or nn.ReLU(). */
function bareName(written: string): string {
  return written.replace(/\(.*$/s, '').replace(/^(?:[A-Za-z_]\w*\.)+(?=[A-Za-z])/, '');
}

/** What a value means that another program takes there. */
function valueElsewhere({ what }: Checked, path: OptionPath, given: Json): string | undefined {
  const at = path.filter((part) => typeof part === 'string').join('.');
  const written = String(typeof given === 'object' ? '' : given).trim();
  const bare = bareName(written);
  const found = otherNames[what]?.values?.[at]?.find(({ names }) =>
    names instanceof RegExp ? names.test(written) : names.some((name) => fold(name) === fold(bare) || name === written),
  );
  return typeof found?.write === 'function' ? found.write(written) : found?.write;
}
