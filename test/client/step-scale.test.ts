/** How a scrubber lays out the steps of a training, and what it marks. */
import { expect, it } from 'vitest';
import type { Course } from '../../src/client/interactive/course.js';
import { arrivals, bestScale, halvings, stepPlaces } from '../../src/client/interactive/step-scale.js';

const steps = [0, 1, 10, 100, 1000, 10_000];

function course(testErrors: readonly number[], more: Partial<Course> = {}): Course {
  return { steps, testErrors, trainErrors: testErrors, drawn: (one: number) => one, ...more } as unknown as Course;
}

it('stands along the step, its square root or its logarithm, from the first to the last', () => {
  for (const scale of ['linear', 'sqrt', 'log'] as const) {
    const place = stepPlaces(scale, steps);
    expect([place(0), place(10_000)]).toEqual([0, 1]);
  }
  expect(stepPlaces('linear', steps)(100)).toBeCloseTo(0.01);
  expect(stepPlaces('sqrt', steps)(100)).toBeCloseTo(0.1);
  expect(stepPlaces('log', steps)(100)).toBeCloseTo(0.5, 2);
});

it('unless an author says it, the middle is nearest to half of the way that the error comes down', () => {
  expect(bestScale(course([1, 0.9, 0.2, 0.05, 0.02, 0.01]))).toBe('log');
  expect(bestScale(course([1, 1, 0.95, 0.9, 0.2, 0.01]))).toBe('sqrt');
  const even = { steps: [0, 10, 20, 30, 40] };
  expect(bestScale(course([1, 0.3, 0.1, 0.03, 0.01], even))).toBe('linear');
});

it('marks where the error has halved again, and from where on an elbow stays at a knot', () => {
  expect(halvings(course([1, 0.6, 0.5, 0.3, 0.2, 0.21]))).toEqual([10, 1000]);
  // One unit: its elbow is at -b / w, and comes to the knot at 0.5.
  const parameters = [0.1, 0.5, 0.3, 0.49, 0.5, 0.5].map((at) => Float64Array.of(1, -at, 1, 0));
  const network = { inputs: 1, hidden: [1], activation: 'relu' } as const;
  const data = { domain: [0, 1], knots: [0, 0.5, 1] } as unknown as Course['data'];
  expect(arrivals(course([1, 1, 1, 1, 1, 1], { network, data, parameters }))).toEqual([100]);
});
