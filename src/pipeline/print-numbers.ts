/** Numbers and claims of the text and of tables, once the results are there. */
import { groupBy } from '../shared/group-by.js';
import { formatForSpread, formatNumber, readNumber } from '../figures/read-number.js';
import { trainingStep } from '../figures/training-step.js';
import { inEnglish } from '../figures/in-english.js';
import { divergedAt, list, say, type Spoken } from '../figures/words.js';
import { evaluate, falseComparisons, holds, type Read } from '../plan/expression/evaluate.js';
import { type Expression, requestsIn } from '../plan/expression/expression.js';
import { type Absent, absentOf, type End, endsOf, isAbsent, type Value } from '../plan/expression/value.js';
import type { ClaimRequest, NumberRequest, PlannedStep } from '../plan/plan.js';
import type { Artifact } from '../shared/artifact.js';
import { within } from '../shared/expression/expression.js';
import type { ResultProblem } from '../shared/problem.js';
import { mean, quantile, standardDeviation } from '../shared/summary.js';

/** Reads single numbers from results. Throws for a step that has none yet. */
export function readFrom(artifactOf: (step: PlannedStep) => Artifact | undefined): Read {
  return (request) => {
    const artifact = artifactOf(request.step);
    if (artifact === undefined) throw new Error(`${request.step.name} has no result`);
    return readNumber(request, artifact);
  };
}

/** A number as it stands on the page. */
export interface Printed {
  readonly text: string;
  /** The runs that diverged, for want of which there is no number, or which it leaves out. */
  readonly ends: readonly End[];
}

/**
 * As it stands in the text: 0.0123; over several seeds 0.0123 ± 0.0007, or 0.012 (0.011–0.014) for median and quartiles.
 * Without a number because runs diverged: "diverged at step 11", "2 of 8 diverged". Where the author leaves these out, the
 * number of the others is followed by how many they are: 0.0123 ± 0.0007 (6 of 8). Where nothing can be computed, as of 0 / 0, it
 * says "no number".
 */
export function printNumber(
  { expression, summary, format, unit }: NumberRequest,
  read: Read,
  language: Spoken,
): Printed {
  const { numbers: words } = language.words;
  const values = evaluate(expression, read);
  const absent = values.filter(isAbsent);
  const numbers = values.filter((value) => typeof value === 'number');
  if (numbers.length === 0 || absent.some(({ leftOut }) => !leftOut)) {
    const { ends } = absentOf(absent);
    return { text: sayDiverged(ends, language), ends };
  }
  const left = leftOutOf(expression, read);
  const none = numbers.filter((value) => !Number.isFinite(value)).length;
  if (none > 0) {
    const text = none === numbers.length ? words.none : say(words.noneFor, { some: none, count: numbers.length });
    return { text, ends: left.ends };
  }
  const said = withUnit(summed(numbers, summary, format), unit);
  if (left.ends.length === 0) return { text: said, ends: [] };
  return {
    text: say(words.among, { number: said, some: left.of - left.ends.length, count: left.of }),
    ends: left.ends,
  };
}

/** One value, or several summed up, on the digits that their spread allows. */
function summed(values: readonly number[], summary: NumberRequest['summary'], format: string): string {
  const [only] = values;
  // What no seed changes, such as a count of parameters, is a number like any other.
  if (only !== undefined && values.every((value) => value === only)) return formatNumber(only, format);
  const [middle, lower, upper] = [0.5, 0.25, 0.75].map((part) => quantile(values, part)) as [number, number, number];
  const deviation = standardDeviation(values);
  const shown = formatForSpread(format, summary === 'median' ? upper - lower : deviation);
  const print = (value: number): string => formatNumber(value, shown);
  return summary === 'median'
    ? `${print(middle)} (${print(lower)}–${print(upper)})`
    : `${print(mean(values))} ± ${print(deviation)}`;
}

/** A narrow space that does not break, before all units but those that stand close. */
function withUnit(text: string, unit: string): string {
  return unit === '' ? text : `${text}${/^[%°′″]/.test(unit) ? '' : '\u202f'}${unit}`;
}

