/** Bad input: every fault of a report is found in one go, with its place and what to do. */
import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prepare } from '../../src/pipeline/prepare.js';
import { referenceEngine } from '../../src/engine/reference/index.js';
import { formatProblem, type Problem } from '../../src/shared/problem.js';
import { readReport } from '../../src/source/read-report.js';
import { directiveKinds } from '../../src/steps/kinds.js';
import { block, page, reportFolder, small, waves } from '../report-folder.js';

function problemsOf(files: Readonly<Record<string, string | Uint8Array>>, memory = 4e9): Problem[] {
  return [...prepare(reportFolder(files), { memory, engine: { ...referenceEngine, addressable: 4e9 } }).problems];
}

/** One line for each problem: "file:line:column rule message; hint". */
function lines(files: Readonly<Record<string, string | Uint8Array>>): string[] {
  return problemsOf(files).map(({ place, rule, message, hint }) => {
    const where = place === undefined ? '' : `${place.file}:${place.line}:${place.column} `;
    return `${where}${rule} ${message}; ${hint}`;
  });
}

const train = (...options: readonly string[]): string =>
  block(
    'train #net',
    'data: waves',
    'network: { hidden: [4] }',
    'optimizer: { kind: sgd, rate: 0.1 }',
    'steps: 10',
    ...options,
  );

describe('a report without faults', () => {
  it('has no problem', () => {
    expect(lines({ 'index.md': page(waves, small, 'It ends at `= small[hidden=4].test-error .3f`.') })).toEqual([]);
  });
});

describe('one slip is one problem: what names the thing with the slip is right', () => {
  const uses = (head: string, ...body: readonly string[]): string =>
    page(
      waves,
      `${head}\n${body.join('\n')}\n\`\`\``,
      block('figure #fig-net', 'show: net.fit'),
      block('svd #spectrum', 'of: net', 'on: train'),
      block('table #tbl-net', 'rows: net', 'columns: [test-error]'),
      'It ends at `= net.test-error .3f` `claim net.test-error < 1` (@fig-net, @tbl-net).',
    );
  const options = ['data: waves', 'network: { hidden: [4] }', 'optimizer: { kind: sgd, rate: 0.1 }', 'steps: 10'];
  const with_ = (last: string): string[] => [...options.slice(0, 3), last];

  it.each([
    ['of a kind', uses('```trian #net', ...options), '13:4 unknown-kind'],
    ['in a fence', uses('```{train #net}', ...options), '13:4 unknown-kind'],
    ['in an id', uses('```train net', ...options), '13:10 invalid-id "net" is not an id; write #net'],
    ['a tab', uses('```train #net', ...with_('\tsteps: 10')), '17:1 yaml-syntax a tab indents nothing'],
    ['a blank too few', uses('```train #net', ...with_('steps:10')), 'write "steps: 10"'],
    ['an equals sign', uses('```train #net', ...with_('steps = 10')), 'write "steps: 10"'],
    [
      'a brace',
      uses('```train #net', ...options.slice(0, 2), 'batch: { size: 3', 'steps: 10'),
      'a { before this is never',
    ],
    ['a bracket', uses('```train #net', ...options.slice(0, 2), 'batch: [3', 'steps: 10'), 'end it with ]'],
    ['a colon', uses('```train #net', ...options, 'batch: a: b'), '18:8 yaml-syntax a second colon'],
    ['a quote', uses('```train #net', ...options, 'batch: "full'), 'yaml-syntax a quote is never closed; close it'],
    [
      'a number for a list',
      uses('```train #net', ...options).replace('[4]', '4'),
      'must be a list; it is 4; write [4]',
    ],
  ])('%s', (_name, text, said) => {
    const found = lines({ 'index.md': text });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(said);
  });

  it('of captions, whose marks mean something in YAML', () => {
    const caption = (text: string): string[] =>
      lines({ 'index.md': page(waves, block('figure #fig-a', 'show: waves.data', `caption: ${text}`), '@fig-a') });
    expect(caption('@fig-a again')).toEqual([
      expect.stringContaining('a text cannot start with @ here; put the whole'),
    ]);
    expect(caption('[a](b.md) and more')).toEqual([
      expect.stringContaining('more text follows where a value has ended'),
    ]);
    expect(caption('Data: noisy')).toEqual([expect.stringContaining('put a text with a colon in quotes')]);
  });

  it('of a figure whose fence is never closed, and of a work whose entry is broken', () => {
    const figure = '```figure #fig-a\nshow: waves.data\n\nand so on';
    expect(lines({ 'a.md': page('@fig-a'), 'index.md': page(waves, figure) })).toEqual([
      expect.stringContaining('index.md:13:1 unclosed-fence'),
    ]);
    const references = '@book{knuth,\n  author = {Knuth, Donald}\n  title = {The Art}\n}\n';
    expect(lines({ 'index.md': page('As in @knuth [@knuth].'), 'references.bib': references })).toEqual([
      'references.bib:3:3 bibtex a comma is missing here, in "knuth"; put a comma between fields',
    ]);
  });

  it('a link to a page by its name elsewhere leads there, and a work that is not there may be added', () => {
    const linked = '[a](a.html), [a](a.qmd#x), [a](a.Rmd) and <a href="a.html#x">a</a>\n\n{{< include part.qmd >}}';
    expect(lines({ 'a.md': page('## X'), 'part.md': 'Part', 'index.md': page(linked) })).toEqual([]);
    expect(lines({ 'index.md': page('[b](b.qmd)') })).toEqual([expect.stringContaining('b.qmd cannot be published')]);
    expect(lines({ 'index.md': page('[@nobody2020]'), 'references.bib': '@book{knuth, title = {The Art}}' })).toEqual([
      expect.stringContaining('choose from "knuth", or add its BibTeX entry to the bibliography'),
    ]);
  });
});

