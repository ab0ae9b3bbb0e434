/** `colophon pdf`: a site as one PDF, printed by a Chromium of this machine. */
import type { Command } from 'commander';
import { findChromium } from './chromium.js';
import type { Shell } from './shell.js';

/** Adds the command to the program. */
export function addPdf(program: Command, { print, log, exitWith, signal }: Shell): void {
  program
    .command('pdf')
    .description('print a built site into one PDF, through a Chromium on this machine')
    .argument('<site>', 'the folder that "colophon build" wrote')
    .option('--out <file>', 'the PDF', 'report.pdf')
    .option('--json', 'for programs')
    .action(async (site: string, { out, json }: { out: string; json?: true }) => {
      const browser = findChromium();
      if (browser === undefined) {
        log('there is no Chromium on this machine; install one, or name it in COLOPHON_CHROMIUM\n');
        exitWith('environment');
        return;
      }
      const { chromiumPrint, printSite } = await import('./print-site.js');
      const printed = await printSite(
        site,
        out,
        chromiumPrint(browser, signal, (step) => {
          if (json !== true) log(`${step}\n`);
        }),
      ).catch((error: unknown) => {
        if (signal.aborted) throw error;
        const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
        return { refused: `${browser} could not print: ${message}`, because: 'environment' } as const;
      });
      if ('refused' in printed) {
        log(`${printed.refused}\n`);
        exitWith(printed.because);
        return;
      }
      if (json === true) print(JSON.stringify({ out, ...printed }, null, 1));
      else print(`${out}: ${printed.pages} pages of the site in ${printed.bytes} bytes`);
    });
}
