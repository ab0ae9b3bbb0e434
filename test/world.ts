/** The real world of a test: with results in a folder, and nobody to tell anything. */
import { allowsNothing } from '../src/shared/allowed.js';
import { standardLimits } from '../src/shared/limits.js';
import { realWorld, type World, type WorldRequest } from '../src/pipeline/world.js';

export function testWorld(store: string, request: Partial<WorldRequest> = {}): World {
  const ignore = (): void => undefined;
  return realWorld({
    ...{ store, report: ignore, warn: ignore, log: ignore, signal: new AbortController().signal },
    ...{ jobs: 1, device: 'auto', limits: standardLimits, allowed: allowsNothing, ...request },
  });
}
