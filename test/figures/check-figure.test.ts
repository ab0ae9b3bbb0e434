/** What a figure, a number or a claim can be refused for is said by planning; drawing and printing have nothing left to say but what only results can tell. */
import { expect, it } from 'vitest';
import { prepare } from '../../src/pipeline/prepare.js';
import { referenceEngine } from '../../src/engine/reference/index.js';
import { type FigureRule, figureRules } from '../../src/figures/figure-rules.js';
import { inOrder, type ResultRule, resultRules } from '../../src/shared/problem.js';
import { colophon } from '../colophon.js';
import { block, page, reportFolder, small, waves } from '../report-folder.js';

const csv = `a,b,c\n${Array.from({ length: 12 }, (_, row) => `${row},${row % 3},${row % 5}`).join('\n')}\n`;
const words = 'a,c\n1,x\n2,y\n3,x\n4,z\n';
const two = block('dataset #two', 'function: { csv: { file: two.csv, inputs: [a, b], target: c } }');
const bare = block('dataset #bare', 'function: step', 'test: none');
const net = (id: string, data: string, hidden: string, ...more: readonly string[]): string =>
  block(
    `train #${id}`,
    `data: ${data}`,
    `network: { hidden: ${hidden} }`,
    'optimizer: { kind: sgd, rate: 0.01 }',
    'steps: 200',
    ...more,
  );
const base = [
  waves,
  small,
  two,
  bare,
  net('deep', 'waves', '[3, 3]', 'checkpoints: { every: 1 }'),
  net('wide', 'two', '[3]'),
  net('untested', 'bare', '[3]'),
  block('dataset #words', 'function: { csv: { file: words.csv, inputs: [a], target: c } }'),
  net('told', 'words', '[3]', 'loss: cross-entropy'),
  net('mean', 'words', '[3]'),
  block('features #told-grads', 'of: told', 'output: x'),
  block('dataset #ninth', 'function: { spirals: { arms: 9 } }', 'samples: 40', 'test: none'),
  net('crowd', 'ninth', '[3]', 'loss: cross-entropy'),
  block('features #grads', 'of: small', 'at: [20]', 'on: { grid: 6000 }', 'parameters: [0.weight]'),
  block('svd #spectrum', 'of: small', 'on: { grid: 20 }'),
];
const own = (show: string, columns: string, ...more: readonly string[]): string[] => [
  `show: ${show}`,
  `columns: ${columns}`,
  'vega-lite:',
  '  mark: point',
  ...more,
];

/** The problems that planning finds, each as "rule message; hint"; nothing runs in it. */
function planned(...more: readonly string[]): string[] {
  const folder = reportFolder({ 'index.md': page(...base, ...more), 'two.csv': csv, 'words.csv': words });
  const { problems } = prepare(folder, { memory: 4e9, engine: { ...referenceEngine, addressable: 4e9 } });
  return inOrder(problems).map(({ rule, message, hint }) => `${rule} ${message}; ${hint}`);
}

const many = Array.from({ length: 150 }, (_, step) => step).join(', ');

