/** Directives that need each other. */
import type { Problem } from '../shared/problem.js';
import type { Directive } from '../source/report.js';
import type { CheckedVariant } from './check-variants.js';

/** Each cycle once, with every member's place. */
export function reportCycles(
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
