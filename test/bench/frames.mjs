/**
 * What a frame takes while five linked figures of one training follow its slider, in headless Chromium: script, style, layout
 * and paint. `node test/bench/frames.mjs [profile]` prints it alone, or with where the time goes.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fromTests } from './from-tests.mjs';
import { build } from './process.mjs';

const figure = (id, show) => `\`\`\`figure #fig-${id}\nshow: ${show}\nslider: step\n\`\`\`\n`;
const page = (width) => `# Frames

\`\`\`dataset #waves
function: piecewise-linear
samples: 200
noise: 0.1
test: { grid: 1000 }
seed: 1
\`\`\`

\`\`\`train #net
data: waves
network: { hidden: [${width}], elbows: uniform }
optimizer: { kind: sgd, rate: 0.02 }
batch: 40
steps: 20000
checkpoints: { every: 200 }
\`\`\`

\`\`\`features #grads
of: net
at: [0, 20000]
\`\`\`

\`\`\`svd #spectrum
of: net
at: [0, 20000]
on: train
\`\`\`

${figure('fit', 'net.fit')}
${figure('curves', 'net.learning-curves')}
${figure('features', 'grads.features')}
${figure('values', 'spectrum.singular-values')}
${figure('principal', 'spectrum.principal-features')}
`;

/** In the page: milliseconds of each frame of a pass through all checkpoints. */
async function passFrames() {
  const input = document.querySelector('.colophon-scrubber input');
  const frame = () =>
    new Promise((resolve) => {
      requestAnimationFrame(() => {
        const start = performance.now();
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now() - start);
        requestAnimationFrame(() => 0);
        port2.postMessage(0);
      });
      input.dispatchEvent(new Event('input', { bubbles: true }));
    });
  const all = [];
  for (let position = 8; position <= 1000; position += 8) {
    input.valueAsNumber = position;
    all.push(await frame());
  }
  return all;
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** Milliseconds: the median frame and the slowest of a pass, at full speed and at a quarter of it; the least of `rounds`. */
export async function frameRows(rounds, progress, widths = [10, 20, 40], profile = false) {
  const folder = mkdtempSync(join(tmpdir(), 'colophon-bench-'));
  const { launchChromium } = await fromTests('browser/chromium.ts');
  const browser = await launchChromium();
  const rows = [];
  try {
    mkdirSync(join(folder, 'report'));
    for (const width of widths) {
      writeFileSync(join(folder, 'report/index.md'), page(width));
      build(folder);
      const row = { width };
      for (const [name, rate] of [
        ['full', 1],
        ['quarter', 4],
      ]) {
        for (let round = 0; round < rounds; round += 1) {
          const context = await browser.newContext({ viewport: { width: 1200, height: 5000 } });
          const loaded = await context.newPage();
          await loaded.goto(pathToFileURL(join(folder, 'site/index.html')).href);
          await loaded.waitForFunction(() => document.querySelectorAll('.colophon-alive').length === 5);
          const session = await context.newCDPSession(loaded);
          await session.send('Emulation.setCPUThrottlingRate', { rate });
          if (profile) {
            await session.send('Profiler.enable');
            await session.send('Profiler.start');
          }
          const times = await loaded.evaluate(passFrames);
          if (profile) printProfile((await session.send('Profiler.stop')).profile, times.length);
          const found = { median: median(times), slowest: Math.max(...times) };
          if (row[name] === undefined || found.median < row[name].median) row[name] = found;
          await context.close();
        }
      }
      rows.push(row);
      progress(`frames of width ${width}`);
    }
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
  return rows;
}

/** Milliseconds a frame that each function took itself. */
function printProfile({ nodes, samples, timeDeltas }, frames) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const own = new Map();
  samples.forEach((id, index) => {
    const { functionName, lineNumber, columnNumber } = byId.get(id).callFrame;
    const name = `${functionName}:${lineNumber}:${columnNumber}`;
    own.set(name, (own.get(name) ?? 0) + timeDeltas[index] / 1000 / frames);
  });
  const most = [...own].sort((a, b) => b[1] - a[1]).slice(0, 25);
  console.log(most.map(([name, ms]) => `${ms.toFixed(2).padStart(7)} ms  ${name}`).join('\n'));
}

if (process.argv[1] === import.meta.filename) {
  const rows = await frameRows(2, console.error, [40], process.argv.includes('profile'));
  console.log(JSON.stringify(rows));
}
