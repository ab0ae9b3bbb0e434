/**
 * How long a big book takes: 300 pages of 1,500 words with math, as whole processes with their peak memory; and how soon an
 * edit to a report of 30 pages is there to be sent. `node test/bench/pages.mjs [pages]`. Nothing here computes: prose only.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const count = Number(process.argv[2] ?? 300);
const folder = mkdtempSync(join(tmpdir(), 'colophon-pages-'));

// The same words each time: a small generator with a fixed seed.
let state = 7;
const random = () => {
  state = (state * 1103515245 + 12345) % 2147483648;
  return state / 2147483648;
};
const syllables = ['ba', 'den', 'ko', 'lin', 'mar', 'no', 'per', 'qui', 'ra', 'sol', 'tu', 'ver', 'wa', 'xi', 'yon', 'zet'];
const vocabulary = Array.from({ length: 6000 }, () =>
  Array.from({ length: 1 + Math.floor(random() * 3) }, () => syllables[Math.floor(random() * syllables.length)]).join(''),
);
const word = () => vocabulary[Math.floor(random() ** 2 * vocabulary.length)];
const words = (length) => Array.from({ length }, word).join(' ');
const formula = (n) => `$\\sum_{i=1}^{${n}} w_i \\phi_{${n}}(x_i) + \\lambda \\lVert \\theta \\rVert^2$`;
const display = (n) => `$$\n\\hat f_{${n}}(x) = \\frac{1}{n} \\sum_{i=1}^n \\alpha_i k(x, x_i)\n$$`;

/** Six sections of 250 words with formulas, a list, a quotation, a table, links and code. */
function chapter(number) {
  const sections = Array.from({ length: 6 }, (_, part) => {
    const paragraphs = Array.from(
      { length: 4 },
      (_, index) => `${words(30)} *${word()}* ${words(10)} ${formula(10 * number + index)} ${words(12)} **${word()}**.`,
    );
    const link = `[${word()}](page-${String((number * 7 + part) % count).padStart(3, '0')}.md)`;
    return [
      `## ${words(3)}`,
      ...paragraphs,
      display(number * 6 + part),
      `- ${words(8)}\n- ${words(6)} ${link}\n- \`${word()}\` ${words(5)}`,
      `> ${words(14)}`,
    ].join('\n\n');
  });
  const table = `| a | b |\n|---|--:|\n| ${word()} | ${number} |`;
  return `---\ntitle: ${words(4)}\norder: ${number}\n---\n\n${sections.join('\n\n')}\n\n${table}\n`;
}

mkdirSync(join(folder, 'report'));
const name = (number) => join(folder, 'report', `page-${String(number).padStart(3, '0')}.md`);
const chapters = Array.from({ length: count }, (_, number) => chapter(number));
chapters.forEach((text, number) => writeFileSync(name(number), text));

const peak = 'data:text/javascript,process.on("exit",()=>console.error("maxRSS",process.resourceUsage().maxRSS))';
function run(what) {
  const started = performance.now();
  const { status, stderr, stdout } = spawnSync(process.execPath, ['--import', peak, cli, 'build', 'report', '--out', 'site'], {
    cwd: folder,
    encoding: 'utf8',
  });
  const seconds = (performance.now() - started) / 1000;
  if (status !== 0) throw new Error(`${what}: exit ${status}\n${stderr}`);
  const megabytes = Number(/maxRSS (\d+)/.exec(stderr)?.[1]) / 1000;
  console.log(`${what.padEnd(24)} ${seconds.toFixed(2).padStart(6)} s ${megabytes.toFixed(0).padStart(5)} MB  ${stdout.trim()}`);
}

console.log(`${count} pages; Node ${process.version}; ${cpus().length} x ${cpus()[0]?.model ?? ''}`);
try {
  for (let round = 0; round < 3; round += 1) {
    rmSync(join(folder, 'site'), { recursive: true, force: true });
    rmSync(join(folder, '.colophon'), { recursive: true, force: true });
    run('cold');
    run('nothing changed');
    writeFileSync(name(5), `${chapters[5]}\nOne more sentence, ${round}.\n`);
    run('one page changed');
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
