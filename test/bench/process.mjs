/** The command as a whole process. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const peak = 'process.on("exit", () => process.stderr.write(`\\npeak ${process.resourceUsage().maxRSS}`))';

/** Seconds of a whole process, its peak memory in MB, and what it said. */
export function build(folder, words = ['build', 'report', '--out', 'site']) {
  const program = join(root, 'dist/cli.js');
  const args = ['--import', `data:text/javascript,${encodeURIComponent(peak)}`, program, ...words];
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const seconds = (performance.now() - started) / 1000;
  return { seconds, megabytes: Number(/peak (\d+)/.exec(stderr)?.[1] ?? NaN) / 1000, said: stderr };
}

/** The faster of two, without what they said. */
export function faster(a, b) {
  return a === undefined || b.seconds < a.seconds ? { seconds: b.seconds, megabytes: b.megabytes } : a;
}
