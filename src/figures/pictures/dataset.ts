/** `data` and `test-data`: the samples of a dataset over the function that they were drawn from. */
import { position } from '../channels.js';
import { layer, acrossAtMost, frame, ownTitles, panelSize, type KeyEntry } from '../frame.js';
import type { Axes } from '../lines.js';
import { arrange, type Row } from '../panels.js';
import type { Subject } from '../subject.js';
import { colour, colourOf } from '../theme.js';
import { countOf, number, say, sentences, someOf, type Spoken } from '../words.js';
import { extent } from '../arrays.js';
import { axisDomain } from '../axis.js';
import { chosenScale, isLimited } from '../chosen-scale.js';
import { sampleRows, truthRows } from './curve.js';
import { type Data, dataOf, sampleLayer, truthLayer, valueRange } from './data.js';
import type { Picture } from './picture.js';

export function drawData(subject: Subject): Picture {
  return draw(subject, 'train');
}

export function drawTestData(subject: Subject): Picture {
  return draw(subject, 'test');
}

function draw(subject: Subject, shown: 'train' | 'test'): Picture {
  const parts = subject.runs.map((run) => ({ value: { run, data: dataOf(run, subject) }, labels: run.labels }));
  const { options } = subject.request;
  const { axes: names, notes, data: words } = subject.language.words.drawings;
  const layout = arrange(subject, parts, acrossAtMost(options, 200));

  const all = parts.map(({ value }) => value.data);
  const size = panelSize(options, layout, { ratio: 0.62, most: 300 });
  const [xDomain, yDomain] = [axisDomain(extent(...all.map(({ domain }) => domain)), 0.015), valueRange(all)];
  const axes: Axes = {
    x: chosenScale(options.x, 'linear', size.width, () => xDomain),
    y: chosenScale(options.y, 'linear', size.height, () => yDomain),
  };
  const rows: Row[] = layout.panels.flatMap(({ row, column, members }) =>
    members.flatMap(({ value: { data } }) => panelRows(data, shown, axes, { row, column })),
  );
  const titles = { x: names.input, y: names.targetY };
  const own = ownTitles(layout, titles);
  const x = position('x', own.x, axes.x, { tickCount: size.width < 180 ? 3 : 5 });
  const y = position('y', own.y, axes.y, { tickCount: 5 });
  const specification = frame({
    layout,
    size,
    titles,
    rows,
    clip: isLimited(options.x, options.y),
    layers: [
      sampleLayer('train', { color: colourOf('training'), size: 14, opacity: 0.75 }, x, y),
      sampleLayer('test', { color: colourOf('test'), size: 14, opacity: 0.75 }, x, y),
      truthLayer(x, y),
      layer(
        'marks',
        { type: 'rule', color: colourOf('training'), strokeWidth: 1, strokeOpacity: 0.6 },
        { x, y: { value: size.height }, y2: { value: size.height - 6 } },
      ),
    ],
    content: { parts: [shown], otherwise: notes.noSample },
    key: keyOf(all, shown, subject),
  });
  const described = someOf(
    parts.map(({ value: { run, data } }) => describe(data, shown, run.step.name, subject.language)),
    6,
    (left) => countOf(subject.language, words.more, left, {}),
  );
  return { specification, description: sentences(subject.language, ...described) };
}

function panelRows(data: Data, shown: 'train' | 'test', axes: Axes, row: Row): Row[] {
  const truth = truthRows(data, axes, row);
  if (shown === 'train') return [...truth, ...sampleRows(data.train, 'train', row)];
  const marks = sharesInputs(data) ? Array.from(data.train.x, (x) => ({ ...row, part: 'marks', x })) : [];
  return [...truth, ...(data.test === undefined ? [] : sampleRows(data.test, 'test', row)), ...marks];
}

/** Whether the training inputs are among the test inputs. */
function sharesInputs({ train, test }: Data): boolean {
  const inputs = new Set(test?.x);
  return train.x.every((x) => inputs.has(x));
}

function keyOf(all: readonly Data[], shown: 'train' | 'test', { language }: Subject): KeyEntry[] {
  const { key: labels } = language.words.drawings;
  const key: KeyEntry[] =
    shown === 'train'
      ? [{ label: labels.trainingSamples, colour: colourOf('training'), shape: 'dot' }]
      : [{ label: labels.testSamples, colour: colourOf('test'), shape: 'dot' }];
  if (all.some(({ truth }) => truth !== undefined)) {
    key.push({ label: labels.trueFunction, colour: colour('ink'), shape: 'thin' });
  }
  if (shown === 'test' && all.some(sharesInputs)) {
    key.push({ label: labels.sharedInputs, colour: colourOf('training'), shape: 'tick' });
  }
  return key;
}

function describe(data: Data, shown: 'train' | 'test', name: string, language: Spoken): string {
  const { data: words } = language.words.drawings;
  const curve = shown === 'train' ? data.train : (data.test ?? data.train);
  const [x0, x1] = extent(curve.x);
  const [y0, y1] = extent(curve.y);
  const fact = say(data.truth === undefined ? words.of : words.ofFunction, {
    samples: countOf(language, shown === 'train' ? words.training : words.test, curve.x.length, {}),
    name,
    ...{ x: number(x0), x2: number(x1), y: number(y0), y2: number(y1) },
  });
  if (shown === 'train' || !sharesInputs(data)) return fact;
  return say(words.among, { fact, inputs: countOf(language, words.inputs, data.train.x.length, {}) });
}
