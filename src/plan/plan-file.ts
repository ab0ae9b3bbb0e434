/**
 * A plan in a file: all that another machine, or another engine of workflows, needs to compute its steps one by one. What is
 * read of one is held to what a report is held to: options to the schemas of their kinds, files to their digests, and every
 * key is computed again.
 */
import * as z from 'zod';
import { type DeviceName, expectedDevices, isDeviceName } from '../shared/device-names.js';
import type { Json } from '../shared/artifact.js';
import { EnvironmentError, printable } from '../shared/problem.js';
import { commandLine } from '../shared/own-command.js';
import type { Directive } from '../source/report.js';
import type { FileReader, StepKind } from '../steps/step.js';
import type { PlannedStep } from './planned-step.js';
import { excessOf, keysOf, type Limits } from './plan-step.js';

/** The format that this program writes and reads. */
const planFormat = 'colophon-plan/1';

const digest = z.string().regex(/^[0-9a-f]{64}$/);
const device = z.custom<DeviceName>(isDeviceName, `one of ${expectedDevices}`);
const row = z.strictObject({
  /** SHA-256 of everything that determines the result. */
  key: digest,
  /** "one-layer[hidden=10]". */
  name: z.string(),
  /** Of its directive, in `directives`. */
  id: z.string(),
  kind: z.string(),
  version: z.int(),
  /** SHA-256 of the code of a kind of the report's own. */
  code: digest.optional(),
  /** As written in its directive, with what its sweep sets. */
  options: z.record(z.string(), z.custom<Json>()),
  /** Of results in files, what is of this run. */
  found: z.strictObject({ files: z.array(z.string()), group: z.record(z.string(), z.string()) }).optional(),
  /** The key of each input, by its role; that step stands before. */
  inputs: z.record(z.string(), digest),
  /** The files of the report that it is computed from, with the digests of their bytes. */
  files: z.array(z.strictObject({ file: z.string(), digest })),
  device: device.optional(),
  pageDevice: device.optional(),
  /** About how long it takes on one thread of a usual processor. */
  seconds: z.number(),
  /** About the most memory that it needs, in bytes. */
  bytes: z.number(),
  /** Whether the store had the result when the plan was written. */
  cached: z.boolean(),
});
const form = z.strictObject({
  format: z.literal(planFormat),
  /** The program whose plan it is: its version, and the SHA-256 of its files. */
  program: z.strictObject({ version: z.string(), digest }),
  /** The report's folder, from which files are read. */
  report: z.string(),
  /** Where steps are to run that name no device. */
  device,
  /** As people wrote them, for records. */
  directives: z.record(z.string(), z.strictObject({ kind: z.string(), text: z.string() })),
  /** Inputs first. */
  steps: z.array(row),
});

export type PlanFile = z.infer<typeof form>;
export type PlanRow = PlanFile['steps'][number];

export interface PlanFileAbout extends Pick<PlanFile, 'program' | 'report' | 'device'> {
  readonly steps: readonly { readonly step: PlannedStep; readonly cached: boolean; readonly seconds: number }[];
}

/** The plan as a file holds it. Steps that share a key stand in it once. */
export function planFile({ program, report, device: asked, steps }: PlanFileAbout): PlanFile {
  const rows = new Map<string, PlanRow>();
  const directives: Record<string, { kind: string; text: string }> = {};
  for (const { step, cached, seconds } of steps) {
    const { key, name, id, kind, options, written, inputs, files, directive, cost } = step;
    directives[id] ??= { kind: directive.kind, text: directive.text };
    if (rows.has(key)) continue;
    rows.set(key, {
      ...{ key, name, id, kind: kind.kind, version: kind.version },
      ...(kind.code !== undefined && { code: kind.code }),
      options: written,
      ...(kind.findSteps !== undefined && { found: foundIn(options) }),
      inputs: Object.fromEntries(Object.entries(inputs).map(([role, input]) => [role, input.key])),
      files: files.map((file) => ({ ...file })),
      ...(step.device !== undefined && { device: step.device }),
      ...(step.pageDevice !== undefined && { pageDevice: step.pageDevice }),
      ...{ seconds: Number(seconds.toPrecision(3)), bytes: Math.round(cost.bytes), cached },
    });
  }
  return { format: planFormat, program, report, device: asked, directives, steps: [...rows.values()] };
}

