/** What the documentation tells of a kind: its options, its pictures and its results. */
import { picturesOf } from '../figures/pictures/index.js';
import type { KindReference, Reference } from '../render/parts.js';
import { stepKinds } from '../steps/kinds.js';
import { problemGroups, rulesOf } from './problem-rules.js';
import { optionRows } from './option-rows.js';
import { allSchemas } from './schemas.js';

/** Of a kind of directive, of front matter, of colophon.yaml, or "problems of data"; undefined for any other name. */
export function referenceOf(name: string): Reference | undefined {
  const group = problemGroups.find((one) => name === `problems of ${one}`);
  return group === undefined ? kindReferenceOf(name) : { rules: rulesOf(group) };
}

/** Of a kind of directive, of front matter or of colophon.yaml; undefined for any other name. */
export function kindReferenceOf(name: string): KindReference | undefined {
  const options = optionRows(name);
  if (options === undefined) return undefined;
  const description = allSchemas()[name]?.description ?? '';
  const kind = stepKinds.find((one) => one.kind === name);
  if (kind === undefined) return { description, options };
  const arrays = Object.entries(kind.dimensions).map(([result, dimensions]) => ({ name: result, dimensions }));
  const numbers = kind.numbers.map((result) => ({ name: result, dimensions: [] }));
  return { description, options, makes: { pictures: picturesOf(name), results: [...arrays, ...numbers] } };
}
