/** The option `lab`: what a reader may change of a training in its page. */
import * as z from 'zod';
import { type AskedField, bounds, countedFields, type FieldName, fieldNames } from './lab-fields.js';

const name = z.enum(fieldNames);
const range = z
  .tuple([z.number(), z.number()])
  .refine(([from, to]) => from < to, { error: 'must go from a smaller to a larger number' });

/** What is wrong with the bounds of a field: a reader could choose what no training takes. */
function wrongBounds(field: FieldName, [from, to]: readonly [number, number]): string | undefined {
  const own = bounds[field];
  if (own === undefined) return 'has no bounds: write true';
  const [low, high] = own;
  if (from < low || to > high) return field === 'rate' ? 'must be above 0' : `must lie within ${low} and ${high}`;
  if (countedFields.has(field) && !(Number.isInteger(from) && Number.isInteger(to))) return 'must be whole numbers';
  return undefined;
}

/** What is offered: all that the training has with true, nothing with false. */
export const labOptions = z
  .union([
    z.boolean(),
    z.array(name).min(1),
    z
      .partialRecord(name, z.union([z.literal(true), range]))
      .superRefine((fields, context) => {
        for (const [field, asked] of Object.entries(fields)) {
          const wrong = asked === true ? undefined : wrongBounds(field as FieldName, asked);
          if (wrong !== undefined) context.addIssue({ code: 'custom', path: [field], message: wrong });
        }
      })
      .refine((fields) => Object.keys(fields).length > 0, { error: 'must have a field' }),
  ])
  .transform((written): readonly AskedField[] => {
    if (typeof written === 'boolean') return written ? fieldNames.map((field) => ({ name: field })) : [];
    if (Array.isArray(written)) return [...new Set(written)].map((field) => ({ name: field }));
    return fieldNames.flatMap((field): AskedField[] => {
      const asked = written[field];
      if (asked === undefined) return [];
      return [{ name: field, ...(asked !== true && { range: asked }) }];
    });
  })
  .optional();
