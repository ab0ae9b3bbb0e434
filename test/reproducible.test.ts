/** Two builds from empty stores, as different as two machines' can be, give the same bytes; and no page tells whose. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, utimesSync } from 'node:fs';
import { homedir, hostname } from 'node:os';
import { join, relative } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../src/shared/hash.js';
import { reportFolder, temporaryFolder } from './report-folder.js';
import { reportOf } from './plan/every-option.js';
import { cli } from './program.js';

/** The files of a site with their contents; what cannot be the same twice lives in build-info, whose digest is listed. */
function filesOf(site: string): Map<string, Buffer> {
  const files = readdirSync(site, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => join(parentPath, name)).sort();
  return new Map(
    paths
      .map((path) => [relative(site, path), readFileSync(path)] as const)
      .filter(([path]) => !/^build-info\.\w+$|^\.colophon-site\.json$/.test(path)),
  );
}

const prose = [
  '## Ünïcode and math',
  'Here $x^2$ and `= descent.test-error .3f` (@fig-fit), a note[^1].',
  '[^1]: A note.',
  '```python\nprint("x")\n```',
  '| a | b |\n|---|---|\n| 1 | 2 |',
];
const files = reportOf();
const report = {
  ...files,
  'index.md': `${files['index.md']}\n${prose.join('\n\n')}\n`,
  'b.md': '# A second page\n\nText.\n',
  'C.md': '# A third page\n\nText.\n',
  'ä.md': '# A fourth page\n\nText.\n',
};

const [here, there] = [reportFolder(report), temporaryFolder()];
const sites = [join(here, 'site'), join(there, 'out', 'deep', 'site')] as const;
const canary = 'canary-of-a-home';
const copy = "Ö'Neill's $copy";

beforeAll(() => {
  // The report has a program of its own.
  const build = (cwd: string, words: readonly string[], env: Readonly<Record<string, string>>): void => {
    const { status, stderr } = spawnSync(process.execPath, [cli, 'build', ...words, '--trust'], {
      cwd,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], ...env },
    });
    expect(stderr).not.toMatch(/problem|failed/);
    expect(status).toBe(0);
  };
  build(here, ['.', '--out', 'site'], {
    ...{ HOME: homedir(), TZ: 'UTC', LC_ALL: 'C', LANG: 'C' },
  });
  // Elsewhere: copied in another order, with other times, by another name, from another folder, one step at a time.
  mkdirSync(join(there, copy));
  for (const name of Object.keys(report).toReversed()) {
    cpSync(join(here, name), join(there, copy, name));
    utimesSync(join(there, copy, name), 0, 0);
  }
  build('/', [join(there, copy), '--out', sites[1], '--store', join(there, 'store'), '--jobs', '1'], {
    ...{
      HOME: join(there, canary),
      USER: canary,
      TZ: 'Pacific/Kiritimati',
      LC_ALL: 'tr_TR.UTF-8',
      LANG: 'tr_TR.UTF-8',
    },
    ...{ COLUMNS: '40', FORCE_COLOR: '1', SECRET: canary },
  });
}, 180_000);

describe('two builds from empty stores, in other folders, time zones, locales, homes and numbers of jobs', () => {
  it('give the same files, byte for byte', () => {
    const [one, two] = sites.map(filesOf);
    expect([...(one?.keys() ?? [])]).toEqual([...(two?.keys() ?? [])]);
    expect(one?.has('index.html')).toBe(true);
    const digests = (site: Map<string, Buffer> | undefined): string[] =>
      [...(site ?? [])].map(([path, bytes]) => `${path} ${sha256(bytes)}`);
    expect(digests(one)).toEqual(digests(two));
  });

  it('tell nothing of the machine, its folders and its users, build-info apart', () => {
    const secrets = [canary, there, here, homedir(), hostname(), 'Kiritimati', 'tr_TR', process.cwd()];
    for (const site of sites) {
      for (const [path, bytes] of filesOf(site)) {
        const content = bytes.toString('latin1');
        for (const secret of secrets.filter((one) => one.length > 4))
          expect(content.includes(secret), `${secret} in ${path}`).toBe(false);
      }
    }
  });

  it('and build-info names the folder as a shell takes it', () => {
    const info = readFileSync(join(sites[1], 'build-info.js'), 'utf8');
    const { report } = JSON.parse(info.slice(info.indexOf('{'), info.lastIndexOf('}') + 1)) as { report: string };
    expect(execFileSync('sh', ['-c', `basename ${report}`], { encoding: 'utf8' })).toBe(`${copy}\n`);
  });
});
