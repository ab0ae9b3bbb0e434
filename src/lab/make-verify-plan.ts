/** Makes, of steps of a plan and their results, what a page needs to compute them again. */
import type { PlannedStep } from '../plan/plan.js';
import type { Artifact, Json } from '../shared/artifact.js';
import { profileOf } from '../shared/profiles.js';
import { carry } from './carry.js';
import { pageKinds } from './page-kinds.js';
import type { NotComputed, VerifyPlan, VerifyStep } from './verify-plan.js';

/** What is known of the result of a step. */
export interface PublishedResult {
  readonly digest: string;
  readonly profile: string;
  readonly device: string;
  readonly accuracy: Readonly<Record<string, number>> | undefined;
  readonly artifact: Artifact;
}

/** So many bytes of results that a page cannot compute go into its data at most. */
const mostCarried = 2 ** 20;

/** The steps with all that they are computed from, inputs first. */
export function withInputs(steps: Iterable<PlannedStep>): PlannedStep[] {
  const found = new Map<string, PlannedStep>();
  const add = (step: PlannedStep): void => {
    if (found.has(step.key)) return;
    for (const input of Object.values(step.inputs)) add(input);
    found.set(step.key, step);
  };
  for (const step of steps) add(step);
  return [...found.values()];
}

/** `steps` are with their inputs, inputs first. `secondsOf` is about how long one takes. */
export function makeVerifyPlan(
  steps: readonly PlannedStep[],
  words: VerifyPlan['words'],
  resultOf: (step: PlannedStep) => PublishedResult,
  secondsOf: (step: PlannedStep) => number,
): VerifyPlan {
  const profile = profileOf('wasm-f32');
  const needed = new Set(steps.flatMap(({ inputs }) => Object.values(inputs).map(({ key }) => key)));
  let room = mostCarried;
  const made = steps.map((step): VerifyStep => {
    const { name, kind, key, options, facts, inputs, files, cost } = step;
    const { digest, accuracy, artifact, ...published } = resultOf(step);
    const not = notComputed(step);
    const size = sizeOf(artifact);
    const isUsed = not === undefined ? published.profile !== profile : needed.has(key);
    const isCarried = isUsed && size <= room;
    if (isCarried) room -= size;
    return {
      ...{ name, kind: kind.kind, key, digest, ...published, options: options as Json, facts },
      inputs: Object.fromEntries(Object.entries(inputs).map(([role, input]) => [role, input.key])),
      files: files.map((file) => file.digest),
      ...{ seconds: not === undefined ? Number(secondsOf(step).toPrecision(3)) : 0, bytes: cost.bytes, size },
      ...(not !== undefined && { not }),
      ...(isCarried && { carried: carry(artifact), ...(accuracy !== undefined && { accuracy }) }),
    };
  });
  return { profile, steps: made, words };
}

function notComputed({ kind, files }: PlannedStep): NotComputed | undefined {
  if (kind.isOwnCode === true) return 'own-code';
  if (kind.source !== undefined) return 'imported';
  if (files.length > 0) return 'file';
  return pageKinds.has(kind.kind) ? undefined : 'own-code';
}

function sizeOf({ arrays }: Artifact): number {
  return Object.values(arrays).reduce((sum, { data }) => sum + data.byteLength, 0);
}
