/** The settings of a whole report, from its file colophon.yaml: title, url, language, bibliography and others. The file may be absent. */
import * as z from 'zod';
import { decodeText } from '../shared/decode.js';
import type { Problem } from '../shared/problem.js';
import { insteadOfField } from '../shared/suggest.js';
import { languageTag } from './language-tag.js';
import { ownWords, readOwnWords, withoutWords } from './own-words.js';
import { LineIndex } from './place.js';
import type { PluginEntry, Settings } from './report.js';
import { readYaml, type YamlBody } from './yaml.js';

export const settingsFile = 'colophon.yaml';

const pluginEntry = z.union([
  z.string().trim().min(1),
  z.tuple([z.string().trim().min(1)], z.unknown()),
]) satisfies z.ZodType<PluginEntry>;

function pluginList(description: string) {
  return z.array(pluginEntry).default([]).meta({ expected: 'a list of names, or of [name, options]', description });
}

/** Each setting: what it may be, in words for people too. */
export const settingsOptions = z
  .strictObject({
    title: z.string().trim().min(1).optional().meta({
      expected: 'a line of text',
      description: "Of the site; its first page's if absent.",
    }),
    url: z
      .string()
      .regex(/^https?:\/\/[^\s?#]+$/)
      .transform((url) => (url.endsWith('/') ? url : `${url}/`))
      .optional()
      .meta({
        expected: 'an address such as https://example.org/course/',
        description: 'Where the site will stand; needed for sitemap.xml, canonical addresses and cards.',
      }),
    language: languageTag.default('en').meta({
      expected: 'a language such as en or pt-BR',
      description: "Of the prose, and of the program's own words on the pages.",
    }),
    bibliography: z.string().trim().min(1).optional().meta({
      expected: 'the name of a .bib file of the report',
      description: 'A BibTeX file of the report; references.bib if absent. [@key] cites from it.',
    }),
    'citation-style': z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]*$|\.csl$/)
      .default('author-year')
      .meta({
        expected: 'author-year, numeric, the name of a CSL style such as apa or ieee, or a .csl file of the report',
        description: 'How citations read.',
      }),
    'number-sections': z.boolean().default(false).meta({
      expected: 'true or false',
      description: 'Whether headings are numbered, and references to sections print the number.',
    }),
    exclude: z.array(z.string().trim().min(1).max(1000)).max(1000).default([]).meta({
      expected: 'a list of files and folders such as [notes, "**/old-*.md"]',
      description: 'Files and folders that are no pages, with * and ** for any part of a name or a path.',
    }),
    readme: z.boolean().default(false).meta({
      expected: 'true or false',
      description: 'Whether a README.md is a page.',
    }),
    plugins: z
      .strictObject({
        remark: pluginList('Plugins that change what is read: syntax and trees of Markdown.'),
        rehype: pluginList('Plugins that change what is written: trees of HTML.'),
      })
      .optional()
      .meta({
        expected:
          '{ remark: [...], rehype: [...] }, with names such as remark-gemoji or ./mine.mjs, or [name, options]',
        description:
          'Plugins through which pages go, in order; run with --trust alone. Packages, or files of the report that start with ./.',
      }),
    verify: z.boolean().default(false).meta({
      expected: 'true or false',
      description:
        'Whether readers can have the experiments of a page, and of the site, computed again in their browser.',
    }),
    kinds: z.array(z.string().trim().min(1).max(1000)).max(100).default([]).meta({
      expected: 'a list of modules such as [./kinds/permute.ts]',
      description:
        'TypeScript or JavaScript files of the report that define kinds of directive; run with --trust alone.',
    }),
    words: ownWords,
  })
  .describe('What is true of all pages of a report.');

export const noSettings: Settings = settingsOptions.parse({});

/** Checks the settings one by one, so that one wrong setting does not hide another. `bytes` are the file's. */
export function readSettings(bytes: Uint8Array): {
  settings: Settings;
  problems: Problem[];
  /** Where an option, or a part of it, stands. */
  placeOf: YamlBody['placeOf'];
} {
  const decoded = decodeText(settingsFile, bytes);
  if ('problem' in decoded) {
    const whole = { file: settingsFile, line: 1, column: 1 };
    return { settings: noSettings, problems: [decoded.problem], placeOf: () => whole };
  }
  const lines = new LineIndex(settingsFile, decoded.text);
  const body = readYaml(decoded.text, (line, column, end) =>
    lines.at(
      lines.startOfLine(line) + column - 1,
      end === undefined ? undefined : lines.startOfLine(end.line) + end.column - 1,
    ),
  );
  const problems: Problem[] = [...body.problems];
  const sound: Record<string, unknown> = {};
  const fields: Readonly<Record<string, z.ZodType>> = settingsOptions.shape;
  for (const [name, value] of Object.entries(body.value)) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (field === undefined) {
      problems.push({
        place: body.placeOf([name], 'key'),
        rule: 'unknown-option',
        message: `"${name}" is not a setting of a report`,
        hint: insteadOfField(settingsFile, name, Object.keys(fields), (meant) => {
          const fits = typeof value === 'string' && fields[meant]?.safeParse(value).success === true;
          return fits ? value : expectedOf(fields[meant]);
        }),
      });
    } else if (name === 'words') {
      const own = readOwnWords(value, body.placeOf);
      problems.push(...own.problems);
      sound[name] = own.words;
    } else if (field.safeParse(value).success) sound[name] = value;
    else {
      const expected = expectedOf(field);
      problems.push({
        place: body.placeOf([name], 'value'),
        rule: 'invalid-option',
        message: `"${name}" must be ${expected}`,
        hint: `write ${expected} after "${name}:"`,
      });
    }
  }
  const settings = settingsOptions.parse(sound);
  const place = body.placeOf(['language'], 'value');
  problems.push(...withoutWords(settings.language, settings.words).map((problem) => ({ ...problem, place })));
  return { settings, problems, placeOf: body.placeOf };
}

function expectedOf(field: z.ZodType | undefined): string {
  const written: unknown = field?.meta()?.['expected'];
  return typeof written === 'string' ? written : 'something else';
}
