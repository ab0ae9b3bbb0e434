/** `colophon schema`: the directives' options as JSON Schemas, and what Visual Studio Code makes of them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { suggestion } from '../shared/suggest.js';
import { formatProblem } from '../shared/problem.js';
import type { StepKind } from '../steps/step.js';
import { standardLimits } from '../shared/limits.js';
import { type Shell, trustOption } from './shell.js';
import { makeFolder } from '../shared/make-folder.js';

interface Options {
  readonly out?: string;
  readonly vscode?: string;
  readonly report?: string;
  readonly trust?: boolean;
}

/** Adds the command to the program. */
export function addSchema(program: Command, { print, log, exitWith }: Shell): void {
  const kindsOf = async (report: string, trust: boolean): Promise<readonly StepKind[]> => {
    const { loadKinds } = await import('../kinds/load-kinds.js');
    const { kinds, problems } = await loadKinds(report, { trust, followLinks: false }, standardLimits);
    for (const problem of problems) log(`${formatProblem(problem, report, () => undefined)}\n`);
    if (problems.length > 0) exitWith('problem');
    return kinds;
  };
  program
    .command('schema')
    .description(
      "print the JSON Schemas (draft 2020-12) of the directives' options, of front matter and of colophon.yaml",
    )
    .argument('[name]', 'a kind of directive, "front-matter" or "colophon.yaml"; all of them when left out')
    .option('--out <dir>', 'write each schema into a file of this folder')
    .option(
      '--vscode <dir>',
      'write .vscode/ into this folder: directives complete in Markdown, and problems show there',
    )
    .option('--report <dir>', 'with the kinds of this report, which need --trust')
    .option(...trustOption)
    .option('--json', 'for programs; schemas always are')
    .action(async (name: string | undefined, { out, vscode, report, trust = false }: Options) => {
      const { allSchemas, stepSchema } = await import('../reference/schemas.js');
      const own = report === undefined ? [] : await kindsOf(report, trust);
      const schemas = { ...allSchemas(), ...Object.fromEntries(own.map((kind) => [kind.kind, stepSchema(kind)])) };
      const known = Object.keys(schemas);
      if (name !== undefined && !known.includes(name)) {
        log(`there is no schema "${name}"; ${suggestion(name, known)}\n`);
        exitWith('usage');
        return;
      }
      const chosen = name === undefined ? schemas : { [name]: schemas[name] };
      if (out !== undefined) {
        makeFolder(out);
        for (const [key, schema] of Object.entries(chosen)) {
          const path = join(out, `${key}.schema.json`);
          writeFileSync(path, `${JSON.stringify(schema, null, 2)}\n`);
          print(path);
        }
      }
      if (vscode !== undefined) {
        const { writeVscode } = await import('./write-vscode.js');
        const { written, left, isPortable } = writeVscode(vscode, schemas);
        for (const path of written) print(path);
        for (const path of left)
          log(
            `${path} holds comments or is no JSON, and is as it was; move it away, write again, and put what you need of it back\n`,
          );
        if (!isPortable)
          log('the tasks start the program by its place on this machine; install it in the project to share them\n');
      }
      if (out === undefined && vscode === undefined)
        print(JSON.stringify(name === undefined ? chosen : schemas[name], null, 2));
    });
}
