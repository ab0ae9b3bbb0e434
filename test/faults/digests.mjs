/** All digests of report/ computed again in Chromium and in Firefox, over HTTP with and without `_headers`, and from disk. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export function digests(_project, { say }) {
  const folder = mkdtempSync(join(tmpdir(), 'colophon-digests-'));
  const [site, results] = [join(folder, 'site'), join(folder, 'results.json')];
  const run = (command, words, env = {}) => spawnSync(command, words, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28, env: { ...process.env, ...env } });
  try {
    const built = run(process.execPath, ['dist/cli.js', 'build', 'report', '--store', join(folder, 'store'), '--out', site]);
    if (built.status !== 0) return [built.stderr];
    const chromium = run('npx', ['vitest', 'run', 'test/browser/verify-page.test.ts', '-t', 'a site that is named'], { VERIFIED_SITE: site, VERIFIED_RESULTS: results });
    if (chromium.status !== 0) return [chromium.stdout];
    const failures = judged('Chromium', JSON.parse(readFileSync(results, 'utf8')), say);
    const firefox = run(process.execPath, ['--experimental-websocket', 'test/faults/firefox-digests.mjs', site]);
    if (firefox.status !== 0 && firefox.stderr.includes('ENOENT')) {
      say('digests in Firefox: NOT TESTED, there is none on this machine; name one in COLOPHON_FIREFOX');
      return failures;
    }
    if (firefox.status !== 0) return [...failures, firefox.stderr];
    return [...failures, ...judged('Firefox', JSON.parse(firefox.stdout), say)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What was not computed is of data and results that were read from files: nothing else may be left out. */
function judged(browser, ways, say) {
  return Object.entries(ways).flatMap(([way, lines]) => {
    const rows = lines.map((line) => line.split('\t'));
    const same = rows.filter(([, published, here, said]) => said === 'the same bytes' && here === published);
    const read = rows.filter(([, , here, said]) => /^not computed here: (?:read from a file|something else)/.test(said) && here === '');
    const others = rows.filter((row) => !same.includes(row) && !read.includes(row));
    say(`digests in ${browser} ${way}: ${same.length} of ${rows.length} the same bytes, ${read.length} read from files, ${others.length} other`);
    return others.map((row) => `${browser} ${way}: ${row.join(' ')}`);
  });
}
