/** What a report says in a log is text: it steers no terminal and gives a CI no commands. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { visible } from '../../src/commands/visible.js';
import { colophon } from '../colophon.js';
import { page, reportFolder } from '../report-folder.js';

describe('the door of output', () => {
  it.each([
    ['\u001b[31mred\u001b[39m', '\\u001b[31mred\\u001b[39m'],
    ['a\rb\u0007\u009b1m\u202e', 'a\\u000db\\u0007\\u009b1m\\u202e'],
    ['::warning::x', '\\u003a:warning::x'],
    ['a\n  ::set-output name=x::y', 'a\n  \\u003a:set-output name=x::y'],
    ['##vso[task.setvariable]x', '\\u0023#vso[task.setvariable]x'],
    ['a ##[error]x', 'a \\u0023#[error]x'],
    ['std::vector at 1::2', 'std::vector at 1::2'],
  ])('%j is %j in a log', (text, shown) => {
    expect(visible(text, false)).toBe(shown);
  });

  it('lets through to a terminal the colours and the one returning line that are the program’s own, and no more', () => {
    expect(visible('\r\u001b[K\u001b[31mred\u001b[39m', true)).toBe('\r\u001b[K\u001b[31mred\u001b[39m');
    expect(visible('\u001b]0;title\u0007\u001b[2J\r', true)).toBe('\\u001b]0;title\\u0007\\u001b[2J\\u000d');
  });

  it('keeps JSON as it means', () => {
    const value = { a: '##[error]', b: '\u001b\u202e', c: '\n::x' };
    expect(JSON.parse(visible(JSON.stringify(value, null, 1), false))).toEqual(value);
  });
});

describe('a log of a report', () => {
  const esc = '\u001b[31m';
  /** No control character but line feeds, and no line that a CI takes for a command. */
  const harmless = (text: string): void => {
    expect(text).not.toMatch(/[^\P{Cc}\n]/u);
    expect(text).not.toMatch(/^\s*::|##\[/m);
  };

  it('whose files, titles and words hold escapes and line feeds', () => {
    const files = {
      [`report/a${esc}\n::warning::x.md`]: page(`[x](b${esc}.html) ${esc}`),
      'report/index.md': `---\ntitle: "x${esc.replace('\u001b', '\\e')}\\n::error::y"\n---\n\n[x](y\n::error::z)\n`,
    };
    const folder = reportFolder(files);
    for (const words of [
      ['build', 'report'],
      ['build', 'report', '--json'],
      ['plan', 'report'],
      ['build', join('report', `a${esc}`)],
    ]) {
      const { out, err } = colophon(folder, ...words);
      harmless(out);
      harmless(err);
      expect(out + err).not.toBe('');
    }
  });

  it('whose templates log', () => {
    const folder = reportFolder({
      'report/index.md': page('Text.'),
      'report/templates/footer.hbs': `<footer>{{log "a${esc}b" "\n::warning::c"}}</footer>`,
    });
    const { code, out, err } = colophon(folder, 'build', 'report', '--trust');
    expect([code, err]).toEqual([
      0,
      expect.stringContaining('template-log  a template says: a\\u{1b}[31mb \\u{a}::warning::c'),
    ]);
    harmless(out);
    harmless(err);
  });
});
