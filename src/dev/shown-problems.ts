/** Problems as an open page shows them. */
import { inOrder, type Problem, problemFrame } from '../shared/problem.js';
import type { Report } from '../source/report.js';

export interface ShownProblem {
  /** "report/index.md:12:3"; empty when it has no place. */
  readonly where: string;
  readonly rule: string;
  readonly message: string;
  readonly hint: string;
  readonly frame: string;
  readonly warning: boolean;
}

export interface ProblemsEvent {
  readonly kind: 'problems';
  readonly problems: readonly ShownProblem[];
}

export const noProblems: ProblemsEvent = { kind: 'problems', problems: [] };

/** In reading order, each with the lines that it is about. */
export function shownProblems(problems: readonly Problem[], report: Report): ProblemsEvent {
  const texts = new Map(report.pages.map(({ file, text }) => [file, text]));
  const textOf = (file: string): string | undefined => {
    const known = texts.get(file);
    if (known !== undefined) return known;
    const data = report.dataFile(file);
    return 'bytes' in data ? new TextDecoder().decode(data.bytes) : undefined;
  };
  return {
    kind: 'problems',
    problems: inOrder(problems).map(({ place, rule, message, hint, severity }) => {
      const text = place === undefined ? undefined : textOf(place.file);
      return {
        where: place === undefined ? '' : `${place.file}:${place.line}:${place.column}`,
        ...{ rule, message, hint, warning: severity === 'warning' },
        frame: place === undefined || text === undefined ? '' : problemFrame(text, place),
      };
    }),
  };
}
