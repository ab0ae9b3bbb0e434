/** A small real project whose report has changed since its site was built, and what may be left of it by a fault. */
import { createHash, randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { allowsNothing } from '../../dist/shared/allowed.js';
import { standardLimits } from '../../dist/shared/limits.js';
import { realWorld } from '../../dist/pipeline/world.js';
import { addBuild } from '../../dist/commands/build.js';
import { exitCodes, tellError } from '../../dist/commands/shell.js';
import { plain } from '../../dist/shared/problem.js';
import { directoryStore } from '../../dist/store/directory-store.js';

export const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

const report = (rate) => `---
title: A page
---

\`\`\`dataset #waves
function: piecewise-linear
samples: 20
noise: 0.1
test: { grid: 30 }
\`\`\`

\`\`\`train #small
data: waves
network: { hidden: [4] }
optimizer: { kind: sgd, rate: ${rate} }
batch: 10
steps: 20
checkpoints: { every: 10 }
\`\`\`

\`\`\`figure #fig
show: small.fit
caption: A fit.
\`\`\`

It ends at \`= small.test-error .4f\`.
`;

/** The digests of a site's files that two builds must give alike, or 'none'. */
function siteOf(site) {
  if (!existsSync(site)) return 'none';
  const files = readdirSync(site, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const lines = files.map(({ parentPath, name }) => {
    const path = join(parentPath, name);
    return `${relative(site, path)} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`;
  });
  return lines.filter((line) => !/^(build-info|\.colophon-)/.test(line)).sort().join('\n');
}

/** Everything here is in a folder of its own; `close` removes it and ends the threads. */
export async function openProject() {
  const root = mkdtempSync(join(tmpdir(), 'colophon-faults-'));
  const ignore = () => undefined;
  const real = realWorld({
    ...{ store: 'unused', report: ignore, warn: ignore, log: ignore, signal: new AbortController().signal, jobs: 1 },
    ...{ device: 'auto', limits: standardLimits, allowed: allowsNothing },
  });
  // What a figure looks like depends on nothing that a fault here can touch: the same picture is drawn once.
  const drawn = new Map();
  const draw = async (task) => {
    const made = task();
    if (made === undefined) return undefined;
    const key = JSON.stringify(made);
    if (!drawn.has(key)) drawn.set(key, real.draw(() => made));
    return drawn.get(key);
  };
  const world = { ...real, draw };

  /**
   * The command in this process, whose threads are warm: its own code, without its start. Gives what its exit code would be and
   * what it said, progress left out.
   */
  const buildHere = async (folder) => {
    let [status, text] = [0, ''];
    const log = (said) => {
      text += said;
    };
    const shell = {
      ...{ log, print: () => undefined, paint: plain, signal: new AbortController().signal },
      exitWith: (how) => {
        status = exitCodes[how];
      },
      open: async ({ store, warn }) => ({ ...world, store: directoryStore(store, warn), close: async () => undefined }),
    };
    const program = new Command().exitOverride();
    addBuild(program, shell);
    const [report, out, store] = ['report', 'site', '.colophon'].map((name) => join(folder, name));
    try {
      await program.parseAsync(['build', report, '--out', out, '--store', store], { from: 'user' });
    } catch (error) {
      if (!tellError(error, 'build', shell)) [status, text] = [1, `${text}${error.stack}\n`];
    }
    return { status, text };
  };

  const project = (name, rate) => {
    const folder = join(root, name);
    mkdirSync(join(folder, 'report'), { recursive: true });
    writeFileSync(join(folder, 'report/index.md'), report(rate));
    return folder;
  };
  const start = project('start', 0.02);
  await buildHere(start);
  const old = siteOf(join(start, 'site'));
  writeFileSync(join(start, 'report/index.md'), report(0.05));
  const fresh = project('fresh', 0.05);
  await buildHere(fresh);
  const wanted = siteOf(join(fresh, 'site'));
  if (old === 'none' || wanted === 'none' || old === wanted) throw new Error('the reference builds failed');

  return {
    root,
    buildHere,
    /** A copy of the project for one fault, under a name of its own unless one is given. */
    copy(name) {
      const folder = name === undefined ? mkdtempSync(join(root, 'case-')) : join(root, name);
      cpSync(start, folder, { recursive: true });
      return folder;
    },
    /** 'old', 'new', 'aside' (between two renames: no site, and the old one whole beside its place), 'none' or 'mixed'. */
    stateOf(folder) {
      const site = siteOf(join(folder, 'site'));
      if (site !== 'none') return site === old ? 'old' : site === wanted ? 'new' : 'mixed';
      // Beside its place, in a folder whose name this machine alone knows.
      const beside = join(folder, '.site.colophon');
      const names = existsSync(beside) ? readdirSync(beside) : [];
      return names.some((name) => siteOf(join(beside, name, 'old')) === old) ? 'aside' : 'none';
    },
    /** What is wrong after the next build, which gets no help; the folder is removed. */
    async heal(folder) {
      const faults = [];
      const { status, text } = await buildHere(folder);
      if (status !== 0) faults.push(`the next build ended with ${status}`);
      if (text !== '') faults.push(`the next build said: ${text}`);
      if (siteOf(join(folder, 'site')) !== wanted) faults.push('the next build gave another site');
      const left = readdirSync(folder).filter((name) => !['.colophon', 'report', 'site'].includes(name));
      if (left.length > 0) faults.push(`left behind: ${left}`);
      rmSync(folder, { recursive: true });
      return faults;
    },
    async close() {
      await world.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** What this process has announced, as if it had died: in a folder of the project that a fault has left. */
export function bury(folder) {
  for (const place of [join(folder, '.site.colophon', 'lock'), join(folder, '.colophon', 'v1', 'running')]) {
    if (!existsSync(place)) continue;
    for (const name of readdirSync(place)) {
      const dead = `999999999-${randomBytes(4).toString('hex')}-${name.split('-').slice(2).join('-')}`;
      renameSync(join(place, name), join(place, dead));
    }
  }
}
