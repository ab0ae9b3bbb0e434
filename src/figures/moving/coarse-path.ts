/** Paths with the points left out that the eye can miss. */
import { simplify } from '../simplify.js';

/** In pixels: how far a line may be from the line that it shows, and between which places its points and dots are. */
export interface Coarseness {
  readonly tolerance: number;
  readonly line: number;
  readonly dot: number;
}

/** The same path of fewer points. Of lines it leaves out what is nearer than the tolerance; equal dots are one; other shapes stay. */
export function coarsePath(path: string, coarseness: Coarseness): string {
  const pieces = path.match(/M[^M]*/g) ?? [];
  return [...new Set(pieces.map((piece) => coarsePiece(piece, coarseness)))].join('');
}

function coarsePiece(piece: string, { tolerance, line, dot }: Coarseness): string {
  const place = (x: number, y: number, unit: number): string =>
    [x, y].map((value) => Math.round(value / unit) / (1 / unit)).join();
  const [, dotX, dotY] = /^M([-\d.]+),([-\d.]+)h0$/.exec(piece) ?? [];
  if (dotX !== undefined) return `M${place(Number(dotX), Number(dotY), dot)}h0`;
  if (!/^M[-\d.,L]+Z?$/.test(piece)) return piece;
  const numbers = (piece.match(/-?[\d.]+/g) ?? []).map(Number);
  const x = numbers.filter((_, index) => index % 2 === 0);
  const y = numbers.filter((_, index) => index % 2 === 1);
  const points = simplify({ x, y }, tolerance).map((index) => place(x[index] ?? 0, y[index] ?? 0, line));
  return `M${points.join('L')}${piece.endsWith('Z') ? 'Z' : ''}`;
}
