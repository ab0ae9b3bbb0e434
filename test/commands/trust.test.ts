/** What came from elsewhere: a site, a store and a pack that this machine did not make; and what --trust allows. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../../src/shared/hash.js';
import { readRecord, recordFiles, storeRoot } from '../../src/store/layout.js';
import { pack } from '../../src/store/pack.js';
import { isMemo, type RecordBody } from '../../src/store/record.js';
import { recordFile } from '../../src/store/record-file.js';
import { verificationKind } from '../../src/verify/verify-step.js';
import { colophon, type Ended } from '../colophon.js';
import { block, page, reportFolder, small, temporaryFolder, waves } from '../report-folder.js';

const figures = ['fit', 'learning-curves', 'predictions', 'residual-histogram', 'elbows'].map((picture) =>
  block(`figure #fig-${picture}`, `show: small.${picture}`),
);
const sum = 'It ends at `= small[hidden=4].test-error .3f`.';

let made = '';
beforeAll(() => {
  made = reportFolder({ 'report/index.md': page(waves, small, ...figures, sum) });
  expect(colophon(made, 'build', 'report')).toMatchObject({ code: 0 });
}, 60_000);

/** A copy of the project, as a clone has it. */
function clone(): string {
  const folder = join(temporaryFolder(), 'clone');
  cpSync(made, folder, { recursive: true });
  return folder;
}

/** The command on another machine, or by another user of this one. */
function elsewhere(folder: string, ...words: readonly string[]): Ended {
  const own = process.env['XDG_STATE_HOME'];
  process.env['XDG_STATE_HOME'] = join(folder, '..', 'state');
  try {
    return colophon(folder, ...words);
  } finally {
    process.env['XDG_STATE_HOME'] = own;
  }
}

/** Changes a file of a site and its list, so that they fit. */
function edit(folder: string, name: string, text: string): void {
  writeFileSync(join(folder, 'site', name), text);
  const place = join(folder, 'site/.colophon-site.json');
  const manifest = JSON.parse(readFileSync(place, 'utf8')) as { files: Record<string, string> };
  manifest.files[name] = sha256(text);
  writeFileSync(place, JSON.stringify(manifest));
}

describe('a site that came with a clone', () => {
  it('is not taken for up to date, and is replaced only for who vouches for it', () => {
    const folder = clone();
    edit(folder, 'index.html', '<script>alert(1)</script>');
    for (const build of [colophon, elsewhere]) {
      const { code, out, err } = build(folder, 'build', 'report');
      expect([code, out]).toEqual([1, '']);
      expect(err).toContain('site holds a site that was not built on this machine');
      expect(readFileSync(join(folder, 'site/index.html'), 'utf8')).toBe('<script>alert(1)</script>');
    }
    const trusted = colophon(folder, 'build', 'report', '--trust');
    expect(trusted).toMatchObject({ code: 0 });
    expect(trusted.err.match(/--trust: /g)).toHaveLength(1);
    expect(readFileSync(join(folder, 'site/index.html'), 'utf8')).toBe(
      readFileSync(join(made, 'site/index.html'), 'utf8'),
    );
    expect(colophon(folder, 'build', 'report', '--trust').out).toContain('nothing to do');
  });

  it('with a journal in it loses nothing', () => {
    const folder = clone();
    const files = { CNAME: sha256('example.org'), '.git/HEAD': sha256('ref') };
    mkdirSync(join(folder, 'site/.git'));
    writeFileSync(join(folder, 'site/CNAME'), 'example.org');
    writeFileSync(join(folder, 'site/.git/HEAD'), 'ref');
    writeFileSync(join(folder, 'site/.colophon-publishing.json'), JSON.stringify({ files: {} }));
    writeFileSync(join(folder, 'site/.colophon-site.json'), JSON.stringify({ files }));
    const { code, err } = colophon(folder, 'build', 'report');
    expect([code, err]).toEqual([
      1,
      expect.stringContaining('.colophon-publishing.json, which no build on this machine wrote'),
    ]);
    expect(readFileSync(join(folder, 'site/CNAME'), 'utf8')).toBe('example.org');
    expect(readFileSync(join(folder, 'site/.git/HEAD'), 'utf8')).toBe('ref');
  });
});

