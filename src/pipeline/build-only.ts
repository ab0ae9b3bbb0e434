/** One figure, table or experiment of a report with what it needs, and nothing else: its files, in a folder that is no site. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { manifestName } from '../publish/manifest.js';
import { contentOf } from '../shared/content.js';
import { makeFolder } from '../shared/make-folder.js';
import { EnvironmentError, type Problem } from '../shared/problem.js';
import { nothing } from './known.js';
import { savedMemos } from './memos.js';
import { partOfPlan } from './part-of-plan.js';
import { failure, type Outcome, runPipeline } from './run-pipeline.js';
import type { Sink } from './sink.js';
import type { World } from './world.js';

export { UnknownId } from './part-of-plan.js';

export interface OnlyRequest {
  /** The report's. */
  readonly folder: string;
  /** Of a figure, a table or an experiment. */
  readonly id: string;
  readonly out: string;
  readonly world: World;
}

export interface OnlyResult extends Pick<Outcome, 'report' | 'ran' | 'cached'> {
  /** Those of steps that could not be computed among them. */
  readonly problems: readonly Problem[];
  /** The paths that were written; none of an experiment, whose results are in the store. */
  readonly files: readonly string[];
}

/** Rejects with an EnvironmentError where the folder is a site, and with an UnknownId. */
export async function buildOnly({ folder, id, out, world }: OnlyRequest): Promise<OnlyResult> {
  if (existsSync(join(out, manifestName)))
    throw new EnvironmentError(`${out} is a site, which is published as a whole; name another folder with --out`);
  // They are read and not written: of one figure they would leave out all others.
  const memos = savedMemos(world.store, folder);
  const ignore = (): void => undefined;
  const files: string[] = [];
  const sink: Sink = {
    takesPages: false,
    takesUnfinished: false,
    endsWithProblems: true,
    partOf: (plan) => partOfPlan(plan, id),
    obstacles: () => [],
    problems: ignore,
    open: ignore,
    computed: ignore,
    publish: (site) => {
      if (site.files.length > 0) makeFolder(out);
      for (const { path, content } of site.files) {
        const whole = join(out, path);
        writeFileSync(whole, contentOf(content));
        files.push(whole);
      }
      return Promise.resolve();
    },
    close: ignore,
  };
  const { failed, ...outcome } = await runPipeline({
    ...{ folder, world, memos, place: {}, before: nothing },
    ...{ watch: ignore, sink },
  });
  return { ...outcome, problems: [...outcome.problems, ...failed.map(failure)], files };
}
