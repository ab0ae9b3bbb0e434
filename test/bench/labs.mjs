/**
 * How fast a reader's browser trains beside Node, in headless Chromium: in a worker over HTTP, and on the main thread from
 * disk, where the frames of the page are counted too. `node test/bench/labs.mjs` prints it alone.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fromTests } from './from-tests.mjs';
import { build, root } from './process.mjs';

/** So many steps that each takes about a second. */
const trainings = [
  { hidden: '10', steps: 800_000 },
  { hidden: '40', steps: 600_000 },
  { hidden: '40, 40', steps: 120_000 },
];

const page = ({ hidden, steps }) => `# Lab

\`\`\`dataset #waves
function: piecewise-linear
samples: 200
noise: 0.1
test: { grid: 1000 }
seed: 1
\`\`\`

\`\`\`train #net
data: waves
network: { hidden: [${hidden}] }
optimizer: { kind: sgd, rate: 0.02 }
batch: 40
steps: ${steps}
checkpoints: { every: ${steps / 10} }
\`\`\`

\`\`\`figure #fig-fit
show: net.fit
slider: step
lab: [rate]
\`\`\`
`;

/** In the page, before its own scripts: notes what the engine answers, and how long each frame takes while it trains. */
function listen() {
  globalThis.heard = [];
  globalThis.frames = [];
  const note = (reply) => {
    if (reply.kind === 'trained' || reply.kind === 'too-much') globalThis.heard.push(reply);
  };
  const OwnWorker = Worker;
  globalThis.Worker = class extends OwnWorker {
    constructor(...given) {
      super(...given);
      this.addEventListener('message', ({ data }) => note(data));
    }
  };
  const set = Map.prototype.set;
  Map.prototype.set = function (name, value) {
    const wrapped = (hear) =>
      value((reply) => {
        note(reply);
        hear(reply);
      });
    return set.call(this, name, name === 'lab:engine' ? wrapped : value);
  };
  let last;
  const frame = (now) => {
    if (last !== undefined) globalThis.frames.push(now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

/** Trains `rounds` times from the field: seconds of the fastest, and the longest frame of any while it trained. */
async function trainInPage(browser, address, rounds, slowdown = 1) {
  const context = await browser.newContext();
  try {
    const loaded = await context.newPage();
    await loaded.addInitScript(listen);
    await loaded.goto(address);
    await loaded.locator('.drawing.moving.colophon-alive').first().waitFor();
    const session = await context.newCDPSession(loaded);
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    await loaded.locator('.lab > summary').click();
    const heard = (count) => loaded.waitForFunction((least) => globalThis.heard.length >= least, count, { timeout: 120_000 });
    await heard(1);
    let longest = 0;
    for (let round = 0; round < rounds; round += 1) {
      const before = await loaded.evaluate(() => {
        globalThis.frames.length = 0;
        return globalThis.heard.length;
      });
      const rate = loaded.getByRole('spinbutton', { name: 'Learning rate' });
      await rate.fill(String(0.02 + 0.0001 * (round + 1)));
      await rate.press('Tab');
      await loaded.waitForFunction(
        (least) => globalThis.heard.slice(least).some(({ kind, seconds }) => kind === 'trained' || seconds > 2.9),
        before,
        { timeout: 120_000 },
      );
      longest = Math.max(longest, await loaded.evaluate(() => Math.max(...globalThis.frames)));
    }
    const times = await loaded.evaluate(() => globalThis.heard.flatMap(({ kind, seconds }) => (kind === 'trained' ? [seconds] : [])));
    return { seconds: Math.min(...times), longest };
  } finally {
    await context.close();
  }
}

/** Seconds of the training as the command's record has them. */
function trainedInNode(folder) {
  for (const made of ['.colophon', 'site']) rmSync(join(folder, made), { recursive: true, force: true });
  build(folder, ['build', 'report', '--out', 'site', '--jobs', '1']);
  const told = ['results', 'net', '--record', '--json'];
  const options = { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 28 };
  const [run] = JSON.parse(execFileSync(process.execPath, [join(root, 'dist/cli.js'), ...told], options));
  return run.record.made.seconds;
}

/** For each training: steps a second in Node, in a worker and on the main thread, and milliseconds of the longest frame, also at a quarter of the speed. */
export async function labRows(rounds, progress) {
  const folder = mkdtempSync(join(tmpdir(), 'colophon-bench-'));
  const { launchChromium } = await fromTests('browser/chromium.ts');
  const { serveFolder } = await fromTests('browser/serve-folder.ts');
  const browser = await launchChromium();
  const rows = [];
  try {
    mkdirSync(join(folder, 'report'));
    for (const training of trainings) {
      writeFileSync(join(folder, 'report/index.md'), page(training));
      let node = Number.POSITIVE_INFINITY;
      let worker = Number.POSITIVE_INFINITY;
      let main = Number.POSITIVE_INFINITY;
      let longest = 0;
      const disk = pathToFileURL(join(folder, 'site/index.html')).href;
      for (let round = 0; round < rounds; round += 1) {
        node = Math.min(node, trainedInNode(folder));
        const server = await serveFolder(join(folder, 'site'));
        worker = Math.min(worker, (await trainInPage(browser, `${server.address}index.html`, 2)).seconds);
        await server.close();
        const inPage = await trainInPage(browser, disk, 2);
        main = Math.min(main, inPage.seconds);
        longest = Math.max(longest, inPage.longest);
      }
      const slow = (await trainInPage(browser, disk, 1, 4)).longest;
      rows.push({ hidden: training.hidden, node: training.steps / node, worker: training.steps / worker, main: training.steps / main, longest, slow });
      progress(`labs of ${training.hidden}`);
    }
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
  return rows;
}

if (process.argv[1] === import.meta.filename) {
  console.log(JSON.stringify(await labRows(2, console.error), null, 1));
}
