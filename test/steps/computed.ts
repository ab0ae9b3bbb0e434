/** A small report, planned and computed by one engine. */
import { openEngine } from '../../src/engine/open-engine.js';
import type { Artifact } from '../../src/shared/artifact.js';
import { prepare } from '../../src/pipeline/prepare.js';
import { referenceEngine } from '../../src/engine/reference/index.js';
import { planReport } from '../../src/plan/plan-report.js';
import { runPlan, type StepResult } from '../../src/run/run-plan.js';
import { readReport } from '../../src/source/read-report.js';
import { directiveKinds } from '../../src/steps/kinds.js';
import { directoryStore } from '../../src/store/directory-store.js';
import { page, reportFolder, temporaryFolder } from '../report-folder.js';

export type EngineOfTest = Parameters<typeof openEngine>[0];

/** What the blocks of a page give, by the names of the steps: `c[hidden=10x10]`. Throws where there is a problem or a step fails. */
export async function resultsOf(engine: EngineOfTest, ...blocks: readonly string[]): Promise<Map<string, StepResult>> {
  const { report } = readReport(reportFolder({ 'index.md': page(...blocks) }), directiveKinds);
  const { plan, problems } = planReport(report, { memory: 4e9, addressable: 4e9 });
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  const { results, failed } = await runPlan(plan, {
    engine: openEngine(engine),
    store: directoryStore(temporaryFolder(), () => undefined),
    file: () => new Uint8Array(),
    report: () => undefined,
    signal: new AbortController().signal,
    jobs: 1,
    clock: () => 0,
    now: () => new Date(0),
    versions: { colophon: '0', program: '0', node: '0', platform: '0' },
    resident: () => 0,
  }).done;
  if (failed.length > 0) throw new Error(failed.map(({ message }) => message).join());
  return new Map([...results.values()].map((result) => [result.step.name, result]));
}

/** The artifacts alone. */
export async function computed(engine: EngineOfTest, ...blocks: readonly string[]): Promise<Map<string, Artifact>> {
  const results = await resultsOf(engine, ...blocks);
  return new Map([...results].map(([name, { artifact }]) => [name, artifact]));
}

/** What is wrong with a report, as "line:column rule message; hint". */
export function problemsOf(...blocks: readonly string[]): string[] {
  const folder = reportFolder({ 'index.md': page(...blocks) });
  const { problems } = prepare(folder, { memory: 4e9, engine: { ...referenceEngine, addressable: 4e9 } });
  return problems.map(
    ({ place, rule, message, hint }) => `${place?.line ?? 0}:${place?.column ?? 0} ${rule} ${message}; ${hint}`,
  );
}
