/** What the options of an optimizer must not be, and which of them are the same to a key. */
import { describe, expect, it } from 'vitest';
import { planReport } from '../../src/plan/plan-report.js';
import { readReport } from '../../src/source/read-report.js';
import { directiveKinds } from '../../src/steps/kinds.js';
import { block, page, reportFolder, waves } from '../report-folder.js';

function planned(optimizer: string, ...more: readonly string[]) {
  const net = block('train #net', 'data: waves', 'network: { hidden: [4] }', `optimizer: ${optimizer}`, ...more);
  const { report } = readReport(reportFolder({ 'index.md': page(waves, net) }), directiveKinds);
  return planReport(report, { memory: 4e9, addressable: 4e9 });
}

describe('a problem at its place', () => {
  it.each([
    ['{ kind: sgd, rate: 0.1, nesterov: ⟦true }', '"optimizer.nesterov" needs a momentum'],
    ['{ rate: { schedule: piecewise, rates: ⟦[0.1, 0.2], at: [1, 2] } }', '2 steps part 3 rates, not 2'],
    ['{ rate: { schedule: piecewise, rates: [0.1, 0.2, 0.3], at: [5, ⟦5] } }', 'must ascend: 5 comes after 5'],
    ['{ rate: { schedule: cosine, from: 0.1, period: ⟦0 } }', 'at least 1'],
    ['{ rate: { schedule: exponential, from: 0.1, factor: ⟦2 } }', 'at most 1'],
    ['{ rate: { schedule: warm-up, to: ⟦0, steps: 5 } }', 'must be more than 0'],
    ['{ kind: rmsprop, alpha: ⟦1 }', 'less than 1'],
    ['{ kind: adamw, rate: { schedule: ⟦polynomial, from: 1 } }', '"warm-up", "piecewise", "exponential", "cosine"'],
  ])('%s: %s', (marked, message) => {
    const { problems } = planned(marked.replace('⟦', ''), 'steps: 10');
    expect(problems.map((problem) => problem.message).join('\n')).toContain(message);
    const [{ place } = {}] = problems;
    expect(place?.column).toBe('optimizer: '.length + marked.indexOf('⟦') + 1);
  });

  it('least squares without the output layer alone', () => {
    const { problems } = planned('{ kind: least-squares }');
    expect(problems.map(({ message }) => message)).toEqual([
      '"parameters" must be "output": the output layer is what is solved by least squares',
    ]);
  });
});

describe('the same key', () => {
  const keys = (optimizer: string, ...more: readonly string[]) => {
    const { plan, problems } = planned(optimizer, ...more);
    expect(problems).toEqual([]);
    return plan.steps.map(({ key }) => key);
  };
  it('least squares and ridge without a penalty', () => {
    expect(keys('{ kind: least-squares }', 'parameters: output')).toEqual(
      keys('{ kind: ridge, penalty: 0 }', 'parameters: output'),
    );
  });
  it('nesterov: false and none', () => {
    expect(keys('{ rate: 0.1, momentum: 0.5, nesterov: false }', 'steps: 10')).toEqual(
      keys('{ rate: 0.1, momentum: 0.5 }', 'steps: 10'),
    );
  });
  it('but not with it', () => {
    expect(keys('{ rate: 0.1, momentum: 0.5, nesterov: true }', 'steps: 10')).not.toEqual(
      keys('{ rate: 0.1, momentum: 0.5 }', 'steps: 10'),
    );
  });
});
