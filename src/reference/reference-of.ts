/** What the documentation tells of a kind: its options, its pictures and its results. */
import { picturesOf } from '../figures/pictures/index.js';
import type { KindReference, Reference } from '../render/parts.js';
import { stepKinds } from '../steps/kinds.js';
import type { StepKind } from '../steps/step.js';
import { problemGroups, rulesOf } from './problem-rules.js';
import { optionRows } from './option-rows.js';
import { allSchemas, stepSchema } from './schemas.js';

/** Of a kind of directive, of front matter, of colophon.yaml, or "problems of data"; undefined for any other name. `own` are the report's kinds. */
export function referenceOf(name: string, own: readonly StepKind[] = []): Reference | undefined {
  const group = problemGroups.find((one) => name === `problems of ${one}`);
  return group === undefined ? kindReferenceOf(name, own) : { rules: rulesOf(group) };
}

/** Of a kind of directive, of front matter or of colophon.yaml; undefined for any other name. */
export function kindReferenceOf(name: string, own: readonly StepKind[] = []): KindReference | undefined {
  const kind = [...stepKinds, ...own].find((one) => one.kind === name);
  const schema = allSchemas()[name] ?? (kind && stepSchema(kind));
  if (schema === undefined) return undefined;
  const { description = '' } = schema;
  const options = optionRows(schema);
  if (kind === undefined) return { description, options };
  const arrays = Object.entries(kind.dimensions).map(([result, dimensions]) => ({ name: result, dimensions }));
  const numbers = kind.numbers.map((result) => ({ name: result, dimensions: [] }));
  return { description, options, makes: { pictures: picturesOf(name), results: [...arrays, ...numbers] } };
}
