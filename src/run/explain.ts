/** Why each step of a plan would run: what has changed, field by field, since the nearest result there is, and what it will cost. */
import { groupBy } from '../shared/group-by.js';
import type { Json } from '../shared/artifact.js';
import { canonicalJson } from '../shared/canonical-json.js';
import type { Plan, PlannedStep } from '../plan/plan.js';
import type { RecordBody } from '../store/record.js';
import type { Store } from '../store/store.js';
import { continuationKind } from './continuation.js';
import type { forecast } from './run-plan.js';

/** One thing that differs from the nearest result. */
export interface Change {
  /** "optimizer.rate", "data", "version". */
  readonly field: string;
  /** As people read it; absent for what was not there. */
  readonly from?: string;
  readonly to?: string;
}

export interface Explanation {
  readonly step: PlannedStep;
  readonly cached: boolean;
  readonly why: string;
  /** Of its own; empty for a cached step and for one that runs only because of its inputs. */
  readonly changes: readonly Change[];
  /** The inputs that will run before it. */
  readonly waitsFor: readonly PlannedStep[];
  /** The result that it is compared with. */
  readonly nearest?: RecordBody;
  /** The step from which it would go on, where an earlier run has left its states. */
  readonly reached?: number;
  /** Seconds and bytes it is reckoned to take, from what was measured; absent where nothing of the kind was. */
  readonly seconds?: number;
  readonly memory?: number;
}

/** A forecast explained, step by step. Reads every record of the store, no array. */
export function explainPlan(steps: ReturnType<typeof forecast>, store: Store): Explanation[] {
  const byKind = groupBy(store.records(), ({ kind }) => kind);
  const fields = new Map<RecordBody, ReadonlyMap<string, string>>();
  const fieldsOf = (record: RecordBody): ReadonlyMap<string, string> => {
    const known = fields.get(record) ?? leaves(record.options);
    fields.set(record, known);
    return known;
  };
  const runs = new Set<string>();
  return steps.map(({ step, cached, why }): Explanation => {
    if (cached) return { step, cached, why, changes: [], waitsFor: [] };
    runs.add(step.key);
    const waitsFor = [...new Set(Object.values(step.inputs).filter(({ key }) => runs.has(key)))];
    const records = byKind.get(step.kind.kind) ?? [];
    const nearest = nearestTo(step, records, fieldsOf);
    const changes = nearest === undefined ? [] : changesSince(nearest, step, fieldsOf, runs);
    // A run that went on from an earlier one did only a part.
    const isWhole = ({ made }: RecordBody): boolean => made.reckoned !== undefined && made.remark === undefined;
    const measured =
      nearest === undefined || isWhole(nearest) ? nearest : nearestTo(step, records.filter(isWhole), fieldsOf);
    const reached = reachedBy(step, byKind.get(continuationKind) ?? []);
    const went = reached > 0 && (step.kind.left?.(step.options, reached) ?? 1) < 1 ? { reached } : {};
    return {
      step,
      cached,
      why,
      changes,
      waitsFor,
      ...(nearest && { nearest }),
      ...went,
      ...estimate(step, measured, reached),
    };
  });
}

/** How far the longest chain of parts reaches that earlier runs of the same computation have left; 0 without one. */
function reachedBy({ continuationKey, inputs }: PlannedStep, parts: readonly RecordBody[]): number {
  if (continuationKey === undefined) return 0;
  const ends = new Map<number, number>();
  for (const { options, values, inputs: used } of parts) {
    const { of, from } = options as { readonly of?: unknown; readonly from?: unknown };
    const last = values['last'];
    if (of !== continuationKey || typeof from !== 'number' || typeof last !== 'number' || last <= from) continue;
    if (Object.entries(inputs).some(([role, { key }]) => used[role]?.key !== key)) continue;
    ends.set(from, Math.max(last, ends.get(from) ?? 0));
  }
  let reached = 0;
  for (let next = ends.get(0); next !== undefined; next = ends.get(next)) reached = next;
  return reached;
}

/** The result of the same kind with the fewest differences; of equals the one that the same run once asked for. */
function nearestTo(
  step: PlannedStep,
  records: readonly RecordBody[],
  fieldsOf: (record: RecordBody) => ReadonlyMap<string, string>,
): RecordBody | undefined {
  const own = leaves(step.options as Json);
  const nameless = namesOf(step);
  let best: { record: RecordBody; distance: number } | undefined;
  for (const record of records) {
    const names = record.asked?.name === step.name ? 0 : record.asked?.name.split('[')[0] === step.id ? 0.25 : 0.5;
    const differing = differences(fieldsOf(record), own, nameless).length;
    const inputs = Object.entries(step.inputs).filter(([role, { key }]) => record.inputs[role]?.key !== key).length;
    const distance = differing + inputs / 4 + names / 16;
    if (best === undefined || distance < best.distance || (distance === best.distance && record.key < best.record.key))
      best = { record, distance };
  }
  return best?.record;
}

