/** Problems as an open page shows them. */
import { writtenText } from '../source/written-text.js';
import { messageOf } from '../shared/message-of.js';
import { firstProblems, moreInWords } from '../shared/first-problems.js';
import { EnvironmentError, type Problem, problemFrame } from '../shared/problem.js';
import type { ShownProblem } from '../shared/shown-problem.js';
import type { Report } from '../source/report.js';

export interface ProblemsEvent {
  readonly kind: 'problems';
  readonly problems: readonly ShownProblem[];
}

export const noProblems: ProblemsEvent = { kind: 'problems', problems: [] };

/** In reading order, each with the lines that it is about, and how many more there are. */
export function shownProblems(problems: readonly Problem[], report: Report): ProblemsEvent {
  const textOf = writtenText(report);
  const { shown, more } = firstProblems(problems);
  const whole = shown.map(({ place, rule, message, hint, severity }): ShownProblem => {
    const text = place === undefined ? undefined : textOf(place.file);
    return {
      where: place === undefined ? '' : `${place.file}:${place.line}:${place.column}`,
      ...{ rule, message, hint, warning: severity === 'warning' },
      frame: place === undefined || text === undefined ? '' : problemFrame(text, place),
    };
  });
  const left = more.map(
    (one): ShownProblem => ({ where: '', frame: '', rule: one.rule, ...moreInWords(one), warning: one.isWarning }),
  );
  return { kind: 'problems', problems: [...whole, ...left] };
}

/** Whether an error is of the machine or its file system, and not of the program. */
export function isOfEnvironment(error: unknown): error is Error {
  return error instanceof Error && (error instanceof EnvironmentError || 'syscall' in error);
}

/** What ended an update before it was through. */
export function shownError(error: unknown): ProblemsEvent {
  const message = messageOf(error);
  const shown = isOfEnvironment(error)
    ? { rule: 'environment', hint: 'the pages follow the report again with its next change' }
    : { rule: 'internal', hint: 'this is an error of Colophon itself; the pages stay as they were' };
  return { kind: 'problems', problems: [{ where: '', frame: '', warning: false, message, ...shown }] };
}
