/** How a figure calls the runs that it shows. */
import { expect, it } from 'vitest';
import { labelledSteps } from '../../src/figures/subject.js';
import type { FigureRequest } from '../../src/plan/plan.js';
import { languageOf } from '../../src/languages/language.js';

it.each([
  ['en', ['the output layer alone', 'all parameters', '10 hidden units', 'seed 2', 'rate 0.1']],
  ['de', ['nur die Ausgabeschicht', 'alle Parameter', '10 verdeckte Einheiten', 'Seed 2', 'rate 0.1']],
])('in %s', (tag, labels) => {
  const coordinates = [
    { axis: 'parameters', label: 'output' },
    { axis: 'parameters', label: 'all' },
    { axis: 'hidden', label: '10' },
    { axis: 'seed', label: '2' },
    { axis: 'rate', label: '0.1' },
  ];
  const steps = coordinates.map((one) => ({ id: 'net', coordinates: [one] }));
  const shown = [{ steps }] as unknown as FigureRequest['shown'];
  expect(labelledSteps(shown, languageOf(tag)).flatMap(({ labels }) => [...labels.values()])).toEqual(labels);
});
