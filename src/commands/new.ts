/** `colophon new`: a small report that builds, to start from. */
import { cpSync, existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { programFolder } from '../shared/program-folder.js';
import type { Shell } from './shell.js';

/** Adds the command to the program. */
export function addNew(program: Command, { print, log, exitWith }: Shell): void {
  program
    .command('new')
    .description('write a small report that builds, to start from')
    .argument('<folder>', 'the folder to make; it must not hold anything yet')
    .option('--json', 'for programs')
    .action((folder: string, { json }: { json?: true }) => {
      if (existsSync(folder) && (!statSync(folder).isDirectory() || readdirSync(folder).length > 0)) {
        log(`${folder} is there already and holds something; name a new folder\n`);
        exitWith('usage');
        return;
      }
      const starter = join(programFolder, 'templates', 'starter');
      cpSync(starter, folder, { recursive: true });
      const files = readdirSync(starter, { recursive: true, encoding: 'utf8' })
        .filter((name) => statSync(join(starter, name)).isFile())
        .sort();
      if (json === true) print(JSON.stringify({ folder, files }, null, 1));
      else
        print(
          `${folder}: ${files.length} files. See it as you write it: colophon dev ${folder}. Publish it: colophon build ${folder} --out site. Templates of its own need --trust, which is for your reports alone: leave it out where others' changes are built.`,
        );
    });
}