/** What the search for files adds to the options of one run. */
function foundIn(options: unknown): NonNullable<PlanRow['found']> {
  const { files, group } = options as NonNullable<PlanRow['found']>;
  return { files, group };
}

/** A plan that cannot be used as it stands. The message says where in the file, and what to do. */
export class DamagedPlan extends Error {}

/**
 * Reads the text of a file. Throws a DamagedPlan for what is no plan, and an EnvironmentError for that of another program than this
 * one. `path` is for messages.
 */
export function readPlanFile(text: string, path: string, program: PlanFile['program']): PlanFile {
  const again = `write it again with "${commandLine(['plan', 'REPORT', '--file', path])}"`;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new DamagedPlan(`${path}:${placeOfSyntax(text, error)}  this is no JSON, or only a part of it; ${again}`);
  }
  // Of another version nothing else need be as it is here.
  const head = z.object({ format: z.string(), program: form.shape.program }).safeParse(value);
  if (head.success && head.data.format.startsWith('colophon-plan/')) sameProgram(head.data, path, program, again);
  const read = form.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const where = (issue?.path ?? [])
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('');
  const place = where === '' ? 'it' : where.replace(/^\./, '');
  throw new DamagedPlan(`${path}: ${printable(place)}: this is no plan: ${printable(issue?.message ?? '')}; ${again}`);
}

function sameProgram(
  { format, program: theirs }: Pick<PlanFile, 'program'> & { readonly format: string },
  path: string,
  ours: PlanFile['program'],
  again: string,
): void {
  if (format === planFormat && theirs.version === ours.version && theirs.digest === ours.digest) return;
  const versions =
    theirs.version === ours.version
      ? `this is also ${ours.version}, with other files`
      : `this is ${printable(ours.version)}`;
  throw new EnvironmentError(
    `${path} is a plan of Colophon ${printable(theirs.version)}, and ${versions}: their results may not be the same; run the program that wrote it, or ${again}`,
  );
}

/** "12:5" of what JSON.parse said; the end of the text where it said nothing. */
function placeOfSyntax(text: string, error: unknown): string {
  const said = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
  const before = text.slice(0, said === undefined ? text.length : Number(said)).split('\n');
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}

/** What the steps of a plan file are made with. */
export interface PlanFileWorld {
  readonly path: string;
  readonly kinds: readonly StepKind[];
  readonly trust: boolean;
  readonly limits: Limits;
  /** The bytes of a file of the report, or why they cannot be had. */
  readonly file: (path: string) => Uint8Array | { readonly refused: string };
}

/**
 * The steps under these keys with all that they are computed from, inputs first. Throws a DamagedPlan for what does not give the keys
 * that the file says, and an EnvironmentError for what cannot be had here.
 */
export function stepsOfPlan(file: PlanFile, keys: readonly string[], world: PlanFileWorld): PlannedStep[] {
  const kinds = new Map(world.kinds.map((kind) => [kind.kind, kind]));
  const needed = new Set(keys);
  // Inputs stand before the steps that need them: from the end on, each is known to be needed when it is met.
  for (const { key, inputs } of [...file.steps].reverse())
    if (needed.has(key)) for (const input of Object.values(inputs)) needed.add(input);
  const made = new Map<string, PlannedStep>();
  file.steps.forEach((one, at) => {
    if (!needed.has(one.key) || made.has(one.key)) return;
    const inputs = Object.entries(one.inputs).map(([role, key]) => {
      const input = made.get(key);
      if (input !== undefined) return [role, input] as const;
      throw new DamagedPlan(`${world.path}: steps[${at}]: its input ${key.slice(0, 16)} does not stand before it`);
    });
    made.set(one.key, stepOf(one, Object.fromEntries(inputs), file, { ...world, kinds }, `steps[${at}]`));
  });
  return [...made.values()];
}

