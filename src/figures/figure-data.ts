/** The data that a figure draws, as a table for people and as files that other programs open. */
import type { DrawnFigure } from './figure.js';

type Cell = string | number | boolean | null;

/** Rows of equal length. */
export interface FigureData {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** What only tells Vega where to draw, or says what a key says. */
const layout = new Set(['key', 'title', 'area', 'level', 'thick']);

/** The rows of a figure's specification, their columns in order of appearance. */
export function figureData({ specification }: DrawnFigure): FigureData {
  const { data } = JSON.parse(specification) as { data?: { values?: Readonly<Record<string, Cell>>[] } };
  const values = (data?.values ?? []).filter(({ part }) => part !== 'key' && part !== 'panel-title');
  const columns = [...new Set(values.flatMap((row) => Object.keys(row)))].filter((name) => !layout.has(name));
  return { columns, rows: values.map((row) => columns.map((name) => row[name] ?? null)) };
}

/**
 * One structured array, a field for each column: `numpy.load` gives `data['x']`. Numbers are float64, NaN where there is
 * none; anything else is text.
 */
export function structuredNpy({ columns, rows }: FigureData): Uint8Array {
  const fields = columns.map((name, index) => {
    const cells = rows.map((row) => row[index] ?? null);
    const numeric = cells.every((cell) => cell === null || typeof cell === 'number');
    const length = Math.max(1, ...cells.map((cell) => Array.from(cell === null ? '' : String(cell)).length));
    return { name, numeric, length, bytes: numeric ? 8 : 4 * length };
  });
  const types = fields.map(({ name, numeric, length }) => `('${name}', '${numeric ? '<f8' : `<U${length}`}')`);
  const size = fields.reduce((sum, { bytes }) => sum + bytes, 0);
  const header = `{'descr': [${types.join(', ')}], 'fortran_order': False, 'shape': (${rows.length},), }`;
  // Magic, version and length are 10 bytes; the data begin at a multiple of 64.
  const padded = header.padEnd(Math.ceil((header.length + 11) / 64) * 64 - 11) + '\n';
  const file = new Uint8Array(10 + padded.length + size * rows.length);
  file.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, padded.length & 255, padded.length >> 8]);
  file.set(new TextEncoder().encode(padded), 10);
  const view = new DataView(file.buffer);
  let at = 10 + padded.length;
  for (const row of rows) {
    fields.forEach(({ numeric, bytes }, index) => {
      const cell = row[index] ?? null;
      if (numeric) view.setFloat64(at, typeof cell === 'number' ? cell : Number.NaN, true);
      else {
        Array.from(cell === null ? '' : String(cell)).forEach((character, position) => {
          view.setUint32(at + 4 * position, character.codePointAt(0) ?? 0, true);
        });
      }
      at += bytes;
    });
  }
  return file;
}

/** The drawing as a file of its own, in its light colours and on its own ground, so that it is read on any page. */
export function standaloneSvg({ svg }: DrawnFigure): string {
  const ground = '<rect width="100%" height="100%" fill="var(--figure-paper, #ffffff)"/>';
  const plain = svg
    .replace(/^<svg(?:"[^"]*"|[^">])*>/, (start) => start + ground)
    .replaceAll(/var\(--figure-[a-z0-9]+, (#[0-9a-f]{6})\)/g, '$1');
  return `<?xml version="1.0" encoding="UTF-8"?>\n${plain}\n`;
}
