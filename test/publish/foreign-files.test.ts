/** Whatever stands in a site's folder and around it, no build changes or removes a byte that Colophon did not write there. */
import fs, {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sha256 } from '../../src/shared/hash.js';
import { EnvironmentError } from '../../src/shared/problem.js';
import { manifestText } from '../../src/publish/manifest.js';
import { checkSite, filesBuiltFrom, openSite, recoverSite, writeSite } from '../../src/publish/write-site.js';
import { temporaryFolder } from '../report-folder.js';
import { inFull } from '../every-nth.js';

// No test can tell whether the disk was waited for.
fs.fsync = Object.assign(
  (_file: number, done: (error: null) => void) => {
    queueMicrotask(() => {
      done(null);
    });
  },
  { __promisify__: fs.fsync.__promisify__ },
);
syncBuiltinESMExports();

const site = { 'index.html': 'index', 'sub/page.html': 'page', 'assets/a.css': 'css' };
const next = { 'index.html': 'index 2', 'sub/other.html': 'other', 'assets/a.css': 'css', 'data.csv': '1' };

async function publish(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  const hold = openSite(folder);
  try {
    await writeSite(
      hold,
      Object.entries(files).map(([path, content]) => ({ path, content })),
      'source',
    );
  } finally {
    hold.release();
  }
}

/** Every file and link below a folder, by its path. */
function treeOf(root: string): Map<string, string> {
  const found = new Map<string, string>();
  const walk = (inner: string): void => {
    for (const name of readdirSync(join(root, inner))) {
      const path = join(inner, name);
      const stat = lstatSync(join(root, path));
      if (stat.isDirectory()) walk(path);
      else if (stat.isSymbolicLink()) found.set(path, `-> ${readlinkSync(join(root, path))}`);
      else found.set(path, readFileSync(join(root, path), 'utf8'));
    }
  };
  walk('');
  return found;
}

/** Names that mean something to a publishing, and others. */
const names = [
  ...[
    'site/index.html',
    'site/sub/page.html',
    'site/sub/other.html',
    'site/data.csv',
    'site/assets',
    'site/notes.txt',
    'site/constructor',
    'site/__proto__',
  ],
  ...['site/CNAME', 'site/.git/HEAD', 'site/.gitignore', 'site/sub/mine.txt', 'site/.colophon-site.json'],
  ...[
    'site/.colophon-publishing.json',
    'site/.colophon-publish/new/index.html',
    'site/.colophon-publish/0123456789abcdef/new/CNAME',
  ],
  ...['.site.colophon/new/index.html', '.site.colophon/old/index.html', '.site.colophon/old/.colophon-site.json'],
  ...['.site.colophon/0123456789abcdef/old/a', '.site.colophon/lock/mine', 'other/new/keep.txt', 'other/old/keep.txt'],
  ...['other/index.html', 'other/.colophon-site.json', 'home/keep.txt'],
];
const links = [
  'site',
  'site/sub',
  'site/assets',
  'site/link',
  'site/.colophon-publish',
  '.site.colophon',
  '.site.colophon/lock',
  'site/.colophon-site.json',
  'site/index.html',
  'other/lock',
];
const targets = ['other', '../other', '../../other', 'home', '../home', 'nowhere', '.', '..', '../home/keep.txt'];

/** A list of files as a site has one, that someone else wrote. */
function forged(seal: string, claims: readonly string[], contents: ReadonlyMap<string, string>): string {
  const files = Object.fromEntries(
    claims.map((name) => [name.replace(/^(?:site|other)\//, ''), sha256(contents.get(name) ?? 'mine')]),
  );
  return JSON.stringify({
    ...(JSON.parse(manifestText({ files: {} })) as object),
    files,
    source: 'source',
    ...(seal !== 'of nothing' && { seal }),
  });
}

interface Case {
  readonly published: boolean;
  readonly files: readonly string[];
  readonly claims: readonly string[];
  readonly seal: string;
  readonly links: readonly (readonly [string, string])[];
}

const cases: fc.Arbitrary<Case> = fc.record({
  published: fc.boolean(),
  files: fc.uniqueArray(fc.constantFrom(...names), { maxLength: 7 }),
  claims: fc.uniqueArray(fc.constantFrom(...names), { maxLength: 8 }),
  // With that of another machine, and with one that this machine made for another list.
  seal: fc.constantFrom('', '0'.repeat(64), 'of nothing'),
  links: fc.array(fc.tuple(fc.constantFrom(...links), fc.constantFrom(...targets)), { maxLength: 2 }),
});

/** Puts a case into a folder; what cannot stand beside what is there already is left out. Gives what is not Colophon's. */
async function lay(
  root: string,
  { published, files, claims, seal, links: chosen }: Case,
): Promise<Map<string, string>> {
  if (published) await publish(join(root, 'site'), site);
  const ours = treeOf(root);
  for (const [name, target] of chosen) {
    try {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      symlinkSync(target, join(root, name));
    } catch {
      // There is something of that name.
    }
  }
  const contents = new Map(files.map((name) => [name, `mine ${name}`]));
  for (const name of files) {
    const text = /\.colophon-(?:site|publishing)\.json$/.test(name)
      ? forged(seal, claims, contents)
      : (contents.get(name) ?? '');
    try {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), text, { flag: 'wx' });
    } catch {
      // There is something of that name.
    }
  }
  return new Map([...treeOf(root)].filter(([path]) => !ours.has(path)));
}

it('over random trees', async () => {
  const count = { refused: 0, stopped: 0, published: 0 };
  await fc.assert(
    fc.asyncProperty(cases, async (one) => {
      const root = temporaryFolder();
      try {
        const theirs = await lay(root, one);
        const out = join(root, 'site');
        const isForeign = theirs.has('site/.colophon-site.json');
        try {
          if (isForeign) expect(filesBuiltFrom(out, 'source')).toBeUndefined();
          recoverSite(out);
          if (checkSite(out, join(root, 'report')) === undefined) {
            await publish(out, next);
            count.published += 1;
          } else count.refused += 1;
        } catch (error) {
          if (!(error instanceof EnvironmentError)) throw error;
          count.stopped += 1;
        }
        const after = treeOf(root);
        for (const [path, content] of theirs) expect(after.get(path), path).toBe(content);
      } finally {
        rmSync(root, { recursive: true, force: true });
      }
    }),
    { numRuns: Number(process.env['TREES'] ?? (inFull ? 400 : 120)) },
  );
  // All three happen.
  expect(Math.min(...Object.values(count))).toBeGreaterThan(0);
}, 1_200_000);
