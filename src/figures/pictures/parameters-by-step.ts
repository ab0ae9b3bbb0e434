/** `parameters-by-step`: every parameter's value over the course of training, as a heat map with a row for each. */
import type { Json } from '../../shared/artifact.js';
import { extent } from '../arrays.js';
import { stepDomain } from '../axis.js';
import { position, stepAxis } from '../channels.js';
import { chooseCheckpoints } from '../checkpoints.js';
import { acrossAtMost, aboveLayers, aboveRow, frame, layer, ownTitles, panelSize } from '../frame.js';
import { comparedParts } from '../moving/compared.js';
import { niceStep } from '../nice-step.js';
import { arrange, type Part, type Row } from '../panels.js';
import type { Scale } from '../scale.js';
import { type Run, runName, shownNames, type Subject } from '../subject.js';
import { shadesAside } from '../shades-aside.js';
import { colour, fontSizes } from '../theme.js';
import { trainingStep } from '../training-step.js';
import {
  aboutRuns,
  count,
  countOf,
  divergedAt,
  factOf,
  joined,
  number,
  say,
  stepLabel,
  type Spoken,
} from '../words.js';
import { networkOf, parametersAt } from './data.js';
import { cellLayer, valuesKey } from './heat-map.js';
import { type Levels, levelsOf } from './heat-map-rows.js';
import { groupedParameters, heightOf, sizes, type Track, trackCells, tracksOf } from './parameters-by-step-rows.js';
import type { Picture } from './picture.js';

interface Tracks {
  readonly run: Run;
  readonly steps: readonly number[];
  /** How many parameters there are; of many only an even sample has a track. */
  readonly total: number;
  readonly tracks: readonly Track[];
}

/** Rows in all panels together, and in one of them. */
const mostRows = { inAll: 360, inOne: 130 };
export function drawParametersByStep(subject: Subject): Picture {
  const { options } = subject.request;
  const { axes: words, notes } = subject.language.words.drawings;
  const { moving } = subject;
  const parts = tracksIn(subject);
  const compared = comparedParts(subject, parts, tracksIn).map(({ value }) => value);
  const layout = arrange(subject, parts, acrossAtMost(options, 200));
  const room = panelSize(options, layout, { ratio: 1, most: 1 });
  const width = options.width ?? room.width - sizes.names;
  const height = options.height ?? Math.min(420, Math.max(...compared.map((one) => heightOf(one.tracks))));
  const size = { width, height };
  const values = compared.flatMap(({ tracks }) => tracks.map((track) => track.values));
  const farthest = Math.max(...extent(...values).map(Math.abs));
  const levels = levelsOf(values, niceStep(farthest, shadesAside));
  const steps = stepDomain(extent(...compared.map((one) => one.steps)));
  const scale: Scale = { type: 'linear', domain: steps, length: width };
  const axes = { x: scale, y: { type: 'linear', domain: [height, 0], length: height } } as const;
  const rows = layout.panels.flatMap(({ row, column, title, members }) =>
    members.flatMap(({ value }): Row[] => {
      const note = noteOf(value, subject.language);
      return [
        ...trackCells(value.tracks, value.steps, axes, levels, { row, column }),
        ...(note === '' ? [] : [aboveRow(layout, size, title, note, { row, column })]),
        ...(moving === undefined ? [] : [{ row, column, part: 'now', x: moving.step }]),
      ];
    }),
  );
  const titles = { x: words.step, y: '', value: words.value };
  const own = ownTitles(layout, titles);
  const x = position('x', own.x, scale, { ...stepAxis(scale), grid: false });
  const y = { field: 'y', type: 'quantitative', scale: { domain: axes.y.domain, nice: false }, axis: null };
  const specification = frame({
    layout,
    size,
    titles,
    rows,
    beside: sizes.names,
    layers: [
      cellLayer(levels, {
        ...{ x, y, title: words.value, named: true, moving: moving !== undefined },
        room: layout.narrow ? size.width : undefined,
      }),
      layer(
        'block',
        { type: 'text', align: 'right', baseline: 'middle', color: colour('faint'), fontSize: fontSizes.label },
        { x: { value: -6 }, y, text: { field: 'text' } },
      ),
      ...aboveLayers,
      ...(moving === undefined ? [] : [layer('now', { type: 'rule', color: colour('ink'), strokeWidth: 1.25 }, { x })]),
    ],
    content: { parts: ['cell'], otherwise: notes.noCheckpoints },
    ...(moving !== undefined && { key: valuesKey(levels, subject.language) }),
  });
  const description = describe(
    subject,
    parts.map(({ value }) => value),
  );
  return { specification, description, ...(moving !== undefined && { context: contextOf(compared, subject, levels) }) };
}

