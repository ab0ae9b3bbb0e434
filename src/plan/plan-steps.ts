/** Directives to steps: ids resolved, sweeps expanded, options checked against inputs, keys computed. */
import { append } from '../shared/append.js';
import type { Json } from '../shared/artifact.js';
import { type DeviceName, deviceNames } from '../shared/device-names.js';
import { sha256 } from '../shared/hash.js';
import { otherDevices } from '../shared/other-names.js';
import { type Place, printable, type Problem } from '../shared/problem.js';
import type { Directive, Report } from '../source/report.js';
import { stepKinds } from '../steps/kinds.js';
import type { Cost, FileReader, InputReference, OptionIssue, PlannedInput, StepKind } from '../steps/step.js';
import { suggestion } from '../shared/suggest.js';
import { checkOptions } from './check-options.js';
import type { Coordinate, PlannedStep } from './plan.js';
import { stepKey } from './step-key.js';
import { expandSweep, type Variant } from './sweep.js';

/** More steps than any report has. */
const mostSteps = 100_000;

/** What a plan may use of the machine. */
export interface Limits {
  /** Bytes of memory that one step may need. */
  readonly memory: number;
  /** Bytes that one operation of the engine can use. */
  readonly addressable: number;
}

export interface PlannedSteps {
  readonly steps: readonly PlannedStep[];
  /** The steps of each directive that could be planned. */
  readonly byId: ReadonlyMap<string, readonly PlannedStep[]>;
  readonly problems: readonly Problem[];
}

/** A checked variant of a directive, before its inputs are known. */
interface CheckedVariant {
  readonly variant: Variant;
  readonly options: unknown;
  readonly references: readonly InputReference[];
}

