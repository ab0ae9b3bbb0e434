/** The peers: Python programs in peers/, asked line by line, and whether this machine has what they need. */
import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

// NumPy's LAPACK as it comes: settings for another processor or cache would slow it down.
const env = { ...process.env };
delete env.OPENBLAS_CORETYPE;
delete env.OPENBLAS_L2_SIZE;

const script = (name) => fileURLToPath(new URL(`peers/${name}`, import.meta.url));
const has = (module) => spawnSync('python3', ['-c', `import ${module}`], { stdio: 'ignore', env }).status === 0;

/** A peer that answers each line with a number, or undefined when this machine does not have its package. */
function open(module, name, ...args) {
  if (!has(module)) return undefined;
  const child = spawn('python3', [script(name), ...args], { env, stdio: ['pipe', 'pipe', 'ignore'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask(line) {
      child.stdin.write(`${line}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`${name} ${args.join(' ')} ended at "${line}"`);
      return Number(value);
    },
    close: () => child.stdin.end(),
  };
}

/** Each held to one processor and one thread. */
export function openPeers() {
  return {
    torch: open('torch', 'training.py', 'torch'),
    jax: open('jax', 'training.py', 'jax'),
    numpy: open('numpy', 'svd.py'),
    digits: open('torch', 'digits.py'),
  };
}
