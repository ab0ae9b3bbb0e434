/** The command as someone who is held to permissions, which root is not. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { lchownSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Ended } from './colophon.js';
import { cli } from './program.js';

const isRoot = process.getuid?.() === 0;
/** Root is not held to permissions unless it lays that down; where nothing is there to do so, it becomes nobody. */
const laidDown =
  isRoot && spawnSync('setpriv', ['--version']).status === 0
    ? ['setpriv', '--bounding-set=-all', '--inh-caps=-all']
    : [];
const nobody = isRoot && laidDown.length === 0 ? { uid: 65534, gid: 65534 } : undefined;

/** Gives a project to whoever runs the command on it. */
export function handOver(folder: string): void {
  if (nobody === undefined) return;
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  for (const path of [folder, ...entries.map((entry) => join(entry.parentPath, entry.name))])
    lchownSync(path, nobody.uid, nobody.gid);
}

/** Runs the command to its end. */
export function bound(cwd: string, ...words: readonly string[]): Ended {
  const [program = '', ...all] = [...laidDown, process.execPath, cli, ...words];
  const { status, stdout, stderr, error } = spawnSync(program, all, { cwd, encoding: 'utf8', ...nobody });
  if (error !== undefined) throw error;
  return { code: status, out: stdout, err: stderr };
}

/** Starts it. */
export function startBound(cwd: string, ...words: readonly string[]): ChildProcess {
  const [program = '', ...all] = [...laidDown, process.execPath, cli, ...words];
  return spawn(program, all, { cwd, ...nobody });
}
