/** Who wrote a page, as its front matter says: a name, or a name with an ORCID and affiliations. */
import * as z from 'zod';
import type { Author } from './report.js';

/** The last digit of an ORCID is a check of the others (ISO 7064, modulo 11-2). */
function isOrcid(written: string): boolean {
  const digits = orcidDigits(written).replaceAll('-', '');
  let total = 0;
  for (const digit of digits.slice(0, 15)) total = (total + Number(digit)) * 2;
  const check = (12 - (total % 11)) % 11;
  return digits[15] === (check === 10 ? 'X' : String(check));
}

function orcidDigits(written: string): string {
  return written.replace(/^https?:\/\/orcid\.org\//, '');
}

const name = z.string().trim().min(1);

const author = z.union([
  name,
  z.strictObject({
    name: name.describe('As it is printed: given names first.'),
    orcid: z
      .string()
      .trim()
      .regex(/^(?:https?:\/\/orcid\.org\/)?\d{4}-\d{4}-\d{4}-\d{3}[\dX]$/)
      .refine(isOrcid)
      .optional()
      .describe('As 0000-0002-1825-0097, or its address at orcid.org.'),
    affiliation: z
      .union([name, z.array(name).min(1)])
      .optional()
      .describe('Where the author works; several as a list.'),
  }),
]);

/** One, or a list of them. */
export const authors = z.union([author, z.array(author).min(1)]);

export const expectedAuthors = 'a name, or a list of names, each alone or as { name, orcid, affiliation }';

export function authorsOf(written: z.output<typeof authors> | undefined): Author[] {
  const list = written === undefined ? [] : Array.isArray(written) ? written : [written];
  return list.map((one): Author => {
    if (typeof one === 'string') return { name: one, affiliations: [] };
    const { affiliation = [], orcid } = one;
    return {
      name: one.name,
      affiliations: typeof affiliation === 'string' ? [affiliation] : affiliation,
      ...(orcid !== undefined && { orcid: orcidDigits(orcid) }),
    };
  });
}
