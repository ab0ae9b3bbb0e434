/** Reports with kinds of their own, planned and run in this process. */
import { join } from 'node:path';
import { prepareWithPlugins } from '../../src/pipeline/prepare.js';
import { runPlan } from '../../src/run/run-plan.js';
import type { WorldRequest } from '../../src/pipeline/world.js';
import type { Artifact } from '../../src/shared/artifact.js';
import type { Problem } from '../../src/shared/problem.js';
import { testWorld } from '../world.js';

export const trusted = { trust: true, pluginHtml: false, followLinks: false };

/** `file:line:column rule message; hint` of a problem. */
export function inWords({ place, rule, message, hint }: Problem): string {
  return `${place === undefined ? '' : `${place.file}:${place.line}:${place.column} `}${rule} ${message}; ${hint}`;
}

export interface Computed {
  readonly problems: readonly string[];
  readonly failed: readonly string[];
  /** By the names of the steps. */
  readonly artifacts: ReadonlyMap<string, Artifact>;
  readonly notes: readonly string[];
  readonly keys: readonly string[];
}

/** Plans a report, and runs it where nothing is wrong. */
export async function compute(folder: string, request: Partial<WorldRequest> = {}): Promise<Computed> {
  const world = testWorld(join(folder, '.colophon'), { allowed: trusted, ...request });
  try {
    const { plan, report, problems } = await prepareWithPlugins(folder, world);
    const keys = plan.steps.map(({ key }) => key);
    const none = { failed: [], artifacts: new Map<string, Artifact>(), notes: [], keys };
    if (problems.length > 0) return { ...none, problems: problems.map(inWords) };
    const notes: string[] = [];
    const { results, failed } = await runPlan(plan, {
      ...world,
      file: (path) => {
        const data = report.dataFile(path);
        return 'bytes' in data ? data.bytes : new Uint8Array();
      },
      report: (event) => {
        if (event.kind === 'end') notes.push(`${event.step.name} ${event.note ?? event.outcome}`);
      },
      versions: { colophon: '', program: '', node: '', platform: '' },
      resident: () => 0,
    }).done;
    const artifacts = [...results.values()].map(({ step, artifact }) => [step.name, artifact] as const);
    return {
      problems: [],
      failed: failed.map(({ step, message }) => `${step.name}: ${message}`),
      artifacts: new Map(artifacts),
      notes,
      keys,
    };
  } finally {
    await world.close();
  }
}