it('a block that swallows the next one is said once, and what it swallowed is not missed elsewhere', () => {
  const swallowing = [
    '```dataset #waves',
    'samples: 20',
    '',
    '```figure #fig-a',
    'show: waves.data',
    '```',
    '',
    '@fig-a',
  ];
  expect(lines({ 'index.md': page(swallowing.join('\n')) })).toEqual([
    'index.md:5:1 unclosed-fence this fenced block is not closed before the next one, in line 8; end it with a line of ```',
  ]);
  // With a longer fence it is a text that shows how to write one.
  const shown = ['````figure #fig-a', 'show: waves.data', 'caption: |', '  ```figure', '  ```', '````'];
  expect(lines({ 'index.md': page(waves, shown.join('\n')) })).toEqual([]);
});

describe('what is misspelt gets a suggestion', () => {
  it.each([
    [
      'an option of an option in a sweep',
      page(waves, small.replace('sweep: { network.hidden:', 'sweep: { hidden:')),
      'index.md:20:10 unknown-option "hidden" is not an option of train; did you mean "network.hidden"?',
    ],
    [
      'one option in place of options',
      page(waves, small.replace('optimizer: { kind: sgd, rate: 0.02 }', 'optimizer: sgd')),
      'index.md:16:12 invalid-option "optimizer" must be a list of options; it is "sgd"; write { kind: sgd, rate: … }',
    ],
    [
      'an option that is indented',
      page(waves, small.replace('batch:', '  batch:')),
      'index.md:17:1 yaml-syntax this line starts at another column than the options above it; start them all at the same',
    ],
    [
      'what means nothing for a file',
      page(block('dataset #d', 'function: { csv: { file: a.csv, inputs: [x], target: y } }', 'samples: 20')),
      'index.md:7:10 invalid-option "samples" has no meaning for a CSV file; leave it out',
    ],
    [
      'a kind',
      page(block('trian #a', 'data: waves')),
      'index.md:5:4 unknown-kind "trian" is not a kind of directive; did you mean "train"?',
    ],
    [
      'a kind with an id, far from any',
      page(block('xylophone #a')),
      'index.md:5:4 unknown-kind "xylophone" is not a kind of directive; the kinds are dataset, train, features, svd, kernel, linearize, project, curvature, spectral, elbows, limit-kernel, results, program, figure, table, claim',
    ],
    [
      'a kind in braces',
      page(block('{train} #a')),
      'index.md:5:4 unknown-kind "{train}" is not how a directive is written; write train without braces',
    ],
    [
      'an option',
      page(waves, train('bacth: 3')),
      'index.md:18:1 unknown-option "bacth" is not an option of train; did you mean "batch"?',
    ],
    [
      'a nested option',
      page(block('dataset #d', 'function: step', 'test: { gird: 3 }')),
      'index.md:7:9 unknown-option "gird" is not an option of test; did you mean "grid"?',
    ],
    [
      'an option of an optimiser',
      page(
        waves,
        block(
          'train #n',
          'data: waves',
          'network: { hidden: [4] }',
          'optimizer: { kind: adam, rate: 0.1, momentun: 0.9 }',
          'steps: 3',
        ),
      ),
      'index.md:16:37 unknown-option "momentun" is not an option of optimizer; choose from "kind", "rate", "betas", "epsilon", "weight-decay"',
    ],
    ['a value', page(block('dataset #d', 'function: piecewise-linar')), 'index.md:6:11 invalid-option'],
    [
      'an id',
      page(
        waves,
        block('train #n', 'data: wavs', 'network: { hidden: [4] }', 'optimizer: { kind: sgd, rate: 0.1 }', 'steps: 3'),
      ),
      'index.md:14:7 unknown-id there is no dataset "wavs"; did you mean "waves"?',
    ],
    [
      'a picture',
      page(waves, block('figure #f', 'show: waves.dat')),
      'index.md:14:7 unknown-picture a dataset has no picture "dat"; did you mean "data"?',
    ],
    [
      'a facet',
      page(waves, small, block('figure #f', 'show: small.fit', 'facet: hiden')),
      'index.md:25:8 unknown-facet these results do not differ in "hiden"; did you mean "hidden"?',
    ],
    [
      'a number in the text',
      page(waves, small, 'So `= small[hidden=4].test-eror`.'),
      'index.md:23:7 unknown-value "small" has no result "test-eror"; did you mean "test-error"?',
    ],
    [
      'a parameter',
      page(waves, train(), block('features #g', 'of: net', 'parameters: [0.wieght]')),
      'index.md:22:14 unknown-parameter this network has no parameter "0.wieght"; did you mean "0.weight"?',
    ],
  ])('%s', (_what, text, expected) => {
    const found = lines({ 'index.md': text });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(expected);
  });
});

