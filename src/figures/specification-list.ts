/**
 * What a specification of an author's own may hold: the one list, for the drawing and for the figure that is drawn again in the page. It
 * shows columns of results and listens to nothing but itself. A name of Vega-Lite's that is on neither list is refused.
 */
import type { Json } from '../shared/artifact.js';
import { isPaint } from '../svg/paint.js';

const outside = 'the data are the columns';
const events = 'what a figure listens to is a text such as "click"';

/** Names of Vega-Lite's that are not let in, and why. */
export const refusedNames: ReadonlyMap<string, string> = new Map([
  ['url', 'a specification names no address'],
  ['href', 'a specification makes no links'],
  ['image', 'a figure loads nothing'],
  ['usermeta', 'it has no meaning here'],
  ['customFormatTypes', 'there are no other formats here'],
  ['element', 'a figure is bound to nothing outside itself'],
  ['event', 'a figure is bound to nothing outside itself'],
  ['autocomplete', 'a figure asks for no text'],
  ['placeholder', 'a figure asks for no text'],
  ...['data', 'datasets', 'parse', 'property', 'feature', 'mesh', 'delimiter'].map(namedFor(outside)),
  ...['sequence', 'graticule', 'sphere', 'geometries', 'geometry', 'coordinates', 'features'].map(namedFor(outside)),
  ...['stream', 'source', 'markname', 'between', 'consume', 'debounce', 'throttle', 'merge'].map(namedFor(events)),
]);

function namedFor(why: string): (name: string) => [string, string] {
  return (name) => [name, why];
}

