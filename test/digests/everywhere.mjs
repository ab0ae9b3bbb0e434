/**
 * `npm run check:digests`: the kernels' digests on other versions of Node, which npm has as platform packages (fetched
 * on demand into a temporary folder; no dependency of the project), and in headless Chromium where there is one.
 * Exits 1 when any digest differs from wasm.json or a version could not be had.
 */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
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

const page = `<!doctype html><script type="module">
  import { wasmEngine } from '/dist/engine/wasm/index.js';
  import { kernelDigests } from '/test/digests/kernels.mjs';
  const bytes = await (await fetch('/dist/engine/wasm/kernels.wasm')).arrayBuffer();
  const digests = await kernelDigests(wasmEngine(await WebAssembly.compile(bytes)));
  await fetch('/result', { method: 'POST', body: JSON.stringify(digests) });
</script>`;
const types = { '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm' };

/** The digests by a browser, which loads the very modules that Node runs. */
async function byChromium(program) {
  const profile = mkdtempSync(join(tmpdir(), 'colophon-chromium-'));
  let browser;
  const digests = new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error('no answer within a minute')), 60_000).unref();
    const server = createServer((request, response) => {
      if (request.url === '/result') {
        let body = '';
        request.on('data', (chunk) => (body += chunk)).on('end', () => {
          response.end();
          server.close();
          resolve(JSON.parse(body));
        });
        return;
      }
      if (request.url === '/') {
        response.setHeader('content-type', 'text/html').end(page);
        return;
      }
      const file = join(root, normalize(request.url ?? '/'));
      if (!file.startsWith(root) || !existsSync(file)) {
        response.writeHead(404).end();
        return;
      }
      response.setHeader('content-type', types[extname(file)] ?? 'text/plain').end(readFileSync(file));
    });
    server.listen(0, '127.0.0.1', () => {
      const address = `http://127.0.0.1:${server.address().port}/`;
      const flags = ['--headless', '--no-sandbox', '--disable-gpu', `--user-data-dir=${profile}`, address];
      browser = spawn(program, flags, { stdio: 'ignore' });
    });
  });
  try {
    judge('Chromium', await digests);
  } catch (error) {
    console.log(`Chromium: not checked; ${error.message}`);
    failed = true;
  } finally {
    browser?.kill('SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 300));
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

for (const version of ['20', '22', '24', '26']) byNode(version);
const chromium = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (path) => path !== undefined && existsSync(path),
);
if (chromium === undefined) console.log('Chromium: none found (set CHROMIUM); not checked');
else await byChromium(chromium);
process.exit(failed ? 1 : 0);