describe('what is written as in another language is told how it is written', () => {
  it.each([
    ['a format of Python', '`= net.test-error:.3f`', '":.3f" cannot be read; write .3f'],
    ['a format of C', '`= net.test-error %.2e`', '"%.2e" cannot be read; write .2e'],
    ['a key of Python', '`= net["test_error"]`', 'write net.test-error'],
    ['a name of R', '`= net$test_error`', 'write net.test-error'],
    ['an id with a colon', block('figure #fig:a', 'show: net.fit'), 'a letter first; write #fig-a'],
    ['an id in braces', block('figure {#fig-a}', 'show: net.fit'), '"{#fig-a}" is not an id; write #fig-a'],
    ['an id as an option of a chunk', block('figure label=fig-a', 'show: net.fit'), 'write #fig-a'],
  ])('%s', (_what, text, expected) => {
    expect(lines({ 'index.md': page(waves, train(), text) })).toEqual([expect.stringContaining(expected)]);
  });
});

describe('impossible experiments are refused', () => {
  it.each([
    ['a negative width', 'network: { hidden: [-3] }', '"network.hidden.0" must be at least 1; it is -3'],
    ['a fractional width', 'network: { hidden: [2.5] }', '"network.hidden.0" must be a whole number; it is 2.5'],
    ['an infinite width', 'network: { hidden: [.inf] }', '.inf is not a finite number'],
    ['a NaN', 'network: { hidden: [.nan] }', '.nan is not a finite number'],
    [
      'an absurd width',
      'network: { hidden: [1000000000000] }',
      '"network.hidden.0" must be at most 10000000; it is 1000000000000',
    ],
    [
      'digits that cannot be kept',
      'network: { hidden: [9007199254740993] }',
      '9007199254740993 has more digits than can be kept exactly',
    ],
    ['text for a number', 'network: { hidden: [ten] }', '"network.hidden.0" must be a number; it is "ten"'],
  ])('%s', (_what, network, expected) => {
    const text = page(
      waves,
      block('train #n', 'data: waves', network, 'optimizer: { kind: sgd, rate: 0.1 }', 'steps: 3'),
    );
    const found = lines({ 'index.md': text });
    expect(found.length).toBeGreaterThan(0);
    expect(found.join('\n')).toContain(expected);
    expect(found.join('\n')).toContain('index.md:15:');
  });

  it('a width that cannot fit says how much it would need', () => {
    const text = page(
      waves,
      block(
        'train #n',
        'data: waves',
        'network: { hidden: [60000, 60000] }',
        'optimizer: { kind: sgd, rate: 0.1 }',
        'steps: 3',
      ),
    );
    expect(lines({ 'index.md': text }).join()).toMatch(
      /index\.md:15:\d+ too-much-memory n would need \d+ GB of memory, and 4\.00 GB may be used/,
    );
  });

  it('a batch larger than the data', () => {
    expect(lines({ 'index.md': page(waves, train('batch: 21')) }).join()).toContain(
      'index.md:18:8 batch-too-large a batch of 21 is larger than the data, which have 20 samples',
    );
  });

  it('activations that are not one for each hidden layer', () => {
    const text = page(waves, train().replace('[4] }', '[4, 3], activation: [tanh] }'));
    expect(lines({ 'index.md': text })).toEqual([
      'index.md:15:40 invalid-option "network.activation" must be one name, or one for each hidden layer: there are 2, and 1 is named; change "network.activation"',
    ]);
  });

  it('a checkpoint beyond the last step', () => {
    expect(lines({ 'index.md': page(waves, train('checkpoints: { and: [11] }')) })).toEqual([
      'index.md:18:22 invalid-option "checkpoints.and.0" is beyond the last step, 10; change "checkpoints.and.0"',
    ]);
    expect(lines({ 'index.md': page(waves, train(), block('svd #s', 'of: net', 'at: [0, 11]')) })).toEqual([
      'index.md:22:9 no-checkpoint step 11 is beyond the last step, 10; choose a step up to 10, or "last"',
    ]);
    expect(lines({ 'index.md': page(waves, train(), block('features #g', 'of: net', 'at: [5]')) })).toEqual([
      'index.md:22:6 no-checkpoint the training records no checkpoint at step 5; ' +
        "choose 0 or 10, or add 5 to the training's checkpoints: {and: [5]}",
    ]);
  });

  it('a sweep over an option that does not exist', () => {
    const found = lines({ 'index.md': page(waves, train('sweep: { network.hiden: [[1], [2]] }')) });
    expect(found).toEqual([
      'index.md:18:10 unknown-option "hiden" is not an option of network; did you mean "hidden"?',
    ]);
    expect(lines({ 'index.md': page(waves, train('sweep: { sede: [1, 2] }')) })).toEqual([
      'index.md:18:10 unknown-option "sede" is not an option of train; did you mean "seed"?',
    ]);
  });

  it('a sweep with a wrong value among its values, without values, and with one twice', () => {
    expect(lines({ 'index.md': page(waves, train('sweep: { seed: [1, -2] }')) })).toEqual([
      'index.md:18:20 invalid-option "seed" must be at least 0; it is -2; change it',
    ]);
    expect(lines({ 'index.md': page(waves, train('sweep: { steps: [] }')) }).join()).toContain(
      'index.md:18:10 invalid-sweep',
    );
    expect(lines({ 'index.md': page(waves, train('sweep: { steps: [3, 3] }')) }).join()).toContain(
      '3 is in this sweep twice; keep one of them',
    );
  });

  it('a position beyond the results: a component, a unit, a sample', () => {
    const text = (name: string): string =>
      page(waves, train(), block('svd #s', 'of: net'), block('features #g', 'of: net'), `A \`= ${name}\`.`);
    expect(lines({ 'index.md': text('s[component=14].singular-values') })).toEqual([
      'index.md:28:6 unknown-value component=14 is beyond "singular-values" of "s", which has 13; choose from 1 to 13',
    ]);
    expect(lines({ 'index.md': text('net[out=4,in=0].0.weight') }).join()).toContain('out=4 is beyond "0.weight"');
    expect(lines({ 'index.md': text('waves[sample=20].targets') }).join()).toContain('choose from 0 to 19');
    expect(lines({ 'index.md': text('g[point=0,parameter=13].jacobian') }).join()).toContain('choose from 0 to 12');
    expect(lines({ 'index.md': text('s[component=13].singular-values') })).toEqual([]);
  });

  it.each([
    ['none', '[]', '1 invalid-sweep "seed" names no seed; write one, [0, 1, 2], or {count: 32} for the seeds 0 to 31'],
    ['one of them twice', '[3, 1, 3]', '14 invalid-sweep 3 is in this sweep twice; keep one of them'],
    ['one that is none', '[3, -1]', '11 invalid-option "seed" must be at least 0; it is -1; change it'],
    ['a slip', '{ cuont: 3 }', '9 invalid-sweep "cuont" is not an option of seed; did you mean "count"?'],
    [
      'too many',
      '{ count: 10001 }',
      '9 invalid-sweep the count of seeds must be a whole number from 1 to 10000; it is 10001; write {count: 32}',
    ],
  ])('seeds: %s', (_what, seed, expected) => {
    const found = lines({ 'index.md': page(waves, train(`seed: ${seed}`)) });
    expect(found.map((line) => line.replace('index.md:18:', ''))).toEqual([expected]);
  });

  it('seeds given twice, and more runs than a directive may have', () => {
    const twice = train('seed: {count: 2}', 'sweep: { seed: [1, 2] }');
    expect(lines({ 'index.md': page(waves, twice) })).toEqual([
      'index.md:19:10 invalid-sweep the seeds are given twice: by "seed" and by this sweep; keep one of the two',
    ]);
    const many = train('seed: {count: 6000}', 'sweep: { optimizer.rate: [1, 2] }');
    expect(lines({ 'index.md': page(waves, many) })).toEqual([
      'index.md:19:1 invalid-sweep this sweep asks for 12000 runs, more than 10000; sweep over fewer values',
    ]);
  });

  it('sweeps of what is swept that ask for more steps than any report has', () => {
    const seeds = JSON.stringify(Array.from({ length: 400 }, (_, seed) => seed));
    const text = page(
      waves,
      train(`sweep: { seed: ${seeds} }`),
      block('svd #s', 'of: net', `sweep: { on.grid: ${seeds.replace('0,1,', '')} }`),
    );
    expect(lines({ 'index.md': text }).filter((line) => line.includes('too-many-steps'))).toEqual([
      "index.md:21:1 too-many-steps with this directive's 159200 steps the report has more than 100000; " +
        'sweep over fewer values, here or in what it is computed from',
    ]);
  });

  it('an option that is needed', () => {
    const text = page(block('train #n', 'data: waves', 'steps: 3', 'optimizer: { kind: sgd, rate: 1 }'), waves);
    expect(lines({ 'index.md': text }).join()).toContain('index.md:6:1 missing-option train needs "network"');
    expect(lines({ 'index.md': page(block('dataset #d', 'seed: 1')) })).toEqual([
      'index.md:6:1 missing-option dataset needs "function"; write one of "piecewise-linear", ' +
        '"piecewise-linear-as-published", "sin(20x)", "step", "moons", "circles", "spirals", "xor", or a list of options there',
    ]);
    expect(
      lines({ 'index.md': page(waves, block('train #n', 'data: waves', 'network: {}', 'steps: 3')) }).sort(),
    ).toEqual([
      expect.stringContaining('index.md:14:1 missing-option train needs "optimizer"') as unknown,
      expect.stringContaining('index.md:15:10 missing-option network needs "hidden"') as unknown,
    ]);
  });
});

