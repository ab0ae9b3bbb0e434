/** Numbers and claims in the text: checked, and resolved to the results that they need, before anything runs. */
import type { Problem, Rule } from '../shared/problem.js';
import type { Directive, Page } from '../source/report.js';
import type { ClaimOptions } from '../steps/claim.js';
import { evaluate, holds, type Read } from './expression/evaluate.js';
import { type Expression, requestsIn } from './expression/expression.js';
import { parseExpression } from '../shared/expression/parse-expression.js';
import type { PlacedFault } from '../shared/fault.js';
import type { ClaimRequest, InlineNumber, NumberRequest, PlannedStep } from './plan.js';
import { partOfValue } from './part-of-value.js';
import { defaultFormat, formatPattern, resolvePath } from './values.js';

interface Context {
  readonly byId: ReadonlyMap<string, readonly PlannedStep[]>;
  readonly declared: ReadonlySet<string>;
  readonly problems: Problem[];
}

/** Adds what the text of a page asks for. */
export function planInline(
  page: Page,
  { byId, declared, problems }: Context,
  values: Map<string, InlineNumber>,
  claims: ClaimRequest[],
): void {
  for (const { at, what, text, place, placeOf, sentence } of page.inline) {
    if (needsUnplanned(text, byId, declared)) continue;
    const wrong = (rule: Rule, { start, end, message, hint }: PlacedFault): void => {
      problems.push({ place: placeOf(start, end), rule, message, hint });
    };
    if (what === 'value') {
      const read = readNumberRequest(text, byId);
      if ('message' in read) wrong('unknown-value', read);
      else values.set(at, { ...read, page });
    } else {
      const read = readClaim(text, byId);
      if ('message' in read) wrong('invalid-claim', read);
      else claims.push({ at, text, sentence, place: () => place, ...read });
    }
  }
}

/** A `claim` directive: its expression stands in the option "that". */
export function planClaimDirective(
  directive: Directive,
  { that, sentence }: ClaimOptions,
  { byId, declared, problems }: Context,
  claims: ClaimRequest[],
): void {
  if (needsUnplanned(that, byId, declared)) return;
  const read = readClaim(that, byId);
  if ('message' in read) {
    const { start, end, message, hint } = read;
    const value = directive.placeOf(['that'], 'value');
    problems.push({ place: partOfValue(value, that, start, end), rule: 'invalid-claim', message, hint });
  } else
    claims.push({
      at: directive.at,
      text: that,
      sentence,
      place: () => directive.placeOf(['sentence'], 'value'),
      ...read,
    });
}

/** Whether it names a directive that has a problem of its own, so that nothing is known of its results. */
function needsUnplanned(text: string, byId: Context['byId'], declared: ReadonlySet<string>): boolean {
  return [...text.matchAll(/([A-Za-z][A-Za-z0-9-]*)(?=[[.])/g)].some(
    ([, id = '']) => declared.has(id) && !byId.has(id),
  );
}

/** `expression .4f`, then `median` where quartiles are wanted, then a unit. */
function readNumberRequest(text: string, byId: Context['byId']): NumberRequest | PlacedFault {
  const parsed = parseExpression(text, (path, over) => resolvePath(path, byId, over));
  if ('message' in parsed) return parsed;
  const { expression, end } = parsed;
  if (expression.truth) {
    return {
      message: 'this is true or false, and not a number',
      hint: 'write `claim ...` to have it checked',
      start: expression.start,
      end: expression.end,
    };
  }
  if (!isKnownFinite(expression)) {
    const { start, end: last } = expression;
    return { message: 'this is no finite number', hint: 'name a result in it, or leave it out', start, end: last };
  }
  const rest = text.slice(end);
  const words = rest.trim() === '' ? [] : rest.trim().split(/\s+/);
  const format = words[0] !== undefined && looksLikeFormat(words[0]) ? words.shift() : undefined;
  if (format !== undefined && !formatPattern.test(format)) {
    const start = end + rest.indexOf(format);
    return {
      message: `"${format}" is not a format`,
      hint: 'write .4f, .3g, .2e, .1%, ,d, .3s or .1x',
      start,
      end: start + format.length,
    };
  }
  const summary = words[0] === 'median' || words[0] === 'mean' ? words.shift() : undefined;
  const unit = words.join(' ');
  if (unit.length > 24 || /[[\]().<>=]/.test(unit)) {
    const start = end + rest.indexOf(words[0] ?? '');
    return {
      message: `"${unit}" cannot be read`,
      hint: formatOf(unit) ?? 'write a format such as .4f, then a unit',
      start,
      end: text.length,
    };
  }
  return {
    expression,
    summary: summary === 'median' ? 'median' : 'mean',
    format: format ?? defaultFormat,
    unit,
    sources: sourcesOf(expression),
  };
}

/** :.3f and %.3f of Python and C as we write them. */
function formatOf(written: string): string | undefined {
  const format = /^[:%](\.\d{1,2}[fge%])$/.exec(written)?.[1];
  return format === undefined ? undefined : `write ${format}`;
}

function looksLikeFormat(word: string): boolean {
  return /^[.,]/.test(word) || word === 'd';
}

function readClaim(text: string, byId: Context['byId']): Pick<ClaimRequest, 'expression' | 'sources'> | PlacedFault {
  const parsed = parseExpression(text, (path, over) => resolvePath(path, byId, over));
  if ('message' in parsed) return parsed;
  const { expression, end } = parsed;
  const rest = text.slice(end).trim();
  if (rest !== '') {
    const start = text.indexOf(rest, end);
    return {
      message: `"${rest}" does not belong here`,
      hint: 'end the claim before it',
      start,
      end: start + rest.length,
    };
  }
  if (!expression.truth) {
    return {
      message: 'a claim is true or false, and this is a number',
      hint: 'compare it with something: <, <=, >, >=, == or !=',
      start: expression.start,
      end: expression.end,
    };
  }
  if (requestsIn(expression).length === 0 && !holds(expression, readNothing)) {
    const { start, end: last } = expression;
    return { message: 'this is false, whatever the results are', hint: 'name a result in it', start, end: last };
  }
  return { expression, sources: sourcesOf(expression) };
}

/** Whether what needs no result is a number; what needs one may be. */
function isKnownFinite(expression: Expression): boolean {
  if (requestsIn(expression).length > 0) return true;
  return evaluate(expression, readNothing).every((value) => Number.isFinite(value));
}

const readNothing: Read = ({ step }) => {
  throw new Error(`${step.name} has not run`);
};

function sourcesOf(expression: Expression): string[] {
  return [...new Set(requestsIn(expression).map(({ step }) => step.id))];
}
