/** `results`: what runs files make, their names, numbers and keys; and bad input, each a problem at its place. */
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { referenceEngine } from '../../../src/engine/reference/index.js';
import { readNumber } from '../../../src/figures/read-number.js';
import { tidyRows } from '../../../src/figures/tidy.js';
import { prepare, type Prepared } from '../../../src/pipeline/prepare.js';
import { inEnglish } from '../../../src/figures/in-english.js';
import { checkClaims, printNumber, readFrom } from '../../../src/pipeline/print-numbers.js';
import { requestsIn } from '../../../src/plan/expression/expression.js';
import type { PlannedStep } from '../../../src/plan/plan.js';
import type { Artifact } from '../../../src/shared/artifact.js';
import { loadRun } from '../../../src/steps/results/load.js';
import { block, page, reportFolder, writeFiles } from '../../report-folder.js';

const fixtures = join(import.meta.dirname, '../../fixtures/results');
const fixture = (name: string): Uint8Array => readFileSync(join(fixtures, name));

/** A report with all fixtures in `runs/`; one folder for all tests. */
const folder = reportFolder({});
cpSync(fixtures, join(folder, 'runs'), { recursive: true });
function prepared(blocks: readonly string[], files: Readonly<Record<string, string | Uint8Array>> = {}): Prepared {
  writeFiles(folder, { 'index.md': page(...blocks), ...files });
  return prepare(folder, { memory: 4e9, engine: { ...referenceEngine, addressable: 4e9 } });
}

const directive = (...options: readonly string[]): string => block('results #r', ...options, 'source: By someone.');

async function artifactOf({ report }: Prepared, step: PlannedStep): Promise<Artifact> {
  return step.kind.run(step.options, {}, {
    file: (path: string) => {
      const data = report.dataFile(path);
      return 'bytes' in data ? data.bytes : new Uint8Array();
    },
  } as Parameters<PlannedStep['kind']['run']>[2]);
}

const names = ({ plan }: Prepared): string[] => plan.steps.map(({ name }) => name);

describe('the runs that files make', () => {
  it.each([
    ['one file', ['from: runs/curves.npz'], ['r']],
    [
      'named coordinates, in the order of their numbers',
      ['from: runs/sweep/rate={rate}/seed={seed}.npz'],
      [0.01, 0.1].flatMap((rate) => [0, 1, 2].map((seed) => `r[rate=${rate},seed=${seed}]`)),
    ],
    ['a star', ['from: runs/sweep/rate=0.1/*.npz'], ['0', '1', '2'].map((seed) => `r[run=seed=${seed}]`)],
    ['stars that differ nowhere', ['from: runs/sw*/rate=0.1/seed={seed}.npz'], ['r[seed=0]', 'r[seed=1]', 'r[seed=2]']],
    ['a folder of folders of event files', ['from: runs/logs'], ['r[run=large]', 'r[run=small]']],
    ['one folder of event files', ['from: runs/logs/small/'], ['r']],
    ['event files by a pattern', ['from: runs/logs/{size}/events*'], ['r[size=large]', 'r[size=small]']],
    ['their folders by one', ['from: runs/logs/{size}'], ['r[size=large]', 'r[size=small]']],
    [
      'columns of a table',
      ['from: runs/sweep.csv', 'by: [optimizer, seed]'],
      ['adam', 'sgd'].flatMap((one) => [0, 1].map((seed) => `r[optimizer=${one},seed=${seed}]`)),
    ],
    [
      'a dimension',
      ['from: runs/seeds.npz', 'axes: { loss: [seed, step] }', 'by: seed'],
      ['r[seed=0]', 'r[seed=1]', 'r[seed=2]'],
    ],
    ['arrays of one number', ['from: runs/curves.npz', 'by: [seed, optimizer]'], ['r[seed=3,optimizer=adam]']],
  ])('%s', (what, options, expected) => {
    const result = prepared([directive(...options)]);
    // A coordinate's equals sign cannot stand in a run's name.
    if (what === 'a star') expect(result.problems[0]?.message).toContain('cannot stand in the name of a run');
    else {
      expect(result.problems).toEqual([]);
      expect(names(result)).toEqual(expected);
    }
  });
});

