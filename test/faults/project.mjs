/** A small real project whose report has changed since its site was built, and what may be left of it by a fault. */
import { createHash, randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, realWorld } from '../../dist/build.js';
import { directoryStore } from '../../dist/store/directory-store.js';
import { upToDate } from '../../dist/up-to-date.js';

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
function siteOf(folder) {
  const site = join(folder, 'site');
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
  const world = realWorld('unused', () => undefined, () => undefined, new AbortController().signal, 1);

  /** A build in this process, whose threads are warm: the same code as the command's, without its start. */
  const buildHere = async (folder) => {
    const warnings = [];
    const store = directoryStore(join(folder, '.colophon'), (message) => warnings.push(message));
    const [from, out] = [join(folder, 'report'), join(folder, 'site')];
    if (upToDate(from, out, join(folder, '.colophon')) !== undefined) return { status: 0, warnings };
    try {
      const { site, problems, failed } = await build(from, out, { ...world, store });
      return { status: site === undefined ? 1 : 0, warnings, said: [...problems, ...failed].map(({ message }) => message) };
    } catch (error) {
      return { status: 3, warnings, error };
    }
  };

  const project = (name, rate) => {
    const folder = join(root, name);
    mkdirSync(join(folder, 'report'), { recursive: true });
    writeFileSync(join(folder, 'report/index.md'), report(rate));
    return folder;
  };
  const start = project('start', 0.02);
  await buildHere(start);
  const old = siteOf(start);
  writeFileSync(join(start, 'report/index.md'), report(0.05));
  const fresh = project('fresh', 0.05);
  await buildHere(fresh);
  const wanted = siteOf(fresh);
  if (old === 'none' || wanted === 'none' || old === wanted) throw new Error('the reference builds failed');

  return {
    root,
    buildHere,
    /** A copy of the project for one fault. */
    copy() {
      const folder = mkdtempSync(join(root, 'case-'));
      cpSync(start, folder, { recursive: true });
      return folder;
    },
    /** 'old', 'new', 'none' or 'mixed'. */
    stateOf(folder) {
      const site = siteOf(folder);
      return site === old ? 'old' : site === wanted ? 'new' : site === 'none' ? 'none' : 'mixed';
    },
    /** What is wrong after the next build, which gets no help; the folder is removed. */
    async heal(folder) {
      const faults = [];
      const { status, warnings, said, error } = await buildHere(folder);
      if (status !== 0) faults.push(`the next build ended with ${status}: ${error?.message ?? said}`);
      if (warnings.length > 0) faults.push(`the next build warned: ${warnings}`);
      if (siteOf(folder) !== wanted) faults.push('the next build gave another site');
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
