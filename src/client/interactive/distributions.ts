/** The rows of histograms and scatters at any moment: residuals, predictions and parameters. */
import { language } from '../numbers.js';
import { say, words } from '../words.js';
import {
  type Bins,
  binsOf,
  heightFor,
  type Histogram,
  histogramRows,
  momentsNote,
  outlineRows,
} from '../../figures/pictures/histogram-rows.js';
import { seenValues } from '../../figures/pictures/singular-values-rows.js';
import { blockDots, dotRows, scatterMargin } from '../../figures/pictures/scatter-rows.js';
import { extent } from '../../figures/arrays.js';
import { axisDomain } from '../../figures/axis.js';
import type { Domains } from '../../figures/moving/plot.js';
import type { Row } from '../../figures/panels.js';
import { chosenParameters } from '../../figures/parameter-choice.js';
import { spectrumAt } from './spectra.js';
import { noteOf, type PictureRows, place, type View } from './view.js';

interface HistogramContext {
  readonly about: number;
  readonly step: number;
  readonly log: boolean;
}

function histogram(of: (view: View, step: number) => Histogram): PictureRows {
  const ownBins = (view: View): Bins => {
    const { about, log } = view.context as HistogramContext;
    return binsOf([of(view, view.step).values], about, log);
  };
  const binsIn = (view: View): Bins => {
    const { step, log } = view.context as HistogramContext;
    return view.own === true ? ownBins(view) : { log, step, domain: view.plot.x.domain };
  };
  return {
    parts: ['bar', 'mark', 'note'],
    domains(view) {
      const bins = ownBins(view);
      return { x: bins.domain, y: [0, heightFor([of(view, view.step).values], bins, view.plot.y.length)] };
    },
    ghost: (view) => outlineRows(of(view, view.start).values, binsIn(view), place),
    moment: (view) =>
      noteOf(view) ?? histogramRows(of(view, view.step), binsIn(view), { tag: language, words: words.figure }, place),
  };
}

export const residualHistogram = histogram(({ course }, step) => {
  const { x, y } = course.sampled.train;
  const values = course
    .outputsAt(step)(x)
    .map((output, index) => output - (y[index] ?? 0));
  return { values, note: momentsNote(values, words.figure), mark: 0 };
});

interface ChoiceContext {
  readonly parameters: readonly string[] | null;
}

export const parameterHistogram = histogram(({ course, context }, step) => {
  const { parameters } = context as ChoiceContext;
  const flat = course.parametersAt(step);
  const chosen = chosenParameters(course.network, parameters ?? undefined);
  const values = chosen.map(({ position }) => flat[position] ?? Number.NaN);
  return { values, note: momentsNote(values, words.figure) };
});

export const singularValueHistogram = histogram((view, step) => {
  const { values, rank, tolerance } = spectrumAt(view, step);
  return { values: seenValues(values), note: say(words.figure.rank, { rank }), mark: tolerance };
});

/** The parts of a scatter; no figure has more blocks of parameters. */
const clouds = Array.from({ length: 64 }, (_, index) => `dots-${index}`);

/** The line on which both axes agree. */
function equal({ plot }: View): Row[] {
  const [low, high] = plot.x.domain;
  return [{ ...place, part: 'equal', x: low, y: low, x2: high, y2: high }];
}

/** One range for both axes. */
function scatterDomains(rows: readonly Row[]): Domains {
  const dots = rows.filter(({ part }) => part !== 'note');
  const range = axisDomain(extent(...['x', 'y'].map((name) => dots.map((row) => Number(row[name])))), scatterMargin);
  return { x: range, y: range };
}

interface PredictionsContext {
  readonly stride: number;
  readonly test: { readonly x: readonly number[]; readonly y: readonly number[] } | null;
}

export const predictions: PictureRows = {
  domains: (view) => scatterDomains(predictions.moment(view)),
  parts: [...clouds, 'note'],
  background: equal,
  ghost: ({ course, start, context }) => {
    const { x, y } = course.sampled.train;
    const outputs = course.outputsAt(start)(x);
    return dotRows({ x: y, y: outputs }, (context as PredictionsContext).stride, { ...place, part: 'start' });
  },
  moment(view) {
    const note = noteOf(view);
    if (note !== undefined) return note;
    const { course, step, context } = view;
    const { stride, test } = context as PredictionsContext;
    const answers = course.outputsAt(step);
    const { x, y } = course.sampled.train;
    const tested =
      test === null
        ? []
        : dotRows({ x: test.y, y: answers(Float64Array.from(test.x)) }, 1, { ...place, part: 'dots-0' });
    const part = test === null ? 'dots-0' : 'dots-1';
    return [...tested, ...dotRows({ x: y, y: answers(x) }, stride, { ...place, part })];
  },
};

interface ChangeContext extends ChoiceContext {
  readonly stride: number;
  /** Of the blocks, in the order of their layers. */
  readonly labels: readonly string[];
}

export const parameterChange: PictureRows = {
  domains: (view) => scatterDomains(parameterChange.moment(view)),
  parts: [...clouds, 'note'],
  background: equal,
  moment(view) {
    const note = noteOf(view);
    if (note !== undefined) return note;
    const { course, step, context } = view;
    const { stride, labels, parameters } = context as ChangeContext;
    const chosen = chosenParameters(course.network, parameters ?? undefined);
    const first = course.steps[0] ?? 0;
    return blockDots(chosen, course.parametersAt(first), course.parametersAt(step)).flatMap(([block, dots]) =>
      dotRows(dots, stride, { ...place, part: `dots-${labels.indexOf(block)}` }),
    );
  },
};
