/** The steps of a training that are recorded. */

export interface CheckpointOptions {
  readonly every: number;
  readonly and: readonly number[];
}

/** The recorded steps, ascending. Whether a step is recorded does not depend on the total, the last one's apart. */
export function checkpointSteps({ every, and }: CheckpointOptions, steps: number): number[] {
  const recorded = new Set<number>([0, steps, ...and]);
  for (let step = every; step < steps; step += every) recorded.add(step);
  return [...recorded].sort((a, b) => a - b);
}

/** How many there are, at most, without listing them. */
export function checkpointCount({ every, and }: CheckpointOptions, steps: number): number {
  return Math.floor(steps / every) + and.length + 2;
}
