/** `colophon devices`: what there is to compute on, what there is not, and why. */
import type { Command } from 'commander';
import { messageOf } from '../shared/message-of.js';
import { type EngineDevice, engineDevices } from '../shared/device-names.js';
import { printable } from '../shared/problem.js';
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
  /** Why it has no figure, of a device that is found and cannot compute. */
  readonly fails?: string;
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
      const { measureEngine } = await import('./measure-engine.js');
      const processor = enginePool('wasm', 1, signal);
      const devices = new Devices(processor, 1, signal);
      const rows: Row[] = [];
      try {
        for (const device of await allDevices()) {
          const opened = await devices.open(device);
          if ('missing' in opened) {
            rows.push({ device, found: false, what: opened.missing });
            continue;
          }
          const { engine, hardware, note } = opened;
          const what = note === undefined ? engine.device : `${engine.device} (${note})`;
          const clock = (): number => performance.now() / 1000;
          const measured = await measureEngine(engine, hardware ? 256 : 1, signal, clock).catch((error: unknown) => {
            signal.throwIfAborted();
            return { fails: messageOf(error) };
          });
          rows.push({ device, found: true, what, profile: engine.profile, hardware, ...measured });
        }
      } finally {
        await Promise.all([processor.close(), devices.close()]);
      }
      if (json === true) {
        print(JSON.stringify(rows, null, 1));
        return;
      }
      for (const row of rows) print(`${row.device.padEnd(10)} ${described(row)}`);
    });
}

/** The engines, and where there are several GPUs all of them; `webgpu` is the first. */
async function allDevices(): Promise<(EngineDevice | `webgpu:${number}`)[]> {
  const { listAdapters } = await import('../engine/webgpu/adapters.js');
  const { length } = (await listAdapters()) ?? [];
  return engineDevices.flatMap((device) =>
    device === 'webgpu'
      ? [device, ...Array.from({ length: Math.max(0, length - 1) }, (_, index) => `webgpu:${index + 1}` as const)]
      : [device],
  );
}

function described({ found, what, profile, hardware, runs, stepsPerSecond, fails }: Row): string {
  if (!found) return `not found: ${printable(what)}`;
  const steps = Math.round(stepsPerSecond ?? 0).toLocaleString('en');
  const figure =
    fails === undefined
      ? `${steps} steps a second of ${runs} ${runs === 1 ? 'run' : 'runs'} of one hidden layer of 40`
      : `it fails: ${printable(fails)}`;
  return `${hardware === true ? 'GPU' : 'processor'}: ${printable(what)}; ${profile}; ${figure}`;
}
