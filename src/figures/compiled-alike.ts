/**
 * Pictures of one kind are compiled once. Two of our own differ in their rows and in the numbers between which their axes
 * run; neither changes what Vega-Lite and Vega's parser make of them, which takes half of the time of a small drawing. So
 * a kind is compiled with stand-ins, and each figure of it is a copy in which its own stand in their places.
 */
import type { Specification } from './drawing.js';

/** What is made of a specification: plain data. Of one that there is something to say about, nothing is kept. */
interface Made {
  readonly warnings: readonly string[];
}

/** Where the stand-ins are: the number of an axis' end, the rows, or of what is inside, by its name. */
type Places = number | 'rows' | ReadonlyMap<string, Places>;

interface Kind<Whole> {
  readonly made: Whole;
  readonly places: Places | undefined;
}

/** Of a longer report the kinds that were met last. */
const most = 48;

/** Stand-ins keep their sign and their order, which Vega-Lite looks at; zero stands for itself. */
const [first, digits] = [987654350.125, '9876543'];
const mostNumbers = 40;
const rowsMark = '#rows';

/**
 * `make` as it is, but that kinds of our own pictures are made once. What it gives is shared with other figures, and not to
 * be changed.
 */
export function compiledAlike<Whole extends Made>(
  make: (specification: Specification) => Whole,
): (specification: Specification) => Whole {
  const kinds = new Map<string, Kind<Whole> | undefined>();
  return (specification) => {
    // An author's own may say anything of its numbers.
    if (specification['usermeta'] === undefined) return make(specification);
    const numbers = [...new Set(endsIn(specification))].filter((value) => value !== 0).sort((a, b) => a - b);
    if (numbers.length > mostNumbers) return make(specification);
    const standIns = new Map(numbers.map((value, index) => [value, value > 0 ? first + index : index - first]));
    const { data } = specification as { readonly data?: { readonly values?: unknown } };
    const rows = data?.values;
    const generic = {
      ...(withEnds(specification, standIns) as Specification),
      data: { ...data, values: [{ [rowsMark]: 1 }] },
    };
    const key = JSON.stringify(generic);
    let kind = kinds.get(key);
    if (kind === undefined && !kinds.has(key)) kind = kindOf(make, generic, [...standIns.values()]);
    kinds.delete(key);
    kinds.set(key, kind);
    if (kinds.size > most) for (const oldest of [...kinds.keys()].slice(0, 1)) kinds.delete(oldest);
    return kind === undefined ? make(specification) : (filled(kind.made, kind.places, numbers, rows) as Whole);
  };
}

/** Undefined where it cannot be made so. */
function kindOf<Whole extends Made>(
  make: (specification: Specification) => Whole,
  generic: Specification,
  standIns: readonly number[],
): Kind<Whole> | undefined {
  try {
    const made = make(generic);
    if (made.warnings.length > 0) return undefined;
    return { made, places: placesIn(made, new Map(standIns.map((value, index) => [value, index]))) };
  } catch {
    // What is wrong is said of the figure itself.
    return undefined;
  }
}

/** The ends of the axes and of the shades. */
function endsIn(part: unknown): number[] {
  if (typeof part !== 'object' || part === null) return [];
  if (Array.isArray(part)) return part.flatMap(endsIn);
  return Object.entries(part).flatMap(([name, inner]) => {
    if (name === 'data') return [];
    return isEnds(name, inner) ? inner : endsIn(inner);
  });
}

function withEnds(part: unknown, standIns: ReadonlyMap<number, number>): unknown {
  if (typeof part !== 'object' || part === null) return part;
  if (Array.isArray(part)) return part.map((inner) => withEnds(inner, standIns));
  const entries = Object.entries(part).map(([name, inner]): [string, unknown] => {
    if (name === 'data') return [name, inner];
    return [name, isEnds(name, inner) ? inner.map((end) => standIns.get(end) ?? end) : withEnds(inner, standIns)];
  });
  return Object.fromEntries(entries);
}

/** Two numbers, or three where there is a middle. */
function isEnds(name: string, value: unknown): value is readonly number[] {
  if (name !== 'domain' || !Array.isArray(value) || value.length < 2 || value.length > 3) return false;
  return value.every((end) => typeof end === 'number');
}

/** Throws where a stand-in has become part of a text, or of another number. */
function placesIn(part: unknown, standIns: ReadonlyMap<number, number>): Places | undefined {
  if (typeof part === 'number') {
    const place = standIns.get(part);
    // Nothing else is of that size.
    if (place === undefined && Math.abs(part) > first / 10 && Math.abs(part) < first * 10)
      throw new Error('a number has been calculated from others');
    return place;
  }
  if (typeof part === 'string' && part.includes(digits)) throw new Error('a number has become part of a text');
  if (typeof part !== 'object' || part === null) return undefined;
  if (Array.isArray(part) && isMark(part[0])) return 'rows';
  const places = new Map<string, Places>();
  for (const [name, inner] of Object.entries(part)) {
    const its = placesIn(inner, standIns);
    if (its !== undefined) places.set(name, its);
  }
  return places.size === 0 ? undefined : places;
}

function isMark(row: unknown): boolean {
  return typeof row === 'object' && row !== null && rowsMark in row;
}

/** A copy of what has stand-ins in it, with `numbers` and `rows` in their places; anything else is shared. */
function filled(part: unknown, places: Places | undefined, numbers: readonly number[], rows: unknown): unknown {
  if (places === undefined) return part;
  if (places === 'rows') return rows;
  if (typeof places === 'number') return numbers[places];
  const inner = part as Readonly<Record<string, unknown>>;
  const copy = (Array.isArray(part) ? [...(part as unknown[])] : { ...inner }) as Record<string, unknown>;
  for (const [name, its] of places) copy[name] = filled(inner[name], its, numbers, rows);
  return copy;
}
