/** What a reference says: "Figure 1", "Figures 1 and 2", "Figures 1 to 3", "see Table 2, left". */
import { say } from '../languages/words.js';
import type { CrossReference, Label, Referenced } from '../source/report.js';
import { labelText, type Naming, numbered, numberText } from './labels.js';

/** A part of what is said, and what it leads to. */
export interface Said {
  readonly text: string;
  readonly label?: Label;
}

interface Found {
  readonly thing: Referenced;
  readonly label: Label;
}

/** After these words what is referred to keeps its name: "see Figure 1". Others stand in its place, as in Quarto: "Fig. 1". */
const leading =
  /(?:^|[\s(])(?:see|also|cf\.?|e\.g\.,?|i\.e\.,?|compare|in|of|and|or|with|from|by|to|both|the|siehe|vgl\.?|voir|véase|vedi)$/i;

/** What a reference says; nothing where a label of it is unknown. */
export function referenceWords({ things }: CrossReference, naming: Naming): Said[] | undefined {
  const found = things.flatMap((thing): Found[] => {
    const label = naming.labels.get(thing.id);
    return label === undefined ? [] : [{ thing, label }];
  });
  if (found.length < things.length) return undefined;
  return joined(
    runsOf(found).map((run) => runWords(run, naming)),
    naming,
  );
}

/** What stands next to another of its kind is named together with it. */
function runsOf(found: readonly Found[]): Found[][] {
  const runs: Found[][] = [];
  for (const one of found) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    const isSame =
      last?.label.kind === one.label.kind &&
      last.thing.suffix === '' &&
      one.thing.prefix === '' &&
      last.thing.numberOnly === one.thing.numberOnly;
    if (run !== undefined && isSame) run.push(one);
    else runs.push([one]);
  }
  return runs;
}

function runWords(run: readonly Found[], naming: Naming): Said[] {
  const [first] = run;
  if (first === undefined) return [];
  const { thing, label } = first;
  const isNamed = !thing.numberOnly && label.number !== '' && (thing.prefix === '' || leading.test(thing.prefix));
  const numbers = joined(
    ranges(run).map((part) => numbersOf(part, naming)),
    naming,
  );
  const [only, more] = numbers;
  // The name of a single thing is a part of the link.
  const named = (): Said[] =>
    only !== undefined && more === undefined
      ? [{ ...only, text: labelText(label, naming) }]
      : filled(numbered(label.kind, placeOf(0), naming.language, run.length), [numbers]);
  const suffix = run.at(-1)?.thing.suffix ?? '';
  return [
    ...(thing.prefix === '' ? [] : [{ text: `${thing.prefix} ` }]),
    ...(isNamed ? named() : numbers),
    ...(suffix === '' ? [] : [{ text: /^[,.;:)]/.test(suffix) ? suffix : ` ${suffix}` }]),
  ];
}

/** Three and more numbers in a row are a range. */
function ranges(run: readonly Found[]): Found[][] {
  const parts: Found[][] = [];
  for (const one of run) {
    const part = parts.at(-1);
    const last = part?.at(-1);
    if (part !== undefined && last !== undefined && follows(last.label.number, one.label.number)) part.push(one);
    else parts.push([one]);
  }
  return parts.flatMap((part) => (part.length < 3 ? part.map((one) => [one]) : [part]));
}

function numbersOf(part: readonly Found[], naming: Naming): Said[] {
  const [first, last] = [part[0], part.at(-1)];
  if (first === undefined || last === undefined) return [];
  const said = ({ label }: Found): Said[] => [{ text: numberText(label, naming), label }];
  if (first === last) return said(first);
  const range = say(naming.language.words.references.range, { first: placeOf(0), last: placeOf(1) });
  return filled(range, [said(first), said(last)]);
}

/** Whether "2.4" comes next after "2.3". */
function follows(before: string, after: string): boolean {
  const [, chapter, number] = /^(.*?)(\d+)$/.exec(before) ?? [];
  return chapter !== undefined && after === `${chapter}${Number(number) + 1}`;
}

/** "a, b and c", as the language writes it. */
function joined(parts: readonly (readonly Said[])[], { language }: Naming): Said[] {
  return filled(language.list(parts.map((_part, index) => placeOf(index))), parts);
}

/** Stands in a sentence where a part of it comes; no text holds the character, since Markdown takes it for U+FFFD. */
function placeOf(index: number): string {
  return `\0${index}\0`;
}

/** A sentence with its parts in their places. */
function filled(sentence: string, parts: readonly (readonly Said[])[]): Said[] {
  return sentence.split('\0').flatMap((piece, index): readonly Said[] => {
    if (index % 2 === 1) return parts[Number(piece)] ?? [];
    return piece === '' ? [] : [{ text: piece }];
  });
}
