/**
 * `npm run test:faults [-- kills times errors mutations processes reports slips cases trees links patterns sanitiser corpus pages looks engines pathological programs cuda digests] [EIO ...] [--sample N]`: what can befall a build and its store, at full
 * size; without names, all of it. After each fault the next build must need no help and give the byte-same site, and the site
 * that the fault left must be the old one, the new one, or (killed between two renames) none. `--sample N` takes N places of
 * each list, spread evenly; error codes such as EIO among the names leave the others out.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cuda } from './cuda.mjs';
import { digests } from './digests.mjs';
import { errors } from './errors.mjs';
import { kills, times } from './kills.mjs';
import { slowPatterns } from './patterns.mjs';
import { programs } from './programs.mjs';
import { openProject } from './project.mjs';

const words = process.argv.slice(2);
const at = words.indexOf('--sample');
const sample = at < 0 ? Number.POSITIVE_INFINITY : Number(words[at + 1]);
const sections = { kills, times, errors, mutations: theTest('store/mutations', { MUTATIONS: '10000' }), processes: theTest('run/processes', { PROCESSES: '16' }),
  reports: theTest('figures/degenerate', { REPORTS: '2000' }), slips: theTest('plan/slips', { SLIPS: '10', CASES: 'all' }), cases: theTest(sampled(), { CASES: 'all' }),
  trees: theTest('publish/foreign-files', { TREES: '10000' }), links: theTest('source/report-files', { TREES: '10000' }),
  patterns: slowPatterns, sanitiser: theTest('render/sanitiser', { FRAGMENTS: '200000' }), corpus: theCorpus,
  pages: theTest('browser/report', { PAGES: 'all' }), looks: theTest('browser/reading', { PAGES: 'all' }),
  engines: theTest('engine/webgpu', { PAIRS: 'all', CASES: 'all' }), pathological: theTest('source/pathological', { LINES: '100000' }), programs, cuda, digests };
const named = words.filter((word) => Object.hasOwn(sections, word));

/** The tests of which `npm test` has a sample (every-nth.ts), or is spared the command in processes of its own (colophon.ts). */
function sampled() {
  const tests = fileURLToPath(new URL('..', import.meta.url));
  const files = readdirSync(tests, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.test.ts'));
  const isSampled = (file) => /every-nth\.js|colophon\.js|tfjs-against-reference\.js/.test(readFileSync(join(tests, file), 'utf8'));
  return files.filter(isSampled).map((file) => file.replace(/\.test\.ts$/, '')).join(' ');
}

/** Tests that are part of `npm test` in a smaller size. */
function theTest(names, env) {
  return (_project, { say }) => {
    const root = fileURLToPath(new URL('../..', import.meta.url));
    const { status, stdout } = spawnSync('npx', ['vitest', 'run', ...names.split(' ').map((name) => `test/${name}.test.ts`)], { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28, env: { ...process.env, ...env } });
    say(`${names} with ${Object.entries(env).map((pair) => pair.join('=')).join()}: ${status === 0 ? '0 failures' : 'FAILED'}`);
    return status === 0 ? [] : [stdout];
  };
}

/** All hostile texts in Chromium, and the same sites in Firefox where there is one. */
function theCorpus(project, tools) {
  const sites = mkdtempSync(join(tmpdir(), 'colophon-corpus-'));
  try {
    const failures = theTest('hostile/corpus', { CORPUS: 'all', CORPUS_SITES: sites })(project, tools);
    const firefox = spawnSync(process.execPath, ['--experimental-websocket', fileURLToPath(new URL('firefox.mjs', import.meta.url)), sites], { encoding: 'utf8', maxBuffer: 2 ** 28 });
    if (firefox.status !== 0) {
      tools.say(`the corpus in Firefox: NOT TESTED, ${firefox.stderr.includes('ENOENT') ? 'there is none on this machine' : firefox.stderr.slice(-500)}`);
      return firefox.stderr.includes('ENOENT') ? failures : [...failures, firefox.stderr];
    }
    const { pages, effects, requests } = JSON.parse(firefox.stdout);
    tools.say(`the corpus in Firefox: ${pages} pages, ${effects.length} effects, ${requests.length} requests to other hosts`);
    return [...failures, ...effects, ...requests];
  } finally {
    rmSync(sites, { recursive: true, force: true });
  }
}

const codes = words.filter((word) => /^E[A-Z]+$/.test(word));
const project = await openProject();
const failures = [];
const tools = {
  sample,
  ...(codes.length > 0 && { codes }),
  lanes: availableParallelism(),
  say: (line) => console.log(line),
  /** So many places of 1..count, spread evenly. */
  spread(count, most = sample) {
    const take = Math.min(count, most, sample);
    return [...new Set(Array.from({ length: take }, (_, index) => 1 + Math.floor((index * count) / take)))];
  },
};
try {
  for (const name of named.length > 0 ? named : Object.keys(sections)) failures.push(...(await sections[name](project, tools)));
} finally {
  await project.close();
}
for (const failure of failures) console.log(`failed  ${failure}`);
process.exitCode = failures.length > 0 ? 1 : 0;
