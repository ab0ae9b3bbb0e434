/** `linearisation`: a network one of whose elbows is moved, its linearisation there, and what the two differ by. */
import { extent, withRoomFor } from '../arrays.js';
import { axisDomain } from '../axis.js';
import { chooseCheckpoints } from '../checkpoints.js';
import { position } from '../channels.js';
import { aboveLayers, aboveRow, acrossAtMost, frame, type KeyEntry, layer, ownTitles, panelSize } from '../frame.js';
import type { Axes } from '../lines.js';
import { comparedParts } from '../moving/compared.js';
import { arrange, type Part } from '../panels.js';
import { placeOf, type Run, shownNames, type Subject } from '../subject.js';
import { colour, colourOf } from '../theme.js';
import { divergedAt, factOf, moreAlike, number, say, sentences, someOf, stepLabel } from '../words.js';
import { dataOf, networkOf, outputsAt, parametersAt } from './data.js';
import {
  isWithin,
  type Linearisation,
  type LinearisationContext,
  linearisationOf,
  linearisationRows,
} from './linearisation-rows.js';
import type { Picture } from './picture.js';

interface At {
  readonly run: Run;
  readonly step: number;
  readonly domain: readonly [number, number];
  /** Undefined when the run diverged before the step. */
  readonly found: Linearisation | undefined;
}

/** Every run at every checkpoint that a figure shows. */
function linearisationsIn(subject: Subject): Part<At>[] {
  const checkpointsOf = chooseCheckpoints(subject);
  const { figure: words } = subject.language.words.scripts;
  return subject.runs.flatMap((run) => {
    const { domain } = dataOf(run, subject);
    return checkpointsOf(run).map(({ step, index }) => ({
      value: { run, step, domain, found: index === undefined ? undefined : linearisationAt(run, index, subject) },
      labels: new Map([...run.labels, ['step', stepLabel(words, step)]]),
    }));
  });
}

function linearisationAt(run: Run, index: number, subject: Subject): Linearisation {
  const network = networkOf(run.artifact);
  const { domain } = dataOf(run, subject);
  const { unit, by } = moveOf(subject, domain);
  const parameters = parametersAt(run.artifact, network, index);
  return linearisationOf(network, parameters, outputsAt(run.artifact, index), domain, new Map([[unit, by]]));
}

/** What the author moves, or the elbow of the first unit by a tenth of the inputs. */
function moveOf(
  { request: { options } }: Pick<Subject, 'request'>,
  [low, high]: readonly [number, number],
): { readonly unit: number; readonly by: number } {
  const { unit = 0, by = Number(((high - low) / 10).toPrecision(3)) } = options.move ?? {};
  return { unit, by };
}

export function drawLinearisation(subject: Subject): Picture {
  const parts = linearisationsIn(subject);
  const { options } = subject.request;
  const { axes: titlesOf, notes, linearisation: words } = subject.language.words.drawings;
  const layout = arrange(subject, parts, acrossAtMost(options, 190));
  const compared = comparedParts(subject, parts, linearisationsIn).map(({ value }) => value);
  const size = panelSize(options, layout, { ratio: layout.panels.length === 1 ? 0.6 : 0.85, most: 320 });
  const axes: Axes = {
    x: {
      type: 'linear',
      domain: axisDomain(extent(...compared.map(({ domain }) => domain)), 0.015),
      length: size.width,
    },
    y: { type: 'linear', domain: axisDomain(visibleRange(compared), 0.05), length: size.height },
  };
  const rows = layout.panels.flatMap(({ row, column, title, members }) =>
    members.flatMap(({ value: { run, found } }) => {
      const place = { row, column };
      if (found === undefined) {
        const text = divergedAt(subject.language.words.scripts.figure, run.artifact.divergedAt ?? 0);
        return [{ ...place, part: 'note', text }];
      }
      return linearisationRows(found, { axes, words }, place, (text) => aboveRow(layout, size, title, text, place));
    }),
  );
  const titles = { x: titlesOf.input, y: titlesOf.output };
  const own = ownTitles(layout, titles);
  const x = position('x', own.x, axes.x, { tickCount: size.width < 180 ? 3 : 5 });
  const y = position('y', own.y, axes.y, { tickCount: 5 });
  const line = { x, y, order: { value: null }, detail: { field: 'line' } };
  const specification = frame({
    layout,
    size,
    titles,
    rows,
    layers: [
      layer(
        'difference',
        { type: 'area', color: colour('c7'), opacity: 0.3, clip: true },
        { x, y, y2: { field: 'y2' }, detail: { field: 'line' } },
      ),
      layer('before', { type: 'line', color: colour('faint'), strokeWidth: 1.25, opacity: 0.7, clip: true }, line),
      layer('moved', { type: 'line', color: colourOf('network'), strokeWidth: 2.5, clip: true }, line),
      layer('linear', { type: 'line', color: colour('c5'), strokeWidth: 2, strokeDash: [6, 4], clip: true }, line),
      layer(
        'elbow',
        { type: 'point', filled: true, fill: colourOf('unit'), stroke: colour('paper'), strokeWidth: 0.75, opacity: 1 },
        { x, y, size: { field: 'area', type: 'quantitative', scale: null } },
      ),
      ...aboveLayers,
    ],
    content: { parts: ['moved'], otherwise: notes.noOutput },
    key: keyOf(subject),
  });
  const [first] = compared;
  const { elbow, differ, value, putBack } = words;
  const context: LinearisationContext = {
    ...moveOf(subject, first?.domain ?? [0, 1]),
    words: { elbow, differ, value, putBack },
  };
  return { specification, description: describe(subject, parts), context: { ...context } };
}

/** Where the network lies; what is moved may widen it by its own height, but no more. */
function visibleRange(all: readonly At[]): [number, number] {
  const found = all.flatMap(({ found: one }) => one ?? []);
  return withRoomFor(
    extent(...found.map(({ before }) => before.y)),
    ...found.flatMap(({ moved, linear }) => [moved.y, linear.y]),
  );
}

function keyOf({ language }: Subject): KeyEntry[] {
  const { key, linearisation: words } = language.words.drawings;
  return [
    { label: words.moved, colour: colourOf('network'), shape: 'line', part: 'moved' },
    { label: key.linearised, colour: colour('c5'), shape: 'dashed', part: 'linear' },
    { label: words.difference, colour: colour('c7'), shape: 'band', opacity: 0.3, part: 'difference' },
    { label: words.before, colour: colour('faint'), shape: 'thin', part: 'before' },
    { label: words.elbows, colour: colourOf('unit'), shape: 'dot', part: 'elbow' },
  ];
}

function describe(subject: Subject, parts: readonly Part<At>[]): string {
  const { language } = subject;
  const { linearisation: words, fit } = language.words.drawings;
  const facts = parts.map(({ value: { run, step, domain, found } }) => {
    const place = placeOf(run, stepLabel(language.words.scripts.figure, step), language);
    const { unit } = moveOf(subject, domain);
    const moved = found?.elbows[unit];
    if (found === undefined || moved === undefined)
      return factOf(language, place, say(fit.none, { step: number(run.artifact.divergedAt ?? 0) }));
    const { from, to } = moved;
    if (!isWithin(from, domain) && !isWithin(to, domain)) return factOf(language, place, say(words.away, { unit }));
    const differ = say(words.differ, { most: number(found.most) });
    const told = say(words.fact, { unit, from: number(from), to: number(to), differ });
    return factOf(language, place, told);
  });
  const intro = say(words.intro, { names: shownNames(subject) });
  return sentences(language, intro, ...someOf(facts, 12, moreAlike(language, 'morePanels')));
}
