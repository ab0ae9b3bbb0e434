/** Every call of the file system below the project fails once, and from there on for good, with each error a disk can give. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { failCalls } from './file-calls.mjs';
import { bury, cli } from './project.mjs';

const everyCode = ['ENOSPC', 'EIO', 'EMFILE', 'EACCES', 'EROFS'];
const preload = pathToFileURL(fileURLToPath(new URL('preload.mjs', import.meta.url))).href;

/** The parts of what a build says: lines that warn, lines that say why it ended, and all others. */
function partsOf(text) {
  const lines = text.split('\n').filter((line) => line !== '');
  const warnings = lines.filter((line) => line.startsWith('warning  results cannot be kept in '));
  const reasons = lines.filter((line) => line.startsWith('environment  '));
  return { warnings, reasons, others: lines.filter((line) => !warnings.includes(line) && !reasons.includes(line)) };
}

/** What is wrong with how a build ended: the right site, or a non-zero exit with one clear line and the old site intact. */
function judge({ status, text }, state) {
  const { warnings, reasons, others } = partsOf(text);
  const wrong = [];
  if (warnings.length > 1) wrong.push(`warned ${warnings.length} times`);
  if (status === 0) {
    if (state !== 'new') wrong.push(`exit 0 and the ${state} site`);
    if (reasons.length + others.length > 0) wrong.push(`exit 0 and said: ${text}`);
    return wrong;
  }
  // A step that failed, and a page that may not be read, are told as such.
  const ofReport = status === 1 && reasons.length === 0 && others.length > 1 && /nothing was published/.test(others.at(-1));
  const ofSystem = status === 3 && reasons.length === 1 && others.length === 0;
  if (!ofReport && !ofSystem) wrong.push(`exit ${status} without one clear line: ${text}`);
  const said = /stands whole in \S*\.site\.colophon\/[0-9a-f]+\/old, from where the next build puts it back$/.test(reasons[0] ?? '');
  if (state !== (said ? 'aside' : 'old')) wrong.push(`exit ${status} and the ${state} site: ${text}`);
  return wrong;
}

/** A build's reason without what differs from case to case. */
function kindOf(code, text) {
  const { reasons, others } = partsOf(text);
  const line = reasons[0] ?? others[0] ?? '';
  return line.replaceAll(code, 'E').replace(/'[^']*'/g, "'...'").replace(/\/\S*\/case-\w+/g, '').replace(/[0-9a-f]{16,}|\d+/g, '#');
}

export async function errors(project, { spread, say, codes = everyCode }) {
  const counted = project.copy();
  const end = failCalls(counted);
  await project.buildHere(counted);
  const calls = end();
  await project.heal(counted);
  const failures = [];
  const found = { old: 0, new: 0, aside: 0, none: 0, mixed: 0 };
  const kinds = new Map();
  for (const [code, forever] of codes.flatMap((code) => [[code, false], [code, true]])) {
    const what = `${code}${forever ? ' for good' : ''}`;
    const before = failures.length;
    const places = spread(calls);
    let [refused, unhurt] = [0, 0];
    for (const at of places) {
      const folder = project.copy();
      const stop = failCalls(folder, { at, code, forever });
      const ended = await project.buildHere(folder);
      if (stop() < at) unhurt += 1;
      bury(folder);
      const state = project.stateOf(folder);
      found[state] += 1;
      if (ended.status !== 0) {
        refused += 1;
        const kind = kindOf(code, ended.text);
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      }
      const wrong = [...judge(ended, state), ...(await project.heal(folder))];
      failures.push(...wrong.map((why) => `${what} at call ${at}: ${why}`));
    }
    say(`${what}: ${places.length} of ${calls} calls; ${places.length - refused} gave the right site, ${refused} were refused; ${unhurt} ended before it; ${failures.length - before} failures`);
  }
  say(`sites that errors left: ${JSON.stringify(found)}`);
  for (const [kind, count] of [...kinds].sort(([, a], [, b]) => b - a)) say(`  ${count} said: ${kind}`);

  // The same in a process of its own.
  const places = spread(calls, 20);
  const before = failures.length;
  for (const [index, at] of places.entries()) {
    const folder = project.copy();
    const code = codes[index % codes.length];
    const env = { ...process.env, FAULT: code, FAULT_AT: String(at), FAULT_FOREVER: String(index % 2) };
    const { status, stderr } = spawnSync(process.execPath, ['--import', preload, cli, 'build', 'report'], { cwd: folder, encoding: 'utf8', env });
    // Progress is no reason.
    const text = stderr.replaceAll(/^(\[\d+\/\d+\] .*|\d+ cached)\n/gm, '');
    const wrong = [...judge({ status, text }, project.stateOf(folder)), ...(await project.heal(folder))];
    failures.push(...wrong.map((why) => `${code} at call ${at} of the command: ${why}`));
  }
  say(`errors in the command itself: ${places.length} of ${calls} calls, ${failures.length - before} failures`);
  return failures;
}
