/** A program as a process: without a shell, without the network where the system can take it away, ended with all that it started. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { boundedLog } from '../../shared/bounded-log.js';
import { once } from '../../shared/lazy.js';

interface Surroundings {
  readonly folder: string;
  readonly seed: number;
  readonly seconds: number;
  readonly signal: AbortSignal;
}

/** What a program may know of the machine: how to find itself and its libraries. */
const kept = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'VIRTUAL_ENV', 'CONDA_PREFIX', 'SystemRoot', 'USERPROFILE', 'PATHEXT'];

/** The words before a command that take the network away; none where this system does not let everybody do that. */
const withoutNetwork = once((): readonly string[] => {
  const words = ['unshare', '--map-root-user', '--net', '--'];
  if (process.platform !== 'linux') return [];
  return spawnSync(words[0] ?? '', [...words.slice(1), 'true'], { stdio: 'ignore' }).status === 0 ? words : [];
});

/** What it printed. Rejects, in words, when it does not end well, and with the signal's reason. */
export async function spawned(
  command: readonly string[],
  { folder, seed, seconds, signal }: Surroundings,
): Promise<{ readonly printed: string; readonly hasNetwork: boolean }> {
  signal.throwIfAborted();
  const without = withoutNetwork();
  const [program = '', ...words] = [...without, ...command];
  const child = spawn(program, words, {
    cwd: folder,
    env: environment(seed),
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, which is ended as one.
    detached: process.platform !== 'win32',
  });
  const log = boundedLog();
  for (const stream of [child.stdout, child.stderr]) stream.on('data', log.write);
  const end = (): void => {
    killAll(child);
  };
  const clock = { isLate: false };
  const timer = setTimeout(() => {
    clock.isLate = true;
    end();
  }, seconds * 1000);
  signal.addEventListener('abort', end);
  try {
    const code = await ended(child);
    signal.throwIfAborted();
    const limit = `--limit kind-time=${2 * seconds}`;
    if (clock.isLate)
      throw new Error(`it takes more than ${seconds} seconds; make it faster, or raise the limit with ${limit}`);
    const printed = log.text();
    if (code !== 0) throw new Error(notWell(command[0] ?? '', code, printed));
    return { printed, hasNetwork: without.length === 0 };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
    // What it left running in the background is not to outlive it.
    end();
  }
}

function environment(seed: number): NodeJS.ProcessEnv {
  const known = kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]] as const]));
  return { ...Object.fromEntries(known), SEED: String(seed), PYTHONHASHSEED: '0', PYTHONDONTWRITEBYTECODE: '1' };
}

/** Its exit code or the signal that ended it; "ENOENT" for what is not there. */
function ended(child: ChildProcess): Promise<number | string> {
  return new Promise((resolve) => {
    child.on('error', ({ code, message }: NodeJS.ErrnoException) => {
      resolve(code ?? message);
    });
    child.on('close', (code, signal) => {
      resolve(code ?? signal ?? 'unknown');
    });
  });
}

function killAll({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // All of it has ended.
  }
}

function notWell(program: string, code: number | string, printed: string): string {
  // 127 is what finds no program says.
  const isMissing = code === 'ENOENT' || (code === 127 && printed.includes(program));
  if (isMissing) return `there is no program "${program}" on this machine; install it, or name another in "run"`;
  const last = printed === '' ? 'it printed nothing' : `it printed: ${printed}`;
  return `it ended with ${typeof code === 'number' ? `exit code ${code}` : code}; ${last}`;
}