describe('numbers', () => {
  const text = [
    directive('from: runs/curves.npz', 'arrays: [loss, accuracy, best]'),
    block('results #swept', 'from: runs/sweep/rate={rate}/seed={seed}.npz', 'source: NumPy'),
    block('results #logs', 'from: runs/logs', 'source: TensorBoard'),
    block('results #both', 'from: runs/log.jsonl', 'source: A log'),
    block('results #grid', 'from: runs/types.npz', 'arrays: [fortran, cube]', 'source: NumPy'),
  ];
  it('stand in the text: the last, of a step, over seeds, of gaps the last that was written', async () => {
    const asked = [
      '`= r.loss .3f`',
      '`= r[step=20].loss .2f`',
      '`= r.best .4f`',
      '`= swept[rate=0.1].loss .4f`',
      '`= logs[run=small].Loss-test .2f`',
      '`= both.eval .2f`',
      '`= both.train-norm .1f`',
      '`= grid[row=1,column=0].fortran .1f`',
      '`= grid[row=1,column=2,axis-3=3].cube .0f`',
      '`claim swept[rate=0.1].loss < 0.2`',
    ];
    const result = prepared([...text, ...asked]);
    expect(result.problems).toEqual([]);
    const artifacts = new Map<PlannedStep, Artifact>();
    for (const step of result.plan.steps) artifacts.set(step, await artifactOf(result, step));
    const read = readFrom((step) => artifacts.get(step));
    const printed = [...result.plan.values.values()].map((request) => printNumber(request, read, inEnglish).text);
    // 0.125 times 1, 1.1 and 1.2: its mean, and the standard deviation of a sample.
    expect(printed).toEqual(['0.125', '1.25', '0.9375', '0.137 ± 0.012', '1.00', '1.00', 'no number', '0.5', '23']);
    expect(checkClaims(result.plan.claims, read)).toEqual([]);
    const [request] = [...result.plan.values.values()].flatMap(({ expression }) => requestsIn(expression));
    expect(request && readNumber(request, artifacts.get(request.step) ?? { arrays: {}, values: {} })).toBe(0.125);
  });

  it('make rows with the coordinates of their runs', async () => {
    const result = prepared(text);
    const step = result.plan.steps.find(({ name }) => name === 'swept[rate=0.01,seed=2]');
    if (step === undefined) throw new Error('no such step');
    const rows = tidyRows({ step, artifact: await artifactOf(result, step), labels: new Map() }, [
      'step',
      'loss',
      'rate',
      'seed',
    ]);
    expect(rows).toHaveLength(5);
    expect(rows[1]).toEqual({ step: 10, loss: 4.2, rate: 0.01, seed: 2 });
  });
});

it('the key is of the bytes and of what is read of them, not of names or of whose word they are', () => {
  const key = (...options: readonly string[]): string | undefined =>
    prepared([block('results #r', ...options)]).plan.steps[0]?.key;
  const one = key('from: runs/curves.npz', 'source: A');
  expect(one).toBeDefined();
  expect(key('from: runs/./curves.npz', 'source: B', 'by: []')).toBe(one);
  expect(key('from: runs/curves.npz', 'source: A', 'arrays: [loss]')).not.toBe(one);
  expect(key('from: runs/types.npz', 'source: A')).not.toBe(one);
});

/** "line:column rule message; hint", with the place in a file. */
function problems(blocks: readonly string[], files: Readonly<Record<string, string | Uint8Array>> = {}): string[] {
  const { problems: found } = prepared(blocks, files);
  return found.map(({ place, rule, message, hint, related, severity }) => {
    const inFile = related?.map(({ place: at }) => ` (${at.file}:${at.line}:${at.column})`).join('') ?? '';
    return `${place?.line ?? 0}:${place?.column ?? 0} ${severity ?? 'error'} ${rule} ${message}${inFile}; ${hint}`;
  });
}