/** Names that are let in. */
export const allowedNames: ReadonlySet<string> = new Set(
  `
  $schema aggregate align anchor and angle animationDuration arc area argmax argmin aria ariaRole ariaRoleDescription
  as aspect autosize axis axisBand axisBottom axisDiscrete axisLeft axisPoint axisQuantitative axisRight axisTemporal
  axisTop axisX axisXBand axisXDiscrete axisXPoint axisXQuantitative axisXTemporal axisY axisYBand axisYDiscrete
  axisYPoint axisYQuantitative axisYTemporal background band bandPaddingInner bandPaddingOuter bandPosition bandSize
  bandWithNestedOffsetPaddingInner bandWithNestedOffsetPaddingOuter bandwidth bar barBandPaddingInner base baseline
  bbox bin binSpacing bind binned bins blend borders bottom bounds box boxplot calculate category center circle clamp
  clear clip clipAngle clipExtent clipHeight coefficient color column columnPadding columns concat condition config
  constant contains content continuousBandSize continuousHeight continuousPadding continuousWidth cornerRadius
  cornerRadiusBottomLeft cornerRadiusBottomRight cornerRadiusEnd cornerRadiusTopLeft cornerRadiusTopRight count
  countTitle counts cumulative currency cursor date dateTime datum day days decimal default density description detail
  dir direction disable discreteBandSize discreteHeight discreteWidth distance diverging divide domain domainCap
  domainColor domainDash domainDashOffset domainMax domainMid domainMin domainOpacity domainRaw domainWidth dx dy
  ellipsis empty encoding encodings endAngle equal errorband errorbar exponent expr extent extentMajor extentMinor
  facet field fieldTitle fields fill fillColor fillOpacity filled filter fit flatten fold font fontSize fontStyle
  fontWeight for format formatType fraction frame framesPerSecond from gamma geoshape gradient gradientDirection
  gradientHorizontalMaxLength gradientHorizontalMinLength gradientLabelLimit gradientLabelOffset gradientLength
  gradientOpacity gradientStrokeColor gradientStrokeWidth gradientThickness gradientVerticalMaxLength
  gradientVerticalMinLength grid gridAlign gridCap gridColor gridDash gridDashOffset gridOpacity gridWidth
  group-subtitle group-title groupby grouping gt gte guide-label guide-title hconcat header headerColumn headerFacet
  headerRow heatmap height hours id ignorePeers impute innerRadius input interpolate interval invalid joinaggregate
  key keyvals labelAlign labelAnchor labelAngle labelBaseline labelBound labelColor labelExpr labelFlush
  labelFlushOffset labelFont labelFontSize labelFontStyle labelFontWeight labelLimit labelLineHeight labelOffset
  labelOpacity labelOrient labelOverlap labelPadding labelSeparation labels latitude latitude2 layer layout left
  legend legendX legendY limit line lineBreak lineHeight lobes locale loess longitude longitude2 lookup lt lte mark
  marktype max maxBandSize maxExtent maxFontSize maxOpacity maxSize maxStrokeWidth maxbins maxsteps median method
  milliseconds min minBandSize minExtent minFontSize minOpacity minSize minStrokeWidth minstep minsteps minus minutes
  month months name nan nearest nice normalizedNumberFormat normalizedNumberFormatType not number numberFormat
  numberFormatType numerals offset offsetBandPaddingInner offsetBandPaddingOuter on oneOf op opacity options or order
  ordinal orient outerRadius outliers padAngle padding paddingInner paddingOuter parallel parallels param params
  percent periods pivot point pointPadding pointRadius position precision probs projection properties quantile
  quantileCount quantizeCount quarter r1 r2 radius radius2 radius2Offset radiusOffset ramp range rangeMax rangeMin
  ratio react rect rectBandPaddingInner reflectX reflectY regression repeat rescale resize resolve reverse right
  rotate round row rowPadding rule sample scale scheme seconds select selection shape shortDays shortMonths size
  smooth sort spacing spec square stack start startAngle step stepMajor stepMinor steps stop stops stroke
  strokeCap strokeColor strokeDash strokeDashOffset strokeJoin strokeMiterLimit strokeOffset strokeOpacity strokeWidth
  style subtitle subtitleColor subtitleFont subtitleFontSize subtitleFontStyle subtitleFontWeight subtitleLineHeight
  subtitlePadding symbol symbolBaseFillColor symbolBaseStrokeColor symbolDash symbolDashOffset symbolDirection
  symbolFillColor symbolLimit symbolOffset symbolOpacity symbolSize symbolStrokeColor symbolStrokeWidth symbolType
  tension test text theta theta2 theta2Offset thetaOffset thickness thousands tick tickBand tickBandPaddingInner
  tickCap tickColor tickCount tickDash tickDashOffset tickExtra tickMinStep tickOffset tickOpacity tickRound tickSize
  tickWidth ticks tilt time timeFormat timeFormatType timeUnit timeUnitBandPosition timeUnitBandSize title titleAlign
  titleAnchor titleAngle titleBaseline titleColor titleFont titleFontSize titleFontStyle titleFontWeight titleLimit
  titleLineHeight titleOpacity titleOrient titlePadding titleX titleY toggle tooltip tooltipFormat top trail transform
  translate type unionWith unit unselectedOpacity useUnaggregatedDomain utc valid value values vconcat view views week
  width window x x1 x2 x2Offset xError xError2 xOffset xReverse y y1 y2 y2Offset yError yError2 yOffset year zero
  zindex zoom 
  `
    .trim()
    .split(/\s+/),
);

/** Under these an author names things: fields of a selection, styles. */
export const namedByAuthors: ReadonlySet<string> = new Set(['value', 'style']);

/** What a value is refused for, and what to write instead. */
export interface Refusal {
  readonly message: string;
  readonly hint: string;
}

/** The largest numbers: each of them is a count of things to be made, or of pixels. */
const largest: ReadonlyMap<string, number> = new Map([
  ...['width', 'height', 'continuousWidth', 'continuousHeight'].map((name): [string, number] => [name, 10_000]),
  ...['steps', 'minsteps', 'maxsteps', 'maxbins'].map((name): [string, number] => [name, 10_000]),
  ...['tickCount', 'nice', 'count', 'quantileCount', 'quantizeCount'].map((name): [string, number] => [name, 1_000]),
  // A polynomial's.
  ['order', 20],
]);

