/** Work that waits for its turn: in order, no more at a time than is said, none lost to another's failure. */
import { expect, it } from 'vitest';
import { inTurns } from '../../src/shared/turns.js';

/** Pieces of work that end when they are told to. */
function pieces(turn: ReturnType<typeof inTurns>, count: number) {
  const started: number[] = [];
  const ends: ((failure?: Error) => void)[] = [];
  const results = Array.from({ length: count }, (_, index) =>
    turn(
      () =>
        new Promise<number>((resolve, reject) => {
          started.push(index);
          ends[index] = (failure) => {
            if (failure === undefined) resolve(index);
            else reject(failure);
          };
        }),
    ),
  );
  return { started, ends, results };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('starts in order, so many at a time as is said, and goes on where one fails', async () => {
  const { started, ends, results } = pieces(
    inTurns(() => 2),
    4,
  );
  await settled();
  expect(started).toEqual([0, 1]);
  ends[1]?.(new Error('torn'));
  await expect(results[1]).rejects.toThrow('torn');
  await settled();
  expect(started).toEqual([0, 1, 2]);
  ends[0]?.();
  await settled();
  for (const end of ends) end();
  expect(await Promise.all([results[0], results[2], results[3]])).toEqual([0, 2, 3]);
});

it('takes on more while many wait', async () => {
  const { started, ends } = pieces(
    inTurns((waiting) => (waiting > 5 ? 4 : 1)),
    9,
  );
  await settled();
  // The first starts alone; when six wait there may be four, until no more than five wait.
  expect(started).toEqual([0, 1, 2, 3]);
  ends[0]?.();
  await settled();
  expect(started).toEqual([0, 1, 2, 3]);
  for (const index of [1, 2, 3]) ends[index]?.();
  await settled();
  expect(started).toEqual([0, 1, 2, 3, 4]);
});

it('starts the most urgent of those that wait first', async () => {
  const turn = inTurns(() => 1);
  const started: string[] = [];
  const work = (name: string) => () => {
    started.push(name);
    return settled();
  };
  await Promise.all([
    turn(work('first')),
    turn(work('slow'), 1),
    turn(work('urgent'), 5),
    turn(work('as urgent'), 5),
    turn(work('in between'), 3),
  ]);
  expect(started).toEqual(['first', 'urgent', 'as urgent', 'in between', 'slow']);
});
