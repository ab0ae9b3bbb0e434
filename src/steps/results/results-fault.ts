/** What is wrong with one option of `results`, found while its files are read. */
import type { Rule } from '../../shared/problem.js';
import type { FileFault } from '../formats/formats.js';
import type { OptionIssue, OptionPath } from '../step.js';

export class ResultsFault extends Error {
  constructor(
    readonly path: OptionPath,
    readonly rule: Rule,
    message: string,
    readonly hint: string,
  ) {
    super(message);
  }
}

/** Of a file whose content cannot be read. */
export function fileIssue({ file, fault }: FileFault): OptionIssue {
  return {
    ...{ path: ['from'], rule: 'results-file', message: `${file} ${fault.message}`, hint: fault.hint },
    ...(fault.at !== undefined && { inFile: { file, ...fault.at } }),
  };
}

export function issueOf({ path, rule, message, hint }: ResultsFault): OptionIssue {
  return { path, rule, message, hint };
}
