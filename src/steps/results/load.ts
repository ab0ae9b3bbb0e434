/** Reads the results of one run from its files. */
import { suggestion } from '../../shared/suggest.js';
import { TookTooLong, withinTime } from '../../shared/within-time.js';
import type { Content, FileArray } from '../formats/content.js';
import { FormatFault } from '../formats/format-fault.js';
import { readFiles } from '../formats/formats.js';
import type { FileReader, OptionIssue } from '../step.js';
import { arraysOf, groupsOfArrays } from './arrays-of.js';
import { type Loaded, progressNames, type Taken } from './loaded.js';
import { cleanName, type ResultsOptions } from './options.js';
import { fileIssue, issueOf, ResultsFault } from './results-fault.js';
import { groupsOfRows, rowsOf } from './rows-of.js';

/** What reading one run may take: 256 MB of any format take a tenth of it. */
const mostSeconds = 120;

/** What is wrong is an issue. */
export function loadRun(options: ResultsOptions, read: FileReader, seconds = mostSeconds): Loaded | OptionIssue {
  return attempt(options, seconds, () => {
    const content = readFiles(options.files, read, options.by);
    if ('fault' in content) return fileIssue(content);
    const taken = takenOf(options, content);
    return content.isTable ? rowsOf(options, content, taken) : arraysOf(options, content, taken);
  });
}

/** Of the runs that `by` tells apart in the files, what it is in each; or what is wrong. */
export function groupsIn(options: ResultsOptions, read: FileReader): readonly (readonly string[])[] | OptionIssue {
  const { by, files } = options;
  return attempt(options, mostSeconds, () => {
    if (by.length === 0) return [[]];
    const content = readFiles(files, read, by);
    if ('fault' in content) return fileIssue(content);
    return content.isTable ? groupsOfRows(by, content) : groupsOfArrays(options, content, takenOf(options, content));
  });
}

function attempt<Value>(
  { files, from }: ResultsOptions,
  seconds: number,
  load: () => Value | OptionIssue,
): Value | OptionIssue {
  const ofFile = (fault: FormatFault): OptionIssue => fileIssue({ file: files[0] ?? from, fault });
  try {
    return withinTime(seconds, load);
  } catch (error) {
    if (error instanceof ResultsFault) return issueOf(error);
    if (error instanceof FormatFault) return ofFile(error);
    if (!(error instanceof TookTooLong)) throw error;
    return ofFile(new FormatFault(`takes more than ${seconds} seconds to read`, 'save only what the report shows'));
  }
}

function takenOf({ arrays: chosen, axes, by }: ResultsOptions, { arrays, isTable }: Content): Taken {
  const taken = new Map<string, FileArray>();
  const take = (name: string, array: FileArray | FormatFault): void => {
    if (array instanceof FormatFault) throw array;
    taken.set(name, array);
  };
  if (chosen !== null) {
    for (const [name, from] of Object.entries(chosen)) {
      const array = arrays.get(from);
      if (array === undefined) {
        throw new ResultsFault(
          ['arrays', name],
          'results-names',
          `there is no array "${from}"`,
          suggestion(from, [...arrays.keys()]),
        );
      }
      take(name, array);
    }
    // What the others run over is always there.
    for (const name of new Set([...progressNames, ...Object.values(axes).flat()])) {
      const array = arrays.get(name);
      if (array !== undefined && !taken.has(name)) take(name, array);
    }
    return taken;
  }
  const from = new Map<string, string>();
  let left: FormatFault | undefined;
  for (const [name, array] of arrays) {
    if (by.includes(name)) continue;
    // Texts are no results; what cannot be read at all is a fault unless others are chosen.
    const wrong = array instanceof FormatFault ? array : isTable ? faultIn(array) : undefined;
    if (wrong !== undefined && isTable) {
      left ??= wrong;
      continue;
    }
    if (wrong !== undefined)
      throw new FormatFault(wrong.message, `${wrong.hint}; or choose the others with "arrays"`, wrong.at);
    if (!isTable && !(array instanceof FormatFault) && array.texts !== undefined) continue;
    const clean = cleanName(name);
    const other = from.get(clean);
    if (other !== undefined) {
      const message = `"${other}" and "${name}" would both be called "${clean}"`;
      throw new ResultsFault(['from'], 'results-names', message, 'name them with "arrays"');
    }
    from.set(clean, name);
    take(clean, array);
  }
  if (taken.size === 0) throw left ?? new FormatFault('holds no numbers', 'save some');
  return taken;
}

function faultIn(array: FileArray): FormatFault | undefined {
  try {
    array.numbers();
    return undefined;
  } catch (error) {
    if (error instanceof FormatFault) return error;
    throw error;
  }
}
