/**
 * The axes and keys of an author's own specification, where it does not say itself how they are to be: no number in them is
 * longer than can be read, a scale that has room for 0 shows it beside its powers of ten, and rows without a place on a
 * logarithmic scale are left out.
 */
import { longest, shortNumber } from './axis.js';
import type { VegaSpecification } from './vega-figure.js';

type Part = VegaSpecification;

/** The specification with short numbers on its axes and in its keys, and with 0 and powers of ten on symlog axes. */
export function withReadableAxes(specification: Part): Part {
  return inEveryGroup(specification, [], ({ axes, legends, ...rest }, scales) => ({
    ...rest,
    ...(axes !== undefined && { axes: partsOf(axes).map((axis) => withShortLabels(withPowers(axis, scales))) }),
    ...(legends !== undefined && { legends: partsOf(legends).map(withShortLabels) }),
  }));
}

function withShortLabels(guide: Part): Part {
  const encode = (guide['encode'] ?? {}) as Part;
  const labels = (encode['labels'] ?? {}) as Part;
  const update = (labels['update'] ?? {}) as Part;
  // The author's own.
  if (update['text'] !== undefined) return guide;
  const text = { signal: `isNumber(datum.value) && length(datum.label) > ${longest} ? ${shortNumber} : datum.label` };
  return { ...guide, encode: { ...encode, labels: { ...labels, update: { ...update, text } } } };
}

/** Of a symlog scale Vega would show round numbers at equal distances, which crowd at its ends. */
function withPowers(axis: Part, scales: readonly Part[]): Part {
  const scale = scales.findLast(({ name }) => name === axis['scale']);
  if (scale?.['type'] !== 'symlog' || axis['values'] !== undefined) return axis;
  const { constant = 1 } = scale;
  if (typeof constant !== 'number') return axis;
  const powers = Array.from({ length: 16 }, (_, power) => Number(`${constant}e${power}`));
  const values = JSON.stringify([...powers.map((value) => -value).reverse(), 0, ...powers]);
  const domain = `domain(${JSON.stringify(axis['scale'])})`;
  // Those beyond the scale are left out by Vega; where it is about linear, its own are the right ones.
  return {
    ...axis,
    values: { signal: `max(abs(${domain}[0]), abs(${domain}[1])) > ${10 * constant} ? ${values} : null` },
  };
}

/** The specification without the rows that have no place on one of its logarithmic scales. */
export function withoutLogOfZero(specification: Part): Part {
  const needed = new Map<string, Set<string>>();
  inEveryGroup(specification, [], (group) => {
    for (const { type, domain } of partsOf(group['scales'])) {
      if (type !== 'log') continue;
      const { data, field, fields } = (domain ?? {}) as Part;
      for (const one of fields === undefined ? [{ data, field }] : partsOf(fields)) {
        const { data: set = data, field: name = one } = one;
        if (typeof set === 'string' && typeof name === 'string')
          needed.set(set, (needed.get(set) ?? new Set()).add(name));
      }
    }
    return group;
  });
  return inEveryGroup(specification, [], (group) => {
    const { data } = group;
    if (!Array.isArray(data)) return group;
    const sets = partsOf(data).map((set) => {
      const fields = needed.get(String(set['name']));
      if (fields === undefined) return set;
      const filters = [...fields].map((field) => ({ type: 'filter', expr: `datum[${JSON.stringify(field)}] > 0` }));
      return { ...set, transform: [...partsOf(set['transform']), ...filters] };
    });
    return { ...group, data: sets };
  });
}

/** Changes the specification and every group of marks within it; `change` also gets the scales that are seen there. */
function inEveryGroup(
  group: Part,
  outer: readonly Part[],
  change: (group: Part, scales: readonly Part[]) => Part,
): Part {
  const scales = [...outer, ...partsOf(group['scales'])];
  const changed = change(group, scales);
  if (group['marks'] === undefined) return changed;
  return { ...changed, marks: partsOf(group['marks']).map((mark) => inEveryGroup(mark, scales, change)) };
}

function partsOf(list: unknown): readonly Part[] {
  return (list ?? []) as readonly Part[];
}
