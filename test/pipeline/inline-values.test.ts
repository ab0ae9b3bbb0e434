/** Numbers and claims in the text of a real build: printed, summed up over seeds, and a false one stops the build. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { block, page, reportFolder, small, waves } from '../report-folder.js';
import { colophon } from '../colophon.js';

const seeds = small.replace('#small', '#many').replace('{ network.hidden: [[4], [5]] }', '{ seed: [0, 1, 2] }');

function build(
  text: string,
  folder = reportFolder({ 'report/index.md': text }),
): { folder: string; code: number | null; err: string; html: () => string } {
  const { code, err } = colophon(folder, 'build', 'report');
  return { folder, code, err, html: () => readFileSync(join(folder, 'site/index.html'), 'utf8') };
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
    // No line ends between a word and its mark: the blank is within the span, which is not broken.
    expect(html).toMatch(/It learns<span class="checked"[^>]*title="Checked at every build: small\[hidden=4\]/);
    expect(html).toMatch(/<p class="claim">Errors are <em>positive<\/em>\.<span class="checked"[^>]*>\u00a0<svg/);
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

  /** Two rates, three seeds, three steps: the numbers are those of the files. */
  const loss = (rate: number, seed: number): string =>
    `step,loss,other\n0,9,${rate}\n10,${seed + 1 + (rate > 0.1 ? 0.5 : 0)},${10 * seed}\n20,${seed + 2},7\n`;
  const files = Object.fromEntries(
    [0.01, 0.5].flatMap((rate) =>
      [0, 1, 2].map((seed) => [`report/runs/rate=${rate}/seed=${seed}.csv`, loss(rate, seed)]),
    ),
  );
  const runs = block('results #r', 'from: runs/rate={rate}/seed={seed}.csv', 'source: by hand.');

  it('are taken together over what is swept, the checkpoints among it', () => {
    const sentence = [
      '`= min(mean(r.loss over seed) over rate) .2f`',
      '`= argmin(mean(min(r.loss over step) over seed) over rate) .2f`',
      '`= min(r[rate=0.5].loss over checkpoints) .1f median`',
      '`= argmin(r[rate=0.5,seed=2].loss over step) d`',
      '`= max(at-min(r.other, r.loss over step) over rate, seed) d`',
      '`= median(min(r.loss over step) over rate, seed) .2f`',
      '`= variance(r[seed=0,rate=0.5].loss over step) - 2^0.5**2 .4f`',
    ].join('; ');
    const built = build(
      '',
      reportFolder({
        ...files,
        'report/index.md': page(runs, sentence, 'Known `claim max(r.loss over rate, step, seed) == 9`.'),
      }),
    );
    expect(built.code, built.err).toBe(0);
    const said = built.html().replace(/<[^>]+>/g, '');
    expect(said).toContain('3.00; 0.01; 2.5 (2.0–3.0); 10; 20; 2.25; 10.5330');
  });

  it('say what is open and how to take it together, at its place', () => {
    const sentence =
      'A `= r.loss`, `= mean(r.loss over seed)`, `= min(r.loss over speed)`, `= min(r[step=10].loss over step)`.';
    const built = build('', reportFolder({ ...files, 'report/index.md': page(runs, sentence) }));
    expect(built.code).toBe(1);
    expect(built.err).toMatch(/10:\d+ .*"r\.loss" means 6 runs: .*\n?.*take them together: min\(r\.loss over rate\)/);
    expect(built.err).toMatch(/nothing here is left open over "speed"; did you mean "seed"/);
    expect(built.err).toContain('nothing here is left open over "step"');
  });
});