/** So many may a beginning, an end and a distance make. */
const mostBetween = 100_000;

const kindOfEvent =
  '(?:click|dblclick|wheel|(?:pointer|mouse)(?:down|up|move|over|out|enter|leave)|touch(?:start|move|end|cancel)|key(?:down|up))';
const stream = String.raw`(?:${kindOfEvent}(?:\[[^\[\]]*\])*!?(?:\{\d+(?:, *\d+)?\})?)`;
const streams = new RegExp(
  String.raw`^ *(?:${stream}|\[ *${stream} *, *${stream} *\] *> *${stream})(?: *, *${stream})* *$`,
);

/** Longer ones nobody writes. */
const longestStream = 300;

/** Where a text says what a figure listens to. */
const listening: ReadonlySet<string> = new Set(['on', 'clear', 'zoom', 'translate', 'legend']);

const inputs: ReadonlySet<Json> = new Set(['checkbox', 'radio', 'range', 'select']);

const paints = /^(?:fill|stroke|background|color)$|Color$/;

/** Why this value may not stand under its name, if so; `around` is what the name stands in. */
export function refusedValue(name: string, value: Json, around: Readonly<Record<string, Json>>): Refusal | undefined {
  if (typeof value === 'number') return refusedNumber(name, value, around);
  if (name === 'mark' && (value === 'image' || typeOf(value) === 'image'))
    return { message: '"image" marks are refused: a figure loads nothing', hint: 'choose another mark' };
  if (name === 'input' && !inputs.has(value))
    return {
      message: `${JSON.stringify(value)} is refused: a figure asks for no text`,
      hint: 'use range, select, radio or checkbox',
    };
  if (name === 'background' && typeof value === 'object' && value !== null && 'expr' in value)
    return { message: '"background" is a colour, not an expression', hint: 'write the colour' };
  // The field of a regression is called "on" too.
  const fitted = 'regression' in around || 'loess' in around;
  if (listening.has(name) && typeof value === 'string' && !fitted) {
    if (value.length <= longestStream && streams.test(value)) return undefined;
    return {
      message: `"${value.slice(0, 80)}" is refused: a figure listens to nothing but itself`,
      hint: 'name events of the figure, as in "click" or "[pointerdown, pointerup] > pointermove"',
    };
  }
  if (paints.test(name)) {
    for (const text of paintsIn(value)) {
      if (!isPaint(text))
        return {
          message: `"${text.slice(0, 80)}" is no colour that a figure may have`,
          hint: 'write a name, #rrggbb, rgb(...) or hsl(...)',
        };
    }
  }
  return undefined;
}

function refusedNumber(name: string, value: number, around: Readonly<Record<string, Json>>): Refusal | undefined {
  const most = largest.get(name);
  if (most !== undefined && value > most)
    return { message: `${name} may be ${most} at most, not ${value}`, hint: 'give a smaller number' };
  if (name !== 'step' || value <= 0) return undefined;
  // From 0 to 1, where nothing else is said.
  const [start, stop] = 'quantile' in around ? [0, 1] : [around['start'], around['stop']];
  const [low, high] = Array.isArray(around['extent']) ? (around['extent'] as Json[]) : [start, stop];
  const length = Number(high ?? Number.NaN) - Number(low ?? 0);
  if (!(length / value > mostBetween)) return undefined;
  return { message: `steps of ${value} make more than ${mostBetween} values`, hint: 'give a larger step' };
}

function typeOf(value: Json): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as { type?: Json }).type
    : undefined;
}

/** The colours that a channel or an option says outright. */
function* paintsIn(value: Json): Generator<string> {
  if (typeof value === 'string') yield value;
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const inner of value as Json[]) yield* paintsIn(inner);
    return;
  }
  for (const [name, inner] of Object.entries(value)) {
    if (['value', 'condition', 'scale', 'range', 'stops', 'color'].includes(name)) yield* paintsIn(inner);
  }
}
