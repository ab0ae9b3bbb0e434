/** A step of a report, computed in a page as a build computes it, and what can be said of its bytes. */
import { namesOf, stepKey } from '../plan/step-key.js';
import type { Artifact } from '../shared/artifact.js';
import { digestOf } from '../shared/artifact-digest.js';
import type { DatasetOptions } from '../steps/dataset/options.js';
import { leastAccuracy } from '../verify/accuracy.js';
import { compareArtifacts } from '../verify/compare.js';
import { artifactOf } from './carried.js';
import { dataOf } from './data-of.js';
import { pageKinds } from './page-kinds.js';
import { type PageWorld, pageWorld } from './page-world.js';
import type { VerifyStep } from './verify-plan.js';

export type Verdict =
  /** The key and the digest are those published, or one of them is not. */
  | { readonly kind: 'same' | 'different'; readonly key: string; readonly digest: string }
  /** Of an arithmetic that promises no bits: the largest deviation in parts of what is allowed, and of what. */
  | { readonly kind: 'within' | 'beyond'; readonly digest: string; readonly share: number; readonly of: string }
  /** Not computed: the page carries the bytes that were published. */
  | { readonly kind: 'carried'; readonly digest: string };

/** A result that later steps are computed from. */
export interface Held {
  readonly step: VerifyStep;
  readonly key: string;
  readonly artifact: Artifact;
}

/** `profile` is the arithmetic of `world.engine`. Rejects with the signal's reason when aborted. */
export async function verifyStep(
  step: VerifyStep,
  inputs: Readonly<Record<string, Held>>,
  profile: string,
  world: PageWorld,
): Promise<{ readonly verdict: Verdict; readonly held: Held }> {
  const published = step.carried === undefined ? undefined : artifactOf(step.carried);
  const key = keyOf(step, inputs);
  if (step.not !== undefined) {
    if (published === undefined) throw new Error(`the page has no ${step.name}`);
    const digest = digestOf(published);
    const isSame = digest === step.digest && key === step.key;
    return {
      verdict: isSame ? { kind: 'carried', digest } : { kind: 'different', key, digest },
      held: { step, key, artifact: published },
    };
  }
  const artifact = await compute(step, inputs, world);
  const digest = digestOf(artifact);
  if (step.profile === profile || published === undefined) {
    const isSame = digest === step.digest && key === step.key;
    return { verdict: { kind: isSame ? 'same' : 'different', key, digest }, held: { step, key, artifact } };
  }
  const accuracy = leastAccuracy(step.accuracy, world.engine.accuracy);
  const { of, share } = compareArtifacts(kindOf(step), published, artifact, accuracy);
  const isWithin = share <= 1 && key === step.key;
  // What was published was computed from what was published.
  return {
    verdict: { kind: isWithin ? 'within' : 'beyond', digest, share, of },
    held: { step, key, artifact: published },
  };
}

async function compute(step: VerifyStep, inputs: Readonly<Record<string, Held>>, world: PageWorld): Promise<Artifact> {
  if (step.kind === 'dataset') return dataOf(step.options as unknown as DatasetOptions, undefined);
  const given = Object.entries(inputs).map(([role, { step: input, artifact }]) => {
    const kind = pageKinds.get(input.kind);
    return [
      role,
      { options: input.options, facts: input.facts, artifact, ...(kind !== undefined && { kind }) },
    ] as const;
  });
  return kindOf(step).run(step.options, Object.fromEntries(given), pageWorld(world));
}

/** The key of the options and inputs that the page has; of a kind that it does not compute, the one that was published. */
function keyOf(step: VerifyStep, inputs: Readonly<Record<string, Held>>): string {
  const kind = pageKinds.get(step.kind);
  if (kind === undefined) return step.key;
  const { options, files } = step;
  const keys = Object.entries(inputs).map(([role, { key }]) => [role, key] as const);
  return stepKey({
    ...{ kind: kind.kind, version: kind.version, options, files },
    ...{ names: namesOf(kind, options), inputs: Object.fromEntries(keys) },
  });
}

function kindOf({ kind: name }: VerifyStep): NonNullable<ReturnType<typeof pageKinds.get>> {
  const kind = pageKinds.get(name);
  if (kind === undefined) throw new Error(`a page computes no ${name}`);
  return kind;
}
