/** Figures with sliders: made as soon as the runs that they move through are there. */
import { contentOf } from '../shared/content.js';
import { drawingKey } from '../figures/drawing-key.js';
import {
  type InteractiveFigure,
  type InteractiveFigures,
  interactiveFigures,
  trainingSteps,
} from '../figures/interactive-figure.js';
import { sha256 } from '../shared/hash.js';
import { once } from '../shared/lazy.js';
import type { Memo } from '../shared/memo.js';
import type { FigureRequest, Plan, PlannedStep } from '../plan/plan.js';
import type { StepResult } from '../run/run-plan.js';
import { runCooperatively, runWhole } from './cooperative.js';
import { type ResultOf, stepsBehind } from './draw-figures.js';

/** Figures with sliders, and the digests of their scripts by path. */
export interface InteractiveMemo {
  readonly figures: readonly (readonly [id: string, figure: InteractiveFigure])[];
  readonly files: readonly (readonly [path: string, digest: string])[];
}

/** Makes them, and calls `made` with those of each group once it is complete; one whose results failed is left out. */
export async function makeInteractive(
  plan: Plan,
  result: ResultOf,
  memo: Memo<InteractiveMemo>,
  made: (requests: readonly FigureRequest[], figures: InteractiveFigures) => void,
): Promise<void> {
  const requests = plan.figures.filter(({ options }) => options.slider !== undefined);
  await Promise.all(
    groupsOf(requests).map(async (group) => {
      const results = new Map<string, StepResult>();
      for (const step of new Set(group.flatMap((request) => [...stepsBehind(request)]))) {
        const found = await result(step);
        if (found === undefined) return;
        results.set(step.key, found);
      }
      made(group, await groupFigures(group, results, memo));
    }),
  );
}

/** Figures that move through runs of the same trainings share these runs' scripts. */
function groupsOf(requests: readonly FigureRequest[]): FigureRequest[][] {
  let groups: { readonly ids: ReadonlySet<string>; readonly members: readonly FigureRequest[] }[] = [];
  for (const request of requests) {
    const ids = new Set(trainingSteps(request).map(({ id }) => id));
    const shared = groups.filter((group) => [...ids].some((id) => group.ids.has(id)));
    const joined = {
      ids: new Set([...ids, ...shared.flatMap((group) => [...group.ids])]),
      members: [...shared.flatMap(({ members }) => members), request],
    };
    groups = [...groups.filter((group) => !shared.includes(group)), joined];
  }
  // Each in the plan's order.
  return groups.map(({ members }) => requests.filter((request) => members.includes(request)));
}

/** The scripts are made when they are to be written, where an earlier build has made them. */
async function groupFigures(
  group: readonly FigureRequest[],
  results: ReadonlyMap<string, StepResult>,
  memo: Memo<InteractiveMemo>,
): Promise<InteractiveFigures> {
  const resultOf = (step: PlannedStep): StepResult => {
    const found = results.get(step.key);
    if (found === undefined) throw new Error(`an interactive figure was not to need ${step.name}`);
    return found;
  };
  const making = (): Generator<void, InteractiveFigures> =>
    interactiveFigures(group, (step) => resultOf(step).artifact, sha256);
  const key = sha256(JSON.stringify(group.map((request) => drawingKey(request, (step) => resultOf(step).digest, ''))));
  const remembered = memo.find(key);
  if (remembered === undefined) {
    const made = await runCooperatively(making());
    memo.keep(key, {
      figures: [...made.figures],
      files: made.files.map(({ path, content }) => [path, sha256(contentOf(content))]),
    });
    return made;
  }
  const make = once(() => runWhole(making()));
  const contentAt = (path: string): string | Uint8Array => {
    const file = make().files.find((one) => one.path === path);
    if (file === undefined) throw new Error(`${path} was made once and now is not`);
    return contentOf(file.content);
  };
  return {
    figures: new Map(remembered.figures),
    files: remembered.files.map(([path, digest]) => ({ path, content: { digest, make: () => contentAt(path) } })),
  };
}
