/** The one door through which a report is read: nothing outside it, nothing but regular files, nothing hidden or too large. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, renameSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openReport } from '../../src/source/report-files.js';
import { colophon } from '../colophon.js';
import { block, page, reportFolder, temporaryFolder, writeFiles } from '../report-folder.js';

const secret = 'a secret of the machine';

/** A report beside a secret, and the links and other things that a stranger put into it. */
function attacked(links: Readonly<Record<string, string>>, files: Readonly<Record<string, string>> = {}): string {
  const folder = reportFolder({ 'secret.txt': secret, 'report/index.md': page('Text.'), ...files });
  for (const [name, target] of Object.entries(links)) {
    mkdirSync(join(folder, 'report', name, '..'), { recursive: true });
    symlinkSync(target, join(folder, 'report', name));
  }
  return folder;
}

function published(folder: string): string {
  const found = spawnSync('grep', ['-rlE', `${secret}|root:|PATH=`, join(folder, 'site')], { encoding: 'utf8' });
  return found.stdout;
}

describe.skipIf(process.platform === 'win32')('what a stranger put in place of a file', () => {
  it.each([
    ['theme.css', '../secret.txt', 'theme.css:1:1  unreadable-file'],
    ['theme.css', '/proc/self/environ', 'theme.css:1:1  unreadable-file'],
    ['theme.css', '/etc/passwd', 'theme.css:1:1  unreadable-file'],
    ['theme.css', '/dev/zero', 'theme.css:1:1  unreadable-file'],
    ['theme.css', 'nowhere', 'theme.css:1:1  unreadable-file'],
    ['theme.css', 'theme.css', 'theme.css:1:1  unreadable-file'],
    ['templates/icon.svg', '../../secret.txt', 'templates/icon.svg:1:1  unreadable-file'],
    ['templates', '../templates', 'templates:1:1  unreadable-file'],
    ['secret.md', '../secret.txt', 'secret.md:1:1  unreadable-page'],
    ['colophon.yaml', '../secret.txt', 'colophon.yaml:1:1  unreadable-settings'],
    ['references.bib', '../secret.txt', 'references.bib:1:1  no-bibliography'],
  ])('%s as a link to %s is refused, and said', (name, target, said) => {
    const folder = attacked({ [name]: target }, { 'templates/footer.hbs': secret });
    const { code, err } = colophon(folder, 'build', 'report');
    expect([code, err]).toEqual([1, expect.stringContaining(`report/${said}`)]);
    expect(published(folder)).toBe('');
  });

  it('a template as a link is not read, even by who trusts the report', () => {
    const folder = attacked({ 'templates/footer.hbs': '../../secret.txt' });
    const { code, err } = colophon(folder, 'build', 'report', '--trust');
    expect([code, err]).toEqual([1, expect.stringContaining('templates/footer.hbs:1:1  unreadable-file')]);
  });

  it.each(['theme.css', 'data.csv', 'notes.md', 'colophon.yaml', 'references.bib', 'templates/icon.svg', 'linked.txt'])(
    'a pipe as %s keeps nobody waiting',
    (name) => {
      const dataset = block('dataset #d', 'function: { csv: { file: data.csv, inputs: [a], target: b } }');
      const text = name === 'data.csv' ? page(dataset) : page('[x](linked.txt)');
      const folder = reportFolder({ 'report/index.md': text });
      mkdirSync(join(folder, 'report/templates'));
      expect(spawnSync('mkfifo', [join(folder, 'report', name)]).status).toBe(0);
      const { code, err } = colophon(folder, 'build', 'report');
      expect([code, err]).toEqual([1, expect.stringContaining('it is not a regular file')]);
    },
  );

  it('a file that is larger than its kind may be is not read', () => {
    const folder = reportFolder({ 'report/index.md': page('Text.'), 'report/theme.css': '' });
    truncateSync(join(folder, 'report/theme.css'), 2 ** 33);
    const { code, err } = colophon(folder, 'build', 'report');
    expect([code, err]).toEqual([1, expect.stringContaining('it is 8589934592 bytes large, more than 1048576')]);
  });

  it('a name of another case or another form of Unicode is not read, on systems too that would find the file', () => {
    const folder = reportFolder({ 'Daten/Größe.csv': 'x', 'real/a.csv': 'x' });
    // On a system that does not tell them apart the path leads there, as a link does here.
    symlinkSync('a.csv', join(folder, 'real/A.csv'));
    const files = openReport(folder, { followLinks: false });
    const refused = (path: string): string => {
      const found = files.read(path, 'data');
      return 'refused' in found ? found.refused : 'read';
    };
    expect(refused('Daten/Größe.csv')).toBe('read');
    for (const path of ['daten/Größe.csv', 'Daten/Gro\u0308ße.csv', './DATEN/GRÖßE.CSV'])
      expect(refused(path)).toMatch(/^its name is "Daten\/Größe\.csv", and upper and lower case/);
    expect(refused('real/A.csv')).toMatch(/^its name is "real\/a\.csv"/);
    expect(refused('Daten/Groesse.csv')).toBe('there is no such file');
  });

  it('hidden files and folders are not published, whatever leads to them', () => {
    const folder = attacked(
      { 'open.txt': '.env', folder: '.git' },
      {
        'report/.env': secret,
        'report/.git/config': secret,
        'report/a.md': page('[x](.git/config) [y](.env) [z](open.txt) [w](folder/config) [v](./.env)'),
      },
    );
    const { code, err } = colophon(folder, 'build', 'report');
    expect(code).toBe(1);
    expect(err.match(/broken-link .* it is hidden/g)).toHaveLength(5);
    expect(published(folder)).toBe('');
  });
});

