/** A plan in a file is the plan: every step of every kind is read from it as it was planned. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { planReport } from '../../src/plan/plan-report.js';
import { keysNamed, planFile, readPlanFile, stepsOfPlan } from '../../src/plan/plan-file.js';
import type { PlannedStep } from '../../src/plan/plan.js';
import { readReport } from '../../src/source/read-report.js';
import type { Report } from '../../src/source/report.js';
import { directiveKinds, stepKinds } from '../../src/steps/kinds.js';
import { reportFolder } from '../report-folder.js';
import { reportOf } from './every-option.js';

const limits = { memory: 4e9, addressable: 4e9 };
const program = { version: '1.0.0', digest: '0'.repeat(64) };

function planned(folder: string): { readonly report: Report; readonly steps: readonly PlannedStep[] } {
  const { report } = readReport(folder, directiveKinds);
  return { report, steps: planReport(report, limits).plan.steps };
}

function written(steps: readonly PlannedStep[]): string {
  const rows = steps.map((step) => ({ step, cached: false, seconds: 1 }));
  return JSON.stringify(planFile({ program, report: '/report', device: 'auto', steps: rows }));
}

it.each([
  ['every option of every kind', () => reportFolder(reportOf())],
  ['the report of this repository', () => join(import.meta.dirname, '../../report')],
])('%s', (_name, folder) => {
  const { report, steps } = planned(folder());
  const file = readPlanFile(written(steps), 'plan.json', program);
  const again = stepsOfPlan(
    file,
    steps.map(({ key }) => key),
    {
      ...{ path: 'plan.json', kinds: stepKinds, trust: true, limits },
      file: (path) => {
        const data = report.dataFile(path);
        return 'refused' in data ? data : data.bytes;
      },
    },
  );
  // Of steps that share a key, the first.
  const unique = [...new Map([...steps].reverse().map((step) => [step.key, step])).values()];
  const shown = ({
    key,
    name,
    options,
    facts,
    files,
    cost,
    continuationKey,
    directive,
    device,
    pageDevice,
  }: PlannedStep) => ({
    ...{ key, options, facts, files, cost, continuationKey, device, pageDevice },
    asked: [name, directive.kind, directive.id, directive.text],
  });
  const byKey = (some: readonly PlannedStep[]) => new Map(some.map((step) => [step.key, shown(step)]));
  expect(again.length).toBeGreaterThan(10);
  expect(byKey(again)).toEqual(byKey(unique));
});

it('keys are named whole, by their first characters where one alone has them, and by names', () => {
  const { steps } = planned(reportFolder(reportOf()));
  const file = readPlanFile(written(steps), 'plan.json', program);
  const [first] = steps;
  const key = first?.key ?? '';
  expect(keysNamed(file, [key, key.slice(0, 8), first?.name ?? '']).keys).toEqual([key]);
  expect(keysNamed(file, [key.slice(0, 7), 'zzzzzzzz', 'toString']).unknown).toEqual([
    key.slice(0, 7),
    'zzzzzzzz',
    'toString',
  ]);
});