function stepOf(
  one: PlanRow,
  inputs: Readonly<Record<string, PlannedStep>>,
  { directives }: PlanFile,
  {
    path,
    kinds,
    trust,
    limits,
    file,
  }: Omit<PlanFileWorld, 'kinds'> & { readonly kinds: ReadonlyMap<string, StepKind> },
  at: string,
): PlannedStep {
  const name = printable(one.name);
  const wrong = (why: string): DamagedPlan =>
    new DamagedPlan(`${path}: ${at}: ${name}: ${why}; the file was changed or damaged: write it again`);
  const kind = kinds.get(one.kind);
  if (kind === undefined) {
    if (one.code === undefined) throw wrong(`there is no kind "${printable(one.kind)}"`);
    const cure = trust ? 'name the folder that defines it with --report' : 'add --trust if this report is your own';
    throw new EnvironmentError(`${name} is of a kind of the report's own, "${printable(one.kind)}"; ${cure}`);
  }
  if (kind.isOwnCode === true && !trust)
    throw new EnvironmentError(`${name} is code, and is not run; add --trust if this report is your own`);
  const parsed = kind.options.safeParse(one.options);
  if (!parsed.success)
    throw wrong(`its options are none of ${kind.kind}: ${printable(parsed.error.issues[0]?.message ?? '')}`);
  const options =
    kind.findSteps === undefined || one.found === undefined
      ? parsed.data
      : { ...(parsed.data as object), ...one.found };
  const reader = readerOf(one, name, file);
  const { key, continuationKey, files } = keysOf({ kind, options, references: kind.inputs(options), inputs }, reader);
  if (kind.code !== one.code)
    throw new EnvironmentError(
      `the code of the kind "${kind.kind}" is not what the plan was made with; write the plan again`,
    );
  const changed = files.find(({ digest: now }, index) => now !== one.files[index]?.digest);
  if (changed !== undefined)
    throw new EnvironmentError(
      `${name}: ${printable(changed.file)} has changed since the plan was written; write the plan again`,
    );
  if (key !== one.key || kind.version !== one.version) throw wrong('it does not give its key');
  const [issue] = kind.check(options, inputs, reader).filter(({ severity }) => severity !== 'warning');
  if (issue !== undefined) throw wrong(printable(issue.message));
  const facts = kind.facts(options, inputs, reader);
  const cost = kind.cost(options, facts);
  const excess = excessOf(cost, limits);
  if (excess !== undefined) throw new EnvironmentError(`${name} would need ${excess}: run it on a larger machine`);
  return {
    ...{ name, id: one.id, kind, coordinates: [], options, written: one.options, facts, inputs, key, files, cost },
    ...(continuationKey !== undefined && { continuationKey }),
    ...devices(one),
    directive: directiveOf(one, Object.hasOwn(directives, one.id) ? directives[one.id] : undefined, kind),
  };
}

function devices(one: PlanRow): { device?: DeviceName; pageDevice?: DeviceName } {
  return {
    ...(one.device !== undefined && { device: one.device }),
    ...(one.pageDevice !== undefined && { pageDevice: one.pageDevice }),
  };
}

function readerOf(one: PlanRow, name: string, file: PlanFileWorld['file']): FileReader {
  const read = new Map<string, Uint8Array>();
  return (path) => {
    const known = read.get(path) ?? file(path);
    if ('refused' in known)
      throw new EnvironmentError(
        `${name} needs ${printable(path)} of the report, which cannot be read: ${known.refused}; name the report's folder with --report`,
      );
    if (one.files.length > 0) read.set(path, known);
    return known;
  };
}

/** What is known of the directive that asked, for records: nothing of a page. */
function directiveOf({ id }: PlanRow, written: PlanFile['directives'][string] | undefined, kind: StepKind): Directive {
  const place = { file: '', line: 1, column: 1 };
  return {
    ...{ kind: written?.kind ?? kind.kind, noun: kind.noun, id, text: written?.text ?? '', readable: true },
    ...{ body: {} satisfies Record<string, Json>, place, idPlace: place, placeOf: () => place, at: '' },
    ...{ echo: false, fold: false, prose: {} },
  };
}

/** The keys of a plan that people named: whole, by their first eight characters or more, or the names of their steps; `unknown` are the others. */
export function keysNamed(
  { steps }: PlanFile,
  words: readonly string[],
): { readonly keys: readonly string[]; readonly unknown: readonly string[] } {
  const byName = new Map(steps.flatMap(({ key, name }) => [[key, key] as const, [name, key] as const]));
  const found = words.map((word) => {
    const exact = byName.get(word);
    if (exact !== undefined || !/^[0-9a-f]{8,63}$/.test(word)) return { word, key: exact };
    const alike = steps.filter(({ key }) => key.startsWith(word));
    return { word, key: alike.length === 1 ? alike[0]?.key : undefined };
  });
  return {
    keys: [...new Set(found.flatMap(({ key }) => key ?? []))],
    unknown: found.flatMap(({ word, key }) => (key === undefined ? [word] : [])),
  };
}
