/**
 * `npm run bench -- device [FOLDER]`: puts all that a measurement on another machine needs into a folder (release/device): this Node, stripped; Dawn;
 * the program's engines; the libraries around Vulkan, where apt or the tests' browser has them. There it needs Python, with PyTorch and JAX for
 * their rows:
 *
 *     python3 device/test/bench/device/measure.py --out results
 *
 * Node and Dawn are Linux's, of this machine's kind of processor. Says how large it is: machines that are lent take 64 MiB.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from '../process.mjs';

/** Debian's packages of Vulkan's loader, of what NVIDIA's driver links to, and their libraries by the names that are asked for. */
const packages = ['libvulkan1', 'libglvnd0', 'libegl1', 'libgl1', 'libglx0', 'libx11-6', 'libxext6', 'libxcb1', 'libxau6', 'libxdmcp6', 'libbsd0', 'libmd0'];
const mostBytes = 64 * 2 ** 20;

const to = process.argv[3] ?? join(root, 'release', 'device');
if (process.platform !== 'linux') throw new Error('Node and Dawn are carried as they are here, and the other machine has Linux');
const linked = spawnSync('ldd', [process.execPath], { encoding: 'utf8' }).stdout;
if (/libnode/.test(linked)) throw new Error('this Node is in several files; use one of nodejs.org, which is in one');

rmSync(to, { recursive: true, force: true });
const place = (path) => {
  mkdirSync(dirname(join(to, path)), { recursive: true });
  return join(to, path);
};
const work = mkdtempSync(join(tmpdir(), 'colophon-device-'));
try {
  const dawn = `node_modules/webgpu/dist/${process.platform}-${process.arch}/dawn.node`;
  writeFileSync(place('node.gz'), stripped(realpathSync(process.execPath), 'node'));
  writeFileSync(place('dawn.node.gz'), stripped(join(root, dawn), 'dawn.node'));
  for (const file of ['package.json', 'index.js']) {
    copyFileSync(join(root, 'node_modules/webgpu', file), place(`node_modules/webgpu/${file}`));
  }
  copyFileSync(join(root, 'package.json'), place('package.json'));
  for (const room of ['engine', 'model', 'shared', 'test/bench/device', 'test/bench/peers/gpu.py']) {
    const path = room.startsWith('test/') ? room : `dist/${room}`;
    cpSync(join(root, path), place(path), { recursive: true, filter: (from) => !/\.map$|\.d\.ts$|__pycache__/.test(from) });
  }
  carryLibraries();
} finally {
  rmSync(work, { recursive: true, force: true });
}
const bytes = sizeOf(to);
console.log(`${to}: ${(bytes / 2 ** 20).toFixed(1)} MiB\npython3 ${to}/test/bench/device/measure.py --out results`);
if (bytes > mostBytes) throw new Error('that is more than 64 MiB');

/** Without symbols where there is a strip, and compressed. */
function stripped(path, name) {
  const copy = join(work, name);
  copyFileSync(path, copy);
  spawnSync('strip', [copy]);
  return gzipSync(readFileSync(copy), { level: 9 });
}

/** Debian's, or the loader alone that the tests' browser has. */
function carryLibraries() {
  mkdirSync(join(to, 'libraries'), { recursive: true });
  const downloaded = spawnSync('apt-get', ['download', ...packages], { cwd: work });
  for (const file of readdirSync(work)) if (file.endsWith('.deb')) execFileSync('dpkg', ['-x', file, 'root'], { cwd: work });
  const found = join(work, 'root');
  if (downloaded.status === 0 && existsSync(found)) {
    for (const path of readdirSync(found, { recursive: true })) {
      // By the name that is asked for, libvulkan.so.1, which is a link to the file.
      if (/\/lib[^/]*\.so\.\d+$/.test(path)) copyFileSync(realpathSync(join(found, path)), join(to, 'libraries', path.split('/').at(-1)));
    }
    return;
  }
  const cache = join(root, 'node_modules/.cache');
  const [browser] = existsSync(cache) ? readdirSync(cache).filter((name) => name.startsWith('chromium-')) : [];
  const loader = browser && join(cache, browser, 'libvulkan.so.1');
  if (loader === undefined || !existsSync(loader)) {
    console.log('no Vulkan loader is carried: apt-get has none, and no test has unpacked its browser');
    return;
  }
  copyFileSync(loader, join(to, 'libraries', 'libvulkan.so.1'));
  console.log("only Vulkan's loader is carried: apt-get has no packages");
}

function sizeOf(path) {
  const found = statSync(path);
  return found.isDirectory() ? readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0) : found.size;
}
