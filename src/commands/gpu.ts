/** `colophon gpu`: TensorFlow.js on CUDA for this user's machine, set up and taken away. */
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { commandLine } from '../shared/own-command.js';
import { printable } from '../shared/problem.js';
import type { Way } from './gpu/choose-way.js';
import type { Found } from './gpu/found.js';
import type { Shell } from './shell.js';

interface SetupOptions {
  readonly yes?: true;
  readonly python?: string;
  readonly tensorflow?: string;
}

/** Adds the command to the program. */
export function addGpu(program: Command, shell: Shell): void {
  const gpu = program
    .command('gpu')
    .description('TensorFlow.js on CUDA, for machines whose card WebGPU does not reach: set it up or take it away');
  gpu
    .command('setup')
    .description(
      'find what this machine has, and install what it needs or say what is missing; asks before it downloads',
    )
    .option('--yes', 'do not ask')
    .option('--python <program>', 'build against the TensorFlow of this Python, even where there is no card (python3)')
    .option('--tensorflow <folder>', 'build against the TensorFlow in this folder, even where there is no card')
    .action((options: SetupOptions) => setUp(options, shell));
  gpu
    .command('remove')
    .description('take away what setup installed')
    .action(async () => {
      const { removeNative } = await import('./gpu/install-native.js');
      const { findNative, nativeFolder } = await import('../engine/tfjs/native.js');
      shell.print(removeNative() ? `${nativeFolder()} is removed` : 'nothing was set up here');
      const other = findNative();
      if (other !== undefined) shell.print(`${other} was not installed by this command, and stays`);
    });
}

async function setUp({ yes, python, tensorflow }: SetupOptions, shell: Shell): Promise<void> {
  const { print, log, paint, exitWith, signal } = shell;
  const { lookForCuda } = await import('./gpu/found.js');
  const { chooseWay, wayInWords } = await import('./gpu/choose-way.js');
  const found = lookForCuda({
    ...(python !== undefined && { python }),
    ...(tensorflow !== undefined && { tensorflow: resolve(tensorflow) }),
  });
  for (const line of foundInWords(found)) print(printable(line));
  const way: Way = chooseWay(found);
  switch (way.kind) {
    case 'there':
      print(`nothing to do: TensorFlow.js computes on ${printable(way.device)}`);
      return;
    case 'missing':
      for (const { what, advice } of way.missing)
        log(`${paint.error('missing')}  ${printable(what)}; ${paint.strong(printable(advice))}\n`);
      exitWith('environment');
      return;
    case 'build':
    case 'install': {
      const { nativeFolder } = await import('../engine/tfjs/native.js');
      print(`to do, in ${printable(nativeFolder())}:`);
      for (const line of wayInWords(way)) print(`  ${printable(line)}`);
      if (yes !== true && !process.stdin.isTTY) {
        log('nothing was done: there is no terminal to ask at; say --yes to do it\n');
        exitWith('usage');
        return;
      }
      if (yes !== true && !(await agrees('Do it? [y/N] ', signal))) {
        signal.throwIfAborted();
        print('nothing was done');
        return;
      }
      const { installNative } = await import('./gpu/install-native.js');
      const seen = await installNative(way, signal);
      const undo = `"${commandLine(['gpu', 'remove'])}" takes it away`;
      if ('device' in seen) {
        print(`TensorFlow.js computes on ${printable(seen.device)}; ${undo}`);
        return;
      }
      print(`it is installed, and its library loads; ${undo}`);
      log(
        `${paint.warning('warning')}  it computes on the processor here, without ${printable(seen.missing.join(', '))}\n`,
      );
      // An image that is made where there is no card is as it was asked for.
      if (found.card !== undefined) exitWith('environment');
    }
  }
}

/** What was found, a line each. */
function foundInWords({ card, tensorflow, noTensorFlow, missingCuda11, missingTools, installed }: Found): string[] {
  const line = (name: string, words: string): string => `${name.padEnd(12)}${words}`;
  const built =
    tensorflow?.cuda === undefined ? 'for processors' : `for CUDA ${tensorflow.cuda}, cuDNN ${tensorflow.cudnn ?? '?'}`;
  const seen =
    installed !== undefined && 'device' in installed
      ? installed.device
      : `no CUDA: without ${installed?.missing.join(', ') ?? ''}`;
  return [
    line('card', card === undefined ? 'none, or without its driver' : `${card.name}, driver ${card.driver}`),
    line('CUDA 11', missingCuda11.length === 0 ? 'with cuDNN 8' : `without ${missingCuda11.join(' and ')}`),
    line(
      'TensorFlow',
      tensorflow === undefined
        ? (noTensorFlow ?? 'none')
        : `${tensorflow.version} ${built}, ${tensorflow.folder}`.trim(),
    ),
    line('tools', missingTools.length === 0 ? 'npm, g++, make' : `without ${missingTools.join(', ')}`),
    line('package', installed === undefined ? 'not installed' : seen),
  ];
}

/** Asks at the terminal; an end of the input or an interrupt is no. */
function agrees(question: string, signal: AbortSignal): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  return new Promise((resolve) => {
    lines.once('close', () => {
      resolve(false);
    });
    signal.addEventListener(
      'abort',
      () => {
        lines.close();
      },
      { once: true },
    );
    lines.question(question, (answer) => {
      resolve(/^\s*y(es)?\s*$/i.test(answer));
      lines.close();
    });
  });
}