/** Plans every step directive of the report. One that has a problem gives no steps, nor do those that need it. */
export function planSteps(report: Report, directives: ReadonlyMap<string, Directive>, limits: Limits): PlannedSteps {
  const problems: Problem[] = [];
  const kinds = new Map(stepKinds.map((kind) => [kind.kind, kind]));
  const checked = new Map<string, CheckedVariant[] | undefined>();
  for (const directive of directives.values()) {
    const kind = kinds.get(directive.kind);
    if (kind !== undefined && directive.readable) checked.set(directive.id, checkVariants(directive, kind, problems));
  }
  const idsOf = (wanted: readonly string[]): string[] =>
    [...directives.values()].flatMap(({ id, kind }) => (wanted.includes(kind) ? [id] : []));

  reportCycles(directives, checked, problems);

  const planned = new Map<string, readonly PlannedStep[] | undefined>();
  const inProgress = new Set<string>();
  const ordered: PlannedStep[] = [];

  const stepsOf = (id: string): readonly PlannedStep[] | undefined => {
    if (planned.has(id)) return planned.get(id);
    const directive = directives.get(id);
    const kind = directive && kinds.get(directive.kind);
    // A cycle has been reported; its members give no steps.
    if (directive === undefined || kind === undefined || inProgress.has(id)) return undefined;
    inProgress.add(id);
    const variants = checked.get(id);
    const before = problems.length;
    const steps = variants?.flatMap((variant) => planVariant(directive, kind, variant));
    inProgress.delete(id);
    const result = steps === undefined || steps.length === 0 || problems.length > before ? undefined : steps;
    planned.set(id, result);
    if (result !== undefined) append(ordered, result);
    return result;
  };

  const planVariant = (
    directive: Directive,
    kind: StepKind,
    { variant, options, references }: CheckedVariant,
  ): PlannedStep[] => {
    let combinations: Readonly<Record<string, PlannedStep>>[] = [{}];
    for (const reference of references) {
      if ('via' in reference) {
        combinations = combinations.map((inputs) => {
          const input = inputs[reference.via]?.inputs[reference.input];
          return input === undefined ? inputs : { ...inputs, [reference.role]: input };
        });
        continue;
      }
      const steps = resolve(reference, variant);
      if (steps === undefined) return [];
      combinations = combinations.flatMap((inputs) => steps.map((step) => ({ ...inputs, [reference.role]: step })));
    }
    const asked = combinations.length * (checked.get(directive.id)?.length ?? 1);
    if (ordered.length + asked > mostSteps) {
      add({
        place: directive.place,
        rule: 'too-many-steps',
        message: `with this directive's ${asked} steps the report has more than ${mostSteps}`,
        hint: 'sweep over fewer values, here or in what it is computed from',
      });
      return [];
    }
    return combinations.flatMap((inputs) => {
      const step = planStep(directive, kind, variant, withSeed(variant, options, inputs), references, inputs);
      return step === undefined ? [] : [step];
    });
  };

  const resolve = (
    { id, path, kinds: wanted }: Extract<InputReference, { id: string }>,
    variant: Variant,
  ): readonly PlannedStep[] | undefined => {
    const target = directives.get(id);
    if (target === undefined && report.lost.has(id)) return undefined;
    if (target === undefined) {
      add({
        place: variant.placeOf(path, 'value'),
        rule: 'unknown-id',
        message: `there is no ${wanted.join(' or ')} "${id}"`,
        hint: suggestion(id, idsOf(wanted)),
      });
      return undefined;
    }
    if (!wanted.includes(target.kind)) {
      add({
        place: variant.placeOf(path, 'value'),
        rule: 'wrong-kind',
        message: `"${id}" is a ${target.kind}, and a ${wanted.join(' or ')} is needed here`,
        hint: suggestion(id, idsOf(wanted)),
        related: [{ place: target.place, message: `"${id}" is declared here` }],
      });
      return undefined;
    }
    return stepsOf(id);
  };

  const add = (problem: Problem): void => {
    // Each variant of a sweep meets the same problem; it is one problem.
    const same = ({ rule, message, place }: Problem): boolean =>
      rule === problem.rule && message === problem.message && samePlace(place, problem.place);
    if (!problems.some(same)) problems.push(problem);
  };

  const planStep = (
    directive: Directive,
    kind: StepKind,
    variant: Variant,
    options: unknown,
    references: readonly InputReference[],
    inputs: Readonly<Record<string, PlannedStep>>,
  ): PlannedStep | undefined => {
    const files = kind.files(options);
    const bytes = new Map<string, Uint8Array>();
    for (const { file, path } of files) {
      const data = report.dataFile(file);
      if ('bytes' in data) bytes.set(file, data.bytes);
      else {
        const place = variant.placeOf(path, 'value');
        add({
          place,
          rule: 'unreadable-file',
          message: `${file} cannot be read: ${data.refused}`,
          hint: "name a file inside the report's folder",
        });
      }
    }
    if (bytes.size < new Set(files.map(({ file }) => file)).size) return undefined;
    const reader: FileReader = (file) => bytes.get(file) ?? new Uint8Array();
    const known: Readonly<Record<string, PlannedInput>> = inputs;
    const issues = kind.check(options, known, reader);
    for (const issue of issues) add(toProblem(issue, variant));
    if (issues.length > 0) return undefined;

    const facts = kind.facts(options, known, reader);
    const cost = kind.cost(options, facts);
    const coordinates = joinCoordinates(directive.id, inputs, references, variant.coordinates);
    const name = stepName(directive.id, coordinates);
    const excess = excessOf(cost, limits);
    if (excess !== undefined) {
      add({
        place: variant.placeOf(['network', 'hidden'], 'value'),
        rule: 'too-much-memory',
        message: `${name} would need ${excess}`,
        hint: 'choose smaller widths, fewer checkpoints or fewer points',
      });
      return undefined;
    }
    const identity = {
      kind: kind.kind,
      version: kind.version,
      options: options as Json,
      names: [
        ...references.flatMap((reference) => ('path' in reference ? [reference.path] : [])),
        ...files.map(({ path }) => path),
      ],
      inputs: Object.fromEntries(Object.entries(inputs).map(([role, input]) => [role, input.key])),
      files: files.map(({ file }) => sha256(reader(file))),
    };
    const key = stepKey(identity);
    const continued = kind.continues?.(options);
    const continuationKey =
      continued === undefined
        ? {}
        : { continuationKey: stepKey({ ...identity, kind: `${kind.kind} states`, options: continued }) };
    return {
      name,
      id: directive.id,
      kind,
      coordinates,
      options,
      facts,
      inputs,
      key,
      ...continuationKey,
      cost,
      ...devicesOf(directive, report),
      directive,
    };
  };

  for (const id of checked.keys()) stepsOf(id);
  const byId = new Map([...planned].flatMap(([id, steps]) => (steps === undefined ? [] : [[id, steps]])));
  return { steps: ordered, byId, problems };
}

function isDeviceName(value: Json | undefined): value is DeviceName {
  return deviceNames.some((name) => name === value);
}

function wrongDevice(directive: Directive, given: Json): Problem {
  return {
    place: directive.placeOf(['device'], 'value'),
    rule: 'invalid-option',
    message: `"device" must be one of ${deviceNames.join(', ')}; it is ${JSON.stringify(given)}`,
    hint: typeof given === 'string' ? suggestion(given, deviceNames, otherDevices) : 'change it',
  };
}

/** Where a directive's steps are to run: what it says itself, and what its page or the report's first page says. */
function devicesOf(directive: Directive, { pages }: Report): Pick<PlannedStep, 'device' | 'pageDevice'> {
  const { device } = directive.body;
  const pageDevice =
    (pages.find(({ directives }) => directives.includes(directive)) ?? pages[0])?.device ?? pages[0]?.device;
  return {
    ...(isDeviceName(device) && { device }),
    ...(pageDevice !== undefined && { pageDevice }),
  };
}

