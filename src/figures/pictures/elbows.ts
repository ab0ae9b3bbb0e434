/** `elbows`: where each unit of a single hidden layer has its elbow, over the course of training. */
import { firstLayerElbows } from '../../model/elbows.js';
import { extent, numbersOf } from '../arrays.js';
import { axisDomain, stepDomain } from '../axis.js';
import { position, stepAxis } from '../channels.js';
import { acrossAtMost, frame, layer, ownTitles, panelSize } from '../frame.js';
import type { Axes } from '../lines.js';
import { comparedParts } from '../moving/compared.js';
import { arrange, type Part } from '../panels.js';
import { type Run, runName, shownNames, type Subject } from '../subject.js';
import { colour, colourOf } from '../theme.js';
import { count, countOf, divergedAt, factOf, list, number, say, sentences, type Spoken, stepLabel } from '../words.js';
import { type Data, dataOf, networkOf, parametersAt } from './data.js';
import { elbowMoment, elbowTracks, trackRows } from './elbows-rows.js';
import type { Picture } from './picture.js';

export function drawElbows(subject: Subject): Picture {
  const { options } = subject.request;
  const { language } = subject;
  const { drawings, scripts } = language.words;
  const parts = runsIn(subject);
  const compared = comparedParts(subject, parts, runsIn);
  const data = parts.map(({ value }) => value.data);
  const layout = arrange(subject, parts, acrossAtMost(options, 190));
  const size = panelSize(options, layout, { ratio: 0.9, most: 320 });
  const steps = stepDomain(extent(...compared.map(({ value: { run } }) => numbersOf(run.artifact, 'step'))));
  const range = axisDomain(extent(...compared.map(({ value }) => value.data.domain)), 0.12);
  const axes: Axes = {
    x: { type: 'linear', domain: steps, length: size.width },
    y: { type: 'linear', domain: range, length: size.height },
  };
  const { moving } = subject;
  const rows = layout.panels.flatMap(({ row, column, members }) =>
    members.flatMap(({ value: { run, data: its } }, member) => {
      const network = networkOf(run.artifact);
      const x = numbersOf(run.artifact, 'step');
      const parameters = Array.from(x, (_, index) => parametersAt(run.artifact, network, index));
      const tracks = elbowTracks(network, parameters, range);
      const { divergedAt: ended } = run.artifact;
      const last = x.findLastIndex((step) => step <= (moving?.step ?? 0));
      return [
        ...trackRows(x, tracks, axes, `${member}`, { row, column }),
        ...its.knots.map((y) => ({ row, column, part: 'knot', y })),
        ...(ended === undefined ? [] : [{ row, column, part: 'note', text: divergedAt(scripts.figure, ended) }]),
        ...(moving === undefined ? [] : elbowMoment(last, x[last] ?? 0, tracks, { row, column })),
      ];
    }),
  );
  const titles = { x: drawings.axes.step, y: drawings.axes.elbow };
  const own = ownTitles(layout, titles);
  const x = position('x', own.x, axes.x, stepAxis(axes.x));
  const y = position('y', own.y, axes.y, { tickCount: 5, grid: false });
  const specification = frame({
    layout,
    size,
    titles,
    rows,
    layers: [
      layer(
        'knot',
        { type: 'rule', color: colour('faint'), strokeWidth: 0.75, strokeOpacity: 0.5, strokeDash: [2, 4] },
        { y },
      ),
      layer(
        'track',
        { type: 'line', color: colour('c1'), strokeWidth: 1.25, strokeOpacity: 0.8, clip: true },
        { x, y, order: { value: null }, detail: { field: 'line' } },
      ),
      ...(moving === undefined
        ? []
        : [
            layer('now', { type: 'rule', color: colour('ink'), strokeWidth: 1, strokeOpacity: 0.6 }, { x }),
            layer('here', { type: 'point', filled: true, size: 38, color: colourOf('unit'), opacity: 1 }, { x, y }),
          ]),
    ],
    content: { parts: ['track'], otherwise: drawings.notes.noElbow },
    key: [
      { label: drawings.key.elbowOfUnit, colour: colour('c1'), shape: 'line', part: 'track' },
      ...(moving === undefined
        ? []
        : [{ label: drawings.key.elbowNow, colour: colourOf('unit'), shape: 'dot', part: 'here' } as const]),
      ...(data.some(({ knots }) => knots.length > 0)
        ? [{ label: drawings.key.knots, colour: colour('faint'), shape: 'dashed', part: 'knot' } as const]
        : []),
    ],
  });
  const knots = [...new Set(data.flatMap((one) => one.knots))];
  const names = shownNames(subject);
  const intro =
    knots.length === 0
      ? say(drawings.elbows.intro, { names })
      : say(drawings.elbows.introWithKnots, { names, knots: list(language, knots.map(number), mostTold) });
  const facts = subject.runs.map((run, index) => describe(run, range, data[index]?.knots ?? [], language));
  return {
    specification,
    description: sentences(language, intro, ...facts),
  };
}

function runsIn(subject: Subject): Part<{ readonly run: Run; readonly data: Data }>[] {
  return subject.runs.map((run) => ({ value: { run, data: dataOf(run, subject) }, labels: run.labels }));
}

/** How far, as a share of the drawn range, an elbow stands from a knot to be at it. */
const nearby = 0.02;

/** "10 hidden units: of 10 elbows, 10 are in the drawn range at step 0 (3 within 0.02 of a knot) and 9 at step 500 …" */
function describe(
  run: Run,
  [low, high]: readonly [number, number],
  knots: readonly number[],
  language: Spoken,
): string {
  const { drawings, scripts } = language.words;
  const network = networkOf(run.artifact);
  const steps = numbersOf(run.artifact, 'step');
  const positions = (index: number): number[] =>
    firstLayerElbows(network, parametersAt(run.artifact, network, index))
      .map(({ position }) => position)
      .filter((position) => position >= low && position <= high)
      .sort((a, b) => a - b);
  const near = Number(((high - low) * nearby).toPrecision(1));
  const at = (index: number): string => {
    const all = positions(index);
    const close = all.filter((position) => knots.some((knot) => Math.abs(position - knot) <= near)).length;
    const step = stepLabel(scripts.figure, steps[index] ?? 0);
    if (knots.length === 0 || all.length === 0) return step;
    return say(drawings.elbows.near, { step, count: count(close), distance: near });
  };
  const last = steps.length - 1;
  const end = positions(last);
  const fact = say(drawings.elbows.fact, {
    elbows: countOf(language, drawings.fit.elbows, network.hidden[0] ?? 0, {}),
    ...{ first: count(positions(0).length), start: at(0), last: count(end.length), end: at(last) },
  });
  const isTold = end.length > 0 && end.length <= mostTold;
  const told = isTold ? factOf(language, fact, list(language, end.map(number), mostTold)) : fact;
  return factOf(language, runName(run, language), told);
}

/** So few places that a listener can follow them. */
const mostTold = 12;
