/** Explanations of a plan as lines for people and as data for programs. */
import type { Cause, Change, Explanation } from '../run/explain.js';

/** "optimizer.rate 0.1 -> 0.05, so one-layer, spectrum and 2 figures; about 14 s", and its steps with their costs. */
export function describeCause(cause: Cause, explanations: ReadonlyMap<string, Explanation>): string {
  const changed = cause.changes.length === 0 ? cause.why : cause.changes.map(describeChange).join(', ');
  const count = (number: number, word: string): string[] =>
    number === 0 ? [] : [`${number} ${word}${number === 1 ? '' : 's'}`];
  const parts = [...cause.directives, ...count(cause.figures, 'figure'), ...count(cause.tables, 'table')];
  const list = parts.length === 1 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
  const cost = cause.seconds === undefined ? 'time unknown' : `about ${duration(cause.seconds)}`;
  const width = Math.max(...cause.steps.map(({ name }) => name.length));
  const steps = cause.steps.map((step) => {
    const { seconds, memory, reached } = explanations.get(step.key) ?? {};
    const time = seconds === undefined ? 'never measured' : `about ${duration(seconds)}`;
    const room = memory === undefined ? '' : `, ${Math.round(memory / 1e6)} MB`;
    const start = reached === undefined ? '' : `, going on from step ${reached}`;
    return `  ${step.kind.kind.padEnd(8)}  ${step.name.padEnd(width)}  ${time}${room}${start}`;
  });
  return [`${changed}, so ${list}; ${cost}`, ...steps].join('\n');
}

/** What a program needs of one step. */
export function explanationAsJson({
  step,
  cached,
  why,
  changes,
  waitsFor,
  nearest,
  reached,
  seconds,
  memory,
}: Explanation): object {
  return {
    name: step.name,
    kind: step.kind.kind,
    key: step.key,
    cached,
    why,
    cost: step.cost,
    ...(!cached && { changes, waitsFor: waitsFor.map(({ name }) => name) }),
    ...(nearest !== undefined && { nearest: { key: nearest.key, name: nearest.asked?.name } }),
    ...(reached !== undefined && { reached }),
    ...(seconds !== undefined && { seconds }),
    ...(memory !== undefined && { memory }),
  };
}

/** What a program needs of one cause. */
export function causeAsJson({ changes, why, directives, steps, figures, tables, seconds }: Cause): object {
  return {
    ...{ changes, why, directives, steps: steps.map(({ name }) => name), figures, tables },
    ...(seconds !== undefined && { seconds }),
  };
}

function describeChange({ field, from, to }: Change): string {
  if (from === undefined) return to === undefined ? field : `${field} ${to} (new)`;
  return to === undefined ? `${field} ${from} (gone)` : `${field} ${from} -> ${to}`;
}

/** "0.2 s", "14 s", "3 min", "2.5 h". */
export function duration(seconds: number): string {
  if (seconds < 0.1) return '0.1 s';
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
