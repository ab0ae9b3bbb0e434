/** The real command killed at every system call that changes the project, by strace's injection, and at random times. */
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cli } from './project.mjs';

const changing = ['mkdir', 'openat', 'write', 'pwrite64', 'fsync', 'rename', 'link', 'linkat', 'unlink', 'rmdir', 'chmod', 'fchmod', 'ftruncate'];

function run(folder, before = [], limit = undefined) {
  const [program, ...words] = [...before, process.execPath, cli, 'build', 'report'];
  return new Promise((resolve) => {
    const child = spawn(program, words, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    if (limit !== undefined) setTimeout(() => child.kill('SIGKILL'), limit);
    child.on('close', (status, signal) => resolve({ status, killed: signal === 'SIGKILL', stderr }));
  });
}

/** What is wrong after a kill. Between the two renames of a publishing the old site stands beside its place for an instant. */
async function judge(project, folder, { status, killed, stderr }) {
  const state = project.stateOf(folder);
  const wrong = [];
  if (state === 'mixed' || state === 'none') wrong.push(`${state} site`);
  if (!killed && (status !== 0 || state !== 'new')) wrong.push(`not killed, and exit ${status}, ${state} site: ${stderr}`);
  return { state, wrong: [...wrong, ...(await project.heal(folder))] };
}

const isWriting = /O_(WRONLY|RDWR|CREAT)/;

/** A traced call without what is another in every run: its name, and the files that it is about. */
function called(call, rest, folder) {
  const open = /^\d+<([^>]*)>/.exec(rest);
  const files = open === null ? [...rest.matchAll(/"([^"]*)"/g)].map(([, file]) => file) : [open[1]];
  const alike = files.join(' ').replaceAll(folder, '').replace(/\b\d+-[0-9a-z]*-[0-9a-f]{8}-[0-9a-f]{16}\b|\b\d+-\d+\.tmp\b/g, '#');
  return `${call} ${alike}`;
}

/** All calls of the main thread that change something in the project, in the order of time. */
async function changingCalls(project) {
  const folder = project.copy();
  const trace = join(project.root, 'trace');
  await run(folder, ['strace', '-f', '-qq', '-y', '--seccomp-bpf', '-e', `trace=${changing.join()}`, '-o', trace]);
  const lines = readFileSync(trace, 'utf8').split('\n');
  const main = lines[0].split(' ')[0];
  const counts = {};
  const places = [];
  for (const line of lines) {
    const [, thread, call, rest] = /^(\d+) +(\w+)\((.*)/.exec(line) ?? [];
    if (call === undefined) continue;
    if (thread !== main) {
      // Several threads wait for the disk at once; none of them changes what is there.
      if (rest.includes(folder) && call !== 'fsync' && !(call === 'openat' && !isWriting.test(rest))) throw new Error(`another thread changes the project: ${line}`);
      continue;
    }
    counts[call] = (counts[call] ?? 0) + 1;
    const byName = /^(mkdir|rename|link|linkat|unlink|rmdir|chmod)$/.test(call);
    const there = call === 'openat' ? isWriting.test(rest) && !/"\/(dev|proc)\//.test(rest) : byName || rest.includes(folder);
    if (there) places.push({ call, when: counts[call], wanted: called(call, rest, folder) });
  }
  rmSync(folder, { recursive: true });
  return places;
}

/** The call that a process was killed at: the one that never came back. */
function hitIn(trace, folder) {
  const lines = readFileSync(trace, 'utf8').split('\n');
  const [, thread] = lines.map((line) => /^(\d+) +.* = \?$/.exec(line)).findLast((match) => match !== null) ?? [];
  const [, , call, rest] = lines.map((line) => /^(\d+) +(\w+)\((.*)/.exec(line)).findLast((match) => match?.[1] === thread) ?? [];
  return call === undefined ? 'none' : called(call, rest, folder);
}

async function inLanes(items, lanes, work) {
  const left = [...items.entries()];
  await Promise.all(Array.from({ length: lanes }, async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await work(next[1], next[0]);
  }));
}

export async function kills(project, { spread, say, lanes }) {
  if (spawnSync('strace', ['-V']).status !== 0) {
    say('SIGKILL at every system call: NOT RUN, strace is not installed (Linux; Debian: apt-get install strace)');
    return [];
  }
  const calls = await changingCalls(project);
  const chosen = spread(calls.length).map((place) => calls[place - 1]);
  const failures = [];
  const found = { old: 0, new: 0, aside: 0, none: 0, mixed: 0 };
  let [over, hit, elsewhere] = [0, 0, 0];
  await inLanes(chosen, lanes, async ({ call, when, wanted }, index) => {
    // Threads wake each other as it happens, so the count may fall on another call of the kind: then on one beside it.
    for (const aside of [0, 1, -1, 2, -2]) {
      const folder = project.copy();
      const trace = join(project.root, `trace-${index}`);
      const ended = await run(folder, ['strace', '-f', '-qq', '-y', '-o', trace, '-e', `trace=${call}`, '-e', `inject=${call}:signal=KILL:when=${Math.max(1, when + aside)}`]);
      const at = ended.killed ? hitIn(trace, folder) : 'none';
      rmSync(trace, { force: true });
      const { state, wrong } = await judge(project, folder, ended);
      found[state] += 1;
      failures.push(...wrong.map((why) => `SIGKILL at ${call} ${when} (${at}): ${why}`));
      if (!ended.killed) over += 1;
      else if (at !== wanted) elsewhere += 1;
      if (at === wanted) {
        hit += 1;
        break;
      }
    }
  });
  const kinds = [...new Set(chosen.map(({ call }) => call))].map((name) => `${name} ${chosen.filter(({ call }) => call === name).length}`);
  say(`SIGKILL at system calls that change the project: ${hit} of ${chosen.length} hit, of ${calls.length} (${kinds.join(', ')}); ${elsewhere} kills fell on another call, ${over} runs were over before theirs; left ${JSON.stringify(found)}; ${failures.length} failures`);
  return failures;
}

export async function times(project, { say, lanes, sample }) {
  const kills = Math.min(200, sample);
  const started = performance.now();
  const timed = project.copy();
  await run(timed);
  rmSync(timed, { recursive: true });
  const takes = performance.now() - started;
  const failures = [];
  const found = { old: 0, new: 0, aside: 0, none: 0, mixed: 0 };
  let over = 0;
  await inLanes(Array.from({ length: kills }), lanes, async (_, index) => {
    const folder = project.copy();
    // Half of them in its last third, where it writes.
    const share = index % 2 === 0 ? Math.random() : 2 / 3 + Math.random() / 3;
    const ended = await run(folder, [], share * takes * (lanes > 1 ? 1.3 : 1));
    if (!ended.killed) over += 1;
    const { state, wrong } = await judge(project, folder, ended);
    found[state] += 1;
    failures.push(...wrong.map((why) => `killed at a random time (${index}): ${why}`));
  });
  say(`SIGKILL at random times: ${kills}, ${over} of them after the end; left ${JSON.stringify(found)}; ${failures.length} failures`);
  return failures;
}