describe('ids', () => {
  it('given twice: both places are shown', () => {
    const [problem, ...others] = problemsOf({ 'index.md': page(waves), 'other.md': page(waves) });
    expect(others).toEqual([]);
    expect(problem).toMatchObject({
      rule: 'duplicate-id',
      place: { file: 'other.md', line: 5 },
      related: [{ place: { file: 'index.md', line: 5 } }],
    });
  });

  it('that need each other: the cycle is shown, once', () => {
    const one = (id: string, data: string): string =>
      block(
        `train #${id}`,
        `data: ${data}`,
        'network: { hidden: [4] }',
        'optimizer: { kind: sgd, rate: 0.1 }',
        'steps: 3',
      );
    const cycles = problemsOf({ 'index.md': page(one('a', 'b'), one('b', 'a')) }).filter(
      ({ rule }) => rule === 'cycle',
    );
    expect(cycles.map(({ message }) => message)).toEqual(['these directives need each other: a -> b -> a']);
  });

  it('that need themselves, and three in a ring: every member has its place', () => {
    const of = (id: string, other: string): string => block(`svd #${id}`, `of: ${other}`);
    const rings = problemsOf({
      'index.md': page(of('a', 'a'), of('b', 'c')),
      'other.md': page(of('c', 'd'), of('d', 'b')),
    }).filter(({ rule }) => rule === 'cycle');
    expect(rings.map(({ message }) => message.replace('these directives need each other: ', ''))).toEqual([
      'a -> a',
      'b -> c -> d -> b',
    ]);
    expect(rings[1]).toMatchObject({
      place: { file: 'index.md', line: 9, column: 1 },
      related: [{ place: { file: 'other.md', line: 5 } }, { place: { file: 'other.md', line: 9 } }],
    });
  });

  it('a diamond is no cycle', () => {
    const text = page(waves, train(), block('svd #s', 'of: net'), block('features #g', 'of: net'));
    expect(lines({ 'index.md': text })).toEqual([]);
  });

  it('of the wrong kind: where it is declared is shown', () => {
    const [problem] = problemsOf({ 'index.md': page(waves, block('svd #s', 'of: waves')) });
    expect(problem).toMatchObject({ rule: 'wrong-kind', message: '"waves" is a dataset, and a train is needed here' });
  });
});

