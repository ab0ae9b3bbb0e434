/** The real command killed at every system call that changes the project, and at random times. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cli } from './project.mjs';

/** Whatever can change a folder, also what a build has no use for. */
const changing = [
  ...['mkdir', 'mkdirat', 'open', 'openat', 'openat2', 'creat', 'write', 'writev', 'pwrite64', 'pwritev', 'pwritev2', 'fsync', 'fdatasync'],
  ...['rename', 'renameat', 'renameat2', 'link', 'linkat', 'symlink', 'symlinkat', 'unlink', 'unlinkat', 'rmdir', 'chmod', 'fchmod'],
  ...['fchmodat', 'truncate', 'ftruncate', 'fallocate', 'copy_file_range', 'sendfile', 'utimensat', 'mknod', 'mknodat', 'io_uring_enter'],
];

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

/**
 * The calls that a build made, as kill-at.c wrote them down, without what is another in every run: each with its number among
 * those that are alike.
 */
function callsIn(log) {
  const seen = new Map();
  const lines = readFileSync(log, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => {
    const call = line.replace(/\b\d+-[0-9a-z]*-[0-9a-f]{8}-[0-9a-f]{16}$|\b\d+-\d+\.tmp$/, '#');
    const time = (seen.get(call) ?? 0) + 1;
    seen.set(call, time);
    return { call, time };
  });
}

/** How often strace saw each call that changes something in a folder. */
function countsIn(trace, folder) {
  const counts = {};
  for (const line of readFileSync(trace, 'utf8').split('\n')) {
    const [, call, rest] = /^\d+ +(\w+)\((.*)/.exec(line) ?? [];
    if (call === undefined || (call === 'openat' && !/O_(WRONLY|RDWR|CREAT)/.test(rest))) continue;
    // Relative names are relative to the folder.
    const [, file] = /^(?:\d+|AT_FDCWD)<([^>]*)>/.exec(rest) ?? [];
    const named = [...rest.matchAll(/"([^"]*)"/g)].map(([, name]) => resolve(folder, name));
    const places = /^(write|pwrite64|fsync|fdatasync|ftruncate|fchmod)$/.test(call) ? [file ?? ''] : named;
    if (places.some((place) => place.startsWith(`${folder}/`))) counts[call] = (counts[call] ?? 0) + 1;
  }
  return counts;
}

function nameOf({ call }) {
  return call.split(' ')[0];
}

/** What strace saw and kill-at.c did not, or the other way round, in one and the same run. */
function unseen(calls, counts) {
  const ours = {};
  for (const name of calls.map(nameOf)) ours[name] = (ours[name] ?? 0) + 1;
  return [...new Set([...Object.keys(ours), ...Object.keys(counts)])]
    .filter((name) => ours[name] !== counts[name])
    .map((name) => `${name}: strace saw ${counts[name] ?? 0} of them, kill-at.c ${ours[name] ?? 0}`);
}

/** Whether a command is on this machine. */
const isThere = (command) => spawnSync(command, ['--version']).status === 0;

async function inLanes(items, lanes, work) {
  const left = [...items.entries()];
  await Promise.all(Array.from({ length: lanes }, async (_, lane) => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await work(next[1], lane, next[0]);
  }));
}

/**
 * The real command killed once at each of the calls that it makes. Which call it is, is seen inside the process by a small
 * library (kill-at.c): strace counts the calls of each thread, and some of them come as threads happen to wake.
 */
export async function kills(project, { spread, say, lanes }) {
  if (process.platform !== 'linux' || !isThere('cc')) {
    say('SIGKILL at every system call: NOT RUN, it needs Linux and a C compiler (Debian: apt-get install gcc libc6-dev)');
    return [];
  }
  const library = join(project.root, 'kill-at.so');
  const source = fileURLToPath(new URL('kill-at.c', import.meta.url));
  execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, source, '-ldl'], { stdio: 'inherit' });
  /** A build in the same place for each lane, as some names are made from a place. */
  const killedAt = async (lane, { call, time }, before = []) => {
    const log = join(project.root, `calls-${lane}`);
    const folder = project.copy(`lane-${lane}`);
    const env = { LD_PRELOAD: library, KILL_BELOW: folder, KILL_CALL: call, KILL_TIME: time, KILL_LOG: log };
    const ended = await run(folder, [...before, 'env', ...Object.entries(env).map((pair) => pair.join('='))]);
    return { folder, ended, calls: callsIn(log) };
  };
  const nowhere = { call: '', time: 1 };
  const failures = [];
  const references = [];
  for (let lane = 0; lane < lanes; lane += 1) {
    const { folder, ended, calls } = await killedAt(lane, nowhere);
    if (ended.status !== 0) throw new Error(`the reference build failed: ${ended.stderr}`);
    rmSync(folder, { recursive: true });
    references.push(calls);
  }
  let compared = 'not compared with strace, which is not installed';
  if (isThere('strace')) {
    const trace = join(project.root, 'trace');
    const strace = ['strace', '-f', '-qq', '-y', '-e', `trace=${changing.join()}`, '-o', trace];
    const { folder, calls } = await killedAt(0, nowhere, strace);
    const differences = unseen(calls, countsIn(trace, folder));
    failures.push(...differences);
    compared = differences.length > 0 ? 'strace sees others' : 'strace sees the same';
    rmSync(folder, { recursive: true });
  }
  const found = { old: 0, new: 0, aside: 0, none: 0, mixed: 0 };
  let hit = 0;
  const chosen = spread(references[0].length);
  await inLanes(chosen, lanes, async (place, lane) => {
    const at = references[lane][place - 1];
    const what = `${at.call}${at.time > 1 ? `, the ${at.time}th time` : ''}`;
    const { folder, ended, calls } = await killedAt(lane, at);
    const last = calls.at(-1);
    if (ended.killed && last.call === at.call && last.time === at.time) hit += 1;
    else failures.push(`never came to ${what}`);
    const { state, wrong } = await judge(project, folder, ended);
    found[state] += 1;
    failures.push(...wrong.map((why) => `SIGKILL at ${what}: ${why}`));
  });
  const names = chosen.map((place) => nameOf(references[0][place - 1]));
  const kinds = [...new Set(names)].map((name) => `${name} ${names.filter((other) => other === name).length}`);
  say(`SIGKILL at every system call that changes the project: ${hit} of ${chosen.length} hit, of ${references[0].length} (${kinds.join(', ')}; ${compared}); left ${JSON.stringify(found)}; ${failures.length} failures`);
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
  await inLanes(Array.from({ length: kills }), lanes, async (_item, _lane, index) => {
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
