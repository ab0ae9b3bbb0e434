/** Classes from a table to results: names from words, outputs, accuracy and counts, gradients of one output, and what is refused. */
import { describe, expect, it } from 'vitest';
import { openEngine } from '../../src/engine/open-engine.js';
import { classOf } from '../../src/model/loss.js';
import type { Network } from '../../src/model/network.js';
import { planReport } from '../../src/plan/plan-report.js';
import { runPlan } from '../../src/run/run-plan.js';
import type { Artifact } from '../../src/shared/artifact.js';
import { readReport } from '../../src/source/read-report.js';
import { directiveKinds } from '../../src/steps/kinds.js';
import { parametersAt } from '../../src/steps/train/artifact.js';
import { directoryStore } from '../../src/store/directory-store.js';
import { block, page, reportFolder, temporaryFolder } from '../report-folder.js';

const names = ['pear', 'apple', 'fig'];
const rows = Array.from({ length: 45 }, (_, i) => `${Math.sin(i) + 2 * (i % 3)},${Math.cos(i * i)},${names[i % 3]}`);
const fruit = `a,b,kind\n${rows.join('\n')}\n`;
const data = block(
  'dataset #fruit',
  'function: { csv: { file: fruit.csv, inputs: [a, b], target: kind } }',
  'test: { fraction: 0.2 }',
);
const net = (...more: string[]): string =>
  block(
    'train #net',
    'data: fruit',
    'network: { hidden: [6] }',
    'optimizer: { kind: sgd, rate: 0.1 }',
    'steps: 300',
    'checkpoints: { every: 100 }',
    ...more,
  );

function planOf(text: string, csv = fruit) {
  const folder = reportFolder({ 'index.md': text, 'fruit.csv': csv });
  const { report, problems } = readReport(folder, directiveKinds);
  const { plan, problems: unplanned } = planReport(report, { memory: 4e9, addressable: 4e9 });
  return {
    plan,
    problems: [...problems, ...unplanned].map(
      ({ place, message, hint }) => `${place?.line ?? 0}:${place?.column ?? 0} ${message}; ${hint}`,
    ),
  };
}

async function resultsOf(text: string): Promise<Readonly<Record<string, Artifact>>> {
  const { plan, problems } = planOf(text);
  expect(problems).toEqual([]);
  const { results, failed } = await runPlan(plan, {
    engine: openEngine('wasm'),
    store: directoryStore(temporaryFolder(), () => undefined),
    file: () => new TextEncoder().encode(fruit),
    report: () => undefined,
    signal: new AbortController().signal,
    jobs: 1,
    clock: () => 0,
    now: () => new Date(0),
    versions: { colophon: '0', program: '0', node: '0', platform: '0' },
    resident: () => 0,
  }).done;
  expect(failed).toEqual([]);
  return Object.fromEntries([...results.values()].map(({ step, artifact }) => [step.name, artifact]));
}

it.each(['cross-entropy', 'mse'])(
  'a training of words with %s: names, outputs, accuracy, counts, one output’s gradients',
  async (loss) => {
    const found = await resultsOf(
      page(
        data,
        net(`loss: ${loss}`),
        block('features #g', 'of: net', 'output: fig', 'on: test', 'at: [300]'),
        block('svd #s', 'of: net', 'output: pear', 'on: test', 'at: [300]'),
        block('svd #k', 'of: net', 'output: pear', 'on: test', 'at: [300]', 'method: gram'),
        block('kernel #ntk', 'of: net', 'output: fig', 'on: test', 'at: [300]', 'layers: true'),
      ),
    );
    const [dataset, training] = [found['fruit']!, found['net']!];
    expect(dataset.values['classes']).toEqual(['apple', 'fig', 'pear']);
    expect(training.values['classes']).toEqual(['apple', 'fig', 'pear']);
    const network = training.values['network'] as unknown as Network;
    expect(network).toEqual({ inputs: 2, hidden: [6], activation: 'relu', outputs: 3 });
    // The last checkpoint's counts, from its parameters by hand.
    const engine = openEngine('reference');
    const parameters = parametersAt(training, network, 3);
    const inputs = Float64Array.from(dataset.arrays['test-inputs']!.data, Math.fround);
    const outputs = await engine.predict(network, parameters, inputs);
    const counts = Array<number>(9).fill(0);
    dataset.arrays['test-targets']!.data.forEach((own, row) => {
      counts[own * 3 + classOf(outputs, row * 3, 3)]! += 1;
    });
    const confusion = training.arrays['test-confusion']!;
    expect(confusion.shape).toEqual([4, 3, 3]);
    expect(Array.from(confusion.data).slice(27)).toEqual(counts);
    expect(training.arrays['test-accuracy']!.data[3]).toBe((counts[0]! + counts[4]! + counts[8]!) / 9);
    // It learns: the classes lie apart along a.
    expect(training.arrays['train-accuracy']!.data[3]).toBeGreaterThan(loss === 'mse' ? 0.7 : 0.9);
    // Gradients by central differences of that output.
    const { shape, data: jacobian } = found['g']!.arrays['jacobian']!;
    expect(shape).toEqual([1, 9, parameters.length]);
    for (const place of [0, 11, 20, 27, 38]) {
      const at = (by: number): Float64Array => parameters.map((value, index) => (index === place ? value + by : value));
      const [above, below] = [
        await engine.predict(network, at(1e-6), inputs),
        await engine.predict(network, at(-1e-6), inputs),
      ];
      for (let row = 0; row < 9; row += 1)
        expect(
          Math.abs(jacobian[row * parameters.length + place]! - (above[row * 3 + 1]! - below[row * 3 + 1]!) / 2e-6),
        ).toBeLessThan(1e-6);
    }
    // The kernel is the gradients' inner products, and those of the layers add up to it.
    const { kernel, 'layer-kernel': layers } = found['ntk']!.arrays;
    for (const place of [0, 5, 40, 80]) {
      const [i, j] = [Math.floor(place / 9), place % 9];
      const d = parameters.length;
      const product = parameters.reduce((sum, _, k) => sum + jacobian[i * d + k]! * jacobian[j * d + k]!, 0);
      expect(kernel!.data[place]! / product).toBeCloseTo(1, 10);
      expect((layers!.data[place]! + layers!.data[81 + place]!) / product).toBeCloseTo(1, 10);
    }
    const [direct, gram] = [found['s']!, found['k']!].map(({ arrays }) => arrays['singular-values']!.data);
    expect(Math.abs(direct![0]! - gram![0]!)).toBeLessThan(1e-9 * direct![0]!);
  },
);

