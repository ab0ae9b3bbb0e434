/** `features`: the gradient of the output with respect to each parameter, as a function of the input. */
import type { FigureOptions } from '../../steps/figure.js';
import { arrayOf, extent, numbersOf, slab } from '../arrays.js';
import { axisDomain } from '../axis.js';
import { chooseCheckpoints } from '../checkpoints.js';
import { columnLines } from '../column-lines.js';
import { acrossAtMost, type PanelSize, panelSize, type Titles } from '../frame.js';
import { comparedParts, startOf, switchedAxes } from '../moving/compared.js';
import { arrange, type Part } from '../panels.js';
import { blockOf, isAmong } from '../parameter-choice.js';
import { placeOf, type Run, type Subject } from '../subject.js';
import { countOf, divergedAt, factOf, moreAlike, number, say, sentences, someOf, stepLabel } from '../words.js';
import { dataOf, trainedNames } from './data.js';
import { manyLines, manyLinesNote } from './many-lines.js';
import { type Bundle, sampleOf, tellable } from './many-lines-rows.js';
import type { Picture } from './picture.js';

/** A block of a run's parameters at a step. */
interface Block extends Bundle {
  readonly run: Run;
  readonly step: number;
  readonly block: string;
}

function blocksOf(subject: Subject): Part<Block>[] {
  const { options } = subject.request;
  const { figure: words } = subject.language.words.scripts;
  const checkpointsOf = chooseCheckpoints(subject);
  return subject.runs.flatMap((run) =>
    Array.from(blockColumns(run, options)).flatMap(([block, columns]) =>
      checkpointsOf(run).map(({ step, index }): Part<Block> => {
        const labels = new Map([...run.labels, ['parameter', block], ['step', stepLabel(words, step)]]);
        const x = numbersOf(run.artifact, 'inputs');
        const of = { run, step, block, x };
        if (index === undefined) {
          const note = divergedAt(words, run.artifact.divergedAt ?? 0);
          return { value: { ...of, lines: columnLines({ shape: [0, 0], data: x }, []), note }, labels };
        }
        return {
          value: { ...of, lines: columnLines(slab(arrayOf(run.artifact, 'jacobian'), index), columns) },
          labels,
        };
      }),
    ),
  );
}

/** The positions of the parameters that are shown, by block. */
function blockColumns(run: Run, { parameters }: FigureOptions): Map<string, number[]> {
  const blocks = new Map<string, number[]>();
  for (const [index, name] of namesOf(run).entries()) {
    if (!isAmong(name, parameters)) continue;
    const block = blockOf(name);
    const columns = blocks.get(block);
    if (columns === undefined) blocks.set(block, [index]);
    else columns.push(index);
  }
  return blocks;
}

/** The blocks of a run's parameters, each with a panel of a figure that moves. */
export function blocksShown(run: Run, options: FigureOptions): string[] {
  return [...blockColumns(run, options).keys()];
}

export function drawFeatures(subject: Subject): Picture {
  const { options } = subject.request;
  const { language } = subject;
  const { drawings, scripts } = language.words;
  const { features: words } = drawings;
  const parts = blocksOf(subject);
  const facts = parts.flatMap(({ value: { run, step, block, lines, note } }) => {
    if (note !== undefined) return [];
    const [low, high] = lines.extent;
    const features = countOf(language, words.features, lines.columns.length, {});
    const values =
      low === high
        ? say(words.equal, { features, value: number(low) })
        : say(words.between, { features, low: number(low), high: number(high) });
    const place = placeOf(run, say(words.place, { block, step: stepLabel(scripts.figure, step) }), language);
    return [factOf(language, place, values)];
  });
  const layout = arrange(subject, parts, acrossAtMost(options, 190));
  const size = panelSize(options, layout, { ratio: 0.46, most: 220 });
  const titles = { x: drawings.axes.input, y: drawings.axes.gradient };
  const { moving } = subject;
  if (moving !== undefined) return movingFeatures(subject, parts, size, titles);
  const specification = manyLines(layout, { ...size, width: size.width - 24 }, titles);
  const intro = say(words.intro, { names: trainedNames(subject) });
  const more = moreAlike(language, 'morePanels');
  const summarised = manyLinesNote(
    parts.map(({ value }) => value),
    language,
  );
  return { specification, description: sentences(language, intro, ...someOf(facts, 12, more), ...summarised) };
}

/** One block of one run. */
function movingFeatures(subject: Subject, parts: readonly Part<Block>[], size: PanelSize, titles: Titles): Picture {
  const compared = comparedParts(subject, parts, blocksOf).map(({ value }) => value);
  const [shown] = parts;
  const alike = compared.filter(({ run, block }) => run === shown?.value.run && block === shown.value.block);
  const known = alike.filter(({ note }) => note === undefined);
  // Runs are compared on one scale, block by block.
  const axes = switchedAxes(
    subject,
    parts.map(({ value }) => value),
    compared.filter(({ block }) => block === shown?.value.block),
    (some) => ({ y: axisDomain(rangeOf(some), 0, 5) }),
  );
  const last = known.at(-1);
  const sample = last !== undefined && last.lines.columns.length > tellable ? sampleOf(last) : undefined;
  const sampled = <Its extends Bundle>(bundle: Its): Its => (sample === undefined ? bundle : { ...bundle, sample });
  const start = shown === undefined ? undefined : startOf(subject, shown.value, alike);
  const layout = arrange(
    subject,
    parts.map(({ value, labels }) => ({ value: sampled(value), labels })),
    1,
  );
  const x = shown?.value.x ?? new Float64Array();
  const { train } = shown === undefined ? { train: undefined } : dataOf(shown.value.run, subject);
  return {
    specification: manyLines(layout, size, titles, {
      moving: { subject, range: axes.shown.y ?? [0, 1], start: start === undefined ? undefined : sampled(start) },
    }),
    axes,
    description: sentences(
      subject.language,
      say(subject.language.words.drawings.features.intro, { names: shown?.value.block ?? '' }),
    ),
    context: {
      columns: [...(shown?.value.lines.columns ?? [])],
      sample: sample ?? null,
      // At the training inputs, which the page has, or at a grid.
      grid: isAlike(x, train?.x) ? null : [x[0] ?? 0, x.at(-1) ?? 1, x.length],
    },
  };
}

function rangeOf(blocks: readonly Block[]): [number, number] {
  return extent(...blocks.flatMap(({ lines, note }) => (note === undefined ? [lines.extent] : [])));
}

/** Up to what an engine of single precision leaves of them. */
function isAlike(one: Float64Array, other: Float64Array | undefined): boolean {
  return (
    one.length === other?.length &&
    one.every((value, index) => Math.abs(value - (other[index] ?? 0)) <= 1e-6 * Math.abs(value))
  );
}

function namesOf({ artifact }: Run): string[] {
  return [...(artifact.values['parameters'] as readonly string[])];
}
