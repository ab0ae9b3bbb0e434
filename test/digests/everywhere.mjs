/**
 * `npm run check:digests`: the kernels' digests on other versions of Node, which npm has as platform packages (fetched
 * on demand into a temporary folder; no dependency of the project). test/browser/digests.test.ts does it in Chromium.
 * Exits 1 when any digest differs from wasm.json or a version could not be had.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const pinned = JSON.parse(readFileSync(new URL('wasm.json', import.meta.url), 'utf8'));
let failed = false;

function judge(where, digests) {
  const wrong = Object.keys(pinned).filter((kernel) => digests[kernel] !== pinned[kernel]);
  console.log(`${where}: ${wrong.length === 0 ? 'the same bits' : `DIFFERENT: ${wrong.join(', ')}`}`);
  failed ||= wrong.length > 0;
}

/** The digests by another version of Node. */
function byNode(version) {
  const folder = mkdtempSync(join(tmpdir(), 'colophon-node-'));
  try {
    const platform = process.platform === 'win32' ? 'win' : process.platform;
    const name = `node-${platform}-${process.arch}`;
    const packed = execFileSync('npm', ['pack', '--silent', `${name}@${version}`], {
      cwd: folder,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    execFileSync('tar', ['-xzf', packed.trim().split('\n').at(-1)], { cwd: folder });
    const node = join(folder, 'package/bin', process.platform === 'win32' ? 'node.exe' : 'node');
    const print = fileURLToPath(new URL('print.mjs', import.meta.url));
    judge(execFileSync(node, ['--version'], { encoding: 'utf8' }).trim(), JSON.parse(execFileSync(node, [print])));
  } catch (error) {
    console.log(`Node ${version}: not checked; ${String(error.message).split('\n')[0]}`);
    failed = true;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

for (const version of ['20', '22', '24', '26']) byNode(version);
process.exit(failed ? 1 : 0);
