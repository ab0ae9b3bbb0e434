/** A difference as sections of lines, in the order in which a reader wants them: what every form of it is made of. */
import { decodeText } from '../shared/decode.js';
import type { Artifact } from '../shared/artifact.js';
import { arrayChanges, dataChange } from './data-change.js';
import type { ChangedNumber, Difference, Membership, ResultChange } from './difference.js';
import {
  sayArray,
  sayCauses,
  sayChange,
  sayClaim,
  sayContext,
  sayDirective,
  sayEngines,
  sayFigure,
  sayRun,
  saySize,
  sayTable,
  sayTimes,
} from './say.js';
import type { SnapshotStep } from './snapshot.js';

/** One thing that changed. */
export interface Line {
  /** "training.md:31", where it stands in a page. */
  readonly place?: string;
  readonly text: string;
  /** Where it comes from, or how large it is. */
  readonly aside?: string;
  /** Of a figure: its id and the paths of its drawings. */
  readonly drawings?: { readonly id: string; readonly before: string; readonly after: string };
}

export interface Section {
  readonly name: string;
  /** "12 changed". */
  readonly said: string;
  readonly lines: readonly Line[];
}

/** The files and results of one side. */
export interface SideFiles {
  readonly read: (path: string) => Uint8Array | undefined;
  /** Where its store has it, with what it took to compute. */
  readonly result: (step: SnapshotStep) => { readonly artifact: Artifact; readonly seconds: number } | undefined;
}

/** One of the texts of a side; empty where it has none of that name. */
export function textOf({ read }: Pick<SideFiles, 'read'>, path: string): string {
  const bytes = read(path);
  const decoded = bytes === undefined ? { text: '' } : decodeText(path, bytes);
  return 'text' in decoded ? decoded.text : '';
}

/** Sections in which nothing changed are left out. */
export function accountOf(difference: Difference, before: SideFiles, after: SideFiles): Section[] {
  const { pages, directives, numbers, tables, claims, figures, results, diverged } = difference;
  const shown = numbers.filter((one) => one.before !== one.after);
  const placed = <Entry extends { readonly page: string; readonly line: number }>(
    entries: readonly Entry[],
    say: (entry: Entry) => string,
  ): Line[] => entries.map((entry) => ({ place: `${entry.page}:${entry.line}`, text: say(entry) }));
  const sections: Section[] = [
    section('pages', [...memberLines(pages), ...pages.changed.map((text) => ({ text }))], pages),
    section('directives', [...memberLines(directives), ...placed(directives.changed, sayDirective)], directives),
    section('claims', placed(claims, sayClaim)),
    section(
      'runs',
      diverged.map((run) => ({ text: sayRun(run) })),
    ),
    withUnshown(section('numbers', shown.map(numberLine)), numbers.length - shown.length),
    section('tables', placed(tables, sayTable)),
    section(
      'figures',
      [...memberLines(figures), ...figures.changed.map((one) => figureLine(one, before, after))],
      figures,
    ),
    section('results', [...memberLines(results), ...results.changed.map((one) => resultLine(one, before, after))], {
      ...results,
      of: results.count,
    }),
  ];
  return sections.filter(({ lines, said }) => lines.length > 0 || said !== '');
}

function section(
  name: string,
  lines: readonly Line[],
  { added, removed, of }: Partial<Membership> & { readonly of?: number } = {},
): Section {
  const [more, less] = [added?.length ?? 0, removed?.length ?? 0];
  const changed = lines.length - more - less;
  const parts = [
    ...(more > 0 ? [`${more} added`] : []),
    ...(less > 0 ? [`${less} removed`] : []),
    ...(changed > 0 ? [`${changed}${of === undefined ? '' : ` of ${of}`} changed`] : []),
  ];
  return { name, lines, said: parts.join(', ') };
}

/** Numbers that changed only where nobody sees it are counted. */
function withUnshown(numbers: Section, unshown: number): Section {
  if (unshown === 0) return numbers;
  const said = `${unshown} changed in digits that are not printed`;
  return { ...numbers, said: numbers.said === '' ? said : `${numbers.said}, ${said}` };
}

function memberLines({ added, removed }: Membership): Line[] {
  return [...added.map((text) => ({ text, aside: 'added' })), ...removed.map((text) => ({ text, aside: 'removed' }))];
}

function numberLine(change: ChangedNumber): Line {
  const size = saySize(change);
  const causes =
    change.before === undefined || change.after === undefined ? '' : sayCauses(change.causes, change.engines);
  const aside = [size, causes].filter((part) => part !== '').join('; ');
  return {
    place: `${change.page}:${change.line}`,
    text: `${sayContext(change)}: ${sayChange(change)}`,
    ...(aside !== '' && { aside }),
  };
}

function figureLine(change: Difference['figures']['changed'][number], before: SideFiles, after: SideFiles): Line {
  const data = dataChange(textOf(before, change.before.csv), textOf(after, change.after.csv));
  return {
    place: `${change.page}:${change.line}`,
    text: sayFigure(change, data),
    aside: sayCauses(change.causes, change.engines),
    drawings: { id: change.id, before: change.before.svg, after: change.after.svg },
  };
}

/** Of a result. */
const shownArrays = 3;

function resultLine(
  { name, before: old, after: now, engines }: ResultChange,
  before: SideFiles,
  after: SideFiles,
): Line {
  const [one, other] = [before.result(old), after.result(now)];
  const changes = one === undefined || other === undefined ? [] : arrayChanges(one.artifact, other.artifact);
  const more = changes.length > shownArrays ? [`and ${changes.length - shownArrays} more arrays`] : [];
  const said = [...changes.slice(0, shownArrays).map(sayArray), ...more];
  const asides = [
    ...(old.profile === now.profile ? [] : [`${old.profile} → ${now.profile}`]),
    ...(old.device === now.device ? [] : [`${old.device} → ${now.device}`]),
    ...(engines === undefined ? [] : [sayEngines(engines)]),
    ...(one === undefined || other === undefined ? [] : sayTimes(one.seconds, other.seconds)),
  ];
  return {
    text: said.length === 0 ? name : `${name}: ${said.join('; ')}`,
    ...(asides.length > 0 && { aside: asides.join(', ') }),
  };
}
