/** `unit-weights`: what leads into each unit of a single hidden layer against what leads out of it, over the course of training. */
import { extent, numbersOf } from '../arrays.js';
import { axisDomain } from '../axis.js';
import { position } from '../channels.js';
import { acrossAtMost, frame, layer, ownTitles, panelSize } from '../frame.js';
import type { Axes } from '../lines.js';
import { comparedParts } from '../moving/compared.js';
import { arrange, type Part } from '../panels.js';
import { type Run, runName, shownNames, type Subject } from '../subject.js';
import { colour, colourOf } from '../theme.js';
import { aboutRuns, countOf, divergedAt, factOf, number, say, stepLabel } from '../words.js';
import { networkOf, parametersAt } from './data.js';
import type { Picture } from './picture.js';
import { isConserved, pathRows, type UnitWeights, unitRows, unitWeights } from './unit-weights-rows.js';

interface Course {
  readonly run: Run;
  readonly steps: Float64Array;
  readonly units: readonly UnitWeights[];
  readonly conserved: boolean;
}

export function drawUnitWeights(subject: Subject): Picture {
  const { options } = subject.request;
  const { drawings, scripts } = subject.language.words;
  const { axes: names, key: labels } = drawings;
  const parts = coursesIn(subject);
  const compared = comparedParts(subject, parts, coursesIn).map(({ value }) => value.units);
  const layout = arrange(subject, parts, acrossAtMost(options, 190));
  const size = panelSize(options, layout, { ratio: 0.9, most: 320 });
  const values = (of: keyof UnitWeights): [number, number] =>
    extent(...compared.flatMap((units) => units.map((unit) => unit[of].filter(Number.isFinite))));
  const axes: Axes = {
    x: { type: 'linear', domain: axisDomain([0, values('into')[1]], 0.04), length: size.width },
    y: { type: 'linear', domain: axisDomain(values('out'), 0.06), length: size.height },
  };
  const { moving } = subject;
  const rows = layout.panels.flatMap(({ row, column, members }) =>
    members.flatMap(({ value: { run, steps, units, conserved } }, member) => {
      const last = steps.findLastIndex((step) => step <= (moving?.step ?? Number.POSITIVE_INFINITY));
      const { divergedAt: ended } = run.artifact;
      return [
        ...pathRows(units, axes, conserved, String(member), { row, column }),
        ...unitRows(units, last, { row, column }),
        ...(ended === undefined ? [] : [{ row, column, part: 'note', text: divergedAt(scripts.figure, ended) }]),
      ];
    }),
  );
  const titles = { x: names.weightsIn, y: names.outputWeight };
  const own = ownTitles(layout, titles);
  const x = position('x', own.x, axes.x, { tickCount: 5 });
  const y = position('y', own.y, axes.y, { tickCount: 5 });
  const line = { x, y, order: { value: null }, detail: { field: 'line' } };
  const specification = frame({
    layout,
    size,
    titles,
    rows,
    layers: [
      layer(
        'conserved',
        { type: 'line', color: colour('faint'), strokeWidth: 0.9, strokeOpacity: 0.5, clip: true },
        line,
      ),
      layer('path', { type: 'line', color: colour('c1'), strokeWidth: 1.5, strokeOpacity: 0.8, clip: true }, line),
      layer('here', { type: 'point', filled: true, size: 38, color: colourOf('unit'), opacity: 1 }, { x, y }),
    ],
    content: { parts: ['path', 'here'], otherwise: drawings.notes.noWeight },
    key: [
      { label: labels.pathOfUnit, colour: colour('c1'), shape: 'line', part: 'path' },
      {
        label: moving === undefined ? labels.pathEnd : labels.pathNow,
        colour: colourOf('unit'),
        shape: 'dot',
        part: 'here',
      },
      ...(parts.some(({ value }) => value.conserved)
        ? [
            {
              label: labels.conserved,
              colour: colour('faint'),
              shape: 'thin',
              part: 'conserved',
            } as const,
          ]
        : []),
    ],
  });
  return { specification, description: describe(subject, parts) };
}

function coursesIn(subject: Subject): Part<Course>[] {
  return subject.runs.map((run) => {
    const network = networkOf(run.artifact);
    const steps = numbersOf(run.artifact, 'step');
    const units = unitWeights(
      network,
      Array.from(steps, (_, index) => parametersAt(run.artifact, network, index)),
    );
    return { value: { run, steps, units, conserved: isConserved(network) }, labels: run.labels };
  });
}

function describe(subject: Subject, parts: readonly Part<Course>[]): string {
  const { language } = subject;
  const { units: words } = language.words.drawings;
  const facts = parts.map(({ value: { run, steps, units } }) => {
    const size = (at: number): string => {
      const [low, high] = extent(units.map(({ out }) => out.at(at) ?? Number.NaN));
      const [least, most] = extent(units.map(({ into }) => into.at(at) ?? Number.NaN));
      const step = stepLabel(language.words.scripts.figure, steps.at(at) ?? 0);
      return say(words.fact, { step, low: number(low), high: number(high), least: number(least), most: number(most) });
    };
    const told = say(words.both, {
      ...{ units: countOf(language, words.units, units.length, {}), first: size(0), last: size(-1) },
    });
    return factOf(language, runName(run, language), told);
  });
  return aboutRuns(language, say(words.intro, { names: shownNames(subject) }), facts);
}
