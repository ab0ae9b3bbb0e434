/**
 * `field` of three classes or more: which of them a network finds the most probable over the plane of two inputs, in their colours,
 * the more probable the stronger, with the samples over it in the colours of their classes.
 */
import { outputsOf } from '../../model/network.js';
import { formatNumber } from '../read-number.js';
import { chooseCheckpoints } from '../checkpoints.js';
import type { Specification } from '../drawing.js';
import { frame, type KeyEntry, layer } from '../frame.js';
import type { Part } from '../panels.js';
import { placeOf, type Run, shownNames, type Subject } from '../subject.js';
import { colour, seriesColour } from '../theme.js';
import { count, divergedAt, factOf, inDrawing, moreAlike, say, sentences, someOf, stepLabel } from '../words.js';
import { networkOf, outputsAt } from './data.js';
import {
  type ClassField,
  classFieldOf,
  classFieldRows,
  classSamples,
  mostProbable,
  probabilityLevels,
} from './class-field-rows.js';
import { boundaryAndSamples, overPlane, partsIn, planeOf, type Samples, samplesOf, strideOf } from './field-plane.js';
import type { Plane } from './plane-rows.js';
import type { Picture } from './picture.js';

interface Field {
  readonly run: Run;
  readonly step: number;
  readonly samples: Samples;
  /** Of a run that ended before the step none. */
  readonly field: ClassField | undefined;
  /** How many samples are taken for what they are. */
  readonly right: number;
}

export function drawClassField(subject: Subject): Picture {
  const { drawings, scripts } = subject.language.words;
  const plane = planeOf(subject);
  const parts = partsIn(plane, fieldsOf)(subject);
  const { layout, size, titles, x, y } = overPlane(subject, parts, plane);
  const all = parts.map(({ value }) => value);
  const classes = all[0]?.samples.classes ?? [];
  const stride = strideOf(all.map(({ samples }) => samples));
  const look = { answer: 'classes', plane, classes } as const;
  const rows = layout.panels.flatMap(({ row, column, members }) =>
    members.flatMap(({ value: { run, samples, field } }) => {
      const place = { row, column };
      const dots = classSamples(samples.inputs, samples.targets, { classes, stride }, place);
      if (field !== undefined) return [...classFieldRows(field, look, size.height, place), ...dots];
      return [...dots, { ...place, part: 'note', text: divergedAt(scripts.figure, run.artifact.divergedAt ?? 0) }];
    }),
  );
  const ofClass = colourEncoding(classes);
  const specification = frame({
    ...{ layout, size, titles, rows },
    layers: [
      layer(
        'cell',
        { type: 'rule', strokeCap: 'butt' },
        {
          ...{ x, x2: { field: 'x2' }, y, stroke: ofClass },
          strokeWidth: { field: 'thick', type: 'quantitative', scale: null, legend: null },
          strokeOpacity: { field: 'faded', type: 'quantitative', scale: null, legend: null },
          tooltip: ['x', 'x2', 'y', 'name', 'value', 'value2'].map((name) => ({ field: name })),
        },
      ),
      ...boundaryAndSamples({ x, y, fill: ofClass }, ['x', 'y', 'name']),
    ],
    content: { parts: ['cell'], otherwise: drawings.notes.noOutput },
    key: keyOf(classes, subject),
  });
  return {
    specification,
    description: describe(subject, all),
    context: { ...look, plane: { ...plane, x: [...plane.x], y: [...plane.y] }, classes: [...classes], stride },
  };
}

function fieldsOf(subject: Subject, plane: Plane): Part<Field>[] {
  const checkpointsOf = chooseCheckpoints(subject);
  const { figure: words } = subject.language.words.scripts;
  return subject.runs.flatMap((run) => {
    const samples = samplesOf(run, subject);
    const classes = outputsOf(networkOf(run.artifact));
    return checkpointsOf(run).map(({ step, index }): Part<Field> => {
      const outputs = index === undefined ? undefined : outputsAt(run.artifact, index);
      const found = outputs === undefined ? [] : mostProbable(outputs(samples.inputs), classes).best;
      return {
        value: {
          ...{ run, step, samples },
          field: outputs && classFieldOf(outputs, plane, classes),
          right: Array.from(found).filter((own, place) => own === samples.targets[place]).length,
        },
        labels: new Map([...run.labels, ['step', stepLabel(words, step)]]),
      };
    });
  });
}

/** The colour of the class of a row. */
function colourEncoding(classes: readonly string[]): Specification {
  return {
    condition: classes.map((_, index) => ({ test: { field: 'class', equal: index }, value: seriesColour(index) })),
    value: colour('paper'),
  };
}

function keyOf(classes: readonly string[], { language }: Subject): KeyEntry[] {
  const { key } = language.words.drawings;
  const percent = (share: number): string => formatNumber(share, '.0%');
  return [
    ...classes.map(
      (name, index): KeyEntry => ({
        label: inDrawing(name),
        colour: seriesColour(index),
        shape: 'band',
        opacity: 1,
        part: 'cell',
      }),
    ),
    ...probabilityLevels.map(
      ({ from, opacity }, level): KeyEntry => ({
        label: say(level === 0 ? key.probabilities : key.shades, {
          from: percent(from === 0 ? 1 / classes.length : from),
          to: percent(probabilityLevels[level + 1]?.from ?? 1),
        }),
        ...{ colour: colour('ink'), opacity, shape: 'band', part: 'cell' },
      }),
    ),
    { label: key.samplesInColour, colour: colour('faint'), shape: 'dot', part: 'sample' },
    { label: key.classBorder, colour: colour('ink'), shape: 'line', part: 'boundary' },
  ];
}

function describe(subject: Subject, fields: readonly Field[]): string {
  const { language } = subject;
  const { drawings, scripts } = language.words;
  const facts = fields.map(({ run, step, field, samples, right }) => {
    const place = placeOf(run, stepLabel(scripts.figure, step), language);
    if (field === undefined) return factOf(language, place, divergedAt(scripts.figure, run.artifact.divergedAt ?? 0));
    return factOf(
      language,
      place,
      say(drawings.field.right, { right: count(right), count: count(samples.targets.length) }),
    );
  });
  const intro = say(drawings.field.manyClasses, { names: shownNames(subject) });
  return sentences(language, intro, ...someOf(facts, 12, moreAlike(language, 'morePanels')));
}