describe('the folder of a site', () => {
  it('is not the home folder, whatever link leads there', () => {
    const folder = clone();
    symlinkSync(homedir(), join(folder, 'home'));
    symlinkSync(join(homedir(), '..'), join(folder, 'above'));
    for (const out of ['home', 'above', homedir()]) {
      const { code, err } = colophon(folder, 'build', 'report', '--out', out);
      expect([code, err]).toEqual([1, expect.stringMatching(/output-folder .* is not a folder for a site/)]);
    }
    symlinkSync('report', join(folder, 'pages'));
    expect(colophon(folder, 'build', 'report', '--out', 'pages').err).toContain('pages holds the report itself');
  });

  it('is no broken link, no file, and lies in none', () => {
    const folder = clone();
    symlinkSync('nowhere', join(folder, 'broken'));
    writeFileSync(join(folder, 'file'), 'x');
    for (const [out, said] of [
      ['broken', 'broken is a broken link'],
      ['broken/site', 'broken is a broken link'],
      ['file', 'file is a file'],
      ['file/site', 'file/site is a file, or lies in one'],
    ] as const) {
      const { code, err } = colophon(folder, 'build', 'report', '--out', out);
      expect([out, code, err]).toEqual([out, 1, expect.stringMatching(`output-folder .*${said}`)]);
    }
  });

  it('is made ready behind no link', () => {
    const folder = clone();
    mkdirSync(join(folder, 'precious/new'), { recursive: true });
    writeFileSync(join(folder, 'precious/new/a'), 'mine');
    symlinkSync('precious', join(folder, '.site.colophon'));
    writeFileSync(join(folder, 'report/index.md'), page('Other.'));
    const { code, err } = colophon(folder, 'build', 'report');
    expect([code, err]).toEqual([3, expect.stringContaining('.site.colophon is a link')]);
    expect(readFileSync(join(folder, 'precious/new/a'), 'utf8')).toBe('mine');
  });
});

const said = 'holds results that this machine did not make';
/** Of the datasets and trainings, of which there are four. */
const ran = ({ out }: Ended): number => Number(/(\d+) steps ran/.exec(out)?.[1]);

/** Every record of a store anew, as `change` has it, with or without the seal of this machine. */
function rewrite(folder: string, change: (record: RecordBody) => RecordBody, isSealed: boolean): void {
  for (const { path, record } of recordFiles(storeRoot(join(folder, '.colophon')))) {
    if (record === undefined) continue;
    const { inside } = readRecord(path, record.key) ?? { inside: new Map<string, Uint8Array>() };
    const bytes = recordFile(change(record), [...inside.values()]);
    const sealStart = bytes.indexOf('\n', 65) + 1;
    if (!isSealed) bytes.fill('0', sealStart, sealStart + 64);
    writeFileSync(path, bytes);
  }
}

describe('a store that this machine did not make', () => {
  const bare = (): string => {
    const folder = clone();
    rmSync(join(folder, 'site'), { recursive: true });
    return folder;
  };

  it('is not used, and that is said once', () => {
    const folder = bare();
    const first = elsewhere(folder, 'build', 'report');
    expect([first.code, ran(first)]).toEqual([0, 3]);
    expect(first.err.split(said)).toHaveLength(2);
    // What it has computed itself, it knows again.
    rmSync(join(folder, 'site'), { recursive: true });
    expect(ran(elsewhere(folder, 'build', 'report'))).toBe(0);
  });

  it('is used with --trust, and after "store trust"', () => {
    const trusted = elsewhere(bare(), 'build', 'report', '--trust');
    expect([ran(trusted), trusted.err]).toEqual([0, expect.not.stringContaining(said)]);
    const folder = bare();
    expect(elsewhere(folder, 'store', 'trust').out).toMatch(/\d+ results taken over/);
    const after = elsewhere(folder, 'build', 'report');
    expect([ran(after), after.err]).toEqual([0, expect.not.stringContaining(said)]);
  });

  it('cannot say that a number is another one, nor draw a figure', () => {
    const folder = bare();
    const lie = ({ values, ...rest }: RecordBody): RecordBody => ({
      ...rest,
      values: { ...values, ...(typeof values['svg'] === 'string' && { svg: '<svg><script>alert(1)</script></svg>' }) },
    });
    rewrite(folder, lie, false);
    expect(ran(colophon(folder, 'build', 'report'))).toBe(3);
    expect(readFileSync(join(folder, 'site/index.html'), 'utf8')).toBe(
      readFileSync(join(made, 'site/index.html'), 'utf8'),
    );
  });

  it('keeps no drawing and no verification that anyone else made', () => {
    expect(isMemo({ kind: verificationKind })).toBe(true);
    const folder = bare();
    elsewhere(folder, 'store', 'trust');
    elsewhere(folder, 'build', 'report', '--trust');
    const foreign = recordFiles(storeRoot(join(folder, '.colophon'))).filter(({ isOurs }) => isOurs);
    // Of this machine's are left those that the other one did not take over or write anew: none.
    expect(foreign).toEqual([]);
  });

  it('whose notes say what readers search in is not believed', () => {
    const folder = bare();
    const notes = join(folder, '.colophon/v1/notes');
    for (const name of readdirSync(notes, { recursive: true, encoding: 'utf8' })) {
      const path = join(notes, name);
      if (name.length < 10) continue;
      const content = Buffer.from(
        readFileSync(path).subarray(64).toString('latin1').replaceAll('Errors', 'alert('),
        'latin1',
      );
      writeFileSync(path, Buffer.concat([Buffer.from(sha256(content)), content]));
    }
    expect(colophon(folder, 'build', 'report')).toMatchObject({ code: 0 });
    expect(readFileSync(join(folder, 'site/search-index.js'), 'utf8')).toBe(
      readFileSync(join(made, 'site/search-index.js'), 'utf8'),
    );
  });
});

