/** What can happen to a build while it runs: an interruption, a thread that dies. The real command in a real process. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { cli, type Ended, siteOf } from '../colophon.js';
import { block, page, reportFolder, temporaryFolder, waves } from '../report-folder.js';
import { everyNth } from '../every-nth.js';

const training = (id: string, steps: number): string =>
  block(
    `train #${id}`,
    'data: waves',
    'network: { hidden: [4] }',
    'optimizer: { kind: sgd, rate: 0.01 }',
    'batch: 10',
    `steps: ${steps}`,
    'checkpoints: { every: 100000000 }',
  );

type Kill = (signal: NodeJS.Signals) => void;

/** Runs the command; `watch` sees its words as they come, `whileRunning` is asked again and again. */
function colophon(
  cwd: string,
  words: readonly string[],
  options: {
    preload?: string;
    watch?: (err: string, kill: Kill) => void;
    whileRunning?: (kill: Kill) => void;
  } = {},
): Promise<Ended> {
  const preload = options.preload === undefined ? [] : ['--import', options.preload];
  const child = spawn(process.execPath, [...preload, cli, ...words], { cwd });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
    options.watch?.(err, (signal) => child.kill(signal));
  });
  const asking = setInterval(() => options.whileRunning?.((signal) => child.kill(signal)), 50);
  return new Promise((resolve) => {
    child.on('close', (code) => {
      clearInterval(asking);
      resolve({ code, out, err });
    });
  });
}

it.each(everyNth(2, ['SIGINT', 'SIGTERM'] as const))(
  '%s ends a build within 2 s, with exit code 130, and keeps every finished step',
  async (signal) => {
    const text = page(waves, training('short', 100), training('long', 900_000_000));
    const folder = reportFolder({ 'report/index.md': text });
    let sent = 0;
    const ended = await colophon(folder, ['build', 'report'], {
      watch: (err, kill) => {
        if (sent > 0 || !/train short {2}ran/.test(err)) return;
        sent = performance.now();
        kill(signal);
      },
    });
    expect(performance.now() - sent).toBeLessThan(2000);
    expect(ended.err).toContain('interrupted; finished steps are kept');
    expect(ended.code).toBe(130);
    expect(existsSync(join(folder, 'site', 'index.html'))).toBe(false);
    const plan = await colophon(folder, ['plan', 'report']);
    expect(plan.out).toMatch(/cached +train +short/);
    expect(plan.out).toMatch(/would run +train +long/);
  },
);

it('a thread that dies fails its own step, by name; the others go on, and the next build runs what is missing', async () => {
  const folder = reportFolder({
    'report/index.md': page(waves, training('two', 200), training('one', 100), block('svd #s', 'of: one')),
  });
  // The first thread to open the kernels for a training ends as if it had crashed; nothing else can cause that at will.
  const marker = join(temporaryFolder(), 'crash');
  const preload = join(temporaryFolder(), 'crash.mjs');
  writeFileSync(marker, '');
  writeFileSync(
    preload,
    `import { isMainThread } from 'node:worker_threads';
     import { rmSync } from 'node:fs';
     const { Instance } = WebAssembly;
     if (!isMainThread) WebAssembly.Instance = function (...args) {
       try { rmSync(${JSON.stringify(marker)}); } catch { return new Instance(...args); }
       process.exit(9);
     };`,
  );
  const died = await colophon(folder, ['build', 'report', '--jobs', '1'], { preload: pathToFileURL(preload).href });
  expect(died.code).toBe(1);
  const failed = [...died.err.matchAll(/^failed {2}(\S+): (.*)$/gm)].map(([, name, why]) => [name, why]);
  expect(failed).toEqual([['two', expect.stringContaining('its thread died (exit code 9)')]]);
  expect(died.err).toContain('nothing was published; finished steps are kept');
  expect(died.err).toMatch(/train one {2}ran/);
  expect(died.err).toMatch(/svd s {2}ran/);
  const again = await colophon(folder, ['build', 'report']);
  expect(again.out).toContain('1 steps ran, 3 cached');
});

