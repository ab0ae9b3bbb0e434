/** What a picture is asked to show: the runs with their results, the options, and a way to say what is wrong. */
import type { Artifact } from '../artifact.js';
import type { FigureRequest, PlannedStep } from '../plan/plan.js';
import type { Problem, Rule } from '../problem.js';
import type { ArtifactOf } from './figure.js';
import { list } from './words.js';

/** A step with its result. */
export interface Run {
  readonly step: PlannedStep;
  readonly artifact: Artifact;
  /** What tells it from the other runs that are shown: "hidden" is "10 hidden units". */
  readonly labels: ReadonlyMap<string, string>;
}

type OptionPath = readonly (string | number)[];

export interface Subject {
  readonly request: FigureRequest;
  /** Of all that is shown, in the order in which it is named. */
  readonly runs: readonly Run[];
  readonly artifactOf: ArtifactOf;
  readonly problems: Problem[];
  /** Adds a problem with one of the figure's options. */
  refuse(path: OptionPath, rule: Rule, message: string, hint: string, severity?: 'warning'): void;
}

/** The axis that tells several shown directives apart. */
export const directiveAxis = 'directive';

export function subjectOf(request: FigureRequest, artifactOf: ArtifactOf): Subject {
  const problems: Problem[] = [];
  const steps = request.shown.flatMap((shown) => shown.steps);
  const several = new Set(steps.map((step) => step.id)).size > 1;
  return {
    request,
    artifactOf,
    problems,
    runs: steps.map((step) => ({ step, artifact: artifactOf(step), labels: labelsOf(step, several) })),
    refuse(path, rule, message, hint, severity) {
      const place = request.directive.placeOf(path, 'value');
      problems.push({ place, rule, message, hint, ...(severity !== undefined && { severity }) });
    },
  };
}

function labelsOf(step: PlannedStep, several: boolean): Map<string, string> {
  const labels = step.coordinates.map(({ axis, label }) => [axis, coordinateLabel(axis, label)] as const);
  return new Map(several ? [[directiveAxis, step.id], ...labels] : labels);
}

/** "10 hidden units", "40 × 40 hidden units", "seed 1", "rate 0.02", "activation relu". */
function coordinateLabel(axis: string, label: string): string {
  return axis === 'hidden' ? `${label.replaceAll('x', ' × ')} hidden units` : `${axis} ${label}`;
}

/** The run's place in words: "10 hidden units, seed 1"; empty when there is only one. */
export function runName(run: Run): string {
  return [...run.labels.values()].join(', ');
}

/** An input of a step, with its result; undefined when it has no such input. */
export function inputOf(step: PlannedStep, role: string, artifactOf: ArtifactOf): Run | undefined {
  const input = step.inputs[role];
  return input && { step: input, artifact: artifactOf(input), labels: new Map() };
}

/** "one-layer" or "one-layer and two-layers": the directives that are shown. */
export function shownNames({ runs }: Subject): string {
  return list([...new Set(runs.map(({ step }) => step.id))]);
}
