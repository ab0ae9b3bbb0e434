/** Bad input: every fault of a report is found in one go, with its place and what to do. */
import { describe, expect, it } from 'vitest';
import { planReport } from '../../src/plan/plan-report.js';
import { formatProblem, type Problem } from '../../src/problem.js';
import { readReport } from '../../src/source/read-report.js';
import { directiveKinds } from '../../src/steps/kinds.js';
import { block, page, reportFolder, small, waves } from '../report-folder.js';

function problemsOf(files: Readonly<Record<string, string | Uint8Array>>, memory = 4e9): Problem[] {
  const { report, problems } = readReport(reportFolder(files), directiveKinds);
  return [...problems, ...planReport(report, { memory, addressable: 4e9 }).problems];
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

describe('what is misspelt gets a suggestion', () => {
  it.each([
    [
      'a kind',
      page(block('trian #a', 'data: waves')),
      'index.md:5:4 unknown-kind "trian" is not a kind of directive; did you mean "train"?',
    ],
    [
      'a kind with an id, far from any',
      page(block('xylophone #a')),
      'index.md:5:4 unknown-kind "xylophone" is not a kind of directive; the kinds are dataset, train, features, svd, figure, table',
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
      'unknown-facet these results do not differ in "hiden"; did you mean "hidden"?',
    ],
    [
      'a number in the text',
      page(waves, small, 'So `= small[hidden=4].test-eror`.'),
      'unknown-value "small" has no result "test-eror"; did you mean "test-error"?',
    ],
    [
      'a parameter',
      page(waves, train(), block('features #g', 'of: net', 'parameters: [0.wieght]')),
      'unknown-parameter this network has no parameter "0.wieght"; did you mean "0.weight"?',
    ],
  ])('%s', (_what, text, expected) => {
    const found = lines({ 'index.md': text });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(expected);
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

  it('a checkpoint beyond the last step', () => {
    expect(lines({ 'index.md': page(waves, train('checkpoints: { and: [11] }')) }).join()).toContain(
      '"checkpoints.and.0" is beyond the last step, 10',
    );
    expect(lines({ 'index.md': page(waves, train(), block('svd #s', 'of: net', 'at: [11]')) }).join()).toContain(
      'step 11 is beyond the last step, 10',
    );
  });

  it('a sweep over an option that does not exist', () => {
    const found = lines({ 'index.md': page(waves, train('sweep: { network.hiden: [[1], [2]] }')) });
    expect(found).toEqual([
      'index.md:18:10 unknown-option "hiden" is not an option of network; did you mean "hidden"?',
    ]);
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

  it('an option that is needed', () => {
    const text = page(block('train #n', 'data: waves', 'steps: 3', 'optimizer: { kind: sgd, rate: 1 }'), waves);
    expect(lines({ 'index.md': text }).join()).toContain('missing-option train needs "network"');
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
    [
      'not numeric',
      'x,y\n1,2\n3,many\n',
      'data.csv has "many" in line 3, column 2 (y), which is not a finite number',
      [3, 2],
    ],
    ['without the column', 'x,z\n1,2\n', 'data.csv has no column "y"', [1, 1]],
  ])('%s', (_what, csv, message, inFile) => {
    const [problem] = problemsOf({ 'index.md': text, ...(csv !== undefined && { 'data.csv': csv }) });
    expect(problem?.message).toContain(message);
    expect(problem?.place).toMatchObject({ file: 'index.md', line: 6 });
    if (inFile !== undefined) {
      expect(problem?.related?.[0]?.place).toMatchObject({ file: 'data.csv', line: inFile[0], column: inFile[1] });
    }
  });

  it('outside the report are not read', () => {
    const outside = page(block('dataset #d', 'function: { csv: { file: ../../etc/passwd } }'));
    expect(lines({ 'index.md': outside }).join()).toContain("it lies outside the report's folder");
  });
});

describe('pages', () => {
  it('invalid UTF-8 names the line and the byte', () => {
    const bytes = Uint8Array.from([...new TextEncoder().encode('---\ntitle: x\n---\n'), 0x61, 0xff, 0x62]);
    expect(lines({ 'index.md': bytes }).join()).toContain(
      'index.md:4:2 invalid-encoding the file is not valid UTF-8 (byte 18)',
    );
  });

  it('an unclosed fence', () => {
    expect(lines({ 'index.md': page('```dataset #d\nfunction: step') })[0]).toContain('index.md:5:1 unclosed-fence');
  });

  it('a folder without a page', () => {
    expect(lines({ 'notes.txt': 'x' }).join()).toContain('no-page');
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

  it('control characters in a message cannot steer a terminal', () => {
    const problem: Problem = { rule: 'x', message: 'a\u001b[31mb\u202e', hint: 'c' };
    expect(formatProblem(problem, '', () => undefined)).toBe('x  a\\u{1b}[31mb\\u{202e}; c');
  });
});
