/** One step: its options checked against its inputs, its cost, its name and its keys. */
import type { Json } from '../shared/artifact.js';
import { decodeText } from '../shared/decode.js';
import { sha256 } from '../shared/hash.js';
import { printable, type Problem } from '../shared/problem.js';
import type { Directive, Report } from '../source/report.js';
import type { Cost, FileReader, InputReference, NamedFile, OptionIssue, StepKind } from '../steps/step.js';
import { isDeviceName } from '../shared/device-names.js';
import type { Coordinate, PlannedStep } from './plan.js';
import { partOfValue } from './part-of-value.js';
import { namesOf, stepKey } from './step-key.js';
import type { Variant } from './sweep.js';

/** What a plan may use of the machine. */
export interface Limits {
  /** Bytes of memory that one step may need. */
  readonly memory: number;
  /** Bytes that one operation of the engine can use. */
  readonly addressable: number;
}

/** The steps that a step is computed from, by their roles. */
export type Inputs = Readonly<Record<string, PlannedStep>>;

/** A step that is to be planned. */
interface StepRequest {
  readonly directive: Directive;
  readonly kind: StepKind;
  readonly variant: Variant;
  readonly options: unknown;
  readonly references: readonly InputReference[];
  readonly inputs: Inputs;
}

/** Where it is planned. */
interface StepContext {
  readonly report: Report;
  readonly limits: Limits;
  /** Takes what is wrong with the step. */
  readonly add: (problem: Problem) => void;
}

/** Plans a step; undefined after what is wrong with it has been added. */
export function planStep(request: StepRequest, { report, limits, add }: StepContext): PlannedStep | undefined {
  const { directive, kind, variant, options, references, inputs } = request;
  const reader = readerOf(request, report, add);
  if (reader === undefined) return undefined;
  const issues = kind.check(options, inputs, reader);
  for (const issue of issues) add(toProblem(issue, variant));
  if (issues.some(({ severity }) => severity !== 'warning')) return undefined;
  const facts = kind.facts(options, inputs, reader);
  const cost = kind.cost(options, facts);
  const coordinates = joinCoordinates(inputs, references, variant.coordinates);
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
  return {
    ...{ name, id: directive.id, kind, coordinates, options, facts, inputs, cost, directive },
    written: writtenOf(request),
    ...keysOf(request, reader),
    ...devicesOf(directive, report),
  };
}

/** What its schema reads; of a seed that follows another's, the number that it came to. */
function writtenOf({ variant: { body, seedFollows }, options }: StepRequest): PlannedStep['written'] {
  return seedFollows === undefined ? body : { ...body, seed: (options as { readonly seed: number }).seed };
}

/** Reads the files that a step names; undefined after those that cannot be read have been added. */
function readerOf(
  { kind, variant, options }: StepRequest,
  report: Report,
  add: (problem: Problem) => void,
): FileReader | undefined {
  const bytes = new Map<string, Uint8Array>();
  let isWhole = true;
  for (const { file, path } of kind.files(options)) {
    const data = report.dataFile(file);
    if ('bytes' in data) bytes.set(file, data.bytes);
    else {
      isWhole = false;
      add({
        place: variant.placeOf(path, 'value'),
        rule: 'unreadable-file',
        message: `${file} cannot be read: ${data.refused}`,
        hint: "name a file inside the report's folder",
      });
    }
  }
  return isWhole ? (file) => bytes.get(file) ?? new Uint8Array() : undefined;
}

/** The key of a step, and that of what it can continue. */
export function keysOf(
  {
    kind,
    options,
    references,
    inputs,
  }: Pick<StepRequest, 'kind' | 'options' | 'references'> & {
    /** Of which only the keys count. */
    readonly inputs: Readonly<Record<string, Pick<PlannedStep, 'key'>>>;
  },
  reader: FileReader,
): Pick<PlannedStep, 'key' | 'continuationKey' | 'files'> {
  const files = kind.files(options).map((one) => ({ ...one, digest: digestOf(one, reader) }));
  const identity = {
    kind: kind.kind,
    version: kind.version,
    ...(kind.code !== undefined && { code: kind.code }),
    options: options as Json,
    names: namesOf(kind, options, references),
    inputs: Object.fromEntries(Object.entries(inputs).map(([role, input]) => [role, input.key])),
    files: files.map(({ digest }) => digest),
  };
  const continued = kind.continues?.(options);
  return {
    key: stepKey(identity),
    files: files.map(({ file, digest }) => ({ file, digest })),
    ...(continued !== undefined && {
      continuationKey: stepKey({ ...identity, kind: `${kind.kind} states`, options: continued }),
    }),
  };
}

/** Of text that of the text itself, however its lines end: Git may write other line ends on another system. */
function digestOf({ file, isText }: NamedFile, reader: FileReader): string {
  const bytes = reader(file);
  if (isText !== true || !(bytes.includes(0x0d) || bytes[0] === 0xef)) return sha256(bytes);
  const decoded = decodeText(file, bytes);
  return 'text' in decoded ? sha256(decoded.text) : sha256(bytes);
}

/** Where a directive's steps are to run: what it says itself, and what its page or the report's first page says. */
function devicesOf(directive: Directive, { pages }: Report): Pick<PlannedStep, 'device' | 'pageDevice'> {
  const { device } = directive.body;
  const pageDevice = (pages.find(({ file }) => file === directive.place.file) ?? pages[0])?.device ?? pages[0]?.device;
  return {
    ...(isDeviceName(device) && { device }),
    ...(pageDevice !== undefined && { pageDevice }),
  };
}

/** The inputs' coordinates and then its own. An inherited axis that is swept again here is called by its origin. */
function joinCoordinates(
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
  return [...inherited, ...own];
}

function stepName(id: string, coordinates: readonly Coordinate[]): string {
  if (coordinates.length === 0) return id;
  // What is swept over may be any text, and names are printed in terminals and logs.
  return printable(`${id}[${coordinates.map(({ axis, label }) => `${axis}=${label}`).join(',')}]`);
}

export function toProblem(
  { path, rule, message, hint, inFile, part, severity }: OptionIssue,
  variant: Variant,
): Problem {
  const value = variant.placeOf(path, 'value');
  const place = part === undefined ? value : partOfValue(value, part.text, part.start, part.end);
  return {
    place,
    rule,
    message,
    hint,
    ...(severity !== undefined && { severity }),
    ...(inFile !== undefined && { related: [{ place: inFile, message: 'in this file' }] }),
  };
}

/** What a step would need beyond the limits, in words; undefined when it fits. */
export function excessOf({ bytes, engineBytes }: Cost, { memory, addressable }: Limits): string | undefined {
  if (bytes > memory) return `${gigabytes(bytes)} of memory, and ${gigabytes(memory)} may be used`;
  if (engineBytes > addressable)
    return `${gigabytes(engineBytes)} at once in the engine, which can address ${gigabytes(addressable)}`;
  return undefined;
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toPrecision(3)} GB`;
}
