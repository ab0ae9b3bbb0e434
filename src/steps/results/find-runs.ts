/** The runs that a `results` directive stands for: those that its files are, and those that `by` tells apart within them. */
import { suggestion } from '../../shared/suggest.js';
import type { FolderReader, FoundStep, OptionIssue, OptionPath } from '../step.js';
import { compareCoordinates, coordinateOf, coordinatesInWords, isNameable, type RunCoordinate } from './coordinate.js';
import { findFiles, type FoundRun } from './find-files.js';
import { groupsIn, loadRun } from './load.js';
import { cleanName, type ResultsOptions } from './options.js';
import { issueOf, ResultsFault } from './results-fault.js';

type Step = FoundStep<ResultsOptions>;

interface Found {
  readonly steps: readonly Step[];
  readonly issues: readonly OptionIssue[];
}

const mostRuns = 10_000;

/** Words that mean something else in the selection of a run. */
const taken = new Set(['step', 'epoch', 'checkpoint', 'directive', 'measure']);

export function findRuns(options: ResultsOptions, folder: FolderReader): Found {
  try {
    const found = findFiles(options.from, folder);
    const read = readerOf(folder, found);
    const steps = found.flatMap((run) => runsIn(options, run, read));
    if (steps.length > mostRuns) {
      throw new ResultsFault(
        ['from'],
        'results-from',
        `these are ${steps.length} runs, more than ${mostRuns}`,
        'name fewer files',
      );
    }
    checkCoordinates(steps);
    const ordered = steps.toSorted((a, b) => compareCoordinates(a.coordinates, b.coordinates));
    return { steps: ordered, issues: unevenSeeds(ordered, read) };
  } catch (error) {
    if (error instanceof ResultsFault) return { steps: [], issues: [issueOf(error)] };
    if (error instanceof Unreadable) return { steps: [], issues: [error.issue] };
    throw error;
  }
}

/** What is wrong with a file, on its way out. */
class Unreadable extends Error {
  constructor(readonly issue: OptionIssue) {
    super(issue.message);
  }
}

function readerOf({ read, names }: FolderReader, found: readonly FoundRun[]): (file: string) => Uint8Array {
  return (file) => {
    const bytes = read(file);
    if (bytes instanceof Uint8Array) return bytes;
    const path: OptionPath = ['from'];
    const message = `${file} cannot be read: ${bytes.refused}`;
    throw new Unreadable({ path, rule: 'unreadable-file', message, hint: hintFor(file, found, names) });
  };
}

/** What lies where a file is not. */
function hintFor(file: string, found: readonly FoundRun[], names: FolderReader['names']): string {
  const end = file.lastIndexOf('/');
  const around = found.length > 1 ? [] : names(end < 0 ? '.' : file.slice(0, end));
  if ('refused' in around || around.length === 0) return "name a file inside the report's folder";
  const known = around.map((name) => file.slice(0, end + 1) + name);
  const said = suggestion(file, known);
  return said.startsWith('did you mean') ? said : "name a file inside the report's folder";
}

/** The runs in the files of one run of the names. */
function runsIn(options: ResultsOptions, { files, coordinates }: FoundRun, read: (file: string) => Uint8Array): Step[] {
  const { by } = options;
  // What cannot be read is said here, where it is known what lies beside it.
  files.forEach(read);
  const groups = groupsIn({ ...options, files }, read);
  if ('message' in groups) throw new Unreadable(groups);
  return groups.map((texts): Step => {
    const own = texts.map((text, index) => coordinateOf(cleanName(by[index] ?? ''), text));
    const group = Object.fromEntries(own.map(({ label }, index) => [by[index] ?? '', label]));
    return { options: { ...options, files, group }, coordinates: [...coordinates, ...own] };
  });
}

function checkCoordinates(steps: readonly Step[]): void {
  const seen = new Map<string, Step>();
  for (const step of steps) {
    const { coordinates } = step;
    const wrong = (message: string, hint: string): ResultsFault =>
      new ResultsFault(['from'], 'results-from', message, hint);
    const unusable = coordinates.find(({ axis }) => taken.has(axis));
    if (unusable !== undefined) {
      throw wrong(`a coordinate cannot be called "${unusable.axis}"`, 'give it another name in braces, or in "by"');
    }
    const unnameable = coordinates.find(({ label }) => !isNameable(label));
    if (unnameable !== undefined) {
      const message = `the ${unnameable.axis} ${JSON.stringify(unnameable.label)} cannot stand in the name of a run`;
      throw wrong(message, 'name what varies in it, as in rate={rate}, or rename it without commas, brackets and =');
    }
    const axes = new Set(coordinates.map(({ axis }) => axis));
    if (axes.size < coordinates.length) {
      throw wrong(`${coordinatesInWords(coordinates)} names one coordinate twice`, 'take it from the name or by "by"');
    }
    const words = coordinatesInWords(coordinates);
    const first = seen.get(words);
    seen.set(words, first ?? step);
    if (first === undefined) continue;
    const files = [...new Set([...first.options.files, ...step.options.files])];
    const which = files.length > 1 ? files.slice(0, 2).join(' and ') : (files[0] ?? '');
    const message = `${which} ${files.length > 1 ? 'have the same coordinates' : 'has two runs with the coordinates'}: ${words}`;
    throw wrong(message, 'take one away, or name in the pattern what tells them apart');
  }
}

/** A warning where runs that differ only in their seeds do not go to the same step: their last numbers are of different steps. */
function unevenSeeds(steps: readonly Step[], read: (file: string) => Uint8Array): OptionIssue[] {
  const families = new Map<string, { readonly step: Step; readonly last: number }[]>();
  for (const step of steps) {
    if (!step.coordinates.some(isSeed)) continue;
    const loaded = loadRun(step.options, read);
    if ('message' in loaded) continue;
    const last = loaded.arrays.get('step')?.data.at(-1);
    if (last === undefined || loaded.progress === undefined) continue;
    const family = coordinatesInWords(step.coordinates.filter((one) => !isSeed(one)));
    families.set(family, [...(families.get(family) ?? []), { step, last }]);
  }
  for (const family of families.values()) {
    const [shortest] = family.toSorted((a, b) => a.last - b.last);
    const [longest] = family.toSorted((a, b) => b.last - a.last);
    if (shortest === undefined || longest === undefined || shortest.last === longest.last) continue;
    const message = `the seeds end at different steps: ${coordinatesInWords(shortest.step.coordinates)} at ${shortest.last}, ${coordinatesInWords(longest.step.coordinates)} at ${longest.last}`;
    const hint = `where their last numbers are summed up, these are of different steps; choose one, as in [step=${shortest.last}]`;
    return [{ path: ['from'], rule: 'uneven-seeds', message, hint, severity: 'warning' }];
  }
  return [];
}

function isSeed({ axis }: RunCoordinate): boolean {
  return axis === 'seed';
}