/** Of each rule by which a figure is refused, figures that break it, and what is said. A new rule needs one to compile. */
const cases: Readonly<Record<FigureRule, readonly (readonly [readonly string[], string])[]>> = {
  columns: [
    [
      own('small', '[0.weight, 2.weight]'),
      'have 4 and 1 positions of "out", so no row can hold both; draw them in two figures',
    ],
    [
      own('two', '[sample, "inputs[feature=0]"]'),
      '"sample" is a position along an array of "two", and none of the columns has it; add inputs or targets',
    ],
    [
      own('two', '["inputs[feature=0]", targets]'),
      `write "inputs" and "feature" as columns, and filter: datum['feature'] == 1 in the specification`,
    ],
    [
      own('small', '["test-error[step=20]"]'),
      `write "test-error" and "step" as columns, and filter: datum['step'] == 20 in the specification`,
    ],
    [own('untested', '[step, test-error]'), '"untested" has no test-error: its dataset has no test set'],
    [own('bare', '[test-inputs]'), '"bare" has no test-inputs: this dataset has no test set'],
    [own('small', '[network]'), '"small[hidden=4]" has no result "network"'],
    [own('grads', '[hidden, jacobian, inputs, parameter]'), 'these columns make 54000 rows over 2 runs'],
    [own('[small, waves]', '[step]'), '"waves" has no result "step"'],
  ],
  'invalid-option': [
    [['show: wide.images'], 'the inputs of two have 2 numbers, which make no square image; write shape: [1, 2]'],
    [['show: two.images', 'shape: [2, 2]'], 'an image of 2 × 2 pixels is of 4 numbers, and the inputs of two have 2'],
    [['show: waves.images'], 'the inputs of waves are single numbers, and no images'],
    [['show: small.learning-curves', 'at: [20]'], '"learning-curves" shows no single steps; leave "at" out'],
    [own('small', '[step]').concat('facet: [hidden]'), 'a specification of your own makes its own panels'],
    [['show: small.fit', 'bins: 8'], '"fit" has no "bins"; leave it out; it is for residual-histogram, parameter-'],
    [['show: small.fit', 'parameters: [0.weight]'], '"fit" has no "parameters"; leave it out; it is for parameters-by'],
    [
      ['show: spectrum.singular-values', 'components: 3'],
      '"singular-values" has no "components"; leave it out; it is for principal-features',
    ],
    [['show: small.fit', 'diverged: leave-out'], '"fit" has no "diverged"; leave it out; it is for learning-curves'],
    [own('small', '[step]').concat('bins: 8'), 'a specification of your own has no "bins"'],
    [own('small', '[step]').concat('x: { min: 0 }'), 'a specification of your own says itself how its axes are'],
    [
      ['show: grads.features', 'y: { max: 1 }'],
      'the "y" axis of "features" is not the author’s to choose; leave it out',
    ],
    [['show: small.fit', 'y: { scale: log }'], 'the "y" axis of "fit" has no scale "log"; choose linear'],
    [['show: small.fit', 'slider: step', 'axes: moment'], 'the axes of "fit" are those of the whole course'],
    [['show: small.fit', 'over: hidden'], '"fit" has no "over"; leave it out; it is for errors'],
    [['show: small.fit', 'move: { unit: 1 }'], '"fit" has no "move"; leave it out; it is for linearisation'],
    [
      ['show: small.linearisation', 'move: { unit: 4 }'],
      'small[hidden=4] has no unit 4: its hidden layer has 4, counted from 0; choose 0 to 3, or runs that have it',
    ],
    [['show: small.linearisation', 'move: { by: 1e9 }'], 'move.by'],
  ],
  'missing-picture': [[['show: bare'], '"bare" has several pictures; write bare.data or bare.test-data']],
  'mixed-pictures': [
    [['show: [small.fit, waves.data]'], 'one figure shows one kind of picture; write a figure for each'],
  ],
  'no-checkpoint': [
    [
      ['show: small.fit', 'at: [15]'],
      'no checkpoint at step 15 is shown; choose 10 or 20, or record it with {and: [15]}',
    ],
    [['show: spectrum.singular-values', 'at: [10]'], 'choose 0 or 20, or add it to the "at" of "spectrum"'],
    [own('small', '[step]').concat('at: [11]'), 'no checkpoint at step 11 is shown'],
  ],
  'no-slider': [
    [['show: wide.predictions', 'slider: step'], 'a page moves through networks of one input; these have 2'],
    [
      ['show: told-grads.features', 'slider: step'],
      'a page moves through this picture of networks with one output; these have 3',
    ],
    [['show: [small.fit, deep.fit]', 'slider: step'], 'a slider moves through one training, and these are several'],
    [own('small', '[step]').concat('slider: step'), 'a specification of your own has no sliders'],
  ],
  'no-test-set': [[['show: bare.test-data'], 'bare has no test set; give the dataset a "test", or show its "data"']],
  'of-classes': [
    [['show: small.confusion'], 'this picture is of classes, and the targets of waves are numbers'],
    [['show: told.fit'], 'this picture is of networks that answer with one number, and those of words tell classes'],
    [['show: told.predictions'], 'those of words tell classes; draw the "confusion" or the "accuracy"'],
    [['show: told.elbows'], 'those of words tell classes'],
    [['show: mean.field'], 'this picture is of numbers, or of the probabilities of classes'],
    [['show: crowd.field'], 'this picture tells 8 classes apart by their colours; ninth has 9; draw its "confusion"'],
  ],
  'one-checkpoint': [
    [
      ['show: small.parameters-by-step', 'at: [20]'],
      '"parameters-by-step" of small[hidden=4] is over its steps, and only one is chosen',
    ],
  ],
  'one-dimensional': [
    [['show: two.data'], 'this picture is for inputs of one number; those of two have 2'],
    [['show: wide.fit'], 'this picture is for inputs of one number; those of two have 2'],
    [['show: wide.elbows'], 'this picture is for inputs of one number'],
    [['show: wide.linearisation'], 'this picture is for inputs of one number'],
  ],
  'one-hidden-layer': [
    [['show: deep.elbows'], 'deep does not have exactly one hidden layer'],
    [['show: deep.linearisation'], 'deep does not have exactly one hidden layer'],
  ],
  specification: [[own('small', '[step]', '  usermeta: {}'), '"usermeta" is refused']],
  'too-many-panels': [
    [['show: deep.fit', `at: [${many}]`, 'facet: step'], 'this figure would have 150 panels; the limit is 64'],
    [['show: deep.predictions', `at: [${many}]`], 'this figure would have 150 panels; the limit is 64'],
  ],
  'two-dimensional': [
    [['show: small.field'], 'this picture is for inputs of two numbers; those of waves have 1; draw its "fit"'],
  ],
  'unknown-facet': [
    [['show: small.learning-curves', 'facet: step'], 'these results do not differ in "step"; choose from "hidden"'],
    [['show: deep.errors'], 'these results differ in no option but the seed; sweep over one'],
    [['show: small.errors', 'over: rate'], 'these results do not differ in "rate"; choose from "hidden"'],
    [['show: small.errors', 'facet: hidden'], '"hidden" is the horizontal axis, and cannot be a facet'],
    [['show: small.fit', 'facet: hiden'], 'these results do not differ in "hiden"; did you mean "hidden"?'],
    [
      ['show: spectrum.principal-features', 'facet: component', 'components: 13'],
      'more than 12 components are drawn over each other',
    ],
  ],
  'unknown-parameter': [
    [
      ['show: small.parameter-histogram', 'parameters: ["0.weight[5]"]'],
      'none of the parameters that are shown is "0.weight[5]"; did you mean "0.weight"?',
    ],
    [['show: grads.features', 'parameters: [2.weight]'], 'none of the parameters that are shown is "2.weight"'],
  ],
  'unknown-picture': [[['show: small.fitt'], 'a train has no picture "fitt"; did you mean "fit"?']],
  'unknown-slider': [[['show: small.fit', 'slider: stpe'], 'did you mean "step"?']],
};

