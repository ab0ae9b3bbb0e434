/** `singular-values`: the spectrum on a logarithmic axis, with the tolerance and the rank that follows from it. */
import { position } from '../channels.js';
import { acrossAtMost, frame, layer, ownTitles, panelSize, rimmedText } from '../frame.js';
import { comparedParts, ghost, ghostKey, startOf } from '../moving/compared.js';
import { arrange } from '../panels.js';
import type { Scale } from '../scale.js';
import { seriesEncoding, seriesKey } from '../series.js';
import type { Subject } from '../subject.js';
import { textWidth } from '../text-width.js';
import { colour, fontSizes } from '../theme.js';
import { countOf, say, sentences, someOf } from '../words.js';
import { trainedNames } from './data.js';
import type { Picture } from './picture.js';
import { rankRows, spectrumGhost, spectrumRows } from './singular-values-rows.js';
import { describeSpectrum, knownSpectra, rangeOf, spectraOf, type Spectrum, toleranceName } from './spectrum.js';

export function drawSingularValues(subject: Subject): Picture {
  const { options } = subject.request;
  const { language } = subject;
  const { drawings, scripts } = language.words;
  const { key: labels } = drawings;
  const parts = spectraOf(subject);
  const layout = arrange(subject, parts, acrossAtMost(options, 190));
  const size = panelSize(options, layout, { ratio: 0.85, most: 340 });
  const spectra = parts.map(({ value }) => value);
  const compared = comparedParts(subject, parts, spectraOf).map(({ value }) => value);
  const { floor, largest } = rangeOf(compared);
  const titles = { x: drawings.axes.index, y: drawings.axes.singularValue };
  const own = ownTitles(layout, titles);
  const most = Math.max(1, ...compared.map(({ values }) => values.length));
  const x = {
    field: 'x',
    type: 'quantitative',
    title: own.x,
    scale: { domain: [0, most + 1], nice: false },
    axis: { tickCount: 5, tickMinStep: 1 },
  };
  const heights: Scale = { type: 'log', domain: [floor / 2, largest * 4], length: size.height };
  const y = position('y', own.y, heights);
  const color = seriesEncoding(layout.series);
  const rankText = { type: 'text', align: 'left', baseline: 'bottom', dx: 4, dy: -2, fontWeight: 600 };
  const text = { field: 'text' };
  const rows = layout.panels.flatMap(({ row, column, members }) => [
    ...members.flatMap(({ value, series }) => {
      const start = startOf(subject, value, compared);
      const ghosts = start === undefined ? [] : spectrumGhost(start, floor, { row, column });
      return [...ghosts, ...spectrumRows(value, floor, { row, column, series })];
    }),
    ...rankRows(members, { floor, width: size.width / (most + 1), heights, textWidth: labelWidth }, scripts.figure, {
      row,
      column,
    }),
  ]);
  const specification = frame({
    layout,
    size,
    titles,
    rows,
    layers: [
      layer('tolerance', { type: 'rule', strokeWidth: 1, strokeDash: [4, 3] }, { y, color }),
      ...(subject.moving === undefined ? [] : [ghost('start', { type: 'point', filled: true, size: 10 }, { x, y })]),
      layer('value', { type: 'point', filled: true, size: 14, opacity: 0.9 }, { x, y, color }),
      layer('zero', { type: 'point', filled: false, size: 12, strokeWidth: 0.9 }, { x, y, color }),
      ...rimmedText('rank', rankText, { x, y, color, text }),
    ],
    content: { parts: ['value', 'zero'], otherwise: drawings.notes.noSingularValue },
    key: [
      ...seriesKey(layout.series, 'dot', language),
      ...(subject.moving === undefined
        ? []
        : [{ label: labels.atStep, colour: colour('c1'), shape: 'dot', part: 'value' } as const]),
      ...ghostKey(subject, 'dot'),
      {
        label: toleranceName(spectra, language),
        colour: colour('faint'),
        shape: 'dashed',
        part: 'tolerance',
      },
      ...(rows.some(({ part }) => part === 'zero')
        ? [{ label: labels.zeros, colour: colour('faint'), shape: 'ring' } as const]
        : []),
    ],
  });
  return {
    specification,
    description: describe(subject, spectra),
    context: { floor, most, known: knownSpectra(compared, subject) },
  };
}

/** Of a rank. */
function labelWidth(text: string): number {
  return textWidth(text, fontSizes.label, 600);
}

function describe(subject: Subject, spectra: readonly Spectrum[]): string {
  const { language } = subject;
  const { spectra: words } = language.words.drawings;
  const facts = spectra.map((spectrum) => describeSpectrum(spectrum, language));
  return sentences(
    language,
    say(words.intro, { names: trainedNames(subject) }),
    ...someOf(facts, 12, (left) => countOf(language, words.more, left, {})),
  );
}