/** The variants of a directive with their options checked; undefined when any of them has a problem. */
function checkVariants(directive: Directive, kind: StepKind, problems: Problem[]): CheckedVariant[] | undefined {
  const { device, ...body } = directive.body;
  const { variants, problems: wrong } = expandSweep({ ...directive, body });
  if (device !== undefined && !isDeviceName(device)) problems.push(wrongDevice(directive, device));
  append(problems, wrong);
  const checked: CheckedVariant[] = [];
  const seen = new Set<string>();
  let failed = wrong.length > 0;
  for (const variant of variants) {
    const result = checkOptions(kind.options, variant.body, directive.kind, variant.placeOf, variant.swept);
    if ('options' in result) {
      const references = kind.inputs(result.options);
      const unknown = unknownLead(variant, references);
      if (unknown === undefined) checked.push({ variant, options: result.options, references });
      else {
        failed = true;
        if (!seen.has(unknown.message)) problems.push(unknown);
        seen.add(unknown.message);
      }
      continue;
    }
    failed = true;
    for (const problem of result.problems) {
      const signature = `${problem.place?.line ?? 0}:${problem.place?.column ?? 0} ${problem.message}`;
      if (!seen.has(signature)) problems.push(problem);
      seen.add(signature);
    }
  }
  return failed ? undefined : checked;
}

/** What is wrong with the option that a seed is to follow; undefined where it names a step. */
function unknownLead({ seedFollows, placeOf }: Variant, references: readonly InputReference[]): Problem | undefined {
  const leads = references.flatMap((reference) => ('id' in reference ? [reference.role] : []));
  if (seedFollows === undefined || leads.includes(seedFollows)) return undefined;
  return {
    place: placeOf(['seed', 'follows'], 'value'),
    rule: 'invalid-option',
    message:
      leads.length === 0
        ? 'this is computed from no other step, so there is no seed to follow'
        : `"${seedFollows}" is no option that names a step`,
    hint: leads.length === 0 ? 'write a seed, or {count: 32}' : suggestion(seedFollows, leads),
  };
}

/** The options with the seed of the step that it follows. */
function withSeed({ seedFollows }: Variant, options: unknown, inputs: Readonly<Record<string, PlannedStep>>): unknown {
  if (seedFollows === undefined) return options;
  const { seed } = inputs[seedFollows]?.options as { readonly seed: number };
  return { ...(options as object), seed };
}

/** Directives that need each other: each cycle once, with every member's place. */
function reportCycles(
  directives: ReadonlyMap<string, Directive>,
  checked: ReadonlyMap<string, readonly CheckedVariant[] | undefined>,
  problems: Problem[],
): void {
  const done = new Set<string>();
  const visit = (id: string, path: readonly string[]): void => {
    const start = path.indexOf(id);
    if (start >= 0) {
      const cycle = path.slice(start);
      const members = cycle.flatMap((member) => directives.get(member) ?? []);
      const [first, ...others] = members;
      if (first === undefined) return;
      problems.push({
        place: first.place,
        rule: 'cycle',
        message: `these directives need each other: ${[...cycle, id].join(' -> ')}`,
        hint: 'let one of them name another directive',
        related: others.map((member) => ({ place: member.place, message: `"${member.id}" is declared here` })),
      });
      return;
    }
    if (done.has(id)) return;
    const needed = new Set(
      (checked.get(id) ?? []).flatMap(({ references }) => references.flatMap((r) => ('id' in r ? [r.id] : []))),
    );
    for (const next of needed) visit(next, [...path, id]);
    done.add(id);
  };
  for (const id of checked.keys()) visit(id, []);
}

/** The inputs' coordinates and then its own. An inherited axis that is swept again here is called by its origin. */
function joinCoordinates(
  id: string,
  inputs: Readonly<Record<string, PlannedStep>>,
  references: readonly InputReference[],
  own: readonly Coordinate[],
): Coordinate[] {
  const named = references.flatMap((reference) => ('id' in reference ? (inputs[reference.role] ?? []) : []));
  const inherited = named.flatMap((input) =>
    input.coordinates.map((coordinate) =>
      own.some(({ axis }) => axis === coordinate.axis)
        ? { ...coordinate, axis: `${input.id}.${coordinate.axis}` }
        : coordinate,
    ),
  );
  return [...inherited, ...own.filter(({ axis }) => axis !== id)];
}

function stepName(id: string, coordinates: readonly Coordinate[]): string {
  if (coordinates.length === 0) return id;
  // What is swept over may be any text, and names are printed in terminals and logs.
  return printable(`${id}[${coordinates.map(({ axis, label }) => `${axis}=${label}`).join(',')}]`);
}

function toProblem({ path, rule, message, hint, inFile }: OptionIssue, variant: Variant): Problem {
  const place = variant.placeOf(path, 'value');
  return {
    place,
    rule,
    message,
    hint,
    ...(inFile !== undefined && { related: [{ place: inFile, message: 'in this file' }] }),
  };
}

function samePlace(a: Place | undefined, b: Place | undefined): boolean {
  return a?.file === b?.file && a?.line === b?.line && a?.column === b?.column;
}

/** What a step would need beyond the limits, in words; undefined when it fits. */
function excessOf({ bytes, engineBytes }: Cost, { memory, addressable }: Limits): string | undefined {
  if (bytes > memory) return `${gigabytes(bytes)} of memory, and ${gigabytes(memory)} may be used`;
  if (engineBytes > addressable)
    return `${gigabytes(engineBytes)} at once in the engine, which can address ${gigabytes(addressable)}`;
  return undefined;
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toPrecision(3)} GB`;
}
