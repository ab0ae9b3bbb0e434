/**
 * The colours and sizes of figures. A drawing names its colours as CSS custom properties, so that one drawing serves
 * light and dark pages; each name is followed by its light value, for a drawing that stands alone.
 *
 * The categorical colours keep apart for readers who do not see red, green or blue as most do, and stand out by at
 * least 3:1 from white and from near-black; a test holds them to both.
 */

export interface FigureColour {
  /** Of the custom property, without its leading "--figure-". */
  readonly name: string;
  readonly light: string;
  readonly dark: string;
  readonly use: string;
}

/** Every custom property that a drawing refers to. */
export const figureColours = [
  { name: 'ink', light: '#1f2430', dark: '#e6e8ec', use: 'titles, and what is known for sure: the true function' },
  { name: 'faint', light: '#5c6370', dark: '#a3a9b4', use: 'axes, their labels, and what stands in the background' },
  { name: 'grid', light: '#e5e7eb', dark: '#2b2f37', use: 'grid lines' },
  { name: 'band', light: '#8fb2de', dark: '#3a6ea5', use: 'shaded ranges, drawn translucent' },
  { name: 'paper', light: '#ffffff', dark: '#14161a', use: 'the page itself: the rim that keeps dots apart' },
  { name: 'c1', light: '#2166c4', dark: '#4d9dff', use: 'first series: blue' },
  { name: 'c2', light: '#cf6d12', dark: '#ff9d3d', use: 'second: orange' },
  { name: 'c3', light: '#0a5c36', dark: '#a9e6bb', use: 'third: green' },
  { name: 'c4', light: '#8a2a86', dark: '#c06ab8', use: 'fourth: purple' },
  { name: 'c5', light: '#8c7400', dark: '#f0d543', use: 'fifth: yellow' },
  { name: 'c6', light: '#3797ba', dark: '#7fdcff', use: 'sixth: sky' },
  { name: 'c7', light: '#b0213f', dark: '#e0603f', use: 'seventh: red' },
  { name: 'c8', light: '#4a3b36', dark: '#a39a90', use: 'eighth: brown' },
] as const satisfies readonly FigureColour[];

export type ColourName = (typeof figureColours)[number]['name'];

/** The colour as a drawing writes it: var(--figure-c1, #2166c4). */
export function colour(name: ColourName): string {
  const light = figureColours.find((candidate) => candidate.name === name)?.light ?? '#000000';
  return `var(--figure-${name}, ${light})`;
}

const categories = ['c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8'] as const;

/** The colour of the n-th series, from 0; after the eighth they begin again. */
export function seriesColour(index: number): string {
  return colour(categories[index % categories.length] ?? 'c1');
}

/** What pages call the font; on the <svg> alone. */
export const fontFamily = "'Inter Variable', sans-serif";

/** In CSS pixels. */
export const fontSizes = { label: 11, title: 12 } as const;

/** How wide a figure's panels are together: within the text, or wider than it. */
export const figureWidths = { text: 660, wide: 980 } as const;

/** The Vega-Lite configuration of every figure; an author's own specification may override it. */
export const figureConfig = {
  aria: false,
  background: null,
  font: 'Inter Variable, sans-serif',
  padding: 2,
  customFormatTypes: false,
  view: { stroke: null },
  mark: { invalid: 'break-paths-show-domains', tooltip: { content: 'encoding' } },
  // As exact as it comes: the page shortens it, and shows in full what an axis has a format for.
  tooltipFormat: { numberFormat: '.15~g' },
  axis: {
    domainColor: colour('faint'),
    domainOpacity: 0.6,
    gridColor: colour('grid'),
    labelColor: colour('faint'),
    labelFontSize: fontSizes.label,
    labelPadding: 4,
    tickColor: colour('faint'),
    tickOpacity: 0.6,
    tickSize: 4,
    titleColor: colour('ink'),
    titleFontSize: fontSizes.title,
    titleFontWeight: 400,
    titlePadding: 6,
  },
  axisY: { domain: false, ticks: false, titleAlign: 'center' },
  axisX: { grid: false },
  header: {
    labelColor: colour('ink'),
    labelFontSize: fontSizes.title,
    labelFontWeight: 600,
    labelPadding: 6,
    title: null,
    titleColor: colour('ink'),
    titleFontSize: fontSizes.title,
  },
  title: { color: colour('ink'), fontSize: fontSizes.title, fontWeight: 600, anchor: 'start', offset: 6 },
  legend: {
    labelColor: colour('ink'),
    labelFontSize: fontSizes.label,
    labelLimit: 400,
    offset: 10,
    orient: 'top',
    symbolStrokeWidth: 2,
    titleColor: colour('ink'),
    titleFontSize: fontSizes.label,
    titleFontWeight: 400,
  },
  line: { color: colour('c1'), strokeWidth: 1.75, strokeJoin: 'round', strokeCap: 'butt' },
  area: { color: colour('c1') },
  bar: { color: colour('c1') },
  point: { color: colour('c1'), filled: true, size: 30 },
  circle: { color: colour('c1') },
  square: { color: colour('c1') },
  tick: { color: colour('c1') },
  trail: { color: colour('c1') },
  rect: { color: colour('c1') },
  arc: { color: colour('c1') },
  rule: { color: colour('faint') },
  text: { color: colour('ink'), fontSize: fontSizes.label },
  range: { category: categories.map(colour) },
} as const;