it.each(figureRules)('a figure that breaks the rule %s is refused while planning', (rule) => {
  const figures = cases[rule].map(([options], index) =>
    block(`figure #fig-${'abcdefghijklmnopq'[index] ?? ''}`, ...options),
  );
  expect(figures.length).toBeGreaterThan(0);
  const said = planned(...figures);
  expect(said.map((line) => line.split(' ')[0])).toEqual(cases[rule].map(() => rule));
  cases[rule].forEach(([, words], index) => {
    expect(said[index]).toContain(words);
  });
});

it('what the kinds themselves refuse names the option, also where it is the default', () => {
  expect(planned(block('svd #s', 'of: wide'))).toEqual([
    'one-dimensional "on" is a grid, which is for inputs of one number; these have 2; write "on: train"',
  ]);
  expect(
    planned(net('long', 'waves', '[3]', 'checkpoints: { every: 1 }').replace('steps: 200', 'steps: 100000000')),
  ).toEqual([
    expect.stringMatching(/^too-many-checkpoints this training would record 10000000\d checkpoints, and at most/),
  ]);
});

it.each([
  [
    'a test error without a test set',
    'untested.test-error',
    'its dataset has no test set; give the dataset a "test", or take the train-error',
  ],
  [
    'a batch before the first',
    'small[hidden=4,step=0].batch-error',
    'no batch has been seen at step 0; choose a later step',
  ],
  ['test inputs that are not there', 'bare[test-sample=0,feature=0].test-inputs', 'this dataset has no test set'],
  ['a checkpoint that is not recorded', 'small[hidden=4,step=3].test-error', 'no checkpoint at step 3'],
  ['a component beyond the last', 'spectrum[hidden=4,component=99].singular-values', 'component=99 is beyond'],
])('%s is refused while planning: as a number in the text, in a claim and in a cell', (_name, path, words) => {
  const [, id = '', selectors = '', name = ''] = /^(\w+)(?:\[(.*)\])?\.(.*)$/.exec(path) ?? [];
  const step = /step=(\d+)/.exec(selectors)?.[1];
  const component = /component=(\d+)/.exec(selectors)?.[1];
  const cell = [
    `value: ${name}`,
    ...(step === undefined ? [] : [`step: ${step}`]),
    ...(component === undefined ? [] : [`component: ${component}`]),
  ];
  const table = block('table #tbl-a', `rows: ${id}`, `columns: [{ ${cell.join(', ')} }]`);
  const inTable = id === 'bare' ? [] : [table];
  const said = planned(...inTable, `\`= ${path} .3f\``, `\`claim ${path} < 1\``);
  const rules = inTable.length === 0 ? [] : ['unknown-value'];
  expect(said.map((line) => line.split(' ')[0])).toEqual([...rules, 'unknown-value', 'invalid-claim']);
  for (const line of said) expect(line).toContain(words);
});

