/** `colophon dev`: the report in a browser while it is being written. */
import { type Command, InvalidArgumentError } from 'commander';
import { printable } from '../shared/problem.js';
import {
  deviceOption,
  followLinksOption,
  limitOption,
  offlineOption,
  openWorld,
  type Shell,
  solutionsOption,
  storeOption,
  pluginHtmlOption,
  trustOption,
  wholeNumber,
  type WorldOptions,
} from './shell.js';

/** Adds the command to the program. */
export function addDev(program: Command, shell: Shell): void {
  const { print, log, paint, signal } = shell;
  program
    .command('dev')
    .description('show the report in the browser as it is being written; results are computed behind it')
    .argument('<report>', 'the folder that holds the pages')
    .option('--port <n>', 'the port on this machine, or the next free one; 0 for any', portNumber, 4000)
    .option(
      '--host <address>',
      'where to listen for other machines, such as 0.0.0.0; who reaches it can read the draft',
    )
    .option('--allow-host <names...>', 'names under which a proxy or a remote editor reaches it')
    .addOption(storeOption())
    .option(...offlineOption)
    .option(...trustOption)
    .option(...pluginHtmlOption)
    .option(...followLinksOption)
    .option(...solutionsOption)
    .option('--jobs <n>', 'how many steps run at a time (default: one for each processor)', wholeNumber)
    .addOption(deviceOption())
    .addOption(limitOption())
    .action(async (folder: string, { port, host, allowHost = [], ...options }: DevOptions) => {
      const { openSession } = await import('../dev/session.js');
      const { serveSession } = await import('../dev/server.js');
      const { watchReport } = await import('../dev/watch-report.js');
      const world = await openWorld(shell, {
        ...options,
        edition: { drafts: true, solutions: options.solutions === true },
      });
      let errors = 0;
      const session = openSession(folder, world, (event) => {
        server.notify(event);
        if (event.kind !== 'problems') return;
        const now = event.problems.filter(({ warning }) => !warning);
        for (const { where, rule, message, hint, frame } of now)
          log(
            `${paint.strong(printable(where))}  ${paint.error(rule)}  ${printable(message)}; ${printable(hint)}\n${frame}\n`,
          );
        if (errors > 0 && now.length === 0) log('mended\n');
        errors = now.length;
      });
      const server = await serveSession(session, {
        port,
        ...(host !== undefined && { host }),
        allowedHosts: allowHost,
      });
      const update = (changed?: readonly string[]): void => {
        session.update(changed).catch((error: unknown) => {
          log(
            `${paint.error('internal')}  ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
          );
        });
      };
      const watcher = await watchReport(folder, update, options.followLinks);
      print(`${folder} is at ${server.address}; Ctrl+C ends it`);
      update();
      await new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => {
          resolve();
        });
      });
      session.stop();
      await Promise.all([watcher.close(), server.close()]);
      await world.close();
    });
}

interface DevOptions extends WorldOptions {
  readonly port: number;
  readonly host?: string;
  readonly allowHost?: readonly string[];
}

function portNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65535) throw new InvalidArgumentError('give a port, 0 to 65535');
  return value;
}
