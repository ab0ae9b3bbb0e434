/**
 * `field`: what networks of two inputs answer over the plane of their inputs, in shades, with the samples over it: their output,
 * or of two classes the probability of the second less that of the first. Of more see class-field.ts.
 */
import type { Outputs } from '../../model/centred-outputs.js';
import type { TrainFacts } from '../../steps/train.js';
import { extent, numbersOf } from '../arrays.js';
import { chooseCheckpoints } from '../checkpoints.js';
import type { Specification } from '../drawing.js';
import { frame, type KeyEntry } from '../frame.js';
import { comparedParts } from '../moving/compared.js';
import { niceStep } from '../nice-step.js';
import type { Part } from '../panels.js';
import { shadesAside } from '../shades-aside.js';
import { placeOf, type Run, shownNames, type Subject } from '../subject.js';
import { colour, shade } from '../theme.js';
import {
  count,
  divergedAt,
  factOf,
  inDrawing,
  joined,
  moreAlike,
  number,
  say,
  sentences,
  someOf,
  stepLabel,
} from '../words.js';
import { drawClassField } from './class-field.js';
import { networkOf, outputsAt, parametersAt } from './data.js';
import { boundaryAndSamples, overPlane, partsIn, planeOf, type Samples, samplesOf, strideOf } from './field-plane.js';
import { type Answer, answersAt, fieldOf, fieldRows, fieldSamples, oneAnswer, wantedAnswer } from './field-rows.js';
import { cellLayer, valuesKey } from './heat-map.js';
import { everyLevel, type Levels, levelsOf } from './heat-map-rows.js';
import type { Picture } from './picture.js';
import type { Plane } from './plane-rows.js';

interface Field {
  readonly run: Run;
  readonly step: number;
  readonly samples: Samples;
  /** Of a run that ended before the step none. */
  readonly values: Float64Array | undefined;
}

/** Half of the shades, whose ends are those of two colours on either ground: most of a plane is sure of its class. */
const marginLevels: Levels = { step: 0.2, lowest: -5, highest: 4 };
const marginsTold = [-5, -3, -1, 0, 2, 4];

/** Planning lets no figure show numbers and classes, nor different numbers of these. */
export function drawField(subject: Subject): Picture {
  const [run] = subject.runs;
  const { data } = (run?.step.facts ?? {}) as unknown as Partial<TrainFacts>;
  const classes = data?.classes?.length ?? 0;
  return classes > 2 ? drawClassField(subject) : drawAnswers(subject);
}

function drawAnswers(subject: Subject): Picture {
  const { drawings, scripts } = subject.language.words;
  const { moving, language } = subject;
  const plane = planeOf(subject);
  const partsOf = partsIn(plane, fieldsOf);
  const parts = partsOf(subject);
  const { layout, size, titles: inputTitles, x, y } = overPlane(subject, parts, plane);
  const compared = moving === undefined ? parts : comparedParts(subject, parts, partsOf);
  const all = compared.map(({ value }) => value);
  const answer = answerOf(subject.runs);
  const threshold = answer === 'margin' ? 0 : thresholdOf(all);
  const shown = all.flatMap(({ values, samples }) => [
    values ?? [],
    samples.targets.map((target) => wantedAnswer(target, answer)),
  ]);
  const step = niceStep(Math.max(...extent(...shown).map(Math.abs)), shadesAside);
  const seen = answer === 'margin' ? marginLevels : levelsOf(shown, step);
  const levels = moving === undefined || answer === 'margin' ? seen : everyLevel(step);
  const stride = strideOf(all.map(({ samples }) => samples));
  const rows = layout.panels.flatMap(({ row, column, members }) =>
    members.flatMap(({ value: { run, samples, values } }) => {
      const place = { row, column };
      const dots = fieldSamples(samples.inputs, samples.targets, { levels, stride, answer }, place);
      if (values !== undefined)
        return [...fieldRows(values, { answer, plane, levels, threshold }, size.height, place), ...dots];
      return [...dots, { ...place, part: 'note', text: divergedAt(scripts.figure, run.artifact.divergedAt ?? 0) }];
    }),
  );
  const titles = { ...inputTitles, value: answer === 'margin' ? marginTitle(all) : drawings.axes.output };
  const specification = frame({
    layout,
    size,
    titles,
    rows,
    layers: [
      cellLayer(levels, {
        ...{ x, y, title: titles.value, keyed: true, moving: moving !== undefined },
        room: layout.narrow ? size.width : undefined,
      }),
      ...boundaryAndSamples({ x, y, fill: shadeEncoding(levels) }, ['x', 'y', 'value']),
    ],
    content: { parts: ['cell'], otherwise: drawings.notes.noOutput },
    key: [
      ...(moving === undefined ? [] : valuesKey(seen, language, answer === 'margin' ? marginsTold : undefined)),
      { label: drawings.key.samplesInShade, colour: colour('faint'), shape: 'dot', part: 'sample' },
      ...boundaryKey(threshold, answer, subject),
    ],
  });
  return {
    specification,
    description: describe(
      subject,
      parts.map(({ value }) => value),
      threshold,
    ),
    context: {
      answer,
      plane: { ...plane, x: [...plane.x], y: [...plane.y] },
      levels: { ...levels },
      threshold,
      stride,
    },
  };
}