it('a number that is none, and a claim that no result could make true, are said while planning', () => {
  expect(planned('`= 1 / 0`', '`= log10(0 - 1) .2f`', '`claim 2 < 1`')).toEqual([
    'unknown-value this is no finite number; name a result in it, or leave it out',
    'unknown-value this is no finite number; name a result in it, or leave it out',
    'invalid-claim this is false, whatever the results are; name a result in it',
  ]);
});

it('what is wrong with every entry of `show`, or with every run of a sweep, is said once', () => {
  expect(planned(block('figure #fig-a', 'show: [small.fit, deep.fit]', 'where: { hiden: 4 }'))).toHaveLength(1);
  expect(planned(block('figure #fig-a', 'show: [nothing.fit, nothing.fit]'))).toHaveLength(1);
  expect(planned(block('figure #fig-a', 'show: [small.fitt, deep.fitt]'))).toHaveLength(1);
  expect(planned(block('figure #fig-a', 'show: [two.data, two.data]'))).toHaveLength(1);
});

/** What results alone can tell, and of it what can be known without them: that is said before anything runs. */
const late: Readonly<
  Record<ResultRule, { readonly blocks: readonly string[]; readonly said: string } | 'only the results tell'>
> = {
  'cannot-draw': {
    blocks: [
      block(
        'figure #fig-a',
        ...own(
          'small',
          '[step]',
          '  transform: [{ calculate: "nothing(datum.step)", as: q }]',
          '  encoding: { x: { field: q } }',
        ),
      ),
    ],
    said: 'cannot-draw  this figure cannot be drawn: Unrecognized function: nothing',
  },
  'figure-warning': {
    blocks: [
      block(
        'figure #fig-a',
        ...own('small', '[step]', '  encoding: { x: { field: step, type: quantitative }, x2: { field: step } }'),
      ),
    ],
    said: 'figure-warning  x2 dropped',
  },
  'false-claim': { blocks: ['`claim 2 < 1`'], said: 'invalid-claim  this is false, whatever the results are' },
  'drawing-limit': 'only the results tell',
};

it.each(resultRules)('%s: what needs no results is said by `plan`', (rule) => {
  const one = late[rule];
  if (one === 'only the results tell') return;
  const folder = reportFolder({ 'report/index.md': page(waves, small, ...one.blocks) });
  const { code, err } = colophon(folder, 'plan', 'report');
  expect(err).toContain(one.said);
  expect(code).toBe(rule === 'figure-warning' ? 0 : 1);
});
