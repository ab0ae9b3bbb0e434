/**
 * What is shown of many problems. A page of one megabyte can have a hundred thousand of them, and a log of that length is read by
 * nobody and kept by no workflow: the first of each rule in each file are shown, and how many more there are.
 */
import { commandLine } from './own-command.js';
import { inOrder, type Problem, type Rule } from './problem.js';

/** Of one rule in one file. */
const mostAlike = 20;
/** Of the errors in all, and of the warnings. */
const mostInAll = 500;

/** How many problems of a rule are not shown. */
export interface More {
  readonly rule: Rule;
  readonly count: number;
  readonly isWarning: boolean;
}

/** In reading order, with how many are left out of each rule. */
export function firstProblems(problems: readonly Problem[]): { shown: Problem[]; more: More[] } {
  const alike = new Map<string, number>();
  const inAll = { error: 0, warning: 0 };
  const more = new Map<string, More>();
  const shown = inOrder(problems).filter(({ rule, place, severity = 'error' }) => {
    const kind = `${severity} ${rule} ${place?.file ?? ''}`;
    const before = alike.get(kind) ?? 0;
    alike.set(kind, before + 1);
    if (before < mostAlike && inAll[severity] < mostInAll) {
      inAll[severity] += 1;
      return true;
    }
    const key = `${severity} ${rule}`;
    more.set(key, { rule, count: (more.get(key)?.count ?? 0) + 1, isWarning: severity === 'warning' });
    return false;
  });
  return { shown, more: [...more.values()] };
}

/** "124980 more of raw-html", and how to see them. */
export function moreInWords({ count }: More): { readonly message: string; readonly hint: string } {
  return { message: `${count} more of this kind`, hint: `"${commandLine(['build'])}" with --json lists every one` };
}
