/**
 * The colours and sizes of figures. A drawing names its colours as CSS custom properties, so that one drawing serves
 * light and dark pages; each name is followed by its light value, for a drawing that stands alone.
 *
 * The categorical colours keep apart for readers who do not see red, green or blue as most do, and stand out by at
 * least 3:1 from white and from near-black; a test holds them to both.
 */
import { shadesAside } from './shades-aside.js';

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
  return written(figureColours.find((candidate) => candidate.name === name));
}

/** What has one colour in all pictures. */
const things = { training: 'c2', test: 'c1', network: 'c1', unit: 'c3' } as const satisfies Record<string, ColourName>;

/** The colour of training, of test, of what networks compute, or of hidden units and their elbows. */
export function colourOf(thing: keyof typeof things): string {
  return colour(things[thing]);
}

function written({ name, light }: Pick<FigureColour, 'name' | 'light'> = { name: 'ink', light: '#000000' }): string {
  return `var(--figure-${name}, ${light})`;
}

/**
 * Shades of a heat map, from the one nearest to the page's colour to the one farthest from it, in steps of equal
 * lightness (OKLCH): blue from zero up, orange from zero down.
 */
export const figureShades = {
  up: [
    { name: 'p1', light: '#e7f1ff', dark: '#0c2a4e' },
    { name: 'p2', light: '#c0dbff', dark: '#0e3c72' },
    { name: 'p3', light: '#99c5ff', dark: '#135095' },
    { name: 'p4', light: '#6faefe', dark: '#1c65b7' },
    { name: 'p5', light: '#4196fe', dark: '#2c7bd7' },
    { name: 'p6', light: '#2180e9', dark: '#4292f3' },
    { name: 'p7', light: '#026acd', dark: '#68abfe' },
    { name: 'p8', light: '#0056aa', dark: '#94c3ff' },
    { name: 'p9', light: '#004388', dark: '#bedaff' },
    { name: 'p10', light: '#013266', dark: '#e7f1ff' },
  ],
  down: [
    { name: 'n1', light: '#ffeddc', dark: '#3f2201' },
    { name: 'n2', light: '#ffcfa1', dark: '#593301' },
    { name: 'n3', light: '#fdaf5f', dark: '#744402' },
    { name: 'n4', light: '#ee9422', dark: '#915501' },
    { name: 'n5', light: '#d37f06', dark: '#af6802' },
    { name: 'n6', light: '#b66d04', dark: '#cd7b02' },
    { name: 'n7', light: '#9a5b04', dark: '#ec8f0d' },
    { name: 'n8', light: '#7e4a03', dark: '#feab51' },
    { name: 'n9', light: '#643a01', dark: '#fecd9e' },
    { name: 'n10', light: '#4b2a00', dark: '#ffeddc' },
  ],
} as const satisfies Record<string, readonly Omit<FigureColour, 'use'>[]>;

/** The shade of a level: 0, 1, … from zero up, -1, -2, … from zero down. */
export function shade(level: number): string {
  const last = shadesAside - 1;
  return written(level < 0 ? figureShades.down[Math.min(-level - 1, last)] : figureShades.up[Math.min(level, last)]);
}

const categories = ['c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8'] as const;

/** So many series have a colour of their own. */
export const mostColours = categories.length;

/** The colour of the n-th series, from 0; after the eighth they begin again. */
export function seriesColour(index: number): string {
  return colour(categories[index % categories.length] ?? 'c1');
}

/** What pages call the font; on the <svg> alone. */
export const fontFamily = "'Inter Variable', sans-serif";

/** In CSS pixels. */
export const fontSizes = { label: 11, title: 12 } as const;

/** At least, in CSS pixels, between two labels side by side: a reader's browser may have a wider font than ours. */
export const labelGap = 6;

/** How wide a figure's panels are together: within the text, or wider than it. */
export const figureWidths = { text: 630, wide: 848 } as const;

/** On a phone: the width of a panel, and that of a drawing with it which every phone of today has room for. */
export const narrowWidths = { panel: 284, drawing: 354 } as const;

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
    labelSeparation: labelGap,
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
