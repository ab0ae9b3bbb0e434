/** `unit-weights`: what leads into each unit of a single hidden layer against what leads out of it, over the course of training. */
import { extent, numbersOf } from '../arrays.js';
import { axisDomain } from '../axis.js';
import { position } from '../channels.js';
import { acrossAtMost, frame, layer, ownTitles, panelSize } from '../frame.js';
import type { Axes } from '../lines.js';
import { comparedParts } from '../moving/compared.js';
import { arrange, type Part } from '../panels.js';
import { type Run, runName, shownNames, type Subject } from '../subject.js';
import { colour } from '../theme.js';
import { countOf, divergedAt, number, sentences, someOf, stepLabel } from '../words.js';
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
  const parts = coursesIn(subject);
  const compared = comparedParts(subject, parts, coursesIn).map(({ value }) => value.units);
  const layout = arrange(subject, parts, acrossAtMost(options, 190));
  const size = panelSize(options, layout.columns.length, { ratio: 0.9, most: 320 });
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
        ...(ended === undefined ? [] : [{ row, column, part: 'note', text: divergedAt(ended) }]),
      ];
    }),
  );
  const titles = { x: 'size of input weight and bias', y: 'output weight' };
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
      layer('here', { type: 'point', filled: true, size: 38, color: colour('c2'), opacity: 1 }, { x, y }),
    ],
    content: { parts: ['path', 'here'], otherwise: 'no weight that is finite' },
    key: [
      { label: 'path of one unit', colour: colour('c1'), shape: 'line', part: 'path' },
      {
        label: moving === undefined ? 'where it ends' : 'where it is',
        colour: colour('c2'),
        shape: 'dot',
        part: 'here',
      },
      ...(parts.some(({ value }) => value.conserved)
        ? [
            {
              label: 'v² − w² − b² as at the start',
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
  const facts = parts.map(({ value: { run, steps, units } }) => {
    const name = runName(run);
    const size = (at: number): string => {
      const [low, high] = extent(units.map(({ out }) => out.at(at) ?? Number.NaN));
      const [least, most] = extent(units.map(({ into }) => into.at(at) ?? Number.NaN));
      const when = stepLabel(steps.at(at) ?? 0);
      return `at ${when} output weights from ${number(low)} to ${number(high)}, and from ${number(least)} to ${number(most)} what leads in`;
    };
    return `${name === '' ? '' : `${name}: `}${countOf(units.length, 'unit')}, ${size(0)}; ${size(-1)}`;
  });
  return sentences(
    `output weights of the hidden units of ${shownNames(subject)} over the size of their input weights and biases, during training`,
    ...someOf(facts, 12, (left) => `${countOf(left, 'more run')} in the same manner`),
  );
}
