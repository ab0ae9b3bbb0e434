/** `sweep:` one directive as many steps, a product over any of its options. */
import type { Json } from '../artifact.js';
import type { Place, Problem } from '../problem.js';
import type { Directive, OptionPath } from '../source/report.js';
import type { Coordinate } from './plan.js';

type Body = { readonly [option: string]: Json };

/** One combination: the body with its values put in, and where each of them was written. */
export interface Variant {
  readonly body: Body;
  readonly coordinates: readonly Coordinate[];
  /** The place of an option of this variant's body: in the sweep when it was swept. */
  readonly placeOf: (path: OptionPath, part: 'key' | 'value') => Place;
}

const mostVariants = 10_000;

/** Every combination of a directive's sweep, the last swept option varying fastest; one when there is no sweep. */
export function expandSweep(directive: Directive): { variants: readonly Variant[]; problems: readonly Problem[] } {
  const { sweep, ...body } = directive.body;
  const plain: Variant = { body, coordinates: [], placeOf: directive.placeOf };
  if (sweep === undefined) return { variants: [plain], problems: [] };

  const problems: Problem[] = [];
  const wrong = (path: OptionPath, message: string, hint: string): void => {
    problems.push({ place: directive.placeOf(['sweep', ...path], 'key'), rule: 'invalid-sweep', message, hint });
  };
  if (sweep === null || typeof sweep !== 'object' || Array.isArray(sweep) || Object.keys(sweep).length === 0) {
    wrong([], '"sweep" must be a list of options with their values', 'write "sweep: { network.hidden: [[10], [20]] }"');
    return { variants: [], problems };
  }
  const swept = Object.entries(sweep as Body).flatMap(([option, values]) => {
    if (!Array.isArray(values) || values.length === 0) {
      wrong([option], `"${option}" must be a list of the values to sweep over`, 'write them between [ and ]');
      return [];
    }
    if (option === 'sweep' || option.split('.').some((part) => part === '')) {
      wrong(
        [option],
        `"${option}" is not an option that can be swept over`,
        'name an option such as seed or network.hidden',
      );
      return [];
    }
    const path = option.split('.');
    return [{ option, path, values: values as readonly Json[] }];
  });
  const size = swept.reduce((product, { values }) => product * values.length, 1);
  if (size > mostVariants) {
    wrong([], `this sweep asks for ${size} runs, more than ${mostVariants}`, 'sweep over fewer values');
  }
  const axes = axisNames(swept.map(({ path }) => path));
  for (const { option, values } of swept) {
    values.forEach((value, index) => {
      const first = values.findIndex((other) => JSON.stringify(other) === JSON.stringify(value));
      if (first < index) wrong([option, index], `${JSON.stringify(value)} is in this sweep twice`, 'keep one of them');
    });
  }
  if (problems.length > 0) return { variants: [], problems };

  let variants: readonly Variant[] = [plain];
  swept.forEach(({ option, path, values }, position) => {
    const axis = axes[position] ?? option;
    variants = variants.flatMap((variant) =>
      values.map(
        (value, index): Variant => ({
          body: withOption(variant.body, path, value),
          coordinates: [...variant.coordinates, { axis, value, label: labelOf(value) }],
          placeOf: (at, part) => {
            const inside = path.every((step, depth) => depth >= at.length || at[depth] === step);
            if (!inside || at.length < path.length) return variant.placeOf(at, part);
            const rest = at.slice(path.length);
            // An option that does not exist is the sweep's own key; a wrong value is one of its items.
            const unknown = part === 'key' && rest.length === 0;
            return directive.placeOf(unknown ? ['sweep', option] : ['sweep', option, index, ...rest], part);
          },
        }),
      ),
    );
  });
  return { variants, problems };
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

/** A value as people read it: 10 for [10], 40x40 for [40, 40]. */
export function labelOf(value: Json): string {
  if (Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'number'))
    return value.join('x');
  if (value !== null && typeof value === 'object') return JSON.stringify(value);
  return String(value);
}
