/** Vega-Lite leaves data sets at the top of small multiples that only their panels' own of the same names are made for. */
import type { VegaSpecification } from './vega-figure.js';

/** The same specification without the data sets that nothing in it asks for. */
export function withoutUnusedData(specification: VegaSpecification): VegaSpecification {
  const { data, ...others } = specification;
  if (!Array.isArray(data)) return specification;
  let sets = data as readonly VegaSpecification[];
  const isUsed = (set: VegaSpecification): boolean => {
    const name = String(set['name']);
    const derived = sets.some(({ source, transform }) => source === name || mentions(transform, name));
    return derived || mentions(others, name);
  };
  for (let before = 0; before !== sets.length; ) {
    before = sets.length;
    sets = sets.filter(isUsed);
  }
  return { ...specification, data: sets };
}

function mentions(part: unknown, name: string): boolean {
  if (typeof part === 'string') return part === name || part.includes(`"${name}"`) || part.includes(`'${name}'`);
  if (Array.isArray(part)) return part.some((each) => mentions(each, name));
  if (typeof part !== 'object' || part === null) return false;
  const { data, from, ...others } = part as VegaSpecification;
  if (mentions(from, name)) return true;
  // A panel's own data set hides one of the same name from everything within.
  const hides = Array.isArray(data) && (data as readonly VegaSpecification[]).some((set) => set['name'] === name);
  return !hides && (mentions(data, name) || Object.values(others).some((each) => mentions(each, name)));
}
