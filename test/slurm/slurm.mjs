/**
 * `npm run test:slurm [-- same limit kills overhead] [--rounds N]`: builds through a real Slurm, which this machine starts for itself.
 * It installs nothing, and says what is missing.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { lackOfCluster, startCluster } from './cluster.mjs';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const words = process.argv.slice(2);
const at = words.indexOf('--rounds');
const rounds = at < 0 ? 50 : Number(words[at + 1]);
const slots = 4;
const say = (line) => console.log(line);

const page = (...blocks) => `---\ntitle: A sweep\n---\n\n${blocks.join('\n\n')}\n`;
const block = (info, ...lines) => `\`\`\`${info}\n${lines.join('\n')}\n\`\`\``;
const waves = (seed) => block('dataset #waves', 'function: piecewise-linear', 'samples: 40', 'noise: 0.1', 'test: { grid: 30 }', `seed: ${seed}`);
const net = (id, steps, ...more) =>
  block(`train #${id}`, 'data: waves', 'network: { hidden: [10], elbows: uniform }', 'optimizer: { kind: sgd, rate: 0.02 }', 'batch: 10', `steps: ${steps}`, ...more);
/** 301 steps. */
const sweep = (seed) =>
  page(waves(seed), net('net', 2000, 'seed: { count: 50 }', 'sweep: { optimizer.rate: [0.01, 0.02, 0.03] }'), block('svd #s', 'of: net'), block('figure #fig-loss', 'show: net.learning-curves'));

const work = mkdtempSync(join(tmpdir(), 'colophon-on-slurm-'));

function folderOf(name, text, settings) {
  const folder = join(work, name);
  mkdirSync(join(folder, 'report'), { recursive: true });
  mkdirSync(join(folder, 'config/colophon'), { recursive: true });
  writeFileSync(join(folder, 'report/index.md'), text);
  writeFileSync(join(folder, 'config/colophon/settings.yaml'), `cluster: ${JSON.stringify(settings)}\n`);
  return folder;
}

