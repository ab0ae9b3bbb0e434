/** A directive's options against its kind's schema: the checked options, or a problem at the place of each fault. */
import { dictionary } from '../shared/dictionary.js';
import type * as z from 'zod';
import type { Json } from '../shared/artifact.js';
import type { Place, Problem } from '../shared/problem.js';
import type { OptionPath } from '../source/report.js';
import { closest } from '../shared/suggest.js';
import { schemasAt, valueAt, wordsOf } from './schema-walk.js';
import { type Checked as Written, insteadOfOption, insteadOfValue } from './write-instead.js';

type Issue = z.core.$ZodIssue;

export type Checked<Options> = { readonly options: Options } | { readonly problems: readonly Problem[] };

/** `placeOf` finds an option in the page; `what` names the directive's kind in messages; `swept` are the options that a sweep sets. */
export function checkOptions<Options>(
  schema: z.ZodType<Options>,
  body: { readonly [option: string]: Json },
  what: string,
  placeOf: (path: OptionPath, part: 'key' | 'value') => Place,
  swept: readonly OptionPath[] = [],
): Checked<Options> {
  const result = schema.safeParse(body);
  if (result.success) return { options: result.data };
  const isSwept = (path: OptionPath): boolean => swept.some((one) => samePath(one, path));
  const check: Check = { schema, body, what, placeOf, swept: isSwept, meant: [] };
  const found = mostTelling(result.error.issues).flatMap((issue) => toProblems(issue, [], check));
  // An option under another name is one slip, not two.
  const known = (lacks: OptionPath): boolean =>
    check.meant.some((path) => samePath(path, lacks) || samePath(path.slice(0, -1), lacks));
  return { problems: found.flatMap(({ problem, lacks }) => (lacks !== undefined && known(lacks) ? [] : [problem])) };
}

interface Check extends Written {
  readonly placeOf: (path: OptionPath, part: 'key' | 'value') => Place;
  /** The options that were written under other names. */
  readonly meant: OptionPath[];
}

/** A problem, and the path of the option that is missing, if it says that one is. */
interface Found {
  readonly problem: Problem;
  readonly lacks?: OptionPath;
}

function samePath(one: OptionPath, other: OptionPath | undefined): boolean {
  return one.length === other?.length && one.every((part, depth) => String(part) === String(other[depth]));
}

/** Without a bound that says less than another one of the same value: a whole number's own, beside the option's. */
function mostTelling(issues: readonly Issue[]): readonly Issue[] {
  const own = (issue: Issue): boolean =>
    (issue.code === 'too_big' && issue.maximum === Number.MAX_SAFE_INTEGER) ||
    (issue.code === 'too_small' && issue.minimum === Number.MIN_SAFE_INTEGER);
  const at = ({ path }: Issue): string => JSON.stringify(path.map(String));
  return issues.filter((issue) => !own(issue) || !issues.some((other) => !own(other) && at(other) === at(issue)));
}

function toProblems(issue: Issue, prefix: OptionPath, check: Check): Found[] {
  const { schema, body, what, placeOf } = check;
  const path: OptionPath = [...prefix, ...issue.path.filter((part) => typeof part !== 'symbol')];
  const named = path.length === 0 ? what : path.join('.');
  const value = valueAt(body, path);
  if (value === undefined && issue.code !== 'custom' && issue.code !== 'unrecognized_keys') {
    const outer = path.slice(0, -1);
    const inside = outer.length === 0 ? what : outer.join('.');
    const name = String(path.at(-1) ?? '');
    const isKind = issue.code === 'invalid_union' && 'discriminator' in issue;
    const slip = isKind ? closest(name, Object.keys(valueAt(body, outer) ?? {})) : undefined;
    if (slip !== undefined) {
      const place = placeOf([...outer, slip], 'key');
      const message = `"${slip}" is not an option of ${inside}`;
      return [{ problem: { place, rule: 'unknown-option', message, hint: `did you mean "${name}"?` } }];
    }
    const message = `${inside} needs "${name}"`;
    const kinds = isKind ? oneOf(schemasAt(schema, path, body, 'any kind').flatMap(wordsOf)) : expectation(issue);
    const hint = `write ${kinds} there`;
    return [{ problem: { place: placeOf(path, 'key'), rule: 'missing-option', message, hint }, lacks: path }];
  }
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => {
        const { hint, meant } = insteadOfOption(check, path, key);
        if (meant !== undefined) check.meant.push(meant);
        const message = `"${key}" is not an option of ${named}`;
        return { problem: { place: placeOf([...path, key], 'key'), rule: 'unknown-option', message, hint } };
      });
    case 'invalid_union': {
      const branch = nearestBranch(issue.errors);
      // A branch that fails at the value itself says less than all of them together.
      if (
        branch === undefined ||
        branch.every(({ path: inner, code }) => inner.length === 0 && code !== 'unrecognized_keys')
      ) {
        const allowed = [...new Set(issue.errors.flatMap((errors) => errors.map((error) => expectation(error))))];
        const kinds = oneOf(schemasAt(schema, path, body, 'any kind').flatMap(wordsOf));
        return [wrong(`must be ${allowed.length === 0 ? kinds : allowed.join(', or ')}`)];
      }
      return mostTelling(branch).flatMap((error) => toProblems(error, path, check));
    }
    case 'custom': {
      // A kind's own message may say after a semicolon what to do.
      const [said = '', hint = `change "${named}"`] = issue.message.split('; ');
      const message = `"${named}" ${said}`;
      // What a choice of options lacks may be the one that was written under another name.
      const lacks = said.startsWith('must be exactly one of') ? { lacks: path } : {};
      return [{ problem: { place: placeOf(path, 'value'), rule: 'invalid-option', message, hint }, ...lacks }];
    }
    default:
      return [wrong(`must be ${expectation(issue)}`)];
  }

  function wrong(must: string): Found {
    const shown = value === undefined ? '' : `; it is ${short(value)}`;
    const hint = insteadOfValue(check, path, value) ?? 'change it';
    const message = `"${named}" ${must}${shown}`;
    return { problem: { place: placeOf(path, 'value'), rule: 'invalid-option', message, hint } };
  }
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
      return oneOf(issue.values.map(String));
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

function oneOf(values: readonly string[]): string {
  return `one of ${[...new Set(values)].map((value) => `"${value}"`).join(', ')}`;
}

const words = dictionary<string>({
  number: 'a number',
  int: 'a whole number',
  string: 'text',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a pair of numbers',
  object: 'a list of options',
  record: 'a list of options',
});

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

function short(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
