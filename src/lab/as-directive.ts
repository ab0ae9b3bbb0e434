/** An experiment of a lab as the author's own blocks with the lines that the reader changed. */
import { type Document, isCollection, parseDocument } from 'yaml';
import { isSameJson } from '../shared/canonical-json.js';
import type { Json } from '../shared/artifact.js';
import { type Experiment, isSame } from './fields.js';
import type { LabDataset, LabRun, LabTraining } from './lab-training.js';

type Path = readonly (string | number)[];

/** The blocks: that of the training, and that of its data before it where these differ from the report's. */
export function asDirective(training: LabTraining, run: LabRun, { options, dataset }: Experiment): string {
  const data = training.datasets[run.dataset];
  if (data === undefined) throw new Error(`there are no data ${run.dataset}`);
  const block = blockOf(
    'train',
    training.id,
    training.source,
    run.options as unknown as Json,
    options as unknown as Json,
  );
  if (isSame(dataset, data.options)) return block;
  return `${dataBlock(run.options.data, data, dataset)}\n${block}`;
}

function dataBlock(id: string, { source, options }: LabDataset, changed: Experiment['dataset']): string {
  return blockOf('dataset', id, source, options as unknown as Json, changed as unknown as Json);
}

function blockOf(kind: string, id: string, source: string, own: Json, changed: Json): string {
  const document = parseDocument(source);
  fixSwept(document, own);
  for (const path of differences(own, changed)) put(document, path, changed);
  return `\`\`\`${kind} #${id}\n${document.toString({ lineWidth: 0 }).trimEnd()}\n\`\`\`\n`;
}

/** One run of a sweep: what it is swept over stands where it would without one. */
function fixSwept(document: Document, options: Json): void {
  const sweep = document.toJS() as {
    readonly sweep?: Readonly<Record<string, unknown>>;
    readonly seed?: unknown;
  } | null;
  document.delete('sweep');
  document.delete('lab');
  for (const name of Object.keys(sweep?.sweep ?? {})) {
    const path = name.split('.');
    const value = valueAt(options, path);
    if (value !== undefined) document.setIn(path, document.createNode(value, { flow: true }));
  }
  // Of a set of seeds, its own.
  const seed = valueAt(options, ['seed']);
  if (typeof sweep?.seed === 'object' && seed !== undefined) document.set('seed', seed);
}

function valueAt(value: Json, [first, ...rest]: Path): Json | undefined {
  if (first === undefined) return value;
  if (value === null || typeof value !== 'object') return undefined;
  const inner = (value as Readonly<Record<string, Json>>)[String(first)];
  return inner === undefined ? undefined : valueAt(inner, rest);
}

/** Puts the value of an option where it stands, or where the whole of which it is a part does. */
function put(document: Document, path: Path, options: Json): void {
  const depth = path.findIndex((_, index) => index > 0 && !isCollection(document.getIn(path.slice(0, index))));
  const place = depth < 0 ? path : path.slice(0, depth);
  const value = shortly(valueAt(options, place) ?? null);
  document.setIn(place, typeof value === 'object' ? document.createNode(value, { flow: true }) : value);
}

/** A batch as authors write it. */
function shortly(value: Json): Json {
  return isObject(value) && value['with-replacement'] === false ? (value['size'] ?? value) : value;
}

/** Where two options differ, as deep as one of them has a member of its own; an optimizer is another one as a whole. */
function differences(own: Json, changed: Json, path: Path = []): Path[] {
  if (isSameJson(own, changed)) return [];
  if (!isObject(own) || !isObject(changed) || own['kind'] !== changed['kind']) return [path];
  return [...new Set([...Object.keys(own), ...Object.keys(changed)])].flatMap((name) =>
    differences(own[name] ?? null, changed[name] ?? null, [...path, name]),
  );
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
