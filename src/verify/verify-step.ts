/** A published result computed again from its recorded inputs, and compared. */
import type { Artifact, Json } from '../shared/artifact.js';
import type { Accuracy, Engine } from '../engine/engine.js';
import type { Limits } from '../shared/limits.js';
import { canonicalJson, isSameJson } from '../shared/canonical-json.js';
import { sha256 } from '../shared/hash.js';
import type { PlannedStep } from '../plan/plan.js';
import type { RunInput } from '../steps/step.js';
import type { Made, RecordBody, StoredResult } from '../store/record.js';
import type { Store } from '../store/store.js';
import { leastAccuracy } from './accuracy.js';
import { compareArtifacts } from './compare.js';

/** The kind of the records of verifications. */
export const verificationKind = 'verification';

/** How a result fared when it was last computed again. */
export interface Verification {
  /** `bits`: the same bytes. `tolerance`: the same result within what another arithmetic allows. `differs`: another one. */
  readonly outcome: 'bits' | 'tolerance' | 'differs';
  /** What computed it again. */
  readonly profile: string;
  readonly device: string;
  /** The largest deviation in parts of what is allowed, and of what; 0 for equal bits. */
  readonly share: number;
  readonly of: string;
  readonly at: string;
}

export interface VerifyWorld {
  readonly engine: Engine;
  readonly store: Store;
  readonly file: (path: string) => Uint8Array;
  readonly signal: AbortSignal;
  /** What code of the report's own may cost. */
  readonly limits?: Limits;
  /** Seconds, from any start. */
  readonly clock: () => number;
  readonly now: () => Date;
  readonly versions: Pick<Made, 'colophon' | 'program' | 'node' | 'platform'>;
}

/** Computes a step again from stored inputs and keeps how that came out, for pages that show the result. */
export async function verifyStep(
  step: PlannedStep,
  recorded: StoredResult,
  inputs: Readonly<Record<string, StoredResult>>,
  world: VerifyWorld,
): Promise<Verification> {
  const { engine, signal, file, clock, limits } = world;
  const started = clock();
  const given = Object.fromEntries(
    Object.entries(step.inputs).map(([role, input]): [string, RunInput] => {
      const artifact = inputs[role]?.artifact;
      if (artifact === undefined) throw new Error(`${input.name} has no result`);
      return [role, { options: input.options, facts: input.facts, kind: input.kind, artifact }];
    }),
  );
  const again = await step.kind.run(step.options, given, {
    ...{ engine, file, signal, clock },
    ...(limits !== undefined && { limits }),
    progress: () => undefined,
    remark: () => undefined,
    print: () => undefined,
    // From the start: what an earlier run left is a part of what is to be verified.
    continuation: { parts: () => [], keep: () => undefined },
  });
  const { profile, device } = engine;
  const base = { profile, device, at: world.now().toISOString() };
  // What code of the report's own computes it with, the profile does not say.
  const mustBeEqual = recorded.record.profile === profile && engine.reproducible && step.kind.isOwnCode !== true;
  const verification: Verification = sameBits(recorded.artifact, again)
    ? { ...base, outcome: 'bits', share: 0, of: 'nothing' }
    : judged(step.kind, recorded, { artifact: again, accuracy: engine.accuracy }, mustBeEqual, base);
  // What something else computed was read again, which is no computation.
  if (step.kind.source !== undefined) return verification;
  keepVerification(recorded, verification, { ...world.versions, seconds: clock() - started, at: base.at }, world.store);
  return verification;
}

function judged(
  kind: PlannedStep['kind'],
  { artifact, record }: StoredResult,
  again: { readonly artifact: Artifact; readonly accuracy: Accuracy },
  mustBeEqual: boolean,
  base: Pick<Verification, 'profile' | 'device' | 'at'>,
): Verification {
  const { of, share } = compareArtifacts(
    kind,
    artifact,
    again.artifact,
    leastAccuracy(record.accuracy, again.accuracy),
  );
  const outcome = mustBeEqual || share > 1 ? 'differs' : 'tolerance';
  // JSON cannot say infinity.
  return { ...base, outcome, share: Math.min(share, Number.MAX_VALUE), of };
}

function sameBits(a: Artifact, b: Artifact): boolean {
  const names = Object.keys(a.arrays);
  return (
    a.divergedAt === b.divergedAt &&
    isSameJson(a.values, b.values) &&
    names.length === Object.keys(b.arrays).length &&
    names.every((name) => {
      const [one, other] = [a.arrays[name], b.arrays[name]];
      return one?.shape.join() === other?.shape.join() && sameBytes(one?.data, other?.data);
    })
  );
}

function sameBytes(a: ArrayBufferView | undefined, b: ArrayBufferView | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  const bytes = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Buffer =>
    Buffer.from(buffer, byteOffset, byteLength);
  return a.constructor === b.constructor && bytes(a).equals(bytes(b));
}

/** Under this key the store keeps the last verification of these very bytes of a result. */
function verificationKey(key: string, digest: string): string {
  return sha256(canonicalJson({ kind: verificationKind, of: key, digest }));
}

function keepVerification(
  { record, digest }: StoredResult,
  verification: Verification,
  made: Made,
  store: Store,
): void {
  const { outcome, profile, device, share, of, at } = verification;
  const body: Omit<RecordBody, 'arrays' | 'values'> = {
    key: verificationKey(record.key, digest),
    kind: verificationKind,
    version: 1,
    options: { of: record.key, digest },
    inputs: {},
    // One record for each result, whatever it was computed again on: the last one counts.
    profile: 'verification',
    device: '',
    made,
  };
  store.keep(body, { arrays: {}, values: { outcome, profile, device, share, of, at } satisfies Record<string, Json> });
}

/** How these very bytes of a result fared when they were last computed again; undefined when they never were. */
export function lastVerification(
  store: Store,
  { record, digest }: Omit<StoredResult, 'artifact'>,
): Verification | undefined {
  const kept = store.peek(verificationKey(record.key, digest), ({ kind }) => kind === verificationKind);
  // As keepVerification wrote them; the record's digest vouches for it.
  return kept?.record.values as Verification | undefined;
}
