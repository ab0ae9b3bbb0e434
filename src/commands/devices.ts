/** `colophon devices`: what there is to compute on, what there is not, and why. */
import type { Command } from 'commander';
import { deviceNames } from '../device-names.js';
import { printable } from '../problem.js';
import type { Shell } from './shell.js';

interface Row {
  readonly device: string;
  readonly found: boolean;
  /** What it runs on, or why there is none. */
  readonly what: string;
  readonly profile?: string;
  /** Whether it is a GPU. */
  readonly hardware?: boolean;
  readonly runs?: number;
  readonly stepsPerSecond?: number;
}

/** Adds the command to the program. */
export function addDevices(program: Command, shell: Shell): void {
  const { print, signal } = shell;
  program
    .command('devices')
    .description('list what there is to compute on, what there is not and why, each with one measured figure')
    .option('--json', 'for programs')
    .action(async ({ json }: { json?: true }) => {
      const { Devices } = await import('../engine/devices.js');
      const { enginePool } = await import('../engine/pool/index.js');
      const { measureEngine } = await import('../measure-engine.js');
      const processor = enginePool('wasm', 1, signal);
      const devices = new Devices(processor, 1, signal);
      const rows: Row[] = [];
      try {
        for (const device of deviceNames) {
          // The others are names for one of these.
          if (device === 'auto' || device === 'cpu' || device === 'gpu') continue;
          const opened = await devices.open(device);
          if ('missing' in opened) {
            rows.push({ device, found: false, what: opened.missing });
            continue;
          }
          const { engine, hardware, note } = opened;
          const what = note === undefined ? engine.device : `${engine.device} (${note})`;
          const measured = await measureEngine(engine, hardware ? 256 : 1, signal, () => performance.now() / 1000);
          rows.push({ device, found: true, what, profile: engine.profile, hardware, ...measured });
        }
      } finally {
        await Promise.all([processor.close(), devices.close()]);
      }
      if (json === true) {
        print(JSON.stringify(rows, null, 1));
        return;
      }
      for (const row of rows) {
        const { device, found, what, profile, hardware, runs, stepsPerSecond } = row;
        const kind = hardware === true ? 'GPU' : 'processor';
        const figure = `${Math.round(stepsPerSecond ?? 0).toLocaleString('en')} steps a second of ${runs} ${runs === 1 ? 'run' : 'runs'} of one hidden layer of 40`;
        print(
          `${device.padEnd(10)} ${found ? `${kind}: ${printable(what)}; ${profile}; ${figure}` : `not found: ${printable(what)}`}`,
        );
      }
    });
}