function changesSince(
  record: RecordBody,
  step: PlannedStep,
  fieldsOf: (record: RecordBody) => ReadonlyMap<string, string>,
  runs: ReadonlySet<string>,
): Change[] {
  const changes = differences(fieldsOf(record), leaves(step.options as Json), namesOf(step));
  const { version } = step.kind;
  if (record.version !== version)
    changes.push({ field: `version of ${step.kind.kind}`, from: String(record.version), to: String(version) });
  if (record.code !== step.kind.code) changes.push({ field: `the code of ${step.kind.kind}` });
  for (const [role, input] of Object.entries(step.inputs)) {
    // An input that will run says itself what changed.
    if (runs.has(input.key)) continue;
    if (record.inputs[role]?.key !== input.key) changes.push({ field: role, to: input.name });
  }
  if (changes.length > 0 || Object.values(step.inputs).some(({ key }) => runs.has(key))) return changes;
  if (record.key !== step.key) return [{ field: 'the bytes of its data file' }];
  // The record is of this very key: it is what it was computed from or its own bytes that do not fit.
  return [{ field: 'its stored result is damaged, or is of other bytes of its inputs' }];
}

/** Options that name directives or files: the names are in no key. */
function namesOf({ kind, options }: PlannedStep): ReadonlySet<string> {
  const paths = [
    ...kind.inputs(options).flatMap((reference) => ('path' in reference ? [reference.path] : [])),
    ...kind.files(options).map(({ path }) => path),
    ...(kind.unkeyed ?? []),
  ];
  return new Set(paths.map((path) => path.join('.')));
}

function differences(
  from: ReadonlyMap<string, string>,
  to: ReadonlyMap<string, string>,
  ignored: ReadonlySet<string>,
): Change[] {
  return [...new Set([...from.keys(), ...to.keys()])].flatMap((field): Change[] => {
    const [before, after] = [from.get(field), to.get(field)];
    if (before === after || ignored.has(field)) return [];
    return [{ field, ...(before !== undefined && { from: before }), ...(after !== undefined && { to: after }) }];
  });
}

/** Every option that is not a group of others, by its path; lists are one option. */
function leaves(options: Json): Map<string, string> {
  const found = new Map<string, string>();
  const visit = (value: Json, path: string): void => {
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
      for (const [name, member] of Object.entries(value)) visit(member, path === '' ? name : `${path}.${name}`);
    } else found.set(path, typeof value === 'string' ? value : canonicalJson(value));
  };
  visit(options, '');
  return found;
}

/** By proportion to what the nearest result that was computed as a whole was reckoned to cost and did. */
function estimate(
  { cost, kind, options }: PlannedStep,
  measured: RecordBody | undefined,
  reached: number,
): { seconds?: number; memory?: number } {
  const reckoned = measured?.made.reckoned;
  if (measured === undefined || reckoned === undefined) return {};
  const { seconds, memory } = measured.made;
  const left = kind.left?.(options, reached) ?? 1;
  return {
    seconds: (left * seconds * cost.operations) / Math.max(1, reckoned.operations),
    ...(memory !== undefined && { memory: memory + Math.max(0, cost.bytes - reckoned.bytes) }),
  };
}

/** Changes that make steps run, and all that runs and is drawn again because of them. */
export interface Cause {
  readonly changes: readonly Change[];
  /** In words where nothing is there to compare with. */
  readonly why: string;
  /** Ids of the directives whose steps would run, those that changed first. */
  readonly directives: readonly string[];
  readonly steps: readonly PlannedStep[];
  readonly figures: number;
  readonly tables: number;
  /** Of all its steps, as many at a time as run at a time; absent when any of them could not be reckoned. */
  readonly seconds?: number;
}

/** Explanations gathered by what changed: the same change in ten runs of a sweep is one cause. */
export function causesOf(explanations: readonly Explanation[], plan: Plan, jobs: number): Cause[] {
  const groups = new Map<string, { first: Explanation; roots: Explanation[] }>();
  for (const one of explanations) {
    if (one.cached || (one.changes.length === 0 && one.waitsFor.length > 0)) continue;
    const signature = canonicalJson([one.step.id, one.changes as unknown as Json]);
    const group = groups.get(signature);
    if (group === undefined) groups.set(signature, { first: one, roots: [one] });
    else group.roots.push(one);
  }
  return [...groups.values()].map(({ first, roots }): Cause => {
    const affected = new Set(roots.map(({ step }) => step.key));
    const steps: Explanation[] = [];
    for (const one of explanations) {
      if (one.cached) continue;
      if (!affected.has(one.step.key) && !one.waitsFor.some(({ key }) => affected.has(key))) continue;
      affected.add(one.step.key);
      steps.push(one);
    }
    const shows = (shown: readonly PlannedStep[]): boolean => shown.some((step) => behind(step, affected));
    const seconds = secondsOfAll(steps, jobs);
    return {
      changes: first.changes,
      why:
        first.nearest === undefined ? `nothing of the kind ${first.step.kind.kind} has been computed yet` : first.why,
      directives: [...new Set([first.step.id, ...steps.map(({ step }) => step.id)])],
      steps: steps.map(({ step }) => step),
      figures: plan.figures.filter(({ shown }) => shows(shown.flatMap((one) => one.steps))).length,
      tables: plan.tables.filter(({ steps }) => shows(steps)).length,
      ...(seconds !== undefined && { seconds }),
    };
  });
}

/** Side by side they take what the processors take, and at least what the longest takes. */
function secondsOfAll(steps: readonly Explanation[], jobs: number): number | undefined {
  let [sum, longest] = [0, 0];
  for (const { seconds } of steps) {
    if (seconds === undefined) return undefined;
    sum += seconds;
    longest = Math.max(longest, seconds);
  }
  return Math.max(longest, sum / jobs);
}

function behind(step: PlannedStep, keys: ReadonlySet<string>): boolean {
  return keys.has(step.key) || Object.values(step.inputs).some((input) => behind(input, keys));
}
