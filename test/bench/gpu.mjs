/**
 * `npm run bench -- gpu [--tiny] [--teraflops N] [--terabytes N] [--out FOLDER]`: what this machine's GPU does, row by row as device/measure.py measures it: limits,
 * agreement and bits first, then the goals with one checkpoint and with as many as the study has, one thread of the wasm engine, and
 * PyTorch (eager, compiled, vmap over runs) and JAX where `python3` has them with the same GPU. Each figure stands beside its floor: operations
 * at the card's peak, which device/cards.mjs knows of common ones, bytes at its memory's, and the barriers that follow each other. Without
 * a GPU it says what is missing, and what is not measured is named. `--tiny` is for trying it on a software driver.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './process.mjs';

const words = process.argv.slice(3);
const after = (word) => (words.includes(word) ? words[words.indexOf(word) + 1] : undefined);
const out = after('--out') ?? mkdtempSync(join(tmpdir(), 'colophon-gpu-'));
const { status } = spawnSync(
  'python3',
  [join(root, 'test/bench/device/measure.py'), '--out', out, '--seconds', '3600', ...words.filter((word) => word === '--tiny')],
  {
    stdio: 'inherit',
    env: {
      ...process.env,
      PATH: `${join(process.execPath, '..')}:${process.env.PATH}`,
      ...(after('--teraflops') && { COLOPHON_TERAFLOPS: after('--teraflops') }),
      ...(after('--terabytes') && { COLOPHON_TERABYTES: after('--terabytes') }),
    },
  },
);
console.log(`\nthe table: ${join(out, 'rows.md')}`);
process.exit(status ?? 1);
