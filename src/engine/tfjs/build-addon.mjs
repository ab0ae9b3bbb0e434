#!/usr/bin/env node
/**
 * Builds the addon of @tensorflow/tfjs-node-gpu against an installed TensorFlow, because the library of 2.9.1 that the
 * package would download predates today's GPUs. Linux; needs a C++ compiler, make and python3 with TensorFlow (2.15 or
 * newer; for CUDA: pip install "tensorflow[and-cuda]").
 *
 *     npm run build-tfjs-addon                 # the TensorFlow of python3
 *     npm run build-tfjs-addon -- --python /opt/venv/bin/python
 *     npm run build-tfjs-addon -- --tensorflow DIR    # a folder with libtensorflow_cc.so.2 and include/
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

const name = '@tensorflow/tfjs-node-gpu';
const version = '4.22.0';
const { values } = parseArgs({
  options: { python: { type: 'string', default: 'python3' }, tensorflow: { type: 'string' } },
});

const stop = (message) => {
  console.error(message);
  process.exit(1);
};

const where = 'import importlib.util, os; print(os.path.dirname(importlib.util.find_spec("tensorflow").origin))';
const asked = () => {
  const { status, stdout } = spawnSync(values.python, ['-c', where], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : stop(`${values.python} has no TensorFlow; pip install "tensorflow[and-cuda]"`);
};
const tensorflow = values.tensorflow ?? asked();
for (const needed of ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2', 'include']) {
  if (!existsSync(join(tensorflow, needed))) stop(`${tensorflow} has no ${needed}; TensorFlow 2.15 or newer is needed`);
}

const place = join('node_modules', ...name.split('/'));
if (!existsSync(join(place, 'package.json'))) {
  // Its own install script would download the old library over what is linked here.
  execFileSync('npm', ['install', '--no-save', '--ignore-scripts', `${name}@${version}`], { stdio: 'inherit' });
}

// The linker looks for libtensorflow.so; the library itself asks for its real name, which is found in TensorFlow's own
// folder, so that it finds the CUDA libraries that were installed beside it.
const libraries = join(place, 'deps', 'lib');
rmSync(join(place, 'deps'), { recursive: true, force: true });
mkdirSync(libraries, { recursive: true });
symlinkSync(join(tensorflow, 'libtensorflow_cc.so.2'), join(libraries, 'libtensorflow.so'));
symlinkSync(join(tensorflow, 'libtensorflow_framework.so.2'), join(libraries, 'libtensorflow_framework.so'));
symlinkSync(join(tensorflow, 'include'), join(place, 'deps', 'include'));

// With Node's headers beside it nothing has to be fetched.
const prefix = dirname(dirname(process.execPath));
const headers = existsSync(join(prefix, 'include', 'node', 'node_api.h')) ? [`--nodedir=${prefix}`] : [];
execFileSync('npx', ['node-pre-gyp', 'install', '--build-from-source', ...headers], {
  cwd: place,
  stdio: 'inherit',
  env: { ...process.env, LDFLAGS: `${process.env.LDFLAGS ?? ''} -Wl,-rpath,${tensorflow}` },
});

const probe = spawnSync(process.execPath, ['dist/engine/tfjs/probe.js'], { encoding: 'utf8' });
if (probe.status !== 0) stop(`it was built but does not load:\n${probe.stderr}`);
console.log(`built against ${tensorflow}: ${probe.stdout}`);