describe('CSV files', () => {
  const text = page(block('dataset #d', 'function: { csv: { file: data.csv } }'));
  it.each([
    ['missing', undefined, 'data.csv cannot be read: there is no such file', undefined],
    ['empty', '', 'data.csv holds no rows', [1, 1]],
    ['only a header', 'x,y\n', 'data.csv holds no rows', [1, 1]],
    ['ragged', 'x,y\n1,2\n3\n', 'data.csv has 1 columns in line 3, not 2', [3, 1]],
    ['ragged with too many', 'x,y\n1,2\n\n 3, 4, 5\n', 'data.csv has 3 columns in line 4, not 2', [4, 8]],
    [
      'not numeric',
      'x,y\n1,2\n3,many\n',
      'data.csv has "many" in line 3, column 2 (y), which is not a finite number',
      [3, 3],
    ],
    [
      'not numeric after a quoted field over two lines',
      'a,x,y\r\n"p, q\r\nr",1, no\r\n',
      '"no" in line 3, column 3 (y)',
      [3, 7],
    ],
    ['a number that is not finite', 'x,y\n1,Infinity\n', '"Infinity" in line 2, column 2 (y)', [2, 3]],
    ['an empty field', 'x,y\n1,\n', '"" in line 2, column 2 (y)', [2, 3]],
    ['an unclosed quote', 'x,y\n1,"2\n', 'data.csv is not a CSV file', [2, 1]],
    ['without the column', 'x,z\n1,2\n', 'data.csv has no column "y"', [1, 1]],
    [
      'not UTF-8',
      Uint8Array.of(0x78, 0x2c, 0x79, 0x0a, 0x31, 0xff),
      'data.csv cannot be read: the file is not valid UTF-8',
      [2, 2],
    ],
    ['UTF-16', Uint8Array.of(0xff, 0xfe, 0x78, 0x00), 'data.csv cannot be read: the file is UTF-16, not UTF-8', [1, 1]],
  ])('%s', (_what, csv, message, inFile) => {
    const [problem] = problemsOf({ 'index.md': text, ...(csv !== undefined && { 'data.csv': csv }) });
    expect(problem?.message).toContain(message);
    expect(problem?.place).toMatchObject({ file: 'index.md', line: 6, column: 26 });
    if (inFile !== undefined) {
      expect(problem?.related?.[0]?.place).toMatchObject({ file: 'data.csv', line: inFile[0], column: inFile[1] });
    }
  });

  it('separated by something else: said', () => {
    const [problem] = problemsOf({ 'index.md': text, 'data.csv': 'x;y\n1;2\n' });
    expect(problem?.hint).toBe('separate the columns with commas');
  });

  it('with CRLF and a byte order mark are the same numbers', () => {
    expect(lines({ 'index.md': text, 'data.csv': '\uFEFFx,y\r\n1,2\r\n3,4\r\n' })).toEqual([]);
  });

  const refusal = (folder: string, file: string): string | undefined => {
    const { report } = readReport(folder, directiveKinds);
    const data = report.dataFile(file);
    return 'refused' in data ? data.refused : undefined;
  };

  it('outside the report, or anywhere on a network, are not read', () => {
    const outside = page(block('dataset #d', 'function: { csv: { file: ../../etc/passwd } }'));
    expect(lines({ 'index.md': outside }).join()).toContain("it lies outside the report's folder");
    const folder = reportFolder({
      'report/index.md': page('x'),
      'report-of-another/secret.csv': 'x',
      'secret.csv': 'x',
    });
    for (const file of [
      '../secret.csv',
      'a/../../secret.csv',
      '/etc/passwd',
      '../report-of-another/secret.csv',
      '..',
      './/..//secret.csv',
    ])
      expect(refusal(join(folder, 'report'), file), file).toBe("it lies outside the report's folder");
    for (const file of ['http://169.254.169.254/x', 'file:///etc/passwd', 'data:text/csv,x'])
      expect(refusal(join(folder, 'report'), file), file).toBe('it is an address, and a build reads no network');
    expect(refusal(join(folder, 'report'), 'a\0.csv')).toBe('its name holds a NUL character');
  });

  it('no path leads out of the report, however it is put together', () => {
    const folder = reportFolder({
      'report/index.md': page('x'),
      'report/in/a.csv': 'in',
      'a.csv': 'out',
      'in/a.csv': 'out',
    });
    symlinkSync(folder, join(folder, 'report', 'up'));
    symlinkSync(join(folder, 'a.csv'), join(folder, 'report', 'in', 'link.csv'));
    const { report } = readReport(join(folder, 'report'), directiveKinds);
    const part = fc.constantFrom(
      '..',
      '.',
      '',
      'in',
      'up',
      'report',
      'a.csv',
      'link.csv',
      folder,
      '%2e%2e',
      '..\\',
      '\u2024.',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
        const data = report.dataFile(parts.join('/'));
        if ('bytes' in data) expect(new TextDecoder().decode(data.bytes)).not.toBe('out');
      }),
      { numRuns: 2000 },
    );
  });

  it('that are links out of the report, folders, pipes or devices are not read', () => {
    const folder = reportFolder({ 'report/index.md': page('x'), 'report/sub/a.csv': 'x', 'secret.csv': 'x' });
    const inside = (name: string): string => join(folder, 'report', name);
    symlinkSync(join(folder, 'secret.csv'), inside('link.csv'));
    symlinkSync(folder, inside('up'));
    symlinkSync('sub/a.csv', inside('within.csv'));
    symlinkSync('nowhere', inside('broken.csv'));
    execFileSync('mkfifo', [inside('pipe.csv')]);
    expect(refusal(inside(''), 'link.csv')).toMatch(/^it is a link that leaves the report's folder/);
    expect(refusal(inside(''), 'up/secret.csv')).toMatch(/^it is a link that leaves the report's folder/);
    for (const file of ['pipe.csv', 'sub']) expect(refusal(inside(''), file), file).toBe('it is not a regular file');
    expect(refusal(inside(''), 'broken.csv')).toBe('it is a link that leads nowhere');
    expect(refusal(inside(''), 'within.csv')).toBeUndefined();
  });
});

