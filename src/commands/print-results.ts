/** `colophon results ID`: what a directive computed, as text, as JSON, or as .npy files. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dimensionNames } from '../figures/arrays.js';
import { inEnglish } from '../figures/in-english.js';
import { divergedAt, stepLabel } from '../figures/words.js';
import { printable } from '../shared/problem.js';
import type { Plan, PlannedStep } from '../plan/plan.js';
import { type Fault, stepsAt } from '../plan/select.js';
import type { FoundResult } from '../pipeline/find-results.js';
import { answersFor } from '../run/run-plan.js';
import type { StoredResult } from '../store/record.js';
import { toNpy } from '../shared/npy.js';
import { usesEngine } from '../steps/step.js';
import type { Store } from '../store/store.js';
import { suggestion } from '../shared/suggest.js';
import { makeFolder } from '../shared/make-folder.js';

/**
 * The steps that `net` names, `net[hidden=10,seed=1]`, or `net[hidden=10]`: all those of the directive that have these
 * coordinates. What is wrong where there are none.
 */
export function stepsNamed({ steps }: Plan, name: string): readonly PlannedStep[] | Fault {
  const exact = steps.filter((step) => step.id === name || step.name === name);
  if (exact.length > 0) return exact;
  const [, id = name, selectors = ''] = /^([^[]+)\[(.*)\]$/.exec(name) ?? [];
  let left: readonly PlannedStep[] = steps.filter((step) => step.id === id);
  if (left.length === 0) {
    const known = [...new Set(steps.map((step) => step.id))];
    return { message: `there is no result "${id}"`, hint: suggestion(id, known) };
  }
  for (const selector of selectors.split(',')) {
    const [axis = '', value = ''] = selector.split('=').map((part) => part.trim());
    const chosen = stepsAt(left, axis, value);
    if ('message' in chosen) return chosen;
    left = chosen;
  }
  return left;
}

/** The stored results of some steps; `missing` names those that have not been computed. */
export function resultsOf(steps: readonly PlannedStep[], store: Store): { found: FoundResult[]; missing: string[] } {
  const results = new Map<string, StoredResult | undefined>();
  const load = (step: PlannedStep): StoredResult | undefined => {
    if (!results.has(step.key)) {
      Object.values(step.inputs).forEach(load);
      results.set(
        step.key,
        store.find(
          step.key,
          answersFor(step, (input) => results.get(input.key)?.digest),
        ),
      );
    }
    return results.get(step.key);
  };
  const found: FoundResult[] = [];
  const missing: string[] = [];
  for (const step of steps) {
    const result = load(step);
    if (result === undefined) missing.push(step.name);
    else found.push({ step, result });
  }
  return { found, missing };
}

/** A few lines a person can read: each array's shape and its last number, which of a run that diverged is none of its end. */
export function describeResults(found: readonly FoundResult[]): string {
  return found
    .map(({ step, result: { record, artifact } }) => {
      const { divergedAt: ended } = artifact;
      const reached = artifact.arrays['step']?.data.at(-1);
      const last = (name: string): string => {
        const byStep = dimensionNames(step, name, 1).includes('checkpoint');
        return ended !== undefined && byStep && reached !== undefined
          ? `at ${stepLabel(inEnglish.words.scripts.figure, reached)}`
          : 'last';
      };
      const lines = Object.entries(artifact.arrays).map(
        ([name, { shape, data }]) => `  ${name}  ${shape.join(' x ')}  ${last(name)} ${data.at(-1) ?? ''}`,
      );
      // Of what was read from files, single numbers are results like its arrays.
      const singles = step.kind.source === undefined ? [] : Object.entries(artifact.values);
      const numbers = singles.flatMap(([name, value]) => (typeof value === 'number' ? [`  ${name}  ${value}`] : []));
      const diverged =
        ended === undefined ? [] : [`  ${divergedAt(inEnglish.words.scripts.figure, ended)}, and has no final value`];
      const by = usesEngine(step) ? `${record.profile}  ` : '';
      return [`${step.name}  ${by}${record.key}`, ...diverged, ...lines, ...numbers].map(printable).join('\n');
    })
    .join('\n');
}

/** All but the arrays of a result; `divergedAt` is null for one that did not diverge. */
function about({ step, result: { record, artifact } }: FoundResult): object {
  const { key, kind, options, profile, device } = record;
  const { values, divergedAt = null } = artifact;
  return { name: step.name, key, kind, options, profile, device, values, divergedAt };
}

/** Everything as JSON. Numbers that JSON cannot say (NaN) are null. */
export function resultsAsJson(found: readonly FoundResult[]): string {
  const json = found.map((one) => ({
    ...about(one),
    arrays: Object.fromEntries(
      Object.entries(one.result.artifact.arrays).map(([name, { shape, data }]) => [
        name,
        { shape, data: Array.from(data) },
      ]),
    ),
  }));
  return JSON.stringify(json, null, 1);
}

/** The name of a step as that of a file. */
export function fileNameOf({ name }: PlannedStep): string {
  return name.replace(/[^A-Za-z0-9=.,[\]-]/g, '_');
}

/** Writes each array as `DIR/run/array.npy`, and beside them `about.json` with all that is no array; gives the paths. */
export function writeNpy(found: readonly FoundResult[], folder: string): string[] {
  return found.flatMap((one) => {
    const { step, result } = one;
    const place = join(folder, fileNameOf(step));
    makeFolder(place);
    const write = (name: string, content: string | Uint8Array): string => {
      const path = join(place, name);
      writeFileSync(path, content);
      return path;
    };
    return [
      ...Object.entries(result.artifact.arrays).map(([name, array]) => write(`${name}.npy`, toNpy(array))),
      write('about.json', `${JSON.stringify(about(one), null, 1)}\n`),
    ];
  });
}
