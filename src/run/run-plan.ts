/** Plan -> Artifacts: every step in dependency order, from the store where it can answer and by computing where not. */
import { messageOf } from '../shared/message-of.js';
import type { Json } from '../shared/artifact.js';
import type { Engine } from '../engine/engine.js';
import { importedProfile } from '../shared/profiles.js';
import type { Limits } from '../shared/limits.js';
import { inTurns } from '../shared/turns.js';
import type { Plan, PlannedStep } from '../plan/plan.js';
import type { RunInput } from '../steps/step.js';
import type { Asked, Made, RecordBody, StoredResult } from '../store/record.js';
import type { Likely, Store } from '../store/store.js';
import { continuationOf } from './continuation.js';
import { memoryWatch, type Watched } from './memory.js';
import { isSmallTraining, secondsUnsynced } from './small-steps.js';
import { acceptable, firstFound, type StepEngine } from './step-engine.js';

/** Where a result came from, or that there is none. A diverged training is a result. */
export type Outcome = 'cached' | 'ran' | 'diverged' | 'failed';

export interface StepResult extends StoredResult {
  readonly step: PlannedStep;
  readonly outcome: Exclude<Outcome, 'failed'>;
}

export interface FailedStep {
  readonly step: PlannedStep;
  readonly message: string;
}

/** What happens while a plan runs, for whoever reports it. Several steps may run at a time. */
export type RunEvent =
  | { readonly kind: 'start'; readonly step: PlannedStep; readonly total: number }
  | { readonly kind: 'progress'; readonly step: PlannedStep; readonly total: number; readonly fraction: number }
  | {
      readonly kind: 'end';
      readonly step: PlannedStep;
      readonly total: number;
      readonly outcome: Outcome;
      readonly seconds: number;
      readonly note?: string;
    };

export interface RunWorld {
  readonly engine: Engine;
  /** What computes each step, where that is not `engine` for all of them. */
  readonly engineFor?: (step: PlannedStep) => StepEngine;
  readonly store: Store;
  readonly file: (path: string) => Uint8Array;
  readonly report: (event: RunEvent) => void;
  readonly signal: AbortSignal;
  /** How many steps may run at a time. */
  readonly jobs: number;
  /** What code of the report's own may cost. */
  readonly limits?: Limits;
  /** Seconds, from any start. */
  readonly clock: () => number;
  /** The time of day, for records only. */
  readonly now: () => Date;
  readonly versions: Pick<Made, 'colophon' | 'program' | 'node' | 'platform'>;
  /** Bytes of memory that the process has now. */
  readonly resident: () => number;
  /** Seconds of work from which on a training leaves states that another can go on from; all do unless said. */
  readonly leavesFrom?: number;
}

/** A plan under way. */
export interface Run {
  /** The result of a step of the plan once it is there; undefined when it failed. */
  readonly result: (step: PlannedStep) => Promise<StepResult | undefined>;
  /** When every step has ended and its result is kept. Rejects with the signal's reason when interrupted. */
  readonly done: Promise<RunResults>;
}

export interface RunResults {
  /** By key: two directives that ask for the same computation share it. */
  readonly results: ReadonlyMap<string, StepResult>;
  readonly failed: readonly FailedStep[];
}

/** A record answers for a step when it was computed from the very artifacts that were chosen upstream. */
export function answersFor(
  step: PlannedStep,
  digestOf: (input: PlannedStep) => string | undefined,
): (record: RecordBody) => boolean {
  const roles = Object.keys(step.inputs);
  return (record) =>
    Object.keys(record.inputs).length === roles.length &&
    roles.every((role) => {
      const input = step.inputs[role];
      return input !== undefined && record.inputs[role]?.digest === digestOf(input);
    });
}

/** Whether its results are not computed here: no engine takes part, and none can be asked for. */
function imported({ kind }: PlannedStep): boolean {
  return kind.source !== undefined;
}

/** Tests that records must pass that answer for a step, the best first. */
function testsFor(
  step: PlannedStep,
  chosen: StepEngine,
  answers: (record: RecordBody) => boolean,
): ((record: RecordBody) => boolean)[] {
  return imported(step) ? [answers] : acceptable(chosen, answers);
}

/** The record that a step's own engine would leave. */
function likelyFor(
  step: PlannedStep,
  { engine }: StepEngine,
  digestOf: (input: PlannedStep) => string | undefined,
): Likely {
  const inputs = Object.entries(step.inputs).map(([role, input]): [string, RecordBody['inputs'][string]] => [
    role,
    { key: input.key, digest: digestOf(input) ?? '' },
  ]);
  return { profile: imported(step) ? importedProfile : engine.profile, inputs: Object.fromEntries(inputs) };
}

/**
 * Runs a plan, each step as soon as its inputs are there, the longest first. A step that fails is reported, those that
 * need it fail with it, and the others go on.
 */
