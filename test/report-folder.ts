/** Tiny real reports in temporary folders. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const folders: string[] = [];
/** Called after each file (setup.ts). */
export function removeTemporaryFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** A folder that is gone when the file's tests are over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'colophon-'));
  folders.push(folder);
  return folder;
}

/** Writes files into a new temporary folder and gives its path. */
export function reportFolder(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = temporaryFolder();
  writeFiles(folder, files);
  return folder;
}

export function writeFiles(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

/** A page with a title and directives: `block('train #a', 'data: waves', ...)`. */
export function page(...blocks: readonly string[]): string {
  return `---\ntitle: A page\n---\n\n${blocks.join('\n\n')}\n`;
}

export function block(info: string, ...lines: readonly string[]): string {
  return `\`\`\`${info}\n${lines.join('\n')}${lines.length === 0 ? '' : '\n'}\`\`\``;
}

/** A dataset and a training of it that take milliseconds. */
export const waves = block(
  'dataset #waves',
  'function: piecewise-linear',
  'samples: 20',
  'noise: 0.1',
  'test: { grid: 30 }',
  'seed: 1',
);
export const small = block(
  'train #small',
  'data: waves',
  'network: { hidden: [4], elbows: uniform }',
  'optimizer: { kind: sgd, rate: 0.02 }',
  'batch: 10',
  'steps: 20',
  'checkpoints: { every: 10 }',
  'sweep: { network.hidden: [[4], [5]] }',
);
