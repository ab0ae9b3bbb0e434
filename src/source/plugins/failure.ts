/** What a plugin throws, as a problem says it: the reason, with the place where the plugin names one. */
import type { Point, Position } from 'unist';

export interface Failure {
  readonly message: string;
  readonly position: Position | undefined;
}

/** Of anything that is thrown. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error))
    return { message: typeof error === 'string' ? error : 'it throws what is no error', position: undefined };
  // A message of vfile's has its reason without the place.
  const { reason, place } = error as { readonly reason?: unknown; readonly place?: Point | Position };
  return { message: typeof reason === 'string' ? reason : error.message, position: positionOf(place) };
}

function positionOf(place: Point | Position | undefined): Position | undefined {
  if (place === undefined) return undefined;
  return 'start' in place ? place : { start: place, end: place };
}