it('SIGKILL in the middle of a training: the next build goes on from what was reached, to the byte-same site', async () => {
  const slow = block(
    'train #slow',
    'data: waves',
    'network: { hidden: [40, 40] }',
    'optimizer: { kind: adam, rate: 0.001 }',
    'batch: 20',
    'steps: 500000',
    'checkpoints: { every: 20000 }',
  );
  const files = {
    'report/index.md': page(waves, slow, block('figure #f', 'show: slow.fit', 'caption: A fit.')),
  };
  const folder = reportFolder(files);
  // Of a training that takes two seconds nothing would be kept before its end: by this clock it takes forty.
  const fast = join(temporaryFolder(), 'fast.mjs');
  writeFileSync(fast, 'const now = performance.now.bind(performance); performance.now = () => 20 * now();');
  // The first states appear in the store, beside the dataset, while the training goes on.
  const records = join(folder, '.colophon', 'v1', 'records');
  const first = await colophon(folder, ['build', 'report'], {
    preload: pathToFileURL(fast).href,
    whileRunning: (kill) => {
      if (!existsSync(records)) return;
      const whole = readdirSync(records).filter((key) =>
        readdirSync(join(records, key)).some((name) => name.endsWith('.record')),
      );
      if (whole.length > 1) kill('SIGKILL');
    },
  });
  expect(first.code).toBe(null);
  const untouched = reportFolder(files);
  const [again, whole] = await Promise.all([folder, untouched].map((at) => colophon(at, ['build', 'report'])));
  expect([again?.code, whole?.code]).toEqual([0, 0]);
  expect(again?.err).toMatch(/slow +ran, continued from step [1-9][0-9]*000/);
  expect(siteOf(join(folder, 'site'))).toEqual(siteOf(join(untouched, 'site')));
});

it.each(everyNth(2, ['SIGTERM', 'SIGINT'] as const))(
  '%s ends a build at once while it reads or renders pages',
  async (signal) => {
    // Long enough that it is still being read when the signal comes, on any machine.
    const line = 'Words with *emphasis*, a [link](#there), `code` and $x^2$ in them.\n\n';
    const pages = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [`report/p${index}.md`, `# P${index}\n\n${line.repeat(4000)}`]),
    );
    const folder = reportFolder(pages);
    const marker = join(temporaryFolder(), 'reads');
    let isKilled = false;
    const ended = await colophon(folder, ['build', 'report'], {
      // The pages are opened for their digests, and again when they are read.
      preload: whenOpened(/p0\.md$/, 2, `writeFileSync(${JSON.stringify(marker)}, '');`),
      whileRunning: (kill) => {
        if (isKilled || !existsSync(marker)) return;
        isKilled = true;
        kill(signal);
      },
    });
    expect(ended.code).toBe(null);
    expect(existsSync(join(folder, 'site'))).toBe(false);
  },
);

it('a signal that comes while the program is loaded is heard before anything is read', async () => {
  const folder = reportFolder({ 'report/index.md': page(waves, training('short', 100)) });
  // What loads the pipeline keeps this thread busy, so that the signal waits until after it.
  const late = join(temporaryFolder(), 'late.mjs');
  writeFileSync(
    late,
    `import { isMainThread } from 'node:worker_threads';
     const now = performance.now.bind(performance);
     let asked = 0;
     performance.now = () => {
       asked += 1;
       if (isMainThread && asked === 1) {
         process.kill(process.pid, 'SIGTERM');
         for (const until = now() + 200; now() < until; );
       }
       return now();
     };`,
  );
  const ended = await colophon(folder, ['build', 'report'], { preload: pathToFileURL(late).href });
  expect(ended.code).toBe(130);
  expect(existsSync(join(folder, 'site'))).toBe(false);
});

/** A module to load before the program, which does something when a file is opened for the nth time. */
function whenOpened(file: RegExp, nth: number, then: string): string {
  const preload = join(temporaryFolder(), 'when-opened.mjs');
  writeFileSync(
    preload,
    `import fs, { writeFileSync } from 'node:fs';
     import { syncBuiltinESMExports } from 'node:module';
     let opened = 0;
     for (const name of ['openSync', 'readFileSync']) {
       const open = fs[name];
       fs[name] = (path, ...others) => {
         if (${String(file)}.test(String(path))) {
           opened += 1;
           if (opened === ${nth}) { ${then} }
         }
         return open(path, ...others);
       };
     }
     syncBuiltinESMExports();`,
  );
  return pathToFileURL(preload).href;
}
