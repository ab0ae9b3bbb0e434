/**
 * A kind's version must be honest. These digests are of each kind's output for fixed options; when one of them changes,
 * results have changed: raise the kind's version, and only then its digest here.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { referenceEngine } from '../../src/engine/reference/index.js';
import { planReport } from '../../src/plan/plan-report.js';
import { runPlan } from '../../src/run/run-plan.js';
import { readReport } from '../../src/source/read-report.js';
import { directiveKinds } from '../../src/steps/kinds.js';
import { directoryStore } from '../../src/store/directory-store.js';
import { block, page, reportFolder, temporaryFolder, waves } from '../report-folder.js';

it('the output of every kind has the digest that belongs to its version', async () => {
  const net = block(
    'train #net',
    'data: waves',
    'network: { hidden: [3, 2], elbows: uniform }',
    'optimizer: { kind: sgd, rate: 0.02, momentum: 0.5 }',
    'batch: 10',
    'steps: 5',
  );
  const ridge = block(
    'train #ridge',
    'data: waves',
    'network: { hidden: [3] }',
    'parameters: output',
    'optimizer: { kind: ridge, penalty: 0.01 }',
  );
  const text = page(
    waves,
    net,
    ridge,
    block('features #g', 'of: net'),
    block('svd #s', 'of: net', 'on: { grid: 5 }'),
    block('kernel #k', 'of: net', 'on: { grid: 4 }', 'compare: 0'),
    block('linearize #l', 'of: net', 'on: { grid: 4 }'),
    block('project #p', 'onto: s', 'components: 3'),
    block('curvature #c', 'of: net'),
    block('spectral #f', 'of: net', 'points: 16'),
    block('elbows #e', 'of: net'),
    block('limit-kernel #w', 'of: net', 'on: { grid: 4 }'),
    block('results #r', 'from: curves.npz', 'source: NumPy'),
  );
  const curves = readFileSync(join(import.meta.dirname, '../fixtures/results/curves.npz'));
  const { report } = readReport(reportFolder({ 'index.md': text, 'curves.npz': curves }), directiveKinds);
  const { plan, problems } = planReport(report, { memory: 4e9, addressable: 4e9 });
  expect(problems).toEqual([]);
  const { results } = await runPlan(plan, {
    engine: referenceEngine,
    store: directoryStore(temporaryFolder(), () => undefined),
    file: () => curves,
    report: () => undefined,
    signal: new AbortController().signal,
    jobs: 2,
    clock: () => 0,
    now: () => new Date(0),
    versions: { colophon: '0', program: '0', node: '0', platform: '0' },
    resident: () => 0,
  }).done;
  const digests = [...results.values()].map(
    ({ step, digest }) => `${step.name} ${step.kind.kind}/${step.kind.version} ${digest.slice(0, 16)}`,
  );
  expect(digests).toMatchInlineSnapshot(`
    [
      "waves dataset/1 5a335ab942ccadec",
      "net train/2 8f0095e61d1d6fc9",
      "ridge train/2 6401053de46dfbe0",
      "g features/2 32637f01d93476eb",
      "s svd/5 27e00b8c477b7832",
      "k kernel/1 9d2741902273a7c5",
      "l linearize/2 a416c971737b7cbc",
      "p project/2 aeb2f57d7bdfbb72",
      "c curvature/1 046e80a9ac93de01",
      "f spectral/1 92894dbd8add1dc5",
      "e elbows/1 c19182cd7ec67415",
      "w limit-kernel/1 0a4aa8de5f390a2b",
      "r results/1 a1d6f8b2de5ca63f",
    ]
  `);
});
