/** Every call of the file system below the project fails once, and from there on for good, with each error a disk can give. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { failCalls } from './file-calls.mjs';
import { bury, cli } from './project.mjs';

const codes = ['ENOSPC', 'EIO', 'EMFILE', 'EACCES', 'EROFS'];
const preload = pathToFileURL(fileURLToPath(new URL('preload.mjs', import.meta.url))).href;

/** What is wrong with how a build ended: the right site, or a non-zero exit with one clear line and the old site. */
function judge(ended, state) {
  if (state === 'mixed') return ['a mixed site'];
  if (ended.status === 0) return state === 'new' ? [] : [`exit 0 and the ${state} site`];
  // A publishing that went through and then could not tidy up has the new site; between two renames there is none.
  return ended.clear ? [] : [`no clear line: ${ended.text}`];
}

export async function errors(project, { spread, say }) {
  const counted = project.copy();
  const end = failCalls(counted);
  await project.buildHere(counted);
  const calls = end();
  await project.heal(counted);
  const failures = [];
  const found = { old: 0, new: 0, none: 0, mixed: 0 };
  for (const [code, forever] of codes.flatMap((code) => [[code, false], [code, true]])) {
    const what = `${code}${forever ? ' for good' : ''}`;
    const before = failures.length;
    const places = spread(calls);
    let refused = 0;
    for (const at of places) {
      const folder = project.copy();
      const stop = failCalls(folder, { at, code, forever });
      const { status, error, said = [] } = await project.buildHere(folder);
      stop();
      bury(folder);
      const state = project.stateOf(folder);
      found[state] += 1;
      if (status !== 0) refused += 1;
      // As cli.ts tells them: an error of the system or of the environment is one line, a problem is placed.
      const clear = error === undefined ? said.length > 0 : 'syscall' in error || error.name === 'EnvironmentError';
      const wrong = [...judge({ status, clear, text: error?.stack ?? said.join('; ') }, state), ...(await project.heal(folder))];
      failures.push(...wrong.map((why) => `${what} at call ${at}: ${why}`));
    }
    say(`${what}: ${places.length} of ${calls} calls; ${places.length - refused} gave the right site, ${refused} were refused; ${failures.length - before} failures`);
  }
  say(`sites that errors left: ${JSON.stringify(found)}`);

  // The real command says it in one line.
  const places = spread(calls, 20);
  const before = failures.length;
  for (const [index, at] of places.entries()) {
    const folder = project.copy();
    const code = codes[index % codes.length];
    const env = { ...process.env, FAULT: code, FAULT_AT: String(at), FAULT_FOREVER: String(index % 2) };
    const { status, stderr } = spawnSync(process.execPath, ['--import', preload, cli, 'build', 'report'], { cwd: folder, encoding: 'utf8', env });
    const lines = stderr.split('\n').filter((line) => /^(environment|warning|failed)|^\S+:\d+:\d+ |^ *rule /.test(line));
    const clear = status <= 3 && lines.length >= 1 && !/\n\s+at /.test(stderr);
    const wrong = [...judge({ status, clear, text: stderr }, project.stateOf(folder)), ...(await project.heal(folder))];
    failures.push(...wrong.map((why) => `${code} at call ${at} of the command: ${why}`));
  }
  say(`errors in the command itself: ${places.length} of ${calls} calls, ${failures.length - before} failures`);
  return failures;
}
