/** What makes Visual Studio Code complete directives inside Markdown and show their problems where they stand. */
import type { JsonSchema } from './schemas.js';

/** What the files say of the folder that is open in the editor. */
export interface Workspace {
  /** The words that start the program there. */
  readonly command: readonly string[];
  /** The folder of its report; without it the editor asks. */
  readonly report: string | undefined;
}

/** Files by their paths below that folder, as JSON. */
export function vscodeFiles(
  schemas: Readonly<Record<string, JsonSchema>>,
  { command: [program = '', ...first], report }: Workspace,
): Readonly<Record<string, object>> {
  const task = (command: string): object => ({
    label: `colophon ${command === 'plan' ? 'check' : command}`,
    type: 'shell',
    command: program,
    args: [...first, command, report ?? '${input:report}'],
  });
  const directives = Object.entries(schemas).filter(([name]) => name !== 'front-matter' && name !== 'colophon.yaml');
  const settings = schemas['colophon.yaml'];
  return {
    '.vscode/colophon.code-snippets': Object.fromEntries<object>([
      ...directives.map(([name, schema]): [string, object] => [`${name} directive`, directiveSnippet(name, schema)]),
      ...directives.flatMap(([name, schema]) =>
        Object.entries(schema.properties ?? {}).map(([option, one]): [string, object] => [
          `${name}: ${option}`,
          {
            scope: 'markdown,yaml',
            prefix: `${option}:`,
            body: `${option}: ${placeholder(one, 1)}`,
            description: `${name}: ${one.description ?? ''}`,
          },
        ]),
      ),
    ]),
    '.vscode/tasks.json': {
      version: '2.0.0',
      tasks: [
        {
          ...task('dev'),
          isBackground: true,
          // Whoever opens a folder with more than one report would be asked for one each time.
          ...(report !== undefined && { runOptions: { runOn: 'folderOpen' } }),
          problemMatcher: {
            ...matcher,
            background: { activeOnStart: true, beginsPattern: '^taking in', endsPattern: '^taken in' },
          },
        },
        { ...task('plan'), problemMatcher: matcher },
      ],
      ...(report === undefined && {
        inputs: [{ id: 'report', type: 'promptString', description: 'The folder of the report', default: 'report' }],
      }),
    },
    '.vscode/settings.json': {
      '[markdown]': { 'editor.quickSuggestions': { other: true, comments: false, strings: true } },
      'editor.snippetSuggestions': 'top',
      // Read by the extension redhat.vscode-yaml.
      'yaml.schemas': { './.vscode/colophon.schema.json': ['colophon.yaml'] },
    },
    ...(settings !== undefined && { '.vscode/colophon.schema.json': settings }),
  };
}

/** Problems as `colophon` prints them: file:line:column, two blanks, the rule, two blanks, the message. */
const matcher = {
  owner: 'colophon',
  fileLocation: ['autoDetect', '${workspaceFolder}'],
  pattern: {
    regexp: '^(\\S.*):(\\d+):(\\d+)  (\\S+)  (.*)$',
    ...{ file: 1, line: 2, column: 3, code: 4, message: 5 },
  },
};

/** A whole directive with the options that it needs, each with its choices. */
function directiveSnippet(name: string, { properties = {}, required = [] }: JsonSchema): object {
  const lines = required.map((option, index) => `${option}: ${placeholder(properties[option] ?? {}, index + 2)}`);
  return {
    scope: 'markdown',
    prefix: [name, `\`\`\`${name}`],
    body: [`\`\`\`${name} #\${1:name}`, ...lines, '$0', '```'],
    description: `A ${name} directive`,
  };
}

/** A place to fill in: a choice where there are choices, else the default or what kind of value it is. */
function placeholder(schema: JsonSchema, index: number): string {
  const choices = choicesOf(schema);
  if (choices.length > 1) return `\${${index}|${choices.join(',')}|}`;
  const shown = schema.default ?? schema.const ?? schema.type ?? 'value';
  const text = typeof shown === 'string' ? shown : JSON.stringify(shown);
  return `\${${index}:${text.replace(/[\\$}]/g, '\\$&')}}`;
}

function choicesOf({ enum: values, anyOf, oneOf, type, const: one }: JsonSchema): string[] {
  if (values !== undefined) return values.map(String).filter((text) => !/[|,]/.test(text));
  if (one !== undefined) return [JSON.stringify(one).replace(/^"|"$/g, '')];
  if (type === 'boolean') return ['true', 'false'];
  return [...new Set([...(anyOf ?? []), ...(oneOf ?? [])].flatMap(choicesOf))];
}
