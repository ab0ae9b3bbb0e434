/** Whether a kind is defined as kinds are: whoever writes JavaScript has no compiler that says so. */
import * as z from 'zod';
import { ofAnyDirective } from '../steps/reserved.js';
import type { InputDeclaration, OutputDeclaration } from './api.js';

interface Fault {
  readonly message: string;
  readonly hint: string;
}

const namePattern = /^[a-z][a-z0-9-]*$/;
const outputPattern = /^[A-Za-z][A-Za-z0-9_-]*$/;

const isFunction = z.custom<(...of: never[]) => unknown>((value) => typeof value === 'function', 'must be a function');
const isSchema = z.custom<z.ZodObject>(
  (value) => typeof value === 'object' && value !== null && typeOf(value) === 'object',
  'must be z.object({...})',
);
const input = z.union([
  z.string().min(1),
  z.array(z.string().min(1)).min(1),
  z.strictObject({ of: z.string(), input: z.string() }),
]) satisfies z.ZodType<InputDeclaration>;
const output = z.union([
  z.literal(['number', 'text']),
  z.array(z.string().regex(outputPattern)).min(1),
]) satisfies z.ZodType<OutputDeclaration>;

const definition = z.strictObject({
  name: z.string().regex(namePattern, 'must be lower-case letters, digits and hyphens'),
  noun: z.string().min(1).optional(),
  options: isSchema,
  inputs: z.record(z.string().regex(namePattern), input).optional(),
  outputs: z.record(z.string().regex(outputPattern), output),
  sizes: isFunction.optional(),
  tolerance: z.number().positive().optional(),
  run: isFunction,
});

const picture = z.strictObject({
  name: z.string().regex(namePattern, 'must be lower-case letters, digits and hyphens'),
  of: z.string().min(1),
  columns: z.array(z.string().min(1)).min(1),
  specification: isFunction,
});

/** What is wrong with a picture; undefined for one that is sound. */
export function faultOfPicture(given: object): Fault | undefined {
  return faultOf(picture.safeParse(given).error);
}

function faultOf(error: z.ZodError | undefined): Fault | undefined {
  if (error === undefined) return undefined;
  const [issue] = error.issues;
  const at = issue?.path.join('.') ?? '';
  return {
    message: `${at === '' ? 'the definition' : `"${at}"`}: ${issue?.message ?? ''}`,
    hint: 'mend the definition',
  };
}

/** Undefined for one that is sound. */
export function faultOfDefinition(given: object): Fault | undefined {
  const checked = definition.safeParse(given);
  if (!checked.success) return faultOf(checked.error);
  const { options, inputs = {}, outputs, sizes } = checked.data;
  const own = Object.keys(options.shape);
  const reserved = [...own, ...Object.keys(inputs)].find((name) => ofAnyDirective.includes(name));
  if (reserved !== undefined)
    return { message: `"${reserved}" is an option of every directive`, hint: 'give this one another name' };
  const twice = own.find((name) => Object.hasOwn(inputs, name));
  if (twice !== undefined)
    return { message: `"${twice}" is an option and an input`, hint: 'leave it out of the options' };
  const lost = Object.values(inputs).flatMap((one) => (typeof one === 'object' && 'of' in one ? [one.of] : []));
  const unknown = lost.find((role) => !Object.hasOwn(inputs, role));
  if (unknown !== undefined)
    return { message: `there is no input "${unknown}"`, hint: 'name another of its inputs after "of"' };
  if (Object.keys(outputs).length === 0) return { message: 'it has no outputs', hint: 'declare what it returns' };
  const dimensions = Object.values(outputs).flatMap((one) => (typeof one === 'string' ? [] : one));
  if (dimensions.includes('checkpoint'))
    return { message: 'a dimension "checkpoint" is of trainings alone', hint: 'give it another name, such as "step"' };
  if (dimensions.length > 0 && sizes === undefined)
    return { message: 'it has arrays and no "sizes"', hint: 'say how long each dimension is' };
  return undefined;
}

/** What kind of schema a value is, whichever copy of zod made it. */
function typeOf(schema: object): unknown {
  const { _zod: inner } = schema as { readonly _zod?: { readonly def?: { readonly type?: unknown } } };
  return inner?.def?.type;
}