function start(folder, cluster, ...more) {
  const child = spawn(process.execPath, [cli, ...more], {
    cwd: folder,
    env: { ...cluster.env, XDG_CONFIG_HOME: join(folder, 'config') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (some) => (text += some));
  const done = new Promise((resolve) => child.once('close', (code) => resolve({ code, text })));
  return { child, done, soFar: () => text };
}

const build = (folder, cluster, ...more) => start(folder, cluster, 'build', 'report', ...more);

/** What cannot be the same twice is left out. */
function siteDigest(folder) {
  const hash = createHash('sha256');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const path of files.map(({ parentPath, name }) => join(parentPath, name)).sort())
    if (!/build-info|\.colophon-site/.test(path)) hash.update(path.slice(folder.length)).update(readFileSync(path));
  return hash.digest('hex');
}

/** Every number of some directives, as their results are printed. */
function resultsOf(folder, cluster, store, ids) {
  return ids.map((id) => {
    const { stdout } = spawnSync(process.execPath, [cli, 'results', id, '--json', '--store', store], { cwd: folder, env: cluster.env, encoding: 'utf8', maxBuffer: 2 ** 28 });
    return stdout;
  });
}

/** When each result was made, by its key. */
function madeIn(folder, cluster, ids) {
  const made = new Map();
  for (const id of ids) {
    const { stdout } = spawnSync(process.execPath, [cli, 'results', id, '--record', '--json'], { cwd: folder, env: cluster.env, encoding: 'utf8', maxBuffer: 2 ** 28 });
    try {
      for (const record of JSON.parse(stdout)) made.set(record.key, record.made.at);
    } catch {
      // None is there.
    }
  }
  return made;
}

const jobsLeft = (cluster) => cluster.run('squeue', '-h', '-o', '%i %T').stdout.trim();

const sections = {
  async same(cluster) {
    const folder = folderOf('same', sweep(1), { slots, 'job-seconds': 0.1 });
    const there = await build(folder, cluster, '--on', 'slurm', '--out', 'there').done;
    const here = await build(folder, cluster, '--store', 'own', '--out', 'here').done;
    const ids = ['waves', 'net', 's'];
    const failures = [];
    if (there.code !== 0 || here.code !== 0) return [`same: ${there.text}\n${here.text}`];
    const jobs = /(\d+) steps in (\d+) jobs/.exec(there.text)?.slice(1, 3) ?? [];
    if (resultsOf(folder, cluster, '.colophon', ids).join() !== resultsOf(folder, cluster, 'own', ids).join()) failures.push('same: a result differs');
    if (siteDigest(join(folder, 'there')) !== siteDigest(join(folder, 'here'))) failures.push('same: the site differs');
    if (jobsLeft(cluster) !== '') failures.push(`same: left in the queue: ${jobsLeft(cluster)}`);
    const detached = folderOf('detached', sweep(2), { slots, 'job-seconds': 0.1 });
    const first = await build(detached, cluster, '--on', 'slurm', '--detach').done;
    while (jobsLeft(cluster) !== '') await setTimeout(500);
    const second = await build(detached, cluster, '--out', 'here').done;
    if (first.code !== 0 || !/0 steps ran, 301 cached/.test(second.text)) failures.push(`detached: ${first.text}\n${second.text.slice(-500)}`);
    say(`same: ${jobs.join(' steps in ')} jobs on ${slots} slots, results and site equal to those of a local build, detached too: ${failures.length} failures`);
    return failures;
  },

  /** A training that takes longer than the limit of a minute goes on in job after job. */
  async limit(cluster) {
    const long = net('long', 25_000_000, 'checkpoints: { every: 250000 }');
    const folder = folderOf('limit', page(waves(1), long), { slots, time: 1, retries: 20 });
    const began = performance.now();
    const there = await build(folder, cluster, '--on', 'slurm', '--out', 'there').done;
    const seconds = Math.round((performance.now() - began) / 1000);
    const failures = [];
    if (there.code !== 0) failures.push(`limit: ${there.text}`);
    const stops = (there.text.match(/came to the limit of time/g) ?? []).length;
    const here = await build(folder, cluster, '--store', 'own', '--out', 'here').done;
    if (here.code !== 0 || resultsOf(folder, cluster, '.colophon', ['long']).join() !== resultsOf(folder, cluster, 'own', ['long']).join())
      failures.push('limit: the result differs');
    const record = spawnSync(process.execPath, [cli, 'results', 'long', '--record'], { cwd: folder, encoding: 'utf8' }).stdout;
    const went = /continued from step \d+/.exec(record)?.[0];
    if (went === undefined) failures.push('limit: it never went on from its states; make the training longer');
    say(`limit: ${seconds} s under a limit of 60 s a job, ${stops} said, ${went ?? 'in one go'}: ${failures.length} failures`);
    return failures;
  },

  async kills(cluster) {
    const failures = [];
    const counts = {};
    const outcomes = { right: 0, 'right the next time': 0 };
    const ids = ['net', 's'];
    const expected = folderOf('expected', sweep(3), {});
    if ((await build(expected, cluster).done).code !== 0) return ['kills: no local build'];
    const site = siteDigest(join(expected, 'site'));
    const random = (bound) => Math.floor(Math.random() * bound);
    const faults = {
      job: () => {
        const pids = spawnSync('pgrep', ['-f', `step --plan ${work}`], { encoding: 'utf8' }).stdout.trim().split('\n').filter(Boolean);
        if (pids.length > 0) process.kill(Number(pids[random(pids.length)]), 'SIGKILL');
      },
      script: () => {
        const pids = spawnSync('pgrep', ['-f', 'slurm_script'], { encoding: 'utf8' }).stdout.trim().split('\n').filter(Boolean);
        if (pids.length > 0) process.kill(Number(pids[random(pids.length)]), 'SIGKILL');
      },
      requeue: () => {
        const running = cluster.run('squeue', '-h', '-t', 'R', '-o', '%A').stdout.trim().split('\n').filter(Boolean);
        if (running.length > 0) cluster.run('scontrol', 'requeue', running[random(running.length)]);
      },
      slurmctld: async () => {
        cluster.end('slurmctld');
        await setTimeout(500 + random(4000));
        cluster.start('slurmctld');
      },
      slurmd: async () => {
        cluster.end('slurmd');
        await setTimeout(500 + random(4000));
        cluster.start('slurmd');
      },
      build: (child) => {
        child.kill('SIGKILL');
      },
    };
    const names = Object.keys(faults);
    for (let round = 0; round < rounds; round += 1) {
      const folder = folderOf(`round-${round}`, sweep(3), { slots, 'job-seconds': 0.1, retries: 5 });
      const began = performance.now();
      const { child, done } = build(folder, cluster, '--on', 'slurm');
      await setTimeout(500 + random(6000));
      const name = names[round % names.length];
      counts[name] = (counts[name] ?? 0) + 1;
      const made = madeIn(folder, cluster, ids);
      try {
        await faults[name](child);
      } catch {
        // What it was to be done to has ended.
      }
      const patience = AbortSignal.timeout(400_000);
      let ended = await Promise.race([done, new Promise((resolve) => patience.addEventListener('abort', () => resolve(undefined)))]);
      if (ended === undefined) {
        failures.push(`round ${round} (${name}): no end in 400 s; ${cluster.run('squeue', '-h').stdout}`);
        child.kill('SIGKILL');
      } else if (ended.code !== 0) {
        const saidWhat = /build again|raise |see |interrupted/.test(ended.text);
        if (name !== 'build' && !saidWhat) failures.push(`round ${round} (${name}): ended with ${ended.code}, and said not what to do: ${ended.text.slice(-600)}`);
        await cluster.untilReady();
        ended = await build(folder, cluster, '--on', 'slurm').done;
        outcomes['right the next time'] += 1;
      } else outcomes.right += 1;
      if (ended?.code !== 0) failures.push(`round ${round} (${name}): ${ended?.text.slice(-1500)}`);
      else if (siteDigest(join(folder, 'site')) !== site) failures.push(`round ${round} (${name}): the site differs`);
      const after = madeIn(folder, cluster, ids);
      const twice = [...made].filter(([key, when]) => after.get(key) !== when);
      if (twice.length > 0) failures.push(`round ${round} (${name}): ${twice.length} stored results were computed again`);
      await cluster.untilReady();
      for (let looks = 0; looks < 60 && jobsLeft(cluster) !== ''; looks += 1) await setTimeout(250);
      if (jobsLeft(cluster) !== '') failures.push(`round ${round} (${name}): left in the queue: ${jobsLeft(cluster)}`);
      cluster.run('scancel', '--user=root');
      if (existsSync(join(folder, 'site'))) rmSync(folder, { recursive: true, force: true });
      say(`  round ${round + 1}: ${name}, ${((performance.now() - began) / 1000).toFixed(0)} s, ${failures.length} failures so far`);
    }
    say(`kills: ${rounds} rounds (${Object.entries(counts).map(([name, count]) => `${name} ${count}`).join(', ')}); ${Object.entries(outcomes).map(([name, count]) => `${count} ${name}`).join(', ')}: ${failures.length} failures`);
    return failures;
  },

  /** What a job costs beyond what Slurm itself takes for an empty one, and a thousand short steps. */
  async overhead(cluster) {
    const failures = [];
    const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
    const script = join(work, 'empty.sh');
    writeFileSync(script, '#!/bin/sh\nexit 0\n');
    const folder = folderOf('overhead', page(waves(1), net('net', 100, 'seed: { count: 20 }')), {});
    spawnSync(process.execPath, [cli, 'plan', 'report', '--file', 'plan.json'], { cwd: folder });
    spawnSync(process.execPath, [cli, 'step', 'waves', '--plan', 'plan.json'], { cwd: folder });
    const timed = (...more) => {
      const began = performance.now();
      cluster.run('sbatch', '--wait', '-o', '/dev/null', ...more);
      return (performance.now() - began) / 1000;
    };
    const empty = [];
    const own = [];
    const inside = [];
    for (let turn = 0; turn < 9; turn += 1) {
      empty.push(timed(script));
      const step = join(work, 'step.sh');
      writeFileSync(step, `#!/bin/sh\ncd ${folder}\n${process.execPath} ${cli} step 'net[seed=${turn}]' --plan plan.json --jobs 1\n`);
      own.push(timed(step));
      const began = performance.now();
      spawnSync(process.execPath, [cli, 'step', `net[seed=${turn + 9}]`, '--plan', 'plan.json', '--jobs', '1'], { cwd: folder });
      inside.push((performance.now() - began) / 1000);
    }
    say(`overhead: an empty job ${median(empty).toFixed(2)} s, one of a step of milliseconds ${median(own).toFixed(2)} s, both submitted and waited for; the step alone ${median(inside).toFixed(2)} s`);
    const beyond = median(inside);
    if (beyond > 0.5) failures.push(`overhead: ${beyond.toFixed(2)} s a job beyond the scheduler's own`);
    const many = folderOf('thousand', page(waves(1), net('net', 10_000, 'seed: { count: 500 }', 'sweep: { optimizer.rate: [0.01, 0.02] }')), { slots });
    const began = performance.now();
    const { code, text } = await build(many, cluster, '--on', 'slurm', '--out', 'there').done;
    const jobs = [...text.matchAll(/steps? in (\d+) jobs? submitted/g)].reduce((sum, [, count]) => sum + Number(count), 0);
    say(`overhead: 1,001 steps of about 10 ms in ${jobs} jobs, ${((performance.now() - began) / 1000).toFixed(1)} s with the site`);
    if (code !== 0 || jobs > 20 || jobs === 0) failures.push(`overhead: ${jobs} jobs, ${text.slice(-500)}`);
    return failures;
  },
};

const lack = lackOfCluster();
if (lack !== undefined) {
  say(`no cluster can be started here: ${lack}`);
  process.exit(1);
}
const named = words.filter((word) => Object.hasOwn(sections, word));
const cluster = await startCluster(slots);
const failures = [];
try {
  for (const name of named.length > 0 ? named : ['same', 'overhead', 'limit', 'kills']) failures.push(...(await sections[name](cluster)));
} finally {
  await cluster.close();
  rmSync(work, { recursive: true, force: true });
}
for (const failure of failures) console.log(`failed  ${failure}`);
process.exitCode = failures.length > 0 ? 1 : 0;
