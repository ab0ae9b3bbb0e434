/** `colophon schema`: the directives' options as JSON Schemas, and what Visual Studio Code makes of them. */
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { suggestion } from '../shared/suggest.js';
import type { Shell } from './shell.js';
import { makeFolder } from '../shared/make-folder.js';

interface Options {
  readonly out?: string;
  readonly vscode?: string;
}

/** Adds the command to the program. */
export function addSchema(program: Command, { print, log, exitWith }: Shell): void {
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
    .option('--json', 'for programs; schemas always are')
    .action(async (name: string | undefined, { out, vscode }: Options) => {
      const { allSchemas } = await import('../reference/schemas.js');
      const { vscodeFiles } = await import('../reference/vscode.js');
      const schemas = allSchemas();
      const known = Object.keys(schemas);
      if (name !== undefined && !known.includes(name)) {
        log(`there is no schema "${name}"; ${suggestion(name, known)}\n`);
        exitWith('usage');
        return;
      }
      const chosen = name === undefined ? schemas : { [name]: schemas[name] };
      const files = [
        ...(out === undefined
          ? []
          : Object.entries(chosen).map(([key, schema]): [string, unknown] => [
              join(out, `${key}.schema.json`),
              schema,
            ])),
        ...(vscode === undefined
          ? []
          : Object.entries(vscodeFiles(schemas)).map(([path, content]): [string, unknown] => [
              join(vscode, path),
              content,
            ])),
      ];
      for (const [path, content] of files) {
        makeFolder(dirname(path));
        writeFileSync(path, `${JSON.stringify(content, null, 2)}\n`);
        print(path);
      }
      if (files.length === 0) print(JSON.stringify(name === undefined ? chosen : schemas[name], null, 2));
    });
}
