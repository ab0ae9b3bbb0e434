/** Coordinates of runs as they are found: texts in the names of files and in columns. */
import type { Json } from '../../shared/artifact.js';

export interface RunCoordinate {
  readonly axis: string;
  /** A number where it is written as one. */
  readonly value: Json;
  readonly label: string;
}

const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** 0.10 and 1e-1 are one coordinate. */
export function coordinateOf(axis: string, text: string): RunCoordinate {
  const value = number.test(text) ? Number(text) : text;
  return { axis, value, label: String(value) };
}

/** As the name of a run can hold it. */
export function isNameable(label: string): boolean {
  return label !== '' && !/[,[\]=\n]/.test(label);
}

/** Numbers by their size, texts by their letters. */
export function compareCoordinates(a: readonly RunCoordinate[], b: readonly RunCoordinate[]): number {
  for (const [index, { value, label }] of a.entries()) {
    const other = b[index];
    if (other === undefined || other.label === label) continue;
    if (typeof value === 'number' && typeof other.value === 'number') return value - other.value;
    return label < other.label ? -1 : 1;
  }
  return 0;
}

/** Names them for people: "rate=0.1, seed=2". */
export function coordinatesInWords(coordinates: readonly RunCoordinate[]): string {
  return coordinates.map(({ axis, label }) => `${axis}=${label}`).join(', ');
}
