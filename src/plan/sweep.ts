/** `sweep:` one directive as many steps, a product over any of its options; a set of seeds is one more of them. */
import type { Json } from '../shared/artifact.js';
import type { Place, Problem } from '../shared/problem.js';
import type { Directive, OptionPath } from '../source/report.js';
import type { Coordinate } from './plan.js';
import { followedOption, readSeeds } from './seeds.js';
import { mostVariants, type Swept } from './swept.js';

type Body = { readonly [option: string]: Json };

/** One combination: the body with its values put in, and where each of them was written. */
export interface Variant {
  readonly body: Body;
  readonly coordinates: readonly Coordinate[];
  /** The options that the sweep sets. */
  readonly swept: readonly OptionPath[];
  /** The option whose step's seed is this one's too. */
  readonly seedFollows?: string;
  /** The place of an option of this variant's body: in the sweep when it was swept. */
  readonly placeOf: (path: OptionPath, part: 'key' | 'value') => Place;
}

/**
 * Every combination of a directive's sweep and seeds, the last swept option varying fastest and seeds fastest of all; one
 * when there are none.
 */
export function expandSweep(directive: Directive): { variants: readonly Variant[]; problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const wrong = (path: OptionPath, message: string, hint: string): void => {
    problems.push({ place: directive.placeOf(path, 'key'), rule: 'invalid-sweep', message, hint });
  };
  // Each variant puts its own seed in the place of the set.
  const { sweep, ...written } = directive.body;
  const seeds = readSeeds(written['seed'], wrong);
  // What it follows is known with the inputs; until then any seed is as good.
  const follows = followedOption(written['seed']);
  const body = follows === undefined ? written : { ...written, seed: 0 };
  const swept = [...readSweep(sweep, wrong), ...(seeds === undefined ? [] : [seeds])];
  const plain: Variant = {
    body,
    coordinates: [],
    swept: swept.map(({ path }) => path),
    ...(follows !== undefined && { seedFollows: follows }),
    placeOf: directive.placeOf,
  };
  const given = seeds !== undefined || follows !== undefined;
  if (given && swept.some((other) => other !== seeds && other.option === 'seed')) {
    wrong(['sweep', 'seed'], 'the seeds are given twice: by "seed" and by this sweep', 'keep one of the two');
  }
  const size = swept.reduce((product, { values }) => product * values.length, 1);
  if (size > mostVariants) {
    const place = sweep === undefined ? ['seed'] : ['sweep'];
    wrong(place, `this sweep asks for ${size} runs, more than ${mostVariants}`, 'sweep over fewer values');
  }
  const axes = axisNames(swept.map(({ path }) => path));
  for (const { values, writtenAt } of swept) {
    const seen = new Set<string>();
    values.forEach((value, index) => {
      const text = JSON.stringify(value);
      if (seen.has(text)) wrong(writtenAt(index), `${text} is in this sweep twice`, 'keep one of them');
      seen.add(text);
    });
  }
  if (problems.length > 0) return { variants: [], problems };

  let variants: readonly Variant[] = [plain];
  swept.forEach(({ option, path, values, written, writtenAt }, position) => {
    const axis = axes[position] ?? option;
    const labels = labelsOf(values);
    variants = variants.flatMap((variant) =>
      values.map(
        (value, index): Variant => ({
          ...variant,
          body: withOption(variant.body, path, value),
          coordinates: [...variant.coordinates, { axis, value, label: labels[index] ?? labelOf(value) }],
          placeOf: (at, part) => {
            const inside = path.every((step, depth) => depth >= at.length || at[depth] === step);
            if (!inside || at.length < path.length) return variant.placeOf(at, part);
            const rest = at.slice(path.length);
            // An option that does not exist is the sweep's own key; a wrong value is one of its items.
            const unknown = part === 'key' && rest.length === 0;
            return directive.placeOf(unknown ? written : [...writtenAt(index), ...rest], part);
          },
        }),
      ),
    );
  });
  return { variants, problems };
}

/** The options that `sweep:` names; none when it is absent or wrong, which is said. */
function readSweep(
  sweep: Json | undefined,
  wrong: (path: OptionPath, message: string, hint: string) => void,
): readonly Swept[] {
  if (sweep === undefined) return [];
  if (sweep === null || typeof sweep !== 'object' || Array.isArray(sweep) || Object.keys(sweep).length === 0) {
    const hint = 'write "sweep: { network.hidden: [[10], [20]] }"';
    wrong(['sweep'], '"sweep" must be a list of options with their values', hint);
    return [];
  }
  return Object.entries(sweep as Body).flatMap(([option, values]): Swept[] => {
    const written = ['sweep', option];
    if (!Array.isArray(values) || values.length === 0) {
      wrong(written, `"${option}" must be a list of the values to sweep over`, 'write them between [ and ]');
      return [];
    }
    if (option === 'sweep' || option.split('.').some((part) => part === '')) {
      const hint = 'name an option such as seed or network.hidden';
      wrong(written, `"${option}" is not an option that can be swept over`, hint);
      return [];
    }
    const writtenAt = (index: number): OptionPath => [...written, index];
    return [{ option, path: option.split('.'), values: values as readonly Json[], written, writtenAt }];
  });
}

/** The last part of each path, or the whole path where two would be called the same. */
function axisNames(paths: readonly (readonly string[])[]): string[] {
  const short = paths.map((path) => path.at(-1) ?? '');
  return paths.map((path, index) => {
    const name = short[index] ?? '';
    return short.filter((other) => other === name).length > 1 ? path.join('.') : name;
  });
}

function withOption(body: Body, [first = '', ...rest]: readonly string[], value: Json): Body {
  if (rest.length === 0) return { ...body, [first]: value };
  const inner = body[first];
  const nested = inner !== null && typeof inner === 'object' && !Array.isArray(inner) ? (inner as Body) : {};
  return { ...body, [first]: withOption(nested, rest, value) };
}

/** A value as people read it: 10 for [10], 40x40 for [40, 40], tanh/relu for [tanh, relu]. */
export function labelOf(value: Json): string {
  if (Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'number'))
    return value.join('x');
  // A name of a run has a comma between its coordinates.
  if (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((item) => typeof item === 'string' && /^[^,[\]{}]+$/.test(item))
  )
    return value.join('/');
  if (value !== null && typeof value === 'object') return JSON.stringify(value);
  return String(value);
}

/**
 * Of the values of one axis. Groups of options are told apart by those in which they differ: by their kinds alone where no two
 * are of one kind, as in "sgd" and "adam", or as in "sgd rate 0.1" and "sgd rate 0.2".
 */
export function labelsOf(values: readonly Json[]): string[] {
  const groups = values.filter(isGroup);
  const whole = values.map(labelOf);
  if (groups.length < values.length || groups.length < 2) return whole;
  const names = [...new Set(groups.flatMap((group) => Object.keys(group)))];
  const said = (group: Body, name: string): string => {
    const value = group[name];
    if (value === undefined) return '';
    return name === 'kind' ? labelOf(value) : `${name} ${labelOf(value)}`;
  };
  const differing = names.filter((name) => new Set(groups.map((group) => said(group, name))).size > 1);
  for (const some of [differing.filter((name) => name === 'kind'), differing]) {
    const labels = groups.map((group) =>
      some
        .map((name) => said(group, name))
        .filter(Boolean)
        .join(' '),
    );
    // A name of a run has a comma between its coordinates.
    if (new Set(labels).size === labels.length && labels.every((label) => /^[^,{}]+$/.test(label))) return labels;
  }
  return whole;
}

function isGroup(value: Json): value is Body {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
