/**
 * `colophon gpu setup` with what it really takes: TensorFlow of pip (for processors: no card is needed to build against it), npm's
 * registry and a compiler; then TensorFlow's own library beside the engine of the CPU, and all of it taken away. `PYTHON` names a
 * Python that has TensorFlow already. Where it cannot be installed, that is said.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const dist = (file) => fileURLToPath(new URL(`../../dist/${file}`, import.meta.url));

/** A training of 50 steps, its prediction and a product, on the library and in float64. */
const compare = `
import { loadNative, nativeEnvironment } from ${JSON.stringify(dist('engine/tfjs/native.js'))};
import { tfjsEngine } from ${JSON.stringify(dist('engine/tfjs/index.js'))};
import { openEngine } from ${JSON.stringify(dist('engine/open-engine.js'))};
import { initialParameters } from ${JSON.stringify(dist('model/initial-parameters.js'))};
Object.assign(process.env, nativeEnvironment);
const exact = openEngine('reference');
const tf = loadNative();
const native = tfjsEngine(tf, { profile: 'tfjs-cuda-f32/1', device: 'CPU' }, exact);
const network = { inputs: 1, hidden: [40], activation: 'relu' };
const start = initialParameters(network, 'uniform', 1);
const inputs = Float64Array.from({ length: 200 }, (_, index) => index / 200);
const training = { network, initial: start.parameters, parameters: 'all', steps: 50, checkpoints: [50],
  optimizer: { kind: 'sgd', rate: 0.02, momentum: 0, weightDecay: 0 },
  batches: { kind: 'torch-randperm', size: 40, stream: start.torchStream },
  data: { inputs, targets: inputs.map((x) => Math.fround(x * (1 - x))) } };
const watch = { progress: () => undefined, signal: new AbortController().signal };
const outputs = [];
for (const engine of [native, exact]) {
  const [last] = (await engine.train(training, watch)).checkpoints.slice(-1);
  outputs.push(await engine.predict(network, Float64Array.from(last.parameters), inputs));
}
const largest = Math.max(...outputs[0].map((value, index) => Math.abs(value - outputs[1][index])));
console.log(JSON.stringify({ version: tf.backend().binding.TF_Version, largest }));`;

export function cuda(_project, { say }) {
  const folder = mkdtempSync(join(tmpdir(), 'colophon-cuda-'));
  const env = { ...process.env, XDG_STATE_HOME: join(folder, 'state') };
  const run = (program, ...words) => spawnSync(program, words, { cwd: folder, encoding: 'utf8', env, maxBuffer: 2 ** 28 });
  const untested = (why) => {
    say(`TensorFlow's own library: NOT TESTED, ${why}`);
    return [];
  };
  try {
    let python = process.env.PYTHON ?? 'python3';
    if (run(python, '-c', 'import importlib.util, sys; sys.exit(importlib.util.find_spec("tensorflow") is None)').status !== 0) {
      const made = run('python3', '-m', 'venv', join(folder, 'venv'));
      if (made.status !== 0) return untested('there is no Python that can make a virtual environment');
      python = join(folder, 'venv/bin/python');
      const installed = run(python, '-m', 'pip', 'install', '--quiet', 'tensorflow-cpu==2.21.0');
      if (installed.status !== 0) return untested(`pip cannot install tensorflow-cpu: ${installed.stderr.trim().split('\n').at(-1)}`);
    }
    const started = performance.now();
    const built = run(process.execPath, dist('cli.js'), 'gpu', 'setup', '--python', python, '--yes');
    if (built.status !== 0) return [`gpu setup ended with ${built.status}\n${built.stdout}${built.stderr}`];
    const seconds = Math.round((performance.now() - started) / 1000);
    const compared = run(process.execPath, '--input-type=module', '-e', compare);
    if (compared.status !== 0) return [`the library does not compute\n${compared.stderr}`];
    const { version, largest } = JSON.parse(compared.stdout.trim().split('\n').at(-1));
    say(`TensorFlow ${version}: set up in ${seconds} s; outputs after 50 steps within ${largest.toExponential(1)} of float64`);
    const failures = largest < 1e-5 ? [] : [`outputs differ by ${largest}`];
    const removed = run(process.execPath, dist('cli.js'), 'gpu', 'remove');
    const left = readdirSync(join(folder, 'state/colophon'));
    return removed.status === 0 && left.length === 0 ? failures : [...failures, `after gpu remove there is ${left.join()}\n${removed.stderr}`];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