it('two classes with one output', async () => {
  const two = await resultsOf(
    page(
      block('dataset #fruit', 'function: { csv: { file: fruit.csv, inputs: a, target: kind } }'),
      net('loss: cross-entropy'),
    ),
  );
  expect(Object.keys(two['net']!.arrays).filter((name) => name.startsWith('t') && name !== 'test-error')).toEqual([
    'train-error',
    'train-accuracy',
    'train-confusion',
  ]);
  const text = page(data, net('loss: logistic'));
  expect(planOf(text, fruit.replaceAll('fig', 'pear')).problems).toEqual([]);
  const [, step] = planOf(text, fruit.replaceAll('fig', 'pear')).plan.steps;
  expect(step!.facts['network']).toEqual({ inputs: 2, hidden: [6], activation: 'relu' });
});

it('keys of trainings that say nothing of a loss are those that they had', () => {
  const waves = block('dataset #waves', 'function: step', 'samples: 5');
  const key = (...more: string[]): string | undefined =>
    planOf(
      page(
        waves,
        block('train #t', 'data: waves', 'network: { hidden: [2] }', 'optimizer: { rate: 0.1 }', 'steps: 2', ...more),
      ),
    ).plan.steps[1]?.key;
  expect(key()).toMatchInlineSnapshot(`"b594e296fb38f2bfe6ce7d85a7753abf93173f3ae1e8b5a90d9bb1f938eacb13"`);
  expect(key('loss: mse')).toBe(key());
});

describe('refused, at its place', () => {
  const numbers = 'a,b,kind\n1,2,3\n4,5,6\n';
  it.each([
    [
      'a loss of classes for numbers',
      page(data, net('loss: cross-entropy')),
      numbers.repeat(1) + '7,8,9\n1,1,1\n2,2,2\n',
      'the loss cross-entropy is of classes, and the targets of these data are numbers',
    ],
    [
      'one output for three classes',
      page(data, net('loss: logistic')),
      fruit,
      'the loss logistic tells two classes apart, and these data have 3; write loss: cross-entropy',
    ],
    [
      'one class',
      page(data.replace('target: kind', 'target: kind, classes: true'), net('loss: cross-entropy')),
      fruit.replace(/pear|fig/g, 'apple'),
      'the data are all of one class',
    ],
    [
      'ridge regression of classes',
      page(
        data,
        net()
          .replace(/optimizer.*\nsteps: 300/, 'parameters: output\noptimizer: { kind: ridge, penalty: 1 }')
          .replace('checkpoints: { every: 100 }\n', ''),
      ),
      fruit,
      'an output layer is solved for targets that are numbers',
    ],
    [
      'gradients of no output',
      page(data, net(), block('features #g', 'of: net', 'on: train')),
      fruit,
      'its network has 3 outputs, one for each class; say whose gradients are meant, such as output: apple',
    ],
    [
      'an output that there is not',
      page(data, net(), block('svd #g', 'of: net', 'on: train', 'output: aple')),
      fruit,
      'there is no class "aple"; did you mean "apple"?',
    ],
    ['a kernel of no output', page(data, net(), block('kernel #k', 'of: net')), fruit, 'such as output: apple'],
    ...['linearize #l', 'curvature #c'].map((kind): [string, string, string, string] => [
      `${kind} of classes`,
      page(data, net(), block(kind, 'of: net')),
      fruit,
      'and the targets of this training are classes; name a training on targets that are numbers',
    ]),
    [
      'residuals of classes',
      page(
        data,
        net(),
        block('svd #s', 'of: net', 'output: apple', 'at: [0]', 'on: train'),
        block('project #p', 'onto: s'),
      ),
      fruit,
      'residuals are of one output and a target that is a number, and the targets of this training are classes',
    ],
    [
      'elbows of three outputs',
      page(data.replace('[a, b]', 'a'), net(), block('elbows #e', 'of: net')),
      fruit,
      'an elbow bends one output, and this network has 3, one for each class',
    ],
  ])('%s', (_, text, csv, message) => {
    expect(planOf(text, csv).problems).toEqual([expect.stringContaining(message)]);
  });
});
