/** What Vega gets of the world, alike when a page is built and in the page: how wide a text is, and nothing to load. */
import type { Loader } from 'vega';
import { textWidth } from './text-width.js';

interface TextItem {
  readonly fontSize?: number;
  readonly fontWeight?: number | string;
}

/** Vega's seam for renderers that know their font; one setting for the whole process, and always this one. */
export function measureTextIn(vega: object): void {
  const { textMetrics } = vega as { textMetrics: { width: (item: TextItem, text: unknown) => number } };
  textMetrics.width = ({ fontSize = 11, fontWeight }, text) =>
    textWidth(typeof text === 'string' ? text : JSON.stringify(text ?? ''), fontSize, fontWeight);
}

const refusal = (): Promise<never> => Promise.reject(new Error('figures load nothing'));

/** Loads nothing, and gives every link the same harmless address: a refusal there would escape Vega's promises. */
export const closedLoader: Loader = {
  load: refusal,
  http: refusal,
  file: refusal,
  sanitize: () => Promise.resolve({ href: '#' }),
};
