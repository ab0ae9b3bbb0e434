/** What an axis of errors is called: of every loss but the mean squared error just that. */
import type { TrainOptions } from '../../steps/train.js';
import type { Subject } from '../subject.js';

export function errorTitle({ runs, language }: Pick<Subject, 'runs' | 'language'>): string {
  const { error, loss } = language.words.drawings.axes;
  return runs.every(({ step }) => (step.options as Partial<TrainOptions>).loss === undefined) ? error : loss;
}