export function runPlan(plan: Plan, world: RunWorld): Run {
  const results = new Map<string, StepResult>();
  const failures = new Map<string, FailedStep>();
  const steps = [...new Map(plan.steps.map((step) => [step.key, step])).values()];
  const total = steps.length;
  const inTurn = inTurns(() => world.jobs);
  const memory = memoryWatch(world.resident);
  const inTurnTogether = inTurns(() => Math.max(world.jobs, world.engine.together ?? 0));

  const settle = async (step: PlannedStep): Promise<void> => {
    const end = (outcome: Outcome, seconds: number, note?: string): void => {
      world.report({ kind: 'end', step, total, outcome, seconds, ...(note !== undefined && { note }) });
    };
    const chosen = world.engineFor?.(step) ?? { engine: world.engine, anyProfile: true };
    const answers = answersFor(step, (input) => results.get(input.key)?.digest);
    const likely = likelyFor(step, chosen, (input) => results.get(input.key)?.digest);
    const find = (): StoredResult | undefined =>
      firstFound(testsFor(step, chosen, answers), (test) => world.store.find(step.key, test, likely));
    const want = { key: step.key, kind: step.kind.kind };
    const stored = find() ?? ((await world.store.bring([want], { anyway: true })) > 0 ? find() : undefined);
    if (stored !== undefined) {
      results.set(step.key, { ...stored, step, outcome: 'cached' });
      end('cached', 0, divergedNote(stored));
      return;
    }
    const missing = Object.values(step.inputs).find((input) => !results.has(input.key));
    if (missing !== undefined) {
      failures.set(step.key, { step, message: `it needs ${missing.name}, which failed` });
      end('failed', 0, `needs ${missing.name}`);
      return;
    }
    // Trainings, which can be continued, wait for each other in a batch where the engine profits from it.
    const batched = chosen.engine.trainMany !== undefined && step.continuationKey !== undefined;
    const task = async (): Promise<void> => {
      world.signal.throwIfAborted();
      world.report({ kind: 'start', step, total });
      const started = world.clock();
      const watched = memory.begin();
      try {
        let remark: string | undefined;
        let printed: string | undefined;
        let waited = 0;
        const watch: Watch = {
          seconds: () => Math.max(0, world.clock() - started - waited),
          watched,
          waited: (seconds) => {
            waited += seconds;
          },
          progress: (fraction) => {
            world.report({ kind: 'progress', step, total, fraction });
          },
          remark: (text) => {
            remark = text;
          },
          print: (text) => {
            printed = text;
          },
        };
        const { engine, because, fallback } = chosen;
        const result = await runStep(step, results, { ...world, engine }, watch, because).catch(
          async (error: unknown) => {
            const why = world.signal.aborted ? undefined : fallback?.because(error);
            if (fallback === undefined || why === undefined) throw error;
            const again = (): Promise<StoredResult> =>
              runStep(step, results, { ...world, engine: fallback.engine }, watch, why);
            // A step of a batch has had no turn of its own yet.
            return batched ? inTurn(again, step.cost.operations) : again();
          },
        );
        const outcome = result.record.divergedAt === undefined ? 'ran' : 'diverged';
        results.set(step.key, { ...result, step, outcome });
        end(outcome, watch.seconds(), divergedNote(result) ?? ranNote(remark, printed && `printed: ${printed}`));
      } catch (error) {
        world.signal.throwIfAborted();
        const message = messageOf(error);
        failures.set(step.key, { step, message });
        end('failed', world.clock() - started, message);
      } finally {
        watched.end();
      }
    };
    // Of small ones the engine has many at a time, and computes several as one.
    const isSmall = chosen.engine.together !== undefined && isCheap(step, world);
    await (batched ? task() : (isSmall ? inTurnTogether : inTurn)(task, step.cost.operations));
  };

  // Inputs stand before the steps that need them, so each finds its inputs' promises there already.
  const settled = new Map<string, Promise<void>>();
  for (const step of steps) {
    const inputs = Object.values(step.inputs).flatMap((input) => settled.get(input.key) ?? []);
    settled.set(
      step.key,
      Promise.all(inputs).then(async () => settle(step)),
    );
  }
  // In the plan's order, whatever the order in which they ended.
  const inPlan = <Value>(found: ReadonlyMap<string, Value>): [string, Value][] =>
    steps.flatMap(({ key }): [string, Value][] => {
      const value = found.get(key);
      return value === undefined ? [] : [[key, value]];
    });
  return {
    result: async (step) => {
      await settled.get(step.key);
      return results.get(step.key);
    },
    done: Promise.all(settled.values())
      .finally(async () => world.store.settled())
      .then(() => ({
        results: new Map(inPlan(results)),
        failed: inPlan(failures).map(([, failure]) => failure),
      })),
  };
}