describe('bad input is a problem at its place, with what to do', () => {
  const curves = fixture('curves.npz');
  const events = fixture('logs/small/events.out.tfevents.1700000000.host.1.0');
  const npz = (name: string, bytes: Uint8Array): Record<string, Uint8Array> => ({ [name]: bytes });
  it.each<[string, readonly string[], string | RegExp, Readonly<Record<string, string | Uint8Array>>?]>([
    [
      'pickles',
      ['from: runs/pickles.npz'],
      '6:7 error results-file runs/pickles.npz has an array "loss" that holds Python objects (a pickle)',
    ],
    ['some pickles', ['from: runs/mixed.npz'], 'or choose the others with "arrays"'],
    ['an object array', ['from: runs/objects.npy'], 'results-file runs/objects.npy holds Python objects'],
    [
      'wrong lengths',
      ['from: a.npz'],
      'results-file a.npz is no ZIP archive, or was cut short',
      npz('a.npz', curves.subarray(0, 900)),
    ],
    [
      'a bomb',
      ['from: runs/bomb.npz'],
      'runs/bomb.npz would unpack to 10000000000 bytes, more than 536870912; save only',
    ],
    ['a bomb that lies', ['from: runs/liar.npz'], 'has a member "loss.npy" that unpacks to more than the 1000 bytes'],
    [
      'an unknown type',
      ['from: runs/long.npy'],
      'holds elements of the type "<f16", which is not known here; save numbers',
    ],
    ['whole numbers beyond float64', ['from: runs/beyond.npy'], 'holds the whole number 1152921504606846977'],
    [
      'an event file cut short',
      ['from: a.tfevents'],
      /results-file a.tfevents was cut short in record \d, at byte \d+ of 200; close the SummaryWriter/,
      npz('a.tfevents', events.subarray(0, 200)),
    ],
    [
      'a missing file',
      ['from: runs/curve.npz'],
      '6:7 error unreadable-file runs/curve.npz cannot be read: there is no such file; did you mean "runs/curves.npz"?',
    ],
    [
      'a format that nobody knows',
      ['from: runs/make_fixtures.py'],
      'is of no format that can be read; name .npz, .npy, .csv',
    ],
    ['a file outside', ['from: ../a.npz'], "cannot be read: it lies outside the report's folder"],
    [
      'a hidden file',
      ['from: .secret.npz'],
      'it is hidden, and what is hidden is never read',
      npz('.secret.npz', curves),
    ],
    [
      'a pattern that fits nothing',
      ['from: runs/sweep/rate={rate}/sed={seed}.npz'],
      /6:7 error results-from "runs\/sweep\/rate=\{rate\}\/sed=\{seed\}.npz" fits no file of results; runs\/sweep\/rate=0.01? holds seed=0.npz, seed=1.npz/,
    ],
    ['a coordinate twice', ['from: "runs/{a}/{a}.npz"'], '"{a}" stands twice in the pattern; write the second as *'],
    ['a coordinate without a name', ['from: "runs/{0}.npz"'], '"{0}" names no coordinate'],
    [
      'two files with the same coordinates',
      ['from: "x/lr={lr}.npz"'],
      'results-from x/lr=0.1.npz and x/lr=0.10.npz have the same coordinates: lr=0.1; take one away',
      { 'x/lr=0.1.npz': curves, 'x/lr=0.10.npz': curves },
    ],
    [
      'a folder without results',
      ['from: empty'],
      'results-from the folder empty holds no results; it holds readme.txt',
      { 'empty/readme.txt': 'x' },
    ],
    [
      'too few dimensions',
      ['from: runs/seeds.npz', 'axes: { loss: [step] }'],
      '7:15 error results-axes "loss" has 2 dimensions (3 x 5), and "axes" names step; name 2, as in [step, layer]',
    ],
    [
      'axes of an array that is not there',
      ['from: runs/curves.npz', 'axes: { los: [step] }'],
      '7:14 error results-names there is no array "los"; did you mean "loss"?',
    ],
    [
      'a dimension of two lengths',
      ['from: runs/seeds.npz', 'axes: { loss: [seed, step], parameters: [step] }'],
      'results-axes "step" is 5 long in',
    ],
    [
      'an array that is not there',
      ['from: runs/curves.npz', 'arrays: [los]'],
      'results-names there is no array "los"; did you mean "loss"?',
    ],
    [
      'a column that is not there',
      ['from: runs/sweep.csv', 'by: [sed]'],
      '7:5 error results-names there is no column "sed"; did you mean "seed"?',
    ],
    [
      'runs that are not told apart',
      ['from: runs/sweep.csv'],
      'results-axes "step" of runs/sweep.csv goes from 100 to 0 in row 6; if it holds several runs, name the column',
    ],
    [
      'two values of one step',
      ['from: a.csv'],
      'results-axes there are 2 values of "loss" at step 1 of a.csv',
      { 'a.csv': 'step,loss\n1,2\n1,3\n' },
    ],
    [
      'steps that are none',
      ['from: a.csv'],
      '"step" of a.csv is 0.5 in row 1, and is to be a whole number',
      { 'a.csv': 'step,loss\n0.5,2\n' },
    ],
    [
      'a text in a column that is asked for',
      ['from: a.csv', 'arrays: [loss]'],
      'results-file a.csv has "x" in line 3 (loss), which is no number (a.csv:3:3); write a number',
      { 'a.csv': 'step,loss\n1,2\n2,x\n' },
    ],
    [
      'two names in one',
      ['from: a.csv'],
      'results-names "a/b" and "a b" would both be called "a-b"; name them with "arrays"',
      { 'a.csv': 'a/b,a b\n1,2\n' },
    ],
    ['no source', ['from: runs/curves.npz', 'source: ""'], '"source" must be some text'],
    [
      'a name that is none',
      ['from: runs/curves.npz', 'arrays: { 1x: loss }'],
      '"arrays.1x" is no name of a result; write letters',
    ],
    ['a reserved coordinate', ['from: runs/sweep/rate=0.1/seed={step}.npz'], 'a coordinate cannot be called "step"'],
    ['no such step', ['from: runs/curves.npz', 'arrays: [loss]'], '"r" has no step 15; choose 10 or 20'],
  ])('%s', (what, options, expected, files = {}) => {
    const whole = options.some((option) => option.startsWith('source'))
      ? block('results #r', ...options)
      : directive(...options);
    const more = what === 'no such step' ? ['`= r[step=15].loss .2f`'] : [];
    const found = problems([whole, ...more], files);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(
      typeof expected === 'string' ? new RegExp(expected.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')) : expected,
    );
  });

  it('seeds that end at different steps are a warning: their last numbers are of different steps', () => {
    const files = { 'x/seed=0.csv': 'step,loss\n0,1\n10,2\n', 'x/seed=1.csv': 'step,loss\n0,1\n5,2\n' };
    expect(problems([directive('from: "x/seed={seed}.csv"')], files)).toEqual([
      expect.stringContaining('6:7 warning uneven-seeds the seeds end at different steps: seed=1 at 5, seed=0 at 10;'),
    ]);
  });

  it('figures of results: their columns are there', () => {
    const figure = (...options: readonly string[]): string => block('figure #fig-r', ...options);
    const curves = directive('from: runs/curves.npz', 'arrays: [loss, accuracy, best]');
    const one = (...options: readonly string[]): string[] => problems([curves, figure(...options)]);
    expect(one('show: r.learning-curves', 'columns: [loss]')).toEqual([]);
    expect(one('show: r.scatter', 'columns: [loss, accuracy]')).toEqual([]);
    expect(one('show: r.learning-curves', 'columns: [best]')).toEqual([
      expect.stringContaining('13:11 error columns "r" has no "best" over its steps alone'),
    ]);
    expect(one('show: r.scatter')).toEqual([expect.stringContaining('columns a scatter is of two results')]);
    expect(one('show: r.scatter', 'columns: [loss, nothing]')).toEqual([
      expect.stringContaining('"r" has no result "nothing"'),
    ]);
    const plain = directive('from: runs/plain.npy');
    expect(problems([plain, figure('show: r.learning-curves')])).toEqual([
      expect.stringContaining('"r" has no results over steps; say what they run over: axes:'),
    ]);
  });
});

it('a file that takes too long to read is a problem of its directive', () => {
  const options = { from: 'a.csv', arrays: null, axes: {}, by: [], source: '', files: ['a.csv'], group: {} };
  const bytes = new TextEncoder().encode(`a,b\n${'1,2\n'.repeat(1_000_000)}`);
  const loaded = loadRun(options, () => bytes, 0.02);
  expect(loaded).toMatchObject({
    message: 'a.csv takes more than 0.02 seconds to read',
    hint: 'save only what the report shows',
  });
});