describe('pages', () => {
  it('invalid UTF-8 names the line and the byte', () => {
    const bytes = Uint8Array.from([...new TextEncoder().encode('---\ntitle: x\n---\n'), 0x61, 0xff, 0x62]);
    expect(lines({ 'index.md': bytes }).join()).toContain(
      'index.md:4:2 invalid-encoding the file is not valid UTF-8 (byte 18)',
    );
  });

  it('UTF-16 and NUL bytes: line and byte', () => {
    const utf16 = Uint8Array.from(Buffer.from('\uFEFF---\ntitle: x\n---\n', 'utf16le'));
    expect(lines({ 'index.md': utf16 })).toEqual([
      'index.md:1:1 invalid-encoding the file is UTF-16, not UTF-8 (byte 0); save the file as UTF-8',
    ]);
    expect(lines({ 'index.md': '# A\n\nb\0c\n' })).toEqual([
      'index.md:3:2 invalid-encoding the file holds a NUL byte (byte 6); save the file as UTF-8',
    ]);
  });

  it('places are the same with LF, CRLF, CR, and after a byte order mark', () => {
    const text = page(waves, train('bacth: 3'));
    const place = (written: string): string => lines({ 'index.md': written }).join();
    expect(place(text)).toMatch(/^index\.md:18:1 unknown-option/);
    for (const written of [text.replaceAll('\n', '\r\n'), text.replaceAll('\n', '\r'), `\uFEFF${text}`])
      expect(place(written)).toBe(place(text));
  });

  it('an unclosed fence, of a directive and of code, and front matter without an end', () => {
    expect(lines({ 'index.md': page('```dataset #d\nfunction: step') })).toEqual([
      'index.md:5:1 unclosed-fence this fenced block is never closed; end it with a line of ```',
    ]);
    expect(lines({ 'index.md': page('- a\n\n  ~~~~js\n  let x') })).toEqual([
      'index.md:7:3 unclosed-fence this fenced block is never closed; end it with a line of ~~~~',
    ]);
    expect(lines({ 'index.md': '---\ntitle: x\n\n# A\n' }).join()).toContain('index.md:1:1 unclosed-front-matter');
  });

  it('a folder without a page, and none at all', () => {
    const none = reportFolder({
      'notes.txt': 'x',
      'templates/a.md': '# A',
      '.hidden/b.md': '# B',
      'node_modules/c.md': '# C',
    });
    const [problem] = readReport(none, directiveKinds).problems;
    expect(problem).toMatchObject({ rule: 'no-page', hint: 'write a Markdown file such as index.md into it' });
    expect(readReport(join(none, 'nowhere'), directiveKinds).problems[0]).toMatchObject({ rule: 'no-report' });
    expect(readReport(join(none, 'notes.txt'), directiveKinds).problems[0]?.message).toContain('is not a folder');
  });

  it('an empty page, and one of front matter without a title, need one', () => {
    const found = lines({
      'a.md': '',
      'b.md': '---\norder: 2\n---\n',
      'c.md': '---\ntitle: C\n---\n',
      'd.md': '# D\n',
    });
    expect(found.map((line) => line.split(';')[0])).toEqual([
      'a.md:1:1 page-without-title this page has no title',
      'b.md:1:1 page-without-title this page has no title',
    ]);
  });

  it('two with one address, on some file system', () => {
    const cases = [
      ['a.md', 'A.md'],
      ['x/b.md', 'x/b.MD'],
      ['caf\u00e9.md', 'cafe\u0301.md'],
    ] as const;
    for (const [one, other] of cases) {
      const [problem, ...more] = problemsOf({ [one]: page('x'), [other]: page('y') });
      expect(more).toEqual([]);
      expect(problem).toMatchObject({ rule: 'shared-address', place: { line: 1, column: 1 } });
      expect(problem?.message).toContain(one);
      expect(problem?.message).toContain(other);
    }
  });

  it('too many directives, too long a page, too large a file: said at once, with the limit', () => {
    const many = Array.from({ length: 10_001 }, () => block('svd', 'of: nothing')).join('\n');
    const [first, ...others] = problemsOf({ 'index.md': page(many) });
    expect(others).toEqual([]);
    expect(first).toMatchObject({
      rule: 'too-many-directives',
      message: 'this report has more than 10000 directives',
      place: { file: 'index.md', line: 5 + 3 * 10_000, column: 1 },
    });
    expect(lines({ 'index.md': `# A\n\n${'x'.repeat(13_000_000)}` })).toEqual([
      'index.md:1:1 page-too-large this page is 13000005 characters long, more than 12582912; split it into several pages',
    ]);
    expect(lines({ 'index.md': new Uint8Array(17 * 1024 * 1024) })[0]).toContain(
      'index.md:1:1 unreadable-page index.md: it is 17825792 bytes large, more than 16777216',
    );
  });

  it('links to other folders are not followed', () => {
    const folder = reportFolder({ 'report/index.md': page('x'), 'other/secret.md': page('y') });
    symlinkSync(join(folder, 'other'), join(folder, 'report', 'link'));
    symlinkSync(join(folder, 'other', 'secret.md'), join(folder, 'report', 'secret.md'));
    const { report, problems } = readReport(join(folder, 'report'), directiveKinds);
    expect(report.pages.map(({ file }) => file)).toEqual(['index.md']);
    expect(problems.map(({ rule, place, severity }) => [rule, place?.file, severity])).toEqual([
      ['linked-folder', 'link', 'warning'],
      ['unreadable-page', 'secret.md', undefined],
    ]);
  });

  it('YAML that does not parse, anchors, repeated and reserved keys', () => {
    const found = lines({
      'index.md': page(
        block('dataset #a', 'function: [step'),
        block('dataset #b', 'function: &x step'),
        block('dataset #c', 'function: step', 'function: step'),
        block('dataset #d', '__proto__: 1', 'function: step'),
      ),
    });
    const rules = found.map((line) => line.split(' ')[1]);
    expect(rules).toEqual(expect.arrayContaining(['yaml-syntax', 'yaml-anchor', 'duplicate-option', 'yaml-key']));
  });

  it.each([
    [
      'an anchor',
      'function: &x step',
      'index.md:6:14 yaml-anchor anchors and aliases are not allowed here; write the value out',
    ],
    ['an alias that holds itself', 'function: &a [*a]', 'index.md:6:14 yaml-anchor'],
    ['a bomb of aliases', 'a: &a [x, x]\nb: &b [*a, *a]\nfunction: [*b, *b]', 'index.md:6:7 yaml-anchor'],
    ['an alias of nothing', 'function: *x', 'index.md:6:11 yaml-'],
    ['a merge', '<<: { seed: 1 }', 'index.md:6:1 unknown-option "<<"'],
    ['a tag', 'function: !!js/function x', 'index.md:6:25 yaml-tag'],
    ['lists in lists', `function: ${'['.repeat(5000)}`, 'index.md:6:1 yaml-too-deep'],
    ['maps in maps', `function: ${'{a: '.repeat(5000)}`, 'index.md:6:1 yaml-too-deep'],
    ['items in items', `function:\n  ${'- '.repeat(5000)}x`, 'index.md:7:1 yaml-too-deep'],
    ['keys in keys', `${'? '.repeat(5000)}x`, 'index.md:6:1 yaml-too-deep'],
    ['deep lines', Array.from({ length: 300 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'), 'yaml-too-deep'],
    ['too much text', `function: ${'x'.repeat(65536)}`, 'index.md:6:1 yaml-too-large'],
    ['a list for options', '- a', 'index.md:6:1 yaml-not-options'],
    ['a list as a key', '[a]: 1', 'index.md:6:1 yaml-key'],
    ['two documents', 'function: step\n---\nfunction: step', 'yaml-syntax'],
    ['a key given twice', 'function: step\nfunction: step', 'index.md:7:1 duplicate-option "function" is given twice'],
    [
      'a key given twice inside',
      'function: step\ntest: { grid: 3, grid: 4 }',
      'index.md:7:18 duplicate-option "grid" is given twice',
    ],
    [
      '__proto__',
      'function: step\n__proto__: { seed: 1 }',
      'index.md:7:1 yaml-key "__proto__" cannot be the name of an option',
    ],
    [
      'constructor',
      'function: { constructor: 1 }',
      'index.md:6:13 yaml-key "constructor" cannot be the name of an option',
    ],
    [
      'an integer that cannot be kept',
      'function: step\nseed: 9007199254740993',
      'index.md:7:7 number-too-large 9007199254740993',
    ],
    [
      'a huge hexadecimal integer',
      'function: step\nseed: 0xffffffffffffffff',
      'index.md:7:7 number-too-large 0xffffffffffffffff',
    ],
    ['an octal one', 'function: step\nseed: 0o7777777777777777777777', 'index.md:7:7 number-too-large'],
  ])('YAML with %s is a problem at its place', (_what, body, expected) => {
    const before = Object.keys(Object.prototype).length;
    const found = lines({ 'index.md': page(block('dataset #a', ...body.split('\n'))) });
    expect(found.join('\n')).toContain(expected);
    expect(Object.keys(Object.prototype)).toHaveLength(before);
  });

  it('a value that cannot be read is one problem, not another one as an option', () => {
    const text = page(block('dataset #a', 'function: *x'), block('dataset #b', 'function: step', 'noise: .nan'));
    expect(lines({ 'index.md': text }).map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      'index.md:6:11 yaml-anchor',
      'index.md:11:8 number-not-finite',
    ]);
  });

  it('the first of two equal options is shown too', () => {
    const [problem] = problemsOf({ 'index.md': page(block('dataset #a', 'function: step', 'function: step')) });
    expect(problem?.related).toEqual([
      { place: expect.objectContaining({ line: 6, column: 1 }) as unknown, message: 'the first one' },
    ]);
  });

  it('all faults of all pages are reported in one run', () => {
    const rules = problemsOf({
      'index.md': page(block('dataset #a', 'function: stepp'), block('trian #b')),
      'other.md': page(block('svd #s', 'of: nothing'), block('figure', 'show: nothing.data')),
    }).map(({ rule, place }) => `${place?.file ?? ''} ${rule}`);
    expect(rules.sort()).toEqual([
      'index.md invalid-option',
      'index.md unknown-kind',
      'other.md unknown-id',
      'other.md unknown-id',
    ]);
  });

  it('a problem prints with its lines and a marker under the place', () => {
    const folder = { 'index.md': page(waves, train('bacth: 3')) };
    const [problem] = problemsOf(folder);
    expect(problem && formatProblem(problem, 'report', () => folder['index.md'])).toBe(
      [
        'report/index.md:18:1  unknown-option  "bacth" is not an option of train; did you mean "batch"?',
        '    17 | steps: 10',
        '  > 18 | bacth: 3',
        '       | ^^^^^',
      ].join('\n'),
    );
  });

  it('characters in code that show it in another order are problems; in running text they are text', () => {
    const found = lines({
      'index.md': page(
        'Text \u202eof\u202c a kind.',
        '```js\nlet a;\nif (\u2066a) b();\n```',
        'And `x\u202ey`.',
        block('dataset #d', 'function: step # \u202e'),
      ),
    });
    expect(found.map((line) => line.split(',')[0])).toEqual([
      'index.md:9:5 hidden-character this code holds U+2066',
      'index.md:12:7 hidden-character this code holds U+202E',
      'index.md:15:18 hidden-character this code holds U+202E',
    ]);
  });

  it('an id is of plain letters: none that look like others, none that hide', () => {
    for (const id of ['wav\u0435s', 'a\u202eb', 'a\u200bb', '\u0430', 'a_b', '1a', ''])
      expect(lines({ 'index.md': page(block(`dataset #${id}`, 'function: step')) })[0], id).toMatch(
        /^index\.md:5:\d+ (invalid-id|hidden-character)/,
      );
  });

  it('what is swept over cannot steer a terminal through the names of runs', () => {
    const wild = block('dataset #d', 'function: step', 'sweep: { function: ["step", "\\e[31mx"] }');
    for (const { message } of problemsOf({ 'index.md': page(wild) })) expect(message).not.toContain('\u001b[31m\u001b');
    const files = {
      'index.md': page(
        block('dataset #c', 'function: { csv: { file: a } }', 'sweep: { function.csv.file: ["\\e[31m.csv"] }'),
      ),
      '\u001b[31m.csv': 'x,y\n1,2\n',
    };
    const { plan } = prepare(reportFolder(files), { memory: 4e9, engine: referenceEngine });
    expect(plan.steps.map(({ name }) => name)).toEqual(['c[file=\\u{1b}[31m.csv]']);
  });

  it('control characters in a message cannot steer a terminal', () => {
    const problem: Problem = { rule: 'failed', message: 'a\u001b[31mb\u202e', hint: 'c' };
    expect(formatProblem(problem, '', () => undefined)).toBe('failed  a\\u{1b}[31mb\\u{202e}; c');
  });
});
