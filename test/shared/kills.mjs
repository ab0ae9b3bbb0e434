/** Builds and their server killed at random moments: the next build gives the same site, and no wrong byte is anywhere. */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { credentials } from './servers.mjs';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

const report = (seed) => `---
title: A page
---

\`\`\`dataset #waves
function: piecewise-linear
samples: 20
noise: 0.1
test: { grid: 30 }
seed: ${seed}
\`\`\`

\`\`\`train #small
data: waves
network: { hidden: [4], elbows: uniform }
optimizer: { kind: sgd, rate: 0.02 }
batch: 10
steps: 20
checkpoints: { every: 1 }
sweep: { network.hidden: [[4], [5], [200]] }
\`\`\`

\`\`\`svd #s
of: small
on: { grid: 11 }
\`\`\`
`;

/** The environment of a build that shares through a server. */
export function sharing({ url }) {
  return {
    ...process.env,
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
}

/** What cannot be the same twice is left out. */
function siteDigest(folder) {
  const hash = createHash('sha256');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const path of files.map(({ parentPath, name }) => join(parentPath, name)).sort())
    if (!/build-info|\.colophon-site/.test(path)) hash.update(path.slice(folder.length)).update(readFileSync(path));
  return hash.digest('hex');
}

export async function kills(servers, rounds, say) {
  const failures = [];
  for (const server of servers) failures.push(...(await killRounds(server, Math.ceil(rounds / servers.length), say)));
  return failures;
}

async function killRounds(server, rounds, say) {
  const folder = mkdtempSync(join(tmpdir(), 'colophon-kills-'));
  const env = sharing(server);
  const failures = [];
  const counts = { builds: 0, servers: 0, taken: 0 };
  // One that keeps its objects in memory is only killed with them.
  const isKept = server.name !== 'moto';
  mkdirSync(join(folder, 'report'));
  const build = (store, out, ...more) => [cli, 'build', 'report', '--store', store, ...more, '--out', out];
  try {
    for (let round = 0; round < rounds && failures.length < 5; round += 1) {
      const seed = 1 + Math.floor(round / 2);
      const shared = `s3://group/kills-${seed}`;
      // The first of two begins with nothing anywhere and is killed while it computes and sends, the second while it takes.
      const isFirst = round % 2 === 0;
      writeFileSync(join(folder, 'report', 'index.md'), report(seed));
      for (const name of ['store', 'site', ...(isFirst ? ['alone', 'expected'] : ['fresh', 'fresh-site'])])
        rmSync(join(folder, name), { recursive: true, force: true });
      if (isFirst) spawnSync(process.execPath, build('alone', 'expected'), { cwd: folder, encoding: 'utf8' });
      const killed = spawn(process.execPath, build('store', 'site', '--store', shared), { cwd: folder, env, stdio: 'ignore' });
      const ended = new Promise((resolve) => killed.once('exit', resolve));
      await new Promise((resolve) => setTimeout(resolve, 300 + Math.random() * (isFirst ? 2200 : 1200)));
      const begun = performance.now();
      if (isKept && round % 4 < 2 && Math.random() < 0.5) {
        counts.servers += 1;
        await server.stop();
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 1000));
        await server.restart();
      } else if (killed.exitCode === null) {
        counts.builds += 1;
        killed.kill('SIGKILL');
      }
      const isOver = await Promise.race([ended.then(() => true), new Promise((resolve) => setTimeout(() => resolve(false), 120_000))]);
      if (!isOver) failures.push(`round ${round}: a build hung for ${(performance.now() - begun) / 1000} s`);
      killed.kill('SIGKILL');
      const again = (store, site) => spawnSync(process.execPath, build(store, site, '--store', shared), { cwd: folder, env, encoding: 'utf8', timeout: 120_000 });
      const check = (site, { status, stderr }) => {
        if (status !== 0) failures.push(`round ${round}: the next build ended with ${status}: ${stderr}`);
        else if (siteDigest(join(folder, site)) !== siteDigest(join(folder, 'expected'))) failures.push(`round ${round}: another site`);
        if (/damaged|missing/.test(stderr ?? '')) failures.push(`round ${round}: ${stderr}`);
      };
      check('site', again('store', 'site'));
      if (isFirst) continue;
      // What is there by now is whole: nothing has to be computed.
      const fresh = again('fresh', 'fresh-site');
      check('fresh-site', fresh);
      counts.taken += Number(/(\d+) of \d+ results taken/.exec(fresh.stderr)?.[1] ?? 0);
      if (!/ 0 steps ran/.test(fresh.stdout)) failures.push(`round ${round}: ${fresh.stdout}${fresh.stderr}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  say(`kills with ${server.version}: ${rounds} rounds, ${counts.builds} builds and ${counts.servers} servers killed, ${counts.taken} results taken; ${failures.length} failures`);
  return failures;
}
