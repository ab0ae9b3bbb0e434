/** Numbers and claims in the text of a real build: printed, summed up over seeds, and a false one stops the build. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { block, page, reportFolder, small, waves } from '../report-folder.js';
import { cli } from '../program.js';

const seeds = small.replace('#small', '#many').replace('{ network.hidden: [[4], [5]] }', '{ seed: [0, 1, 2] }');

function build(
  text: string,
  folder = reportFolder({ 'report/index.md': text }),
): { folder: string; code: number | null; err: string; html: () => string } {
  const { status, stderr } = spawnSync(process.execPath, [cli, 'build', 'report'], { cwd: folder, encoding: 'utf8' });
  return { folder, code: status, err: stderr, html: () => readFileSync(join(folder, 'site/index.html'), 'utf8') };
}

describe('numbers and claims', () => {
  it('stand in text, headings, tables and captions; over seeds with their spread', () => {
    const built = build(
      page(
        waves,
        small,
        seeds,
        '## Ends at `= small[hidden=4].test-error .2f`',
        'Many: `= many.test-error .3f`, or `= many.test-error .3f median`; `= 1000 * small[hidden=4].test-error .1f ms`; `= small[hidden=4].test-error / small[hidden=4].test-error .1x`.',
        '| a |\n|---|\n| `= small[hidden=5].parameter-count d` |',
        block(
          'figure #fig-d',
          'show: waves.data',
          'caption: "It ends at `= small[hidden=4].test-error .2f`."',
          'alt: "Dots; the *error* is `= small[hidden=4].test-error .2f` < 9."',
        ),
        'It learns `claim small[hidden=4].test-error < 100 and mean(many.test-error) > 0`.',
        block('claim', 'that: small[hidden=4].test-error > 0', 'sentence: Errors are *positive*.'),
      ),
    );
    expect(built.err).not.toContain('problem');
    expect(built.code).toBe(0);
    const html = built.html();
    const number = '\\d+\\.\\d{2}';
    expect(html).toMatch(new RegExp(`<h2 id="ends-at-\\d+">Ends at <span class="value">${number}</span>`));
    expect(html).toMatch(/<span class="value">\d\.\d{3} ± \d\.\d{3}<\/span>/);
    expect(html).toMatch(/<span class="value">\d\.\d{3} \(\d\.\d{3}–\d\.\d{3}\)<\/span>/);
    expect(html).toMatch(/<span class="value">\d+\.\d\u202fms<\/span>; <span class="value">1\.0×<\/span>/);
    expect(html).toMatch(/<td><span class="value">16<\/span><\/td>/);
    expect(html).toMatch(new RegExp(`It ends at <span class="value">${number}</span>\\.</figcaption>`));
    expect(html).toMatch(new RegExp(`<svg[^>]* aria-label="Dots; the error is ${number} &lt; 9\\."`));
    expect(html).toMatch(/It learns <span class="checked"[^>]*title="Checked at every build: small\[hidden=4\]/);
    expect(html).toMatch(/<p class="claim">Errors are <em>positive<\/em>\. <span class="checked"/);
  });

  it('that no arithmetic gives say so, and have no unit: 0 / 0, alone and over seeds', () => {
    const nothing = (of: string): string => `(${of} - ${of}) / (${of} - ${of})`;
    const text = page(
      waves,
      small,
      seeds,
      `Alone \`= ${nothing('small[hidden=4].test-error')} .2f ms\`, over seeds \`= ${nothing('many.test-error')} .3f\`.`,
    );
    const built = build(text);
    expect(built.code, built.err).toBe(0);
    expect(built.html()).toMatch(
      /Alone <span class="value">no number<\/span>, over seeds <span class="value">no number<\/span>/,
    );
  });

  it('that do not hold stop the build: both numbers, the sentence, its place; the old site stays', () => {
    const sound = page(waves, small, 'Error stays small `claim small[hidden=4].test-error < 100`.');
    const { folder } = build(sound);
    const before = readFileSync(join(folder, 'site/index.html'), 'utf8');
    writeFileSync(join(folder, 'report/index.md'), sound.replace('< 100', '< 0.000001'));
    const broken = build('', folder);
    expect(broken.code).toBe(1);
    expect(broken.err).toMatch(
      /report\/index\.md:23:19 {2}false-claim {2}the results do not bear out “Error stays small ?\.”: small\[hidden=4\]\.test-error < 0\.000001 \(0\.\d+ < 0\.000001\)/,
    );
    expect(broken.err).toContain('1 problem; nothing was published');
    expect(readFileSync(join(folder, 'site/index.html'), 'utf8')).toBe(before);
  });

  it('that name nothing are problems at their places, before anything runs', () => {
    const sentence =
      'A `= smal[hidden=4].test-error .2f`, a `= small[hidden=4].tset-error`, a `= small.test-error .2f`, a `claim small[hidden=4].test-error`, a `claim small[hidden=4].test-error < meen(1)`, a `= small[hidden=4].test-error .2q`.';
    const built = build(page(waves, small, sentence, block('claim', 'that: small[hidden=4].x > 0', 'sentence: S.')));
    expect(built.code).toBe(1);
    const at = (part: string): string => `23:${sentence.indexOf(part) + 1}`;
    const line = (text: string): string => new RegExp(`index\\.md:(\\d+:\\d+) .*${text}`).exec(built.err)?.[1] ?? '';
    expect(line('there is no result "smal"; did you mean "small"')).toBe(at('smal[hidden=4]'));
    expect(line('has no result "tset-error"; did you mean "test-error"')).toBe(at('small[hidden=4].tset'));
    expect(line('means 2 runs')).toBe(at('small.test-error'));
    expect(line('a claim is true or false')).toBe(
      at('small[hidden=4].test-error`, a `claim small[hidden=4].test-error <'),
    );
    expect(line('"meen" is neither')).toBe(at('meen'));
    expect(line('".2q" is not a format')).toBe(at('.2q'));
    expect(line('has no result "x"')).toBe('26:7');
    expect(existsSync(join(built.folder, '.colophon'))).toBe(false);
  });
});
