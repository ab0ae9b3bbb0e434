/** What a step finds in a page of what it finds in a build. */
import type { Engine } from '../engine/engine.js';
import type { StepWorld } from '../steps/step.js';

/** What the page gives. */
export type PageWorld = Pick<StepWorld, 'progress' | 'signal' | 'clock'> & { readonly engine: Engine };

export function pageWorld(world: PageWorld): StepWorld {
  return {
    ...world,
    file: () => {
      throw new Error('a page has no files');
    },
    continuation: { parts: () => [], keep: () => undefined },
    remark: () => undefined,
    print: () => undefined,
  };
}