function fieldsOf(subject: Subject, plane: Plane): Part<Field>[] {
  const checkpointsOf = chooseCheckpoints(subject);
  const { figure: words } = subject.language.words.scripts;
  const answer = answerOf(subject.runs);
  return subject.runs.flatMap((run) => {
    const samples = samplesOf(run, subject);
    return checkpointsOf(run).map(({ step, index }): Part<Field> => {
      const at = index === undefined ? undefined : answering(run, index);
      const values = at && fieldOf(at, plane, answer);
      return {
        value: { run, step, samples, values },
        labels: new Map([...run.labels, ['step', stepLabel(words, step)]]),
      };
    });
  });
}

/** The one output that is asked, at one position of the checkpoints. */
function answering({ artifact }: Run, index: number): Outputs {
  const network = networkOf(artifact);
  return oneAnswer(network, parametersAt(artifact, network, index), outputsAt(artifact, index));
}

/** Planning lets no figure show both. */
function answerOf([run]: readonly Run[]): Answer {
  const data = (run?.step.facts as unknown as TrainFacts | undefined)?.data;
  return data?.classes === undefined ? 'output' : 'margin';
}

/** Of runs whose classes have other names, those of the first. */
function marginTitle(fields: readonly Field[]): string {
  const [first = '', second = ''] = (fields[0]?.samples.classes ?? []).map(inDrawing);
  return `P(${second}) \u2212 P(${first})`;
}

/** Half way between the targets, where there are two; null of more, which are no classes. */
function thresholdOf(fields: readonly Field[]): number | null {
  const targets = new Set(fields.flatMap(({ samples }) => Array.from(samples.targets.slice(0, 10_000))));
  const [first, second, third] = targets;
  return first === undefined || second === undefined || third !== undefined ? null : (first + second) / 2;
}

function shadeEncoding({ lowest, highest }: Levels): Specification {
  const all = Array.from({ length: highest - lowest + 1 }, (_, index) => lowest + index);
  return {
    condition: all.map((level) => ({ test: { field: 'shade', equal: level }, value: shade(level) })),
    value: colour('paper'),
  };
}

function boundaryKey(threshold: number | null, answer: Answer, { language }: Subject): KeyEntry[] {
  if (threshold === null) return [];
  const { key } = language.words.drawings;
  const label = answer === 'margin' ? key.evenClasses : say(key.boundary, { value: number(threshold) });
  return [{ label, colour: colour('ink'), shape: 'line', part: 'boundary' }];
}

function describe(subject: Subject, fields: readonly Field[], threshold: number | null): string {
  const { language } = subject;
  const { drawings, scripts } = language.words;
  const answer = answerOf(subject.runs);
  const facts = fields.map(({ run, step, values, samples }) => {
    const place = placeOf(run, stepLabel(scripts.figure, step), language);
    if (values === undefined) return factOf(language, place, divergedAt(scripts.figure, run.artifact.divergedAt ?? 0));
    const [low, high] = extent(values);
    const at = answering(run, numbersOf(run.artifact, 'step').indexOf(step));
    const answers = threshold === null ? undefined : answersAt(at, samples.inputs, answer);
    const isAbove = (value = Number.NaN): boolean => value >= (threshold ?? 0);
    const right = answers?.filter(
      (found, index) => isAbove(found) === isAbove(wantedAnswer(samples.targets[index] ?? 0, answer)),
    ).length;
    const told = joined(language, [
      say(drawings.text.range, { low: number(low), high: number(high) }),
      right === undefined
        ? undefined
        : say(drawings.field.right, { right: count(right), count: count(samples.targets.length) }),
    ]);
    return factOf(language, place, told);
  });
  const said = answer === 'margin' ? drawings.field.classes : drawings.field.intro;
  const [first = '', second = ''] = fields[0]?.samples.classes ?? [];
  const intro = say(said, { names: shownNames(subject), first, second });
  return sentences(language, intro, ...someOf(facts, 12, moreAlike(language, 'morePanels')));
}
