/** The optimizer `ridge`: the output layer at once, against numpy.linalg.lstsq and the normal equations. */
import { describe, expect, it } from 'vitest';
import { planReport } from '../../src/plan/plan-report.js';
import { readReport } from '../../src/source/read-report.js';
import { directiveKinds } from '../../src/steps/kinds.js';
import { block, page, reportFolder } from '../report-folder.js';
import { resultsOf } from './computed.js';

/** The study's data. */
const data = block(
  'dataset #waves',
  'function: piecewise-linear',
  'samples: 200',
  'noise: 0.1',
  'test: { grid: 1000, with-training-inputs: true }',
  'seed: 1',
);
const penalties = block(
  'train #ridge',
  'data: waves',
  'network: { hidden: [10], elbows: uniform }',
  'parameters: output',
  'optimizer: { kind: ridge, penalty: 0 }',
  'sweep: { optimizer.penalty: [0, 0.000001, 0.00001], network.hidden: [[10], [40]] }',
);

describe.each(['wasm', 'reference'] as const)('on %s', (name) => {
  it('has the errors that NumPy finds, to four digits, with a penalty and without', async () => {
    const results = await resultsOf(name, data, penalties);
    const found = [...results.values()].flatMap(({ step, artifact: { arrays, values } }) => {
      if (step.id !== 'ridge') return [];
      const [train, test] = ['train-error', 'test-error'].map((error) => arrays[error]?.data.at(-1)?.toPrecision(4));
      const [all, moved] = ['parameter-count', 'trained-parameter-count'].map((count) => Number(values[count]));
      return [`${step.name}: ${train ?? ''}, ${test ?? ''}; ${moved ?? 0} of ${all ?? 0}`];
    });
    expect(found.sort()).toEqual(
      [
        'ridge[penalty=0,hidden=10]: 0.07533, 0.06155; 11 of 31',
        'ridge[penalty=0,hidden=40]: 0.01220, 1.121; 41 of 121',
        'ridge[penalty=0.000001,hidden=10]: 0.08436, 0.07544; 11 of 31',
        'ridge[penalty=0.000001,hidden=40]: 0.01269, 0.006966; 41 of 121',
        'ridge[penalty=0.00001,hidden=10]: 0.09516, 0.09489; 11 of 31',
        'ridge[penalty=0.00001,hidden=40]: 0.01547, 0.01085; 41 of 121',
      ].sort(),
    );
  });
});

it('is found by any way of writing its penalty', () => {
  const text = page(
    data,
    penalties,
    'It is `= ridge[penalty=1e-6,hidden=10].test-error`, and `= ridge[penalty=1.0e-5,hidden=40].test-error`.',
  );
  const { report } = readReport(reportFolder({ 'index.md': text }), directiveKinds);
  expect(planReport(report, { memory: 4e9, addressable: 4e9 }).problems).toEqual([]);
});
