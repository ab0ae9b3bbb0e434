/** `colophon new`: a project with a small report that builds, to start from. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import type { Command } from 'commander';
import { commandLine, shellWord } from '../shared/own-command.js';
import { printable } from '../shared/problem.js';
import { installPackages } from './install-packages.js';
import { type NewProject, scripts, writeProject } from './new-project.js';
import type { Shell } from './shell.js';

interface NewOptions {
  readonly here?: true;
  readonly install: boolean;
  readonly json?: true;
}

/** Adds the command to the program. */
export function addNew(program: Command, { print, log, paint, exitWith }: Shell): void {
  program
    .command('new')
    .description('make a project with a small report that builds, and what publishes it, and install the program there')
    .argument('[folder]', 'the folder to make; it must not hold anything yet')
    .option('--here', 'in this folder, or one that holds something: adds what is missing, and changes nothing')
    .option('--no-install', 'do not run npm install')
    .option('--json', 'for programs')
    .action((given: string | undefined, { here, install, json }: NewOptions) => {
      const folder = given ?? (here === true ? '.' : undefined);
      if (folder === undefined) {
        log(`name the folder to make, as in "${commandLine(['new', 'course'])}", or say --here\n`);
        exitWith('usage');
        return;
      }
      if (
        existsSync(folder) &&
        (!statSync(folder).isDirectory() || (here !== true && readdirSync(folder).length > 0))
      ) {
        log(`${printable(folder)} is there already and holds something; name a new folder, or say --here\n`);
        exitWith('usage');
        return;
      }
      const project = writeProject(folder);
      // What npm would change there is someone's.
      const installs = install && !project.kept.includes('package.json');
      if (installs && json !== true) log(`${folder}: ${project.files.length} files; npm install\n`);
      const isInstalled = installs && installPackages(folder);
      if (json === true) print(JSON.stringify({ folder, ...project, installed: isInstalled }, null, 1));
      else print(nextSteps(folder, project, isInstalled));
      if (installs && !isInstalled) {
        log(
          `${paint.warning('warning')}  npm could not install the program; run "npm install" in ${printable(folder)}\n`,
        );
        exitWith('environment');
      }
    });
}

/** What a person does next, one line each. */
function nextSteps(folder: string, { files, kept, specifier }: NewProject, isInstalled: boolean): string {
  const lines = [
    `${folder}: ${files.length} files${kept.length === 0 ? '' : `; left as they were: ${kept.join(', ')}`}`,
  ];
  if (kept.includes('package.json')) {
    lines.push(
      `  add the program:  npm install --save-dev --save-exact ${shellWord(`colophon@${specifier}`)}`,
      `  and its scripts:  ${Object.entries(scripts)
        .map(([name, script]) => `"${name}": "${script}"`)
        .join(', ')}`,
    );
  }
  if (kept.includes('.gitignore')) lines.push('  add to .gitignore:  node_modules/, .colophon/ and site/');
  const start = folder === '.' ? [] : [`cd ${shellWord(folder)}`];
  if (!isInstalled && !kept.includes('package.json')) start.push('npm install');
  if (!kept.includes('package.json')) {
    lines.push(
      `  ${[...start, 'npm start'].join(' && ')}    the report in your browser as you write it`,
      '  npm run build    the site, in site/',
      '  npm test         whether every result is there and every link leads somewhere',
    );
  }
  lines.push('Push it to GitHub, choose "GitHub Actions" under Settings, Pages, and every push to main publishes it.');
  if (specifier.startsWith('file:') && !specifier.startsWith('file:vendor/'))
    lines.push(
      `It uses the program in ${specifier.slice('file:'.length)}, which no other machine has. For a project to push, pack the program there first, with "npm run release -- --unreleased".`,
    );
  return lines.join('\n');
}
