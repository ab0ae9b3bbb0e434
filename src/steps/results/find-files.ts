/** The files that `from` names: one, those of a folder, or those that fit a pattern, whose names give the coordinates of runs. */
import { suggestion } from '../../shared/suggest.js';
import { isEventFile, isResultsFile, knownFormats, stemOf } from '../formats/formats.js';
import type { FolderReader } from '../step.js';
import { coordinateOf, type RunCoordinate } from './coordinate.js';
import { ResultsFault } from './results-fault.js';

/** The files of one run, and what their names say of it. */
export interface FoundRun {
  readonly files: readonly string[];
  readonly coordinates: readonly RunCoordinate[];
}

/** The coordinate of runs whose names are all that tells them apart. */
const runAxis = 'run';
const deepest = 8;
const mostEntries = 100_000;

/** Throws a ResultsFault. */
export function findFiles(from: string, folder: FolderReader): readonly FoundRun[] {
  const path = from.replace(/^\.\//, '').replace(/\/+$/, '');
  const look = listing(folder);
  if (/[*{]/.test(path)) return matching(path, look);
  const inside = look(path);
  if (inside.length === 0) return [{ files: [path], coordinates: [] }];
  return ofFolder(path, inside, look);
}

type Look = (path: string) => readonly string[];

/** What lies in a folder, without what is hidden; nothing of what is none. */
function listing({ names }: FolderReader): Look {
  let seen = 0;
  return (path) => {
    const found = names(path);
    if ('refused' in found) {
      throw new ResultsFault(
        ['from'],
        'results-from',
        `${path} cannot be read: ${found.refused}`,
        'name a folder inside the report’s folder',
      );
    }
    seen += found.length;
    if (seen > mostEntries) {
      throw new ResultsFault(
        ['from'],
        'results-from',
        `more than ${mostEntries} files would be looked at`,
        'name a folder with fewer files',
      );
    }
    return found.filter((name) => !name.startsWith('.'));
  };
}

function ofFolder(path: string, inside: readonly string[], look: Look): readonly FoundRun[] {
  const events = inside.filter(isEventFile);
  if (events.length > 0) return [{ files: events.map((name) => `${path}/${name}`), coordinates: [] }];
  const files = inside.filter(isResultsFile);
  const runs =
    files.length > 0 ? files.map((name) => one(`${path}/${name}`, stemOf(name))) : eventFolders(path, look, 0, '');
  if (runs.length > 0) return runs;
  const hint = `it holds ${inside.slice(0, 4).join(', ')}; results are read from ${knownFormats}`;
  throw new ResultsFault(['from'], 'results-from', `the folder ${path} holds no results`, hint);
}

function one(file: string, name: string): FoundRun {
  return { files: [file], coordinates: [coordinateOf(runAxis, name)] };
}

/** As TensorBoard has it: a run is a folder, however deep, that holds event files. */
function eventFolders(path: string, look: Look, depth: number, name: string): FoundRun[] {
  const inside = look(path);
  const events = inside.filter(isEventFile);
  const own = events.map((file) => `${path}/${file}`);
  return [
    ...(own.length === 0 ? [] : [{ files: own, coordinates: [coordinateOf(runAxis, name)] }]),
    ...(depth >= deepest
      ? []
      : inside
          .filter((entry) => !events.includes(entry))
          .flatMap((entry) =>
            eventFolders(`${path}/${entry}`, look, depth + 1, name === '' ? entry : `${name}/${entry}`),
          )),
  ];
}

/** A part of a pattern between two slashes: literal texts around what varies, which is `*` or a named coordinate. */
interface Segment {
  readonly texts: readonly string[];
  /** The names between the texts; undefined for `*`. */
  readonly names: readonly (string | undefined)[];
}

function parsePattern(pattern: string): readonly (Segment | '**')[] {
  const wrong = (message: string, hint: string): ResultsFault =>
    new ResultsFault(['from'], 'results-from', message, hint);
  const all: string[] = [];
  return pattern.split('/').map((part): Segment | '**' => {
    if (part === '**') return part;
    const pieces = part.split(/(\*+|\{[^{}]*\})/);
    const names = pieces.flatMap((piece, index) =>
      index % 2 === 0 ? [] : [piece.startsWith('*') ? undefined : piece.slice(1, -1)],
    );
    for (const name of names) {
      if (name === undefined) continue;
      if (!/^[A-Za-z][A-Za-z0-9_-]*$/.test(name)) {
        throw wrong(`"{${name}}" names no coordinate`, 'write a name in braces, as in seed={seed}.npz');
      }
      if (all.includes(name)) throw wrong(`"{${name}}" stands twice in the pattern`, 'write the second as *');
      all.push(name);
    }
    return { texts: pieces.filter((_, index) => index % 2 === 0), names };
  });
}

/** What a name has between the texts of a segment, the shortest first; undefined for one that does not fit. */
function captures({ texts, names }: Segment, name: string): readonly string[] | undefined {
  const [first = '', ...others] = texts;
  if (!name.startsWith(first)) return undefined;
  let at = first.length;
  const found: string[] = [];
  for (const [index, text] of others.entries()) {
    const last = index === others.length - 1;
    const least = names[index] === undefined ? at : at + 1;
    const next = last ? name.length - text.length : name.indexOf(text, least);
    if (next < least || (last && !name.endsWith(text))) return undefined;
    found.push(name.slice(at, next));
    at = next + text.length;
  }
  return at === name.length ? found : undefined;
}

interface Way {
  readonly path: string;
  readonly named: readonly RunCoordinate[];
  /** What the stars stand for. */
  readonly stars: readonly string[];
}

function matching(pattern: string, look: Look): readonly FoundRun[] {
  const segments = parsePattern(pattern);
  const join = (path: string, name: string): string => (path === '' ? name : `${path}/${name}`);
  let nearest = '';
  const found = new Map<string, { readonly files: string[]; readonly way: Way }>();
  const take = (way: Way, file: string, key: string): void => {
    const known = found.get(key);
    if (known === undefined) found.set(key, { files: [file], way });
    else known.files.push(file);
  };
  const end = (way: Way, before: Way): void => {
    // The event files of one folder are one run, whatever the rest of their names.
    if (isEventFile(way.path)) take(before, way.path, before.path);
    else if (isResultsFile(way.path)) take(way, way.path, way.path);
    else for (const name of look(way.path).filter(isEventFile)) take(way, join(way.path, name), way.path);
  };
  const walk = (index: number, way: Way, depth: number): void => {
    const segment = segments[index];
    if (segment === undefined) return;
    const last = index === segments.length - 1;
    if (segment === '**') {
      if (last) return;
      walk(index + 1, way, depth);
      if (depth >= deepest) return;
      for (const name of look(way.path)) {
        if (isResultsFile(name)) continue;
        walk(index, { ...way, path: join(way.path, name), stars: [...way.stars, name] }, depth + 1);
      }
      return;
    }
    const [text = ''] = segment.texts;
    if (segment.names.length === 0 && !last) {
      walk(index + 1, { ...way, path: join(way.path, text) }, depth);
      return;
    }
    const inside = look(way.path === '' ? '.' : way.path);
    if (inside.length > 0 && way.path.length >= nearest.length) nearest = way.path;
    for (const name of inside) {
      const parts = captures(segment, name);
      if (parts === undefined) continue;
      const next: Way = {
        path: join(way.path, name),
        named: [
          ...way.named,
          ...segment.names.flatMap((axis, at) => (axis === undefined ? [] : [coordinateOf(axis, parts[at] ?? '')])),
        ],
        stars: [...way.stars, ...segment.names.flatMap((axis, at) => (axis === undefined ? [parts[at] ?? ''] : []))],
      };
      if (last) end(next, way);
      else walk(index + 1, next, depth);
    }
  };
  walk(0, { path: '', named: [], stars: [] }, 0);
  const runs = [...found.values()];
  if (runs.length === 0) {
    const inside = look(nearest === '' ? '.' : nearest);
    const hint = `${nearest === '' ? 'the folder of the report' : nearest} holds ${inside.slice(0, 5).join(', ') || 'nothing'}; ${suggestion(pattern.slice(nearest.length), [])}`;
    throw new ResultsFault(
      ['from'],
      'results-from',
      `"${pattern}" fits no file of results`,
      hint.replace(/; there is none.*$/, ''),
    );
  }
  const said = new Set(runs.map(({ way }) => way.stars.join('/')));
  return runs.map(({ files, way }) => ({
    files,
    // Stars that are the same everywhere tell nothing apart.
    coordinates: [...way.named, ...(said.size > 1 ? [coordinateOf(runAxis, way.stars.join('/'))] : [])],
  }));
}
