/** A page's front matter: title, authors, date, description, language, order. */
import * as z from 'zod';
import type { Place, Problem } from '../shared/problem.js';
import {
  deviceChoices,
  type DeviceName,
  deviceNames,
  expectedDevices,
  isDeviceName,
  numberedDevice,
} from '../shared/device-names.js';
import { authors, authorsOf, expectedAuthors } from './author.js';
import { fieldsMeant, isKnownElsewhere, isMeantElsewhere, isOfOthers } from './front-matter-elsewhere.js';
import { languageTag } from './language-tag.js';
import { insteadOfField } from '../shared/suggest.js';
import type { Author } from './report.js';
import type { YamlBody } from './yaml.js';

const date = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine((text) => {
    const day = new Date(`${text}T00:00:00Z`);
    return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
  });

const fields = {
  title: {
    schema: z.string().trim().min(1).describe('Of the page; its first heading if absent.'),
    expected: 'a line of text',
  },
  authors: {
    schema: authors.describe(
      "A name, or a list of names; in place of a name, { name, orcid, affiliation }. The first page's are those of pages without any.",
    ),
    expected: expectedAuthors,
  },
  date: {
    schema: date.describe('As YYYY-MM-DD. Pages never take a date from the clock.'),
    expected: 'a calendar date such as 2026-01-31',
  },
  description: {
    schema: z.string().trim().min(1).describe('One line, under the title and for search engines.'),
    expected: 'a line of text',
  },
  doi: {
    schema: z
      .string()
      .trim()
      .regex(/^(?:https?:\/\/doi\.org\/|doi:)?10\.\d{4,9}\/\S+$/)
      .transform((text) => text.replace(/^(?:https?:\/\/doi\.org\/|doi:)/, ''))
      .describe("Of the page as it is archived; shown at the page's foot and told to machines."),
    expected: 'a DOI such as 10.5281/zenodo.1234567',
  },
  licence: {
    schema: z
      .string()
      .trim()
      .regex(/^(?:[A-Za-z0-9][A-Za-z0-9.+-]*|https?:\/\/\S+)$/)
      .describe("Of the page, as SPDX names it, or its address; the first page's is that of pages without one."),
    expected: 'a licence such as CC-BY-4.0, or its address',
  },
  language: {
    schema: languageTag.describe("Of the page's text; the report's if absent."),
    expected: 'a language such as en or pt-BR',
  },
  order: {
    schema: z.number().describe("The page's place among its neighbours; an index page's is its folder's."),
    expected: 'a number',
  },
  draft: {
    schema: z.boolean().describe('Whether colophon dev alone shows the page.'),
    expected: 'true or false',
  },
  echo: {
    schema: z.boolean().describe("Whether the page shows its experiments; a directive's own word goes before."),
    expected: 'true or false',
  },
  fold: {
    schema: z
      .boolean()
      .describe("Whether accounts of how things were made are folded; a directive's own word goes before."),
    expected: 'true or false',
  },
  device: {
    schema: z
      .union([z.enum(deviceNames), z.string().regex(numberedDevice)])
      .describe(
        `Where the page's steps run; the first page's word is for all pages that say nothing. ${deviceChoices}.`,
      ),
    expected: `one of ${expectedDevices}`,
  },
};

/** All fields, for editors and for the documentation. */
export const frontMatterOptions = z
  .strictObject(Object.fromEntries(Object.entries(fields).map(([name, { schema }]) => [name, schema.optional()])))
  .describe('What a page says of itself, between two lines of --- at its start.');

export interface FrontMatter {
  readonly title?: string;
  readonly authors: readonly Author[];
  readonly doi?: string;
  readonly licence?: string;
  readonly date?: string;
  readonly description?: string;
  readonly language?: string;
  readonly order?: number;
  readonly draft?: boolean;
  readonly echo?: boolean;
  readonly fold?: boolean;
  /** Where the page's steps are to run; the first page's speaks for the others. */
  readonly device?: DeviceName;
}

/** Checks front matter field by field, so that one wrong field does not hide another. */
export function readFrontMatter(body: YamlBody): { frontMatter: FrontMatter; problems: Problem[] } {
  const problems: Problem[] = [...body.problems];
  const place = (key: string, part: 'key' | 'value'): Place => body.placeOf([key], part);
  const meant = new Map(
    [...fieldsMeant(body.value)].filter(([name, { value }]) => {
      return isField(name) && fields[name].schema.safeParse(value).success;
    }),
  );
  const taken = new Set([...meant.values()].map(({ key }) => key));
  for (const key of Object.keys(body.value)) {
    if (isField(key) || taken.has(key)) continue;
    const names = Object.keys(fields);
    const isForeign = isOfOthers(key, names);
    problems.push({
      place: place(key, 'key'),
      rule: 'unknown-option',
      ...(isForeign && { severity: 'warning' }),
      message: `"${key}" is not a field of a page's front matter`,
      hint:
        isForeign && !isKnownElsewhere(key)
          ? 'leave it out'
          : insteadOfField('front-matter', key, names, (named) => {
              const value = body.value[key];
              const field = isField(named) ? fields[named] : undefined;
              return typeof value === 'string' && field?.schema.safeParse(value).success === true
                ? value
                : (field?.expected ?? '');
            }),
    });
  }
  const field = <Name extends keyof typeof fields>(
    name: Name,
  ): z.output<(typeof fields)[Name]['schema']> | undefined => {
    const value = meant.get(name)?.value ?? body.value[name];
    if (value === undefined) return undefined;
    const { schema, expected } = fields[name];
    const result = schema.safeParse(value);
    if (result.success) return result.data as z.output<(typeof fields)[Name]['schema']>;
    problems.push({
      place: place(name, 'value'),
      rule: 'invalid-option',
      message: `"${name}" must be ${expected}`,
      hint: `write ${expected} after "${name}:"`,
      ...(isMeantElsewhere(name, value) && { severity: 'warning' }),
    });
    return undefined;
  };
  const title = field('title');
  const people = field('authors');
  const doi = field('doi');
  const licence = field('licence');
  const written = field('date');
  const description = field('description');
  const language = field('language');
  const order = field('order');
  const draft = field('draft');
  const echo = field('echo');
  const fold = field('fold');
  const device = field('device');
  return {
    frontMatter: {
      authors: authorsOf(people),
      ...(doi !== undefined && { doi }),
      ...(licence !== undefined && { licence }),
      ...(title !== undefined && { title }),
      ...(written !== undefined && { date: written }),
      ...(description !== undefined && { description }),
      ...(language !== undefined && { language }),
      ...(order !== undefined && { order }),
      ...(draft !== undefined && { draft }),
      ...(echo !== undefined && { echo }),
      ...(fold !== undefined && { fold }),
      ...(isDeviceName(device) && { device }),
    },
    problems,
  };
}

function isField(name: string): name is keyof typeof fields {
  return Object.hasOwn(fields, name);
}
