/** What heat maps share: the layer of their cells, and the scale of the shades. */
import type { Specification } from '../drawing.js';
import { type KeyEntry, type Layer, layer } from '../frame.js';
import { formatNumber } from '../read-number.js';
import { textWidth } from '../text-width.js';
import { fontSizes, labelGap, shade } from '../theme.js';
import { type Levels, short } from './heat-map-rows.js';
import { say, type Spoken } from '../words.js';

interface CellLook {
  readonly x: Specification;
  readonly y: Specification;
  readonly title: string;
  /** Of something: the labels of the scale say 20% for 0.2. */
  readonly shares?: boolean;
  readonly named?: boolean;
  /** Whether there is a key besides: of colours there would be one scale for both. */
  readonly keyed?: boolean;
  /** Whether there is a note on top, in the way of the scale. */
  readonly below?: boolean;
  /** How wide the panel is, where nothing may be wider: the title stands over the scale. */
  readonly room?: number | undefined;
  /** Of a figure that moves, which has a key of its own. */
  readonly moving?: boolean;
}

/** The cells, and the scale of their shades with its title. Rows that are `named` say that in place of y. */
export function cellLayer(
  { step, lowest, highest }: Levels,
  { x, y, title, shares = false, named = false, keyed = false, below = keyed, room, moving = false }: CellLook,
): Layer {
  const levels = Array.from({ length: highest - lowest + 1 }, (_, index) => lowest + index);
  // A scale needs two shades to have a bound between them.
  if (levels.length === 1) levels.push(lowest + 1);
  const length = Math.min(room ?? 320, 32 * levels.length);
  const bounds = levels.slice(1).map((level) => ({ level, value: short(level * step) }));
  const widest = Math.max(
    ...bounds.map(({ value }) => textWidth(formatNumber(value, shares ? '.0%' : '.6g'), fontSizes.label)),
  );
  const every = [1, 2, 5].find((some) => (some * length) / levels.length >= widest + labelGap) ?? 10;
  // Vega gives a scale without a label no end.
  const told = bounds.filter(({ level }) => level % every === 0);
  return layer(
    'cell',
    { type: 'rule', strokeCap: 'butt' },
    {
      ...{ x, x2: { field: 'x2' }, y },
      strokeWidth: { field: 'thick', type: 'quantitative', scale: null, legend: null },
      [keyed ? 'stroke' : 'color']: {
        field: 'level',
        type: 'quantitative',
        scale: {
          type: 'threshold',
          domain: bounds.map(({ value }) => value),
          range: levels.map(shade),
        },
        legend: moving
          ? null
          : {
              ...{
                type: 'gradient',
                direction: 'horizontal',
                title,
                titleOrient: room === undefined ? 'left' : 'top',
                titlePadding: 10,
                titleLimit: 400,
              },
              // Beside each other on top, the key would be cut off.
              ...(below && { orient: 'bottom', offset: 4 }),
              format: shares ? '.0%' : '~g',
              values: (told.length > 0 ? told : bounds.slice(0, 1)).map(({ value }) => value),
              ...{ gradientLength: length, gradientThickness: 12, gradientOpacity: 1 },
            },
      },
      tooltip: ['x', 'x2', named ? 'name' : 'y', 'value', 'value2'].map((field) => ({ field })),
    },
  );
}

/** Some of the shades and both ends, for the key of a figure that moves, with the values that they stand for. */
export function valuesKey(
  levels: Levels,
  { words }: Spoken,
  told = [...new Set([levels.lowest, ...toldLevels(levels), levels.highest])],
): KeyEntry[] {
  const { step } = levels;
  return told.map((level) => {
    const [from, to] = [level, level + 1].map((end) => formatNumber(short(end * step), '.6g')) as [string, string];
    return { label: say(words.drawings.key.shades, { from, to }), colour: shade(level), shape: 'band', part: 'cell' };
  });
}

function toldLevels({ lowest, highest }: Levels): number[] {
  return [-10, -5, -1, 0, 3, 6, 9].filter((level) => level >= lowest && level <= highest);
}

/** Some of the shades, for the key of a figure that moves; `of` is what they are shares of. */
export function shadesKey(levels: Levels, of: string, { words }: Spoken): KeyEntry[] {
  const { shades, shadesOf } = words.drawings.key;
  const { step } = levels;
  return toldLevels(levels).map((level, index) => {
    const from = formatNumber(level * step, '.0%');
    const to = formatNumber((level + 1) * step, '.0%');
    const label = index === 0 ? say(shadesOf, { from, to, of }) : say(shades, { from, to });
    return { label, colour: shade(level), shape: 'band', part: 'cell' };
  });
}
