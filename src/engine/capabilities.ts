/**
 * What an engine does not compute, as data: whoever plans a step gives it to an engine that lacks nothing of what it needs, and
 * says so. An engine's tables have an entry for every name, so that the compiler asks for each; one that it lacks is named here.
 */
import { activationsOf, outputsOf } from '../model/network.js';
import type { Lacks, Needs, Training } from './engine.js';

/** Of an engine that computes all that there is. */
export const lacksNothing: Lacks = {
  ...{ losses: [], rules: [], activations: [] },
  ...{ severalOutputs: false, classes: false, gradientFactors: false },
};

/** What a training asks for. */
export function needsOfTraining({ network, loss, classes, optimizer, gradientFactors }: Training): Needs {
  return {
    ...{ activations: activationsOf(network), outputs: outputsOf(network) },
    ...{ loss: loss ?? 'mse', classes, rule: optimizer.kind },
    gradientFactors: gradientFactors !== undefined,
  };
}

/** What of that an engine does not compute, in words; undefined where it computes all. */
export function lackOf(
  lacks: Lacks,
  { loss, rule, activations, outputs, classes, gradientFactors }: Needs,
): string | undefined {
  if (loss !== undefined && lacks.losses.includes(loss)) return `the loss ${loss}`;
  if (rule !== undefined && lacks.rules.includes(rule)) return `the optimiser ${rule}`;
  const unknown = activations?.find((activation) => lacks.activations.includes(activation));
  if (unknown !== undefined) return `the activation ${unknown}`;
  if (outputs !== undefined && outputs > 1 && lacks.severalOutputs) return 'networks of several outputs';
  if (classes !== undefined && lacks.classes) return 'counts of classes';
  if (gradientFactors === true && lacks.gradientFactors) return 'output scales and other parametrizations';
  return undefined;
}

/** Throws a RangeError where an engine is given what it does not compute, rather than that it computes something else. */
export function checkNeeds(lacks: Lacks, needs: Needs): void {
  const lack = lackOf(lacks, needs);
  if (lack !== undefined) throw new RangeError(`this engine does not have ${lack}`);
}
