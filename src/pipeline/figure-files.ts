/** What a reader can download of a figure. */
import type { Memo } from '../shared/memo.js';
import type { DrawnFigure } from '../figures/figure.js';
import { type FigureData, standaloneSvg, structuredNpy } from '../figures/figure-data.js';
import { csvOf } from '../shared/csv.js';
import { sha256 } from '../shared/hash.js';
import type { FigurePart } from '../render/parts.js';

const vegaLiteSchema = 'https://vega.github.io/schema/vega-lite/v6.json';

/**
 * Its files, made when they are to be written; none of a figure that has not been drawn yet. `dataOf` reads the rows of a
 * figure; `digests` knows what was made before.
 */
export function figureFiles(
  figure: DrawnFigure,
  dataOf: (figure: DrawnFigure) => FigureData,
  digests: Memo<string>,
): Pick<FigurePart, 'data' | 'files'> {
  if (figure.specification === '') return { data: () => ({ columns: [], rows: [] }), files: [] };
  const data = (): FigureData => dataOf(figure);
  const vegaLite = (): string => {
    // It is an object with data in it: one more member goes in front of the others.
    if (!figure.specification.includes('"$schema"'))
      return `{"$schema":${JSON.stringify(vegaLiteSchema)},${figure.specification.slice(1)}\n`;
    const { $schema, ...rest } = { $schema: vegaLiteSchema, ...(JSON.parse(figure.specification) as object) };
    return `${JSON.stringify({ $schema, ...rest })}\n`;
  };
  const file = (name: string, extension: string, make: () => string | Uint8Array): FigurePart['files'][number] => {
    const key = `${figure.digest} ${extension}`;
    // It is asked for once, and not to be held until the site is written.
    const remembered = (): string | Uint8Array => {
      const content = make();
      digests.keep(key, sha256(content));
      return content;
    };
    return { name, extension, content: { digest: digests.find(key), make: remembered } };
  };
  return {
    data,
    files: [
      file('SVG', 'svg', () => standaloneSvg(figure)),
      file('CSV', 'csv', () => csvOf(data())),
      file('NPY', 'npy', () => structuredNpy(data())),
      file('Vega-Lite', 'vl.json', vegaLite),
    ],
  };
}
