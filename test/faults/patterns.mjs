/**
 * Texts that made reading slow, each as the files of a report of about n characters. Doubling n may take 2.6 times as long at
 * most, up to a megabyte, or the report is refused within a second; and no process needs a gigabyte.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const again = (text, n) => text.repeat(Math.max(1, Math.floor(n / text.length)));
const lines = (n, line) => {
  const made = [];
  for (let length = 0, index = 0; length < n; index += 1) {
    const one = line(index);
    made.push(one);
    length += one.length + 1;
  }
  return made.join('\n');
};
const page = (text) => ({ 'index.md': `# T\n\n${text}\n` });
const code = (language, text) => page(`\`\`\`${language}\n${text}\n\`\`\``);
const bib = (text) => ({ 'index.md': '# T\n\nAs @k and @k0 said.\n', 'references.bib': text });
/** Of n characters, n cells in a row and as many rows of one. */
const square = (n) => {
  const columns = Math.floor(n / 8);
  return page(`${'|a'.repeat(columns)}|\n${'|-'.repeat(columns)}|\n${'|b|\n'.repeat(columns)}`);
};

/** @type {Readonly<Record<string, (n: number) => Readonly<Record<string, string>>>>} */
export const patterns = {
  'a container with blanks in its opening': (n) => page(`::: a${' '.repeat(n)}x y`),
  'containers with blanks': (n) => page(again(`::: a${' '.repeat(200)}x y\n\n`, n)),
  'colons in an opening': (n) => page(`::: a${': '.repeat(n / 2)}x`),
  'a heading with blanks before its attributes': (n) => page(`# a${' '.repeat(n)}{#sec-x`),
  'a heading with blanks and number signs': (n) => page(`# a${' #'.repeat(n / 2)}x`),
  'a heading with braces': (n) => page(`# a${' {#sec-x'.repeat(n / 8)}`),
  'attributes with blanks inside': (n) => page(`# a {#sec-x${' '.repeat(n)}`),
  'a square table': square,
  'a delimiter row with blanks': (n) => page(`a|b\n-|-${' '.repeat(n)}x`),
  'code: links in Markdown': (n) => code('markdown', again('[a](', n)),
  'code: pointers in C': (n) => code('c', again('a*', n)),
  'code: numbers in JavaScript': (n) => code('javascript', again('1_', n)),
  'code: many blocks': (n) => page(again(`\`\`\`markdown\n${'[a]('.repeat(2000)}\n\`\`\`\n\n`, n)),
  'a chain of crossrefs that ends nowhere': (n) =>
    bib(lines(n, (index) => `@book{k${index}, title = {T}, crossref = {k${index + 1}}}`)),
  'crossrefs to nothing': (n) => bib(lines(n, (index) => `@book{k${index}, title = {T}, crossref = {missing${index}}}`)),
  'blanks in an author': (n) => bib(`@book{k, author = {A${' '.repeat(n)}B}}`),
  'blanks after commas in an author': (n) => bib(`@book{k, author = {A,${' '.repeat(n)}B${' and'.repeat(n / 8)}}}`),
  'doubling @strings': (n) =>
    bib(`@string{s0 = "${'x'.repeat(64)}"}\n${lines(n, (index) => `@string{s${index + 1} = s${index} # s${index}}`)}\n@book{k, title = s${Math.floor(n / 40)}}`),
  '@strings that fields repeat': (n) => bib(`@string{s = "${'x'.repeat(n / 2)}"}\n${lines(n / 2, (index) => `@book{k${index}, title = s}`)}`),
  'braces in a title': (n) => bib(`@book{k, title = {${'{'.repeat(n / 2)}${'}'.repeat(n / 2)}}}`),
  'dollars in a title': (n) => bib(`@book{k, title = {${again('{$x ', n / 3)}${'}'.repeat(n / 12)}}}`),
  'commands in a title': (n) => bib(`@book{k, title = {${again('\\ifmmode a ', n)}}, author = {${again("\\'", n)}}}`),
  'values that are never closed': (n) => bib(again('\n@a{k, t={', n)),
  'keys with blanks': (n) => bib(again(`\n@a{k${' '.repeat(200)}k`, n)),
  'terms in an expression': (n) => page(`\`= ${'1 + '.repeat(n / 4)}1\``),
  'parentheses in an expression': (n) => page(`\`= ${'('.repeat(n / 2)}1${')'.repeat(n / 2)}\``),
  'raw HTML that is not published': (n) => page(again('<x>', n)),
  'a word of inherited names': (n) => page(again('`= constructor.toString` ', n)),
};

/** A megabyte of blocks of a letter or two: it is their number that is bounded. */
export const blocks = Object.fromEntries(
  Object.entries({
    'items of a list': '- a\n',
    'items with blank lines': '- a\n\n',
    'items without a word': '-\n',
    'lists in turn': '- a\n+ a\n',
    'quotes': '> a\n\n',
    'callouts': '> [!NOTE]\n> a\n\n',
    'tables of two cells': '|a|\n|-|\n|b|\n\n',
    'headings': '# a\n',
    'underlined headings': 'a\n=\n',
    'paragraphs': 'a\n\n',
    'rules': '---\n\n',
    'divisions': '::: note\na\n:::\n\n',
    'fences': '```\na\n```\n\n',
    'links': '[a](https://x.y)\n\n',
    'code in lines': '`a`\n\n',
    'emphasis': '*a*\n\n',
    'formulas in lines': '$a$\n\n',
    'displayed formulas': '$$\na\n$$\n\n',
    'citations of nothing': '[@k]\n\n',
    'footnotes with one note': '[^a]\n\n[^a]: b\n\n',
    'elements of HTML': '<p>a</p>\n',
    'numbers in the text': '`= 1`\n\n',
  }).map(([name, one]) => [`blocks: ${name}`, (n) => page(again(one, n))]),
);

const longest = 2 ** 20;
const most = 2.6;

/** Times it in this process; prints milliseconds, whether it was refused, and the largest memory, as JSON. */
async function measure(name, n) {
  const { prepare } = await import('../../dist/pipeline/prepare.js');
  const { referenceEngine } = await import('../../dist/engine/reference/index.js');
  const { areFatal } = await import('../../dist/shared/problem.js');
  const world = { memory: 4e9, engine: { ...referenceEngine, addressable: 4e9 } };
  const timed = (files) => {
    const folder = mkdtempSync(join(tmpdir(), 'colophon-'));
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    const before = process.cpuUsage();
    const { problems } = prepare(folder, world);
    const { user, system } = process.cpuUsage(before);
    rmSync(folder, { recursive: true });
    return { ms: (user + system) / 1000, refused: areFatal(problems), problems };
  };
  // What is loaded on first use is no part of it.
  const make = { ...patterns, ...blocks }[name];
  timed(make(2000));
  const { ms, refused } = timed(make(n));
  console.log(JSON.stringify({ ms, refused, megabytes: process.resourceUsage().maxRSS / 1024 }));
}

/** Each pattern at a quarter, a half and all of the length, each in a process of its own. */
export function slowPatterns(_project, { say }) {
  const failures = [];
  for (const name of Object.keys({ ...patterns, ...blocks })) {
    const at = (n) => {
      const words = [fileURLToPath(import.meta.url), name, String(n)];
      const { stdout, status, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8', timeout: 120_000 });
      return status === 0 ? JSON.parse(stdout) : { ms: Infinity, refused: false, megabytes: 0, failed: stderr.slice(-300) };
    };
    const [half, whole] = [at(longest / 2), at(longest)];
    const ratio = whole.ms / Math.max(half.ms, 50);
    const quick = whole.refused && whole.ms <= 1000;
    const good = (quick || ratio <= most) && Math.max(half.megabytes, whole.megabytes) <= 1024 && whole.failed === undefined;
    const line = `${name}: ${half.ms.toFixed(0)} ms, ${whole.ms.toFixed(0)} ms (${ratio.toFixed(2)})${whole.refused ? ', refused' : ''}, ${whole.megabytes.toFixed(0)} MB`;
    say(`${good ? 'ok     ' : 'SLOW   '} ${line}`);
    if (!good) failures.push(`${line} ${whole.failed ?? ''}`);
  }
  return failures;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await measure(process.argv[2], Number(process.argv[3]));
