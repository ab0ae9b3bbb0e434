/** `scatter` of results that were read from files: one of their numbers, or a coordinate, against another. */
import { extent } from '../arrays.js';
import { axisDomain, logDomain } from '../axis.js';
import { position } from '../channels.js';
import { acrossAtMost, frame, layer, ownTitles, panelSize } from '../frame.js';
import { arrange, type Part } from '../panels.js';
import type { Scale } from '../scale.js';
import { seriesEncoding, seriesKey } from '../series.js';
import { type Run, runName, shownNames, type Subject } from '../subject.js';
import { seriesColour } from '../theme.js';
import { tidyRows } from '../tidy.js';
import { aboutRuns, countOf, factOf, joined, number, say, type Spoken } from '../words.js';
import type { Picture } from './picture.js';

interface Dots {
  readonly run: Run;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

export function drawResultsScatter(subject: Subject): Picture {
  const { options } = subject.request;
  const { language } = subject;
  const { notes, results } = language.words.drawings;
  const [across = '', up = ''] = options.columns ?? [];
  const parts = subject.runs.map((run): Part<Dots> => ({ value: dotsOf(run, across, up), labels: run.labels }));
  const layout = arrange(subject, parts, acrossAtMost(options, 190));
  const size = panelSize(options, layout, { ratio: 0.8, most: 320 });
  const x = scaleOf(
    parts.map(({ value }) => value.x),
    size.width,
  );
  const y = scaleOf(
    parts.map(({ value }) => value.y),
    size.height,
  );
  const titles = { x: across, y: up };
  const own = ownTitles(layout, titles);
  const specification = frame({
    layout,
    size,
    titles,
    rows: layout.panels.flatMap(({ row, column, members }) =>
      members.flatMap(({ series, value }) =>
        value.x.map((at, index) => ({ row, column, series, part: 'dots', x: at, y: value.y[index] ?? null })),
      ),
    ),
    layers: [
      layer(
        'dots',
        { type: 'point', filled: true, size: 26, opacity: 0.8 },
        {
          x: position('x', own.x, x, { tickCount: size.width < 180 ? 3 : 5 }),
          y: position('y', own.y, y, { tickCount: 5 }),
          color: layout.series.length > 1 ? seriesEncoding(layout.series) : { value: seriesColour(0) },
        },
      ),
    ],
    content: { parts: ['dots'], otherwise: notes.noNumber },
    key: seriesKey(layout.series, 'dot', language),
  });
  const facts = parts.map(({ value }) => told(value, across, up, language));
  const onAxis = (name: string, { type }: Scale): string =>
    say(type === 'log' ? results.log : results.linear, { name });
  const scales = joined(language, [onAxis(across, x), onAxis(up, y)]);
  return {
    specification,
    description: aboutRuns(
      language,
      say(results.scatter, { x: across, y: up, names: shownNames(subject), scales }),
      facts,
    ),
  };
}

/** The pairs that are finite. */
function dotsOf(run: Run, across: string, up: string): Dots {
  const pairs = tidyRows(run, [...new Set([across, up])]).flatMap((row): [number, number][] => {
    const [x, y] = [row[across], row[up]];
    return typeof x === 'number' && typeof y === 'number' ? [[x, y]] : [];
  });
  return { run, x: pairs.map(([x]) => x), y: pairs.map(([, y]) => y) };
}

/** Logarithmic over more than a factor of a hundred. */
function scaleOf(values: readonly (readonly number[])[], length: number): Scale {
  const range = extent(...values);
  if (range[0] > 0 && range[1] > 100 * range[0]) return { type: 'log', domain: logDomain(values.flat()), length };
  return { type: 'linear', domain: axisDomain(range, 0.05), length };
}

function told({ run, x, y }: Dots, across: string, up: string, language: Spoken): string {
  const { own, results, text } = language.words.drawings;
  const valuesOf = (name: string, values: readonly number[]): string => {
    const [low, high] = extent(values).map(number) as [string, string];
    return say(own.column, { name, values: values.length === 1 ? low : say(text.range, { low, high }) });
  };
  const dots = x.length === 1 ? undefined : countOf(language, results.dots, x.length, {});
  const all = joined(language, [dots, valuesOf(across, x), valuesOf(up, y)]);
  return factOf(language, runName(run, language), x.length === 0 ? results.noDot : all);
}
