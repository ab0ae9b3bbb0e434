/** The reader's run beside the report's, at the step that shows. */
import type { Words } from '../../languages/words.js';
import { say } from '../../languages/words.js';
import type { Course } from '../interactive/course.js';
import { number, readable } from '../numbers.js';

export interface Compared {
  readonly yours: Course;
  readonly theirs: Course;
}

/** Fills the table. Of ranks and singular values only where `hasSpectrum`: they are of plain gradients. */
export function resultsTable(
  table: HTMLTableElement,
  { yours, theirs }: Compared,
  step: number,
  words: Words['lab'],
  hasSpectrum: boolean,
): void {
  const errors = (name: 'trainErrors' | 'testErrors'): string[] =>
    [yours, theirs].map((course) => {
      const error = course[name][course.reached(step)];
      return error === null || error === undefined ? '–' : readable(String(Number(error.toPrecision(4))));
    });
  const spectra = hasSpectrum ? [yours, theirs].map((course) => course.spectrum(course.reached(step))) : [];
  const rows: [string, string[]][] = [
    [words.trainError, errors('trainErrors')],
    [words.testError, errors('testErrors')],
    ...(hasSpectrum
      ? ([
          [words.rank, spectra.map(({ rank }) => String(rank))],
          [words.largest, spectra.map(({ values }) => readable(String(values[0] ?? 0)))],
        ] satisfies [string, string[]][])
      : []),
  ];
  const cell = (tag: 'th' | 'td', text: string, scope?: string): HTMLElement => {
    const made = document.createElement(tag);
    made.textContent = text;
    if (scope !== undefined) made.setAttribute('scope', scope);
    return made;
  };
  const rowOf = (cells: readonly HTMLElement[]): HTMLTableRowElement => {
    const row = document.createElement('tr');
    row.append(...cells);
    return row;
  };
  const [head, body] = [document.createElement('thead'), document.createElement('tbody')];
  head.append(
    rowOf([
      cell('td', say(words.atStep, { step: number(step) })),
      cell('th', words.yours, 'col'),
      cell('th', words.theirs, 'col'),
    ]),
  );
  body.append(
    ...rows.map(([name, values]) => rowOf([cell('th', name, 'row'), ...values.map((text) => cell('td', text))])),
  );
  table.replaceChildren(head, body);
}