describe.skipIf(process.platform === 'win32')('links', () => {
  it('inside the report are read; to its repository only with --follow-links; further never', () => {
    const folder = attacked(
      { 'inner.txt': 'here.txt', 'shared.txt': '../../shared.txt', more: '../../chapters', 'far.txt': '/etc/hostname' },
      { 'report/here.txt': 'here' },
    );
    const repository = reportFolder({ '.git/HEAD': 'ref', 'shared.txt': 'shared', 'chapters/b.md': page('B.') });
    renameSync(folder, join(repository, 'course'));
    const report = join(repository, 'course/report');
    const closed = openReport(report, { followLinks: false });
    expect(Buffer.from(closed.read('inner.txt', 'published') as Uint8Array).toString()).toBe('here');
    expect(closed.read('shared.txt', 'published')).toMatchObject({
      refused: expect.stringContaining('--follow-links') as string,
    });
    expect(closed.pages()).toMatchObject({ files: ['index.md'], passedOver: [{ path: 'more' }] });
    const open = openReport(report, { followLinks: true });
    expect(Buffer.from(open.read('shared.txt', 'published') as Uint8Array).toString()).toBe('shared');
    expect(open.pages()).toMatchObject({ files: ['index.md', 'more/b.md'], passedOver: [] });
    expect(open.read('far.txt', 'published')).toMatchObject({
      refused: expect.stringContaining('repository') as string,
    });
    expect(open.read('../../shared.txt', 'published')).toMatchObject({
      refused: expect.stringContaining('outside') as string,
    });
    mkdirSync(join(repository, '.git/x'));
    writeFileSync(join(repository, '.git/x/a'), secret);
    symlinkSync('../../.git/x/a', join(report, 'config.txt'));
    expect(open.read('config.txt', 'published')).toMatchObject({
      refused: expect.stringContaining('hidden') as string,
    });
  });

  it('that change between the look and the reading give nothing away', () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'report/a/data.csv': 'in', 'outside/data.csv': secret });
    const [inner, aside] = [join(folder, 'report/a'), join(folder, 'report/b')];
    const files = openReport(join(folder, 'report'), { followLinks: false });
    // Another process exchanges the folder for a link and back, again and again.
    const swapper = spawnSwapper(inner, aside, join(folder, 'outside'));
    try {
      for (let time = 0; time < 3000; time += 1) {
        const bytes = read(() => files.read('a/data.csv', 'data'));
        if (bytes instanceof Uint8Array) expect(Buffer.from(bytes).toString()).toBe('in');
      }
    } finally {
      swapper.kill();
    }
  });

  it('no tree of links leads a reader out of the report', () => {
    const names = ['a', 'b', 'c.md', 'theme.css'];
    const target = fc.constantFrom(
      '..',
      '../..',
      '../../outside',
      '../outside/x',
      '/etc',
      '/',
      '.',
      'a',
      'b/..',
      '../report',
      '../.hidden',
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...names), target), { maxLength: 4 }),
        fc.array(fc.constantFrom(...names, '..', 'outside', 'x', 'passwd', 'etc', 'secret.md'), { maxLength: 5 }),
        (links, path) => {
          const folder = temporaryFolder();
          writeFiles(folder, {
            'outside/x/secret.md': secret,
            'outside/secret.md': secret,
            'secret.md': secret,
            'report/index.md': 'in',
            '.hidden/secret.md': secret,
          });
          for (const [name, to] of links) {
            try {
              symlinkSync(to, join(folder, 'report', name));
            } catch {
              // There is one of that name already.
            }
          }
          const files = openReport(join(folder, 'report'), { followLinks: false });
          const bytes = read(() => files.read(path.join('/'), 'published'));
          if (bytes instanceof Uint8Array) expect(Buffer.from(bytes).toString()).toBe('in');
          for (const file of files.pages().files) {
            const text = files.read(file, 'page');
            if (text instanceof Uint8Array) expect(Buffer.from(text).toString()).toBe('in');
          }
        },
      ),
      { numRuns: Number(process.env['TREES'] ?? 60) },
    );
  });
});

/** What is not there at this very moment is no answer either. */
function read<Value>(act: () => Value): Value | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}

function spawnSwapper(inner: string, aside: string, outside: string): { kill: () => void } {
  const script = `
    const fs = require('node:fs');
    const [inner, aside, outside] = process.argv.slice(1);
    for (;;) {
      fs.renameSync(inner, aside);
      fs.symlinkSync(outside, inner);
      fs.unlinkSync(inner);
      fs.renameSync(aside, inner);
    }`;
  return spawn(process.execPath, ['-e', script, inner, aside, outside]);
}
