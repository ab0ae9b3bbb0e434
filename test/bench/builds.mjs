/** Builds as whole processes: of this repository's report, and of one with the spectrum of a very wide network. */
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NumpyRandom } from '../../dist/model/numpy-random.js';
import { toNpy } from '../../dist/shared/npy.js';
import { build, faster, root } from './process.mjs';

function inFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), 'colophon-bench-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function buildRows(rounds, progress) {
  const result = {};
  for (let round = 0; round < rounds; round += 1) {
    inFolder((folder) => {
      cpSync(join(root, 'report'), join(folder, 'report'), { recursive: true });
      result.cold = faster(result.cold, build(folder));
      result.idle = faster(result.idle, build(folder));
      appendFileSync(join(folder, 'report/index.md'), '\nOne more sentence.\n');
      result.prose = faster(result.prose, build(folder));
    });
    progress('builds');
  }
  return result;
}

const wide = `# Wide

\`\`\`dataset #waves
function: piecewise-linear
samples: 200
\`\`\`

\`\`\`train #wide
data: waves
network: { hidden: [4096, 4096] }
optimizer: { kind: sgd, rate: 0.0001 }
batch: 40
steps: 1
\`\`\`

\`\`\`svd #spectrum
of: wide
at: [0]
method: gram
on: { grid: 200 }
\`\`\`

\`\`\`figure #fig-spectrum
show: spectrum.singular-values
caption: The spectrum.
\`\`\`
`;

/** 16.8 million parameters at 200 inputs: the svd step alone, and the whole build with the network's first step. */
export function wideRow(progress) {
  return inFolder((folder) => {
    mkdirSync(join(folder, 'report'));
    writeFileSync(join(folder, 'report/index.md'), wide);
    const { said, ...whole } = build(folder);
    progress('wide');
    return { ...whole, spectrumSeconds: Number(/svd spectrum {2}ran {2}([\d.]+) s/.exec(said)?.[1] ?? NaN) };
  });
}

const digits = `# Digits

\`\`\`dataset #digits
function: { arrays: { inputs: images.npy, target: labels.npy, classes: true } }
test: { fraction: 0.0099 }
\`\`\`

\`\`\`train #reader
data: digits
network: { hidden: [1333] }
loss: cross-entropy
optimizer: { rate: 0.001 }
batch: 50
steps: 1
\`\`\`

\`\`\`svd #spectrum
of: reader
at: [1]
output: 3
on: test
\`\`\`
`;

/** Of one output of a network of 99,985 parameters at 1,000 made-up images of 8 x 8 pixels in ten classes: the seconds of the svd step. */
export function digitSpectrumRow(progress) {
  return inFolder((folder) => {
    mkdirSync(join(folder, 'report'));
    writeFileSync(join(folder, 'report/index.md'), digits);
    const [samples, pixels] = [1010, 64];
    const random = NumpyRandom.fromSeed(1);
    const images = random.uniforms(samples * pixels).map((value) => Math.max(0, Math.floor(34 * value - 17)));
    const labels = Float64Array.from({ length: samples }, (_, index) => index % 10);
    writeFileSync(join(folder, 'report/images.npy'), toNpy({ shape: [samples, pixels], data: images }));
    writeFileSync(join(folder, 'report/labels.npy'), toNpy({ shape: [samples], data: labels }));
    const { said } = build(folder);
    progress('spectrum of digits');
    return { spectrumSeconds: Number(/svd spectrum {2}ran {2}([\d.]+) s/.exec(said)?.[1] ?? NaN) };
  });
}

const many = (runs, spectra) => `# Many

\`\`\`dataset #waves
function: piecewise-linear
samples: 20
test: { grid: 30 }
\`\`\`

\`\`\`train #net
data: waves
network: { hidden: [4] }
optimizer: { kind: sgd, rate: 0.02 }
batch: 10
steps: 20
seed: { count: ${runs} }
\`\`\`
${spectra ? '\n\`\`\`svd #spectrum\nof: net\n\`\`\`\n' : ''}`;

/** A build with nothing to do at 50 steps; a plan of 2,001 steps of which none, and of which every one has a result. */
export async function manyRows(rounds, progress) {
  const result = {};
  inFolder((folder) => {
    mkdirSync(join(folder, 'report'));
    writeFileSync(join(folder, 'report/index.md'), many(49, false));
    build(folder);
    for (let round = 0; round < rounds; round += 1) result.idle50 = faster(result.idle50, build(folder));
  });
  const folder = mkdtempSync(join(tmpdir(), 'colophon-bench-'));
  try {
    mkdirSync(join(folder, 'report'));
    writeFileSync(join(folder, 'report/index.md'), many(1000, true));
    const plan = () => build(folder, ['plan', 'report']);
    for (let round = 0; round < rounds; round += 1) result.planned = faster(result.planned, plan());
    await keepAny(folder);
    for (let round = 0; round < rounds; round += 1) result.plannedKept = faster(result.plannedKept, plan());
  } finally {
    rmSync(folder, { recursive: true });
  }
  progress('many steps');
  return result;
}

/** Keeps some result for every step of a report: a plan reads no more of it than its record. */
async function keepAny(folder) {
  const { allowsNothing } = await import('../../dist/shared/allowed.js');
  const { standardLimits } = await import('../../dist/shared/limits.js');
  const { prepare } = await import('../../dist/pipeline/prepare.js');
  const { realWorld } = await import('../../dist/pipeline/world.js');
  const ignore = () => undefined;
  const world = realWorld({
    ...{ store: join(folder, '.colophon'), report: ignore, warn: ignore, log: ignore, signal: new AbortController().signal, jobs: 1 },
    ...{ device: 'auto', limits: standardLimits, allowed: allowsNothing },
  });
  const { plan } = prepare(join(folder, 'report'), world);
  const digests = new Map();
  const made = { seconds: 1, at: '', colophon: '', program: '', node: '', platform: '' };
  for (const { key, kind, options, inputs } of plan.steps) {
    const used = Object.entries(inputs).map(([role, input]) => [role, { key: input.key, digest: digests.get(input.key) }]);
    const known = { key, kind: kind.kind, version: kind.version, options, inputs: Object.fromEntries(used), profile: 'wasm-f32/4', device: 'CPU', made };
    const arrays = Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [name, { shape: [3], data: Float64Array.of(1, 2, 3) }]));
    digests.set(key, world.store.keep(known, { arrays, values: {} }).digest);
  }
  await world.close();
}