/** How one step is watched while it runs. */
interface Watch {
  /** How long it has been at work. */
  readonly seconds: () => number;
  readonly waited: (seconds: number) => void;
  readonly watched: Watched;
  readonly progress: (fraction: number) => void;
  readonly remark: (text: string) => void;
  readonly print: (text: string) => void;
}

async function runStep(
  step: PlannedStep,
  results: ReadonlyMap<string, StepResult>,
  world: RunWorld,
  { seconds, watched, waited, progress, remark, print }: Watch,
  fellBack?: string,
): Promise<StoredResult> {
  const inputs: Record<string, RunInput> = {};
  const used: Record<string, { key: string; digest: string }> = {};
  for (const [role, input] of Object.entries(step.inputs)) {
    const result = results.get(input.key);
    if (result === undefined) throw new Error(`${input.name} has not run`);
    inputs[role] = { options: input.options, facts: input.facts, kind: input.kind, artifact: result.artifact };
    used[role] = { key: input.key, digest: result.digest };
  }
  const { engine, file, signal, limits } = world;
  const { operations, bytes } = step.cost;
  let remarked = fellBack;
  if (fellBack !== undefined) remark(fellBack);
  const provenance = (): Pick<RecordBody, 'inputs' | 'profile' | 'device' | 'accuracy' | 'asked' | 'made'> => ({
    inputs: used,
    ...(imported(step)
      ? { profile: importedProfile, device: '' }
      : { profile: engine.profile, device: engine.device, accuracy: { ...engine.accuracy } }),
    asked: askedBy(step),
    made: {
      seconds: seconds(),
      at: world.now().toISOString(),
      ...world.versions,
      ...watched.soFar(),
      reckoned: { operations, bytes },
      ...(remarked !== undefined && { remark: remarked }),
    },
  });
  const wait = (): boolean => seconds() >= secondsUnsynced;
  const continuation = continuationOf(
    isCheap(step, world) ? undefined : step.continuationKey,
    world.store,
    provenance,
    wait,
  );
  const artifact = await step.kind.run(step.options, inputs, {
    ...{ engine, file, progress, signal, continuation, print, waited },
    ...(limits !== undefined && { limits }),
    remark: (text) => {
      remarked = fellBack === undefined ? text : `${fellBack}, ${text}`;
      remark(remarked);
    },
    clock: world.clock,
  });
  return world.store.keep(
    {
      key: step.key,
      kind: step.kind.kind,
      version: step.kind.version,
      ...(step.kind.code !== undefined && { code: step.kind.code }),
      options: step.options as Json,
      ...provenance(),
    },
    artifact,
    { wait: wait(), soon: true },
  );
}

/** Whether a training is as soon computed again as continued, so that it leaves no states. */
function isCheap(step: PlannedStep, { leavesFrom = 0 }: RunWorld): boolean {
  return isSmallTraining(step) && (step.cost.processorSeconds ?? 0) < leavesFrom;
}

function askedBy({ name, directive }: PlannedStep): Asked {
  return { name, info: `${directive.kind} #${directive.id}`, text: directive.text };
}

/** "ran, continued from step 5000"; undefined where there is nothing more to say. */
function ranNote(...parts: readonly (string | undefined)[]): string | undefined {
  const said = parts.filter((part) => part !== undefined && part !== '');
  return said.length === 0 ? undefined : ['ran', ...said].join(', ');
}

function divergedNote({ record }: StoredResult): string | undefined {
  return record.divergedAt === undefined ? undefined : `diverged at step ${record.divergedAt}`;
}

/**
 * Whether each step of a plan would run, and why; nothing is computed. Only when it is to be `sure` are arrays read: a
 * record whose arrays are damaged answers for nothing.
 */
export function forecast(
  plan: Plan,
  store: Store,
  engineFor?: (step: PlannedStep) => StepEngine,
  sure = false,
): { step: PlannedStep; cached: boolean; why: string }[] {
  const digests = new Map<string, string>();
  return plan.steps.map((step) => {
    const waiting = Object.values(step.inputs).find((input) => !digests.has(input.key));
    if (waiting !== undefined) return { step, cached: false, why: `${waiting.name} will run` };
    const answers = answersFor(step, (input) => digests.get(input.key));
    const chosen = engineFor?.(step);
    const tests = chosen === undefined ? [answers] : testsFor(step, chosen, answers);
    const likely = chosen && likelyFor(step, chosen, (input) => digests.get(input.key));
    const peeked = firstFound(tests, (test) => store.peek(step.key, test, likely));
    if (peeked === undefined) return { step, cached: false, why: 'no result for this key' };
    const found = sure ? firstFound(tests, (test) => store.find(step.key, test, likely)) : peeked;
    if (found === undefined) return { step, cached: false, why: 'its stored result is damaged' };
    digests.set(step.key, found.digest);
    return { step, cached: true, why: imported(step) ? 'read from its files' : `computed by ${found.record.profile}` };
  });
}