/** The runs that `converged(...)` leaves out, and of how many. */
function leftOutOf(expression: Expression, read: Read): { readonly ends: readonly End[]; readonly of: number } {
  const parts = [...within(expression)].flatMap((part) =>
    part.type === 'call' && part.name === 'converged' ? part.of : [],
  );
  const trainings = new Set(parts.flatMap(requestsIn).map(({ step }) => trainingStep(step).name));
  return { ends: endsOf(parts.flatMap((part) => evaluate(part, read)).filter(isAbsent)), of: trainings.size };
}

/** "diverged at step 11"; of several seeds "2 of 8 diverged". */
function sayDiverged(ends: readonly End[], language: Spoken): string {
  const { numbers: words, scripts } = language.words;
  const families = groupBy(ends, ({ training: { id, coordinates }, of }) => {
    const others = coordinates.flatMap(({ axis, label }) => (axis === 'seed' ? [] : [`${axis}=${label}`]));
    return `${id}[${others.join()}] ${of}`;
  });
  const said = [...families.values()].flatMap((family) => {
    const of = family[0]?.of ?? 1;
    if (of === 1) return family.map(({ at }) => divergedAt(scripts.figure, at));
    const some = family.length;
    return [some === of ? say(words.allDiverged, { count: of }) : say(words.someDiverged, { some, count: of })];
  });
  return list(language, [...new Set(said)]);
}

/** "net[rate=50] diverged at step 11": each run by its name. */
function nameDiverged(ends: readonly End[], language: Spoken): string {
  const { drawings, scripts } = language.words;
  return list(
    language,
    ends.map(({ training, at }) =>
      say(drawings.notes.endOfRun, { name: training.name, said: divergedAt(scripts.figure, at) }),
    ),
  );
}

/** What the mark of cells means under their table; empty when none has one. */
export function tableNote(cells: readonly Printed[], leavesOut: boolean, language: Spoken): string {
  const ends = [...new Map(cells.flatMap((cell) => cell.ends).map((end) => [end.training.name, end])).values()];
  if (ends.length === 0) return '';
  const { noFinalValue, ofTheOthers } = language.words.numbers;
  return say(leavesOut ? ofTheOthers : noFinalValue, { runs: nameDiverged(ends, language) });
}

/** A problem for each claim that does not hold, with the numbers on both sides of what is false in it. */
export function checkClaims(claims: readonly ClaimRequest[], read: Read): ResultProblem[] {
  return claims.flatMap(({ expression, text, sentence, place }): ResultProblem[] => {
    if (holds(expression, read)) return [];
    const comparisons = falseComparisons(expression, read);
    const wrong = comparisons.map(({ operator, left, right }) => `${numbersOf(left)} ${operator} ${numbersOf(right)}`);
    const absent = comparisons.flatMap(({ left, right }) => [...left, ...right]).filter(isAbsent);
    const why = absent.length === 0 ? '' : `: ${nameDiverged(endsOf(absent), inEnglish)}`;
    return [
      {
        place: place(),
        rule: 'false-claim',
        message: `the results do not bear out “${shortened(sentence)}”: ${text} (${wrong.join('; ')}${why})`,
        hint: hintFor(absent),
      },
    ];
  });
}

function hintFor(absent: readonly Absent[]): string {
  const needed = absent.filter(({ leftOut }) => !leftOut);
  if (absent.length === 0) return 'mend the sentence, or find out why the results changed';
  const leave = needed.some(({ ends }) => ends.some(({ of }) => of > 1))
    ? 'leave those runs out with converged(...)'
    : 'claim something of a step before it, as in [step=0]';
  return `make the training converge, or ${leave}`;
}

/** As a claim's problem shows them. */
function numbersOf(values: readonly Value[]): string {
  return values
    .map((value) =>
      typeof value === 'number' && Number.isFinite(value) ? String(Number(value.toPrecision(6))) : 'no number',
    )
    .join(', ');
}

function shortened(sentence: string): string {
  const line = sentence.replace(/\s+/g, ' ').trim();
  return line.length <= 240 ? line : `${line.slice(0, 239)}…`;
}