describe('a drawing in a store', () => {
  const attacks: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'with a script': { svg: '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>' },
    'with a handler': { svg: '<svg onload="alert(1)"><rect width="1" height="1"/></svg>' },
    'that is no SVG': { svg: '<img src=x onerror=alert(1)>' },
    'whose data for the page are a script': { vega: '1);alert(1);(' },
    'whose specification is none': { specification: 'alert(1)' },
  };

  it(`${Object.keys(attacks).join(', ')} is drawn again`, () => {
    const folder = clone();
    rmSync(join(folder, 'site'), { recursive: true });
    const left = Object.values(attacks);
    rewrite(
      folder,
      (record) => (record.kind === 'drawing' ? { ...record, values: { ...record.values, ...left.shift() } } : record),
      true,
    );
    expect(left).toEqual([]);
    expect(ran(colophon(folder, 'build', 'report'))).toBe(0);
    for (const name of readdirSync(join(made, 'site'), { recursive: true, encoding: 'utf8' })) {
      if (/build-info|colophon-site/.test(name) || !/\.\w+$/.test(name)) continue;
      expect(readFileSync(join(folder, 'site', name)).equals(readFileSync(join(made, 'site', name))), name).toBe(true);
    }
  });

  it('is not imported with a pack', () => {
    const store = join(made, '.colophon');
    const records = recordFiles(storeRoot(store)).flatMap(({ record }) => record ?? []);
    const forged = records.map((record) =>
      record.kind === 'drawing' ? { ...record, values: { ...record.values, ...attacks['with a script'] } } : record,
    );
    const bytes = pack(store, forged);
    if ('missing' in bytes) throw new Error(bytes.missing);
    const folder = reportFolder({ 'report/index.md': readFileSync(join(made, 'report/index.md')), 'a.pack': bytes });
    const imported = colophon(folder, 'store', 'import', 'a.pack');
    expect(imported.out).toMatch(/3 results; \d+ records that are no results were left out/);
    expect(
      recordFiles(storeRoot(join(folder, '.colophon')))
        .map(({ record }) => record?.kind)
        .sort(),
    ).toEqual(['dataset', 'train', 'train']);
    expect(ran(colophon(folder, 'build', 'report'))).toBe(0);
    expect(readFileSync(join(folder, 'site/index.html'), 'utf8')).not.toContain('alert(1)');
  });
});

describe('the key of this machine', () => {
  it('is this user’s alone, outside any report; where it cannot be kept that is said, and nothing is taken on trust', () => {
    const folder = clone();
    rmSync(join(folder, 'site'), { recursive: true });
    expect(elsewhere(folder, 'build', 'report')).toMatchObject({ code: 0 });
    expect(existsSync(join(folder, '../state/colophon/key'))).toBe(true);
    expect(readFileSync(join(folder, '../state/colophon/key'), 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
    writeFileSync(join(folder, '../state/colophon/key'), 'short');
    const { code, err } = elsewhere(folder, 'build', 'report');
    expect([code, err]).toEqual([1, expect.stringMatching(/this machine has no key .* is damaged; remove it/)]);
    expect(err).toContain('site holds a site that was not built on this machine');
  });
});
