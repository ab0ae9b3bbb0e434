/** A difference in words, each entry a line: for a terminal, for a comment, for a page. */
import { formatNumber } from '../figures/read-number.js';
import type { Json } from '../shared/artifact.js';
import type { Causes, EngineDeviation } from './causes.js';
import type { ArrayChange, DataChange } from './data-change.js';
import type { ChangedNumber, ClaimChange, DirectiveChange, FigureChange, RunChange, TableShape } from './difference.js';
import type { OptionChange } from './options.js';

/** "−3.3 %". */
export function sayRelative(relative: number): string {
  const percent = 100 * relative;
  const digits = Math.abs(percent) < 10 ? 1 : 0;
  return `${percent > 0 ? '+' : ''}${formatNumber(percent, `.${digits}f`)} %`;
}

function number(value: number): string {
  return formatNumber(value, '.4g');
}

/** "0.0123 → 0.0119". */
export function sayChange({ before, after }: Pick<ChangedNumber, 'before' | 'after'>): string {
  if (before === after) return `${before ?? ''} (in digits that are not printed)`;
  return `${before ?? 'not there'} → ${after ?? 'gone'}`;
}

/** What the change amounts to: "−3.3 %, 0.4 of the spread over 8 seeds". */
export function saySize({ relative, seeds }: Pick<ChangedNumber, 'relative' | 'seeds'>): string {
  const parts = [
    ...(relative === undefined ? [] : [sayRelative(relative)]),
    ...(seeds === undefined ? [] : [`${formatNumber(seeds.spreads, '.2g')} of the spread over ${seeds.count} seeds`]),
  ];
  return parts.join(', ');
}

/** Where it comes from: "by #net"; empty for what is another expression. */
export function sayCauses({ directives, other }: Causes, engines?: EngineDeviation): string {
  if (directives.length > 0) return `by ${directives.map((id) => `#${id}`).join(', ')}`;
  if (other !== 'engine') return 'by a file, or by the program';
  return ['by another engine', ...(engines === undefined ? [] : [sayEngines(engines)])].join(', ');
}

/** "within the tolerance of both: 0.03 of it", of the results that it comes from. */
export function sayEngines({ of, share }: EngineDeviation): string {
  const amount = share < 1e6 ? `: ${formatNumber(share, '.2g')} of it` : '';
  return share > 1 ? `beyond the tolerance of both${amount}, in ${of}` : `within the tolerance of both${amount}`;
}

/** The expression and its sentence: "net.test-error in “The error falls to ….”"; or the row and column of a table. */
export function sayContext({ context, table, written }: ChangedNumber): string {
  return table === undefined ? `${written.join(' → ')} in “${context}”` : `${table}, ${context}`;
}

function value(json: Json | undefined): string {
  return json === undefined ? 'not written' : JSON.stringify(json);
}

/** "optimizer.rate 0.02 → 0.05". */
export function sayOption({ path, before, after }: OptionChange): string {
  return `${path} ${value(before)} → ${value(after)}`;
}

export function sayDirective({ kind, id, options }: DirectiveChange): string {
  return `${kind} #${id}: ${options.map(sayOption).join('; ')}`;
}

export function sayClaim({ sentence, before, after }: ClaimChange): string {
  const said = (claim: typeof before): string =>
    claim === undefined ? '' : `${claim.written}${claim.holds ? '' : ', which is false'}`;
  const quoted = `“${sentence}”`;
  if (before === undefined) return `${quoted} is claimed now: ${said(after)}`;
  if (after === undefined) return `${quoted} is no longer claimed: ${said(before)}`;
  return `${quoted}: ${said(before)} → ${said(after)}`;
}

export function sayTable({ id, rows, columns }: TableShape): string {
  const parts = [
    ...rows.added.map((name) => `row ${name} added`),
    ...rows.removed.map((name) => `row ${name} removed`),
    ...columns.added.map((name) => `column ${name} added`),
    ...columns.removed.map((name) => `column ${name} removed`),
  ];
  return `${id}: ${parts.join(', ')}`;
}

export function sayFigure({ id, number: counted }: FigureChange, data: DataChange | undefined): string {
  return `Figure ${counted}, ${id}: ${sayData(data)}`;
}

function sayData(data: DataChange | undefined): string {
  if (data === undefined) return 'the same numbers, drawn otherwise';
  if ('shapes' in data) return `${data.shapes[0]} → ${data.shapes[1]}`;
  return `most in ${data.column}, ${number(data.before)} → ${number(data.after)} in row ${data.row}`;
}

export function sayArray(change: ArrayChange): string {
  if ('shapes' in change) return `${change.name} ${change.shapes[0]} → ${change.shapes[1]}`;
  const { name, at, before, after } = change;
  return `${name}${at.length === 0 ? '' : `[${at.join(', ')}]`} ${number(before)} → ${number(after)}`;
}

export function sayRun({ name, before, after }: RunChange): string {
  if (before === undefined) return `${name} diverges now, at step ${after ?? ''}`;
  return after === undefined
    ? `${name} no longer diverges; it did at step ${before}`
    : `${name} diverges at step ${after}; it did at step ${before}`;
}

/** "0.31 s → 1.2 s"; nothing where one is at most twice the other, or both are under a tenth of a second: machines vary as much. */
export function sayTimes(before: number, after: number): string[] {
  const [less, more] = before < after ? [before, after] : [after, before];
  if (more < 0.1 || more <= 2 * less) return [];
  return [`${formatNumber(before, '.2g')} s → ${formatNumber(after, '.2g')} s`];
}
