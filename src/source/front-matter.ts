/** A page's front matter: title, authors, date, description, language, order. */
import * as z from 'zod';
import type { Place, Problem } from '../shared/problem.js';
import { deviceChoices, type DeviceName, deviceNames } from '../shared/device-names.js';
import { languageTag } from './language-tag.js';
import { insteadOfField } from '../shared/suggest.js';
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
    schema: z
      .union([z.string().trim().min(1), z.array(z.string().trim().min(1)).min(1)])
      .describe('A name, or a list of names.'),
    expected: 'a name, or a list of names',
  },
  date: {
    schema: date.describe('As YYYY-MM-DD. Pages never take a date from the clock.'),
    expected: 'a calendar date such as 2026-01-31',
  },
  description: {
    schema: z.string().trim().min(1).describe('One line, under the title and for search engines.'),
    expected: 'a line of text',
  },
  language: {
    schema: languageTag.describe("Of the page's text; the report's if absent."),
    expected: 'a language such as en or pt-BR',
  },
  order: {
    schema: z.number().describe("The page's place among its neighbours; an index page's is its folder's."),
    expected: 'a number',
  },
  device: {
    schema: z
      .enum(deviceNames)
      .describe(
        `Where the page's steps run; the first page's word is for all pages that say nothing. ${deviceChoices}.`,
      ),
    expected: `one of ${deviceNames.join(', ')}`,
  },
};

/** All fields, for editors and for the documentation. */
export const frontMatterOptions = z
  .strictObject(Object.fromEntries(Object.entries(fields).map(([name, { schema }]) => [name, schema.optional()])))
  .describe('What a page says of itself, between two lines of --- at its start.');

export interface FrontMatter {
  readonly title?: string;
  readonly authors: readonly string[];
  readonly date?: string;
  readonly description?: string;
  readonly language?: string;
  readonly order?: number;
  /** Where the page's steps are to run; the first page's speaks for the others. */
  readonly device?: DeviceName;
}

/** Checks front matter field by field, so that one wrong field does not hide another. */
export function readFrontMatter(body: YamlBody): { frontMatter: FrontMatter; problems: Problem[] } {
  const problems: Problem[] = [...body.problems];
  const place = (key: string, part: 'key' | 'value'): Place => body.placeOf([key], part);
  for (const key of Object.keys(body.value)) {
    if (Object.hasOwn(fields, key)) continue;
    problems.push({
      place: place(key, 'key'),
      rule: 'unknown-option',
      message: `"${key}" is not a field of a page's front matter`,
      hint: insteadOfField('front-matter', key, Object.keys(fields), (meant) => {
        const value = body.value[key];
        const field = Object.entries(fields).find(([name]) => name === meant)?.[1];
        return typeof value === 'string' && field?.schema.safeParse(value).success === true
          ? value
          : (field?.expected ?? '');
      }),
    });
  }
  const field = <Name extends keyof typeof fields>(
    name: Name,
  ): z.output<(typeof fields)[Name]['schema']> | undefined => {
    const value = body.value[name];
    if (value === undefined) return undefined;
    const { schema, expected } = fields[name];
    const result = schema.safeParse(value);
    if (result.success) return result.data as z.output<(typeof fields)[Name]['schema']>;
    problems.push({
      place: place(name, 'value'),
      rule: 'invalid-option',
      message: `"${name}" must be ${expected}`,
      hint: `write ${expected} after "${name}:"`,
    });
    return undefined;
  };
  const title = field('title');
  const authors = field('authors');
  const written = field('date');
  const description = field('description');
  const language = field('language');
  const order = field('order');
  const device = field('device');
  return {
    frontMatter: {
      authors: authors === undefined ? [] : typeof authors === 'string' ? [authors] : authors,
      ...(title !== undefined && { title }),
      ...(written !== undefined && { date: written }),
      ...(description !== undefined && { description }),
      ...(language !== undefined && { language }),
      ...(order !== undefined && { order }),
      ...(device !== undefined && { device }),
    },
    problems,
  };
}