function tracksIn(subject: Subject): Part<Tracks>[] {
  const { options } = subject.request;
  const checkpointsOf = chooseCheckpoints(subject);
  const most = mostOf(subject);
  return subject.runs.map((run) => {
    const checkpoints = checkpointsOf(run).flatMap(({ step, index }) => (index === undefined ? [] : [{ step, index }]));
    const network = networkOf(run.artifact);
    const chosen = groupedParameters(network, options, subject.language.words.scripts.figure);
    const flat = checkpoints.map(({ index }) => parametersAt(run.artifact, network, index));
    const steps = checkpoints.map(({ step }) => step);
    return { value: { run, steps, total: chosen.length, tracks: tracksOf(chosen, flat, most) }, labels: run.labels };
  });
}

function mostOf({ runs, moving }: Subject): number {
  return Math.min(mostRows.inOne, Math.max(12, Math.floor(mostRows.inAll / (moving?.among.runs ?? runs).length)));
}

function contextOf(compared: readonly Tracks[], subject: Subject, levels: Levels): Json {
  const { parameters, order, at } = subject.request.options;
  const notes = compared.map((one) => [trainingStep(one.run.step).name, noteOf(one, subject.language)]);
  return {
    ...{ levels: { ...levels }, most: mostOf(subject), notes: Object.fromEntries(notes) as Record<string, string> },
    ...{ parameters: parameters === undefined ? null : [...parameters], order: order ?? null },
    steps: at === undefined ? null : [...new Set(compared.flatMap(({ steps }) => steps))],
  };
}

function noteOf({ run, total, tracks }: Tracks, language: Spoken): string {
  const { divergedAt: ended } = run.artifact;
  const { drawings, scripts } = language.words;
  return joined(language, [
    tracks.length < total
      ? say(drawings.notes.parametersOf, { some: count(tracks.length), count: count(total) })
      : undefined,
    ended === undefined ? undefined : divergedAt(scripts.figure, ended),
  ]);
}

function describe(subject: Subject, all: readonly Tracks[]): string {
  const { language } = subject;
  const { parameters: words, text } = language.words.drawings;
  const facts = all.map(({ run, steps, total, tracks }) => {
    const at = (index: number): string => {
      const [low, high] = extent(tracks.map(({ values }) => values.at(index) ?? Number.NaN));
      const step = stepLabel(language.words.scripts.figure, steps.at(index) ?? 0);
      return say(words.bounds, { low: number(low), high: number(high), step });
    };
    const most = tracks.reduce((best, track) => (changeOf(track) > changeOf(best) ? track : best));
    const change = say(text.changes, {
      ...{ name: most.name, before: number(most.values[0] ?? 0), after: number(most.values.at(-1) ?? 0) },
    });
    const told = joined(language, [
      countOf(language, words.parameters, total, {}),
      tracks.length < total ? say(words.drawn, { count: count(tracks.length) }) : undefined,
      say(words.both, { first: at(0), last: at(-1), change }),
    ]);
    return factOf(language, runName(run, language), told);
  });
  return aboutRuns(language, say(words.byStep, { names: shownNames(subject) }), facts);
}

function changeOf({ values }: Track): number {
  return Math.abs((values.at(-1) ?? 0) - (values[0] ?? 0));
}
