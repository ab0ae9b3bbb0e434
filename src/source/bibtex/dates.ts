/** Dates of BibTeX (year, month, day) and biblatex (ISO 8601 with ranges, seasons and doubt) as CSL has them. */

/** [year, month, day], as much of it as is known. */
export type DateParts = readonly [year: number, month?: number, day?: number];

export interface CslDate {
  /** One, or the two ends of a range; none when only `literal` says when. */
  readonly parts: readonly DateParts[];
  /** 1 spring to 4 winter. */
  readonly season?: number;
  /** "about": 1900~. */
  readonly circa?: true;
  /** A range that goes on: 1990/. */
  readonly open?: true;
  /** What is no date, as it is written: "forthcoming". */
  readonly literal?: string;
}

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** The number of a month: "2", "feb", "February", "sept". */
export function monthOf(written: string): number | undefined {
  const text = written.trim().toLowerCase().replace(/\.$/, '');
  if (/^0?[1-9]$|^1[0-2]$/.test(text)) return Number(text);
  const found = monthNames.indexOf(text.slice(0, 3));
  return found >= 0 && /^[a-z]{3,9}$/.test(text) ? found + 1 : undefined;
}

/** A field `date` of biblatex; undefined when it is no date. */
export function readIsoDate(written: string): CslDate | undefined {
  const ends = written.trim().split('/');
  const [start, end] = ends.map(readIsoEnd);
  if (start === undefined || ends.length > 2) return undefined;
  if (ends.length === 2 && end === undefined) {
    const open = /^(?:\.\.)?$/.test(ends[1]?.trim() ?? '');
    return open ? { ...start, open: true } : undefined;
  }
  const circa = start.circa ?? end?.circa;
  return {
    parts: [...start.parts, ...(end?.parts ?? [])],
    ...(start.season !== undefined && end === undefined && { season: start.season }),
    ...(circa !== undefined && { circa }),
  };
}

function readIsoEnd(written: string): CslDate | undefined {
  const found =
    /^(-?\d{1,4}|y?-?\d{5,6}|\d{3}[Xu]|\d\d[Xu]{2})(?:-(\d{1,2}|[Xu]{2}))?(?:-(\d{1,2}|[Xu]{2}))?(?:T[\d:.Z+-]*)?\s*([~?%]?)$/i.exec(
      written.trim(),
    );
  if (found === null) return undefined;
  const [, century = '', first = '', second = '', doubt = ''] = found;
  const year = Number(century.replace(/^y/i, '').replace(/[Xu]/gi, '0'));
  const month = Number(first);
  const day = Number(second);
  const circa = doubt !== '' || /[Xu]/i.test(century) ? ({ circa: true } as const) : {};
  if (month >= 21 && month <= 24) return { parts: [[year]], season: month - 20, ...circa };
  if (!(month >= 1 && month <= 12)) return { parts: [[year]], ...circa };
  return { parts: [day >= 1 && day <= 31 ? [year, month, day] : [year, month]], ...circa };
}

/** Fields `year`, `month` and `day`, the first two as plain text. */
export function readYear(year: string, month: string, day: string): CslDate | undefined {
  const text = year.trim();
  if (text === '') return undefined;
  const range = /^(-?\d{1,4})\s*(?:[-–—/]+\s*(-?\d{1,4}))?$/.exec(text);
  if (range === null) return { parts: [], literal: text };
  const start = Number(range[1]);
  const end = range[2];
  if (end !== undefined) return { parts: [[start], [fullYear(start, end)]] };
  const months = month.split(/\s*(?:[-–—/]+|\band\b)\s*/).map(monthOf);
  const [first, last] = [months[0], months.at(-1)];
  if (first === undefined) return { parts: [[start]] };
  if (months.length > 1 && last !== undefined && last > first)
    return {
      parts: [
        [start, first],
        [start, last],
      ],
    };
  const date = /^\d{1,2}$/.test(day.trim()) ? Number(day) : 0;
  return { parts: [date >= 1 && date <= 31 ? [start, first, date] : [start, first]] };
}

/** The second year of "1998--99" is 1999. */
function fullYear(start: number, end: string): number {
  return end.length < 3 && start > 99 ? start - (start % 10 ** end.length) + Number(end) : Number(end);
}
