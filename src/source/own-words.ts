/** A report's own words, by the tags of their languages: `words:` of colophon.yaml. */
import * as z from 'zod';
import { english } from '../languages/english.js';
import { hasWords, type OwnWords } from '../languages/language.js';
import type { Problem } from '../shared/problem.js';
import { suggestion } from '../shared/suggest.js';
import { languageTag } from './language-tag.js';
import type { YamlBody } from './yaml.js';

const forms = ['zero', 'one', 'two', 'few', 'many', 'other'] as const;

/** A word in whose braces no other names stand than in the English one. */
function word(names: readonly string[]): z.ZodType<string> {
  const allowed =
    names.length === 0 ? 'without braces' : `with ${names.map((name) => `{${name}}`).join(', ')} in it or less`;
  return z
    .string()
    .refine((text) => namesIn(text).every((name) => names.includes(name)))
    .meta({ expected: `text ${allowed}` });
}

function namesIn(text: string): string[] {
  return Array.from(text.matchAll(/\{(\w*)\}/g), ([, name = '']) => name);
}

/** What may be written for a part of the English table, or for less of it. */
function schemaOf(table: object): z.ZodType {
  if ('other' in table) {
    const one = word(namesIn(String(table.other)));
    return z
      .union([one, z.strictObject(Object.fromEntries(forms.map((form) => [form, one.optional()])))])
      .meta({ expected: `text, or a text for each of ${forms.join(', ')} that the language tells apart` });
  }
  const parts = Object.entries(table).map(([name, part]: [string, unknown]): [string, z.ZodType] => [
    name,
    (typeof part === 'string' ? word(namesIn(part)) : schemaOf(part as object)).optional(),
  ]);
  return z.strictObject(Object.fromEntries(parts)).meta({ expected: `some of ${Object.keys(table).join(', ')}` });
}

const languageWords = schemaOf(english) as z.ZodType<OwnWords>;

export const ownWords = z.record(languageTag, languageWords).optional().meta({
  expected: 'words by languages, as in { it: { labels: { figure: Figura } } }',
  description: "The program's words on pages, by the tags of their languages, as far as they are to be others.",
});

/** A problem for each word that is none, at its place; the words are given when there is none. */
export function readOwnWords(
  value: unknown,
  placeOf: YamlBody['placeOf'],
): { readonly words?: Readonly<Record<string, OwnWords>>; readonly problems: readonly Problem[] } {
  const result = ownWords.safeParse(value);
  if (result.success) return { ...(result.data !== undefined && { words: result.data }), problems: [] };
  return { problems: result.error.issues.flatMap((issue) => problemsOf(issue, placeOf)) };
}

function problemsOf(issue: z.core.$ZodIssue, placeOf: YamlBody['placeOf']): Problem[] {
  const path = ['words', ...issue.path.map((part) => (typeof part === 'number' ? part : String(part)))];
  const schema = schemaAt(path.slice(2));
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      place: placeOf([...path, key], 'key'),
      rule: 'unknown-option',
      message: `"${key}" is not a word of the program`,
      hint: suggestion(key, namesOf(schema)),
    }));
  if (issue.code === 'invalid_key')
    return [
      {
        place: placeOf(path, 'key'),
        rule: 'invalid-option',
        message: `"${String(path.at(-1))}" is not the tag of a language`,
        hint: 'write a tag such as it or pt-BR before the words of that language',
      },
    ];
  const expected = String(schema?.meta()?.['expected'] ?? ownWords.meta()?.['expected']);
  const named = path.at(-1) ?? '';
  return [
    {
      place: placeOf(path, 'value'),
      rule: 'invalid-option',
      message: `"${named}" must be ${expected}`,
      hint: `write ${expected} after "${named}:"`,
    },
  ];
}

/** The part of a language's schema that a path leads to. */
function schemaAt(path: readonly (string | number)[]): z.ZodType | undefined {
  let schema: z.ZodType | undefined = languageWords;
  for (const part of path) {
    if (schema instanceof z.ZodOptional) schema = schema.unwrap() as z.ZodType;
    if (!(schema instanceof z.ZodObject)) return schema;
    const shape: Readonly<Record<string, z.ZodType | undefined>> = schema.shape;
    schema = shape[part];
  }
  return schema instanceof z.ZodOptional ? (schema.unwrap() as z.ZodType) : schema;
}

function namesOf(schema: z.ZodType | undefined): string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [...forms];
}

/** A warning for a language that nobody has words of. */
export function withoutWords(
  tag: string,
  own: Readonly<Record<string, OwnWords>> | undefined,
): Omit<Problem, 'place'>[] {
  const { language } = new Intl.Locale(tag);
  const isGiven = Object.keys(own ?? {}).some((given) => new Intl.Locale(given).language === language);
  if (hasWords(tag) || isGiven) return [];
  return [
    {
      rule: 'language-without-words',
      message: `the program has no words in the language "${tag}": its own stay English`,
      hint: `give them in colophon.yaml, as in words: { ${language}: { labels: { figure: … } } }, or write words: { ${language}: {} } to leave them English`,
      severity: 'warning',
    },
  ];
}
