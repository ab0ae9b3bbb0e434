/** What a picture is asked to show: the runs with their results, and the options. */
import type { Artifact } from '../shared/artifact.js';
import type { FigureRequest, PlannedStep } from '../plan/plan.js';
import { type Ending, endingsOf } from './endings.js';
import type { ArtifactOf } from './artifact-of.js';
import type { PictureRules } from './picture-rules.js';
import { joined, list, say, type Spoken } from './words.js';

/** A step with its result. */
export interface Run {
  readonly step: PlannedStep;
  readonly artifact: Artifact;
  /** What tells it from the other runs that are shown: "hidden" is "10 hidden units". */
  readonly labels: ReadonlyMap<string, string>;
}

export interface Subject {
  readonly request: FigureRequest;
  readonly picture: PictureRules;
  readonly language: Spoken;
  /** Of all that is shown and has a checkpoint, in the order in which it is named. */
  readonly runs: readonly Run[];
  /** Which of the runs that it is to show diverged. */
  readonly endings: readonly Ending[];
  readonly artifactOf: ArtifactOf;
  /** Of one panel of a figure that moves, at one moment. */
  readonly moving?: Moving;
  /** Whether it is drawn for a narrow screen: every panel for itself, one below the other. */
  readonly narrow?: boolean;
}

export interface Moving {
  /** All panels and moments of the figure, which share its axes. */
  readonly among: Subject;
  /** The same at many of the steps that are recorded. */
  readonly course: Subject;
  /** The step of the first moment, which stays in sight as a ghost. */
  readonly start: number;
  /** The step that shows. */
  readonly step: number;
}

/** The axis that tells several shown directives apart. */
export const directiveAxis = 'directive';

export function subjectOf(request: FigureRequest, picture: PictureRules, artifactOf: ArtifactOf): Subject {
  const { language, options } = request;
  const runs = runsOf(request, artifactOf);
  const endings = endingsOf(runs, options, language);
  // Of what diverged at once there is nothing to show but that.
  return { request, picture, language, artifactOf, runs: runs.filter(hasCheckpoint), endings };
}

/** Whether there is anything of a run; a dataset has no checkpoints and is there at once. */
export function hasCheckpoint({ artifact }: Run): boolean {
  return artifact.arrays['step']?.data.length !== 0;
}

/** What a figure shows, with its results. */
export function runsOf({ shown, language }: Pick<FigureRequest, 'shown' | 'language'>, artifactOf: ArtifactOf): Run[] {
  return labelledSteps(shown, language).map(({ step, labels }) => ({ step, artifact: artifactOf(step), labels }));
}

/** A run before it has been computed. */
export type LabelledStep = Omit<Run, 'artifact'>;

/** What a figure shows, with what tells the runs apart. */
export function labelledSteps(shown: FigureRequest['shown'], language: Spoken): LabelledStep[] {
  const several = new Set(shown.flatMap(({ steps, label }) => steps.map(({ id }) => label ?? id))).size > 1;
  return shown.flatMap(({ steps, label }) =>
    steps.map((step) => {
      const own = step.coordinates.map(({ axis, label }) => [axis, coordinateLabel(axis, label, language)] as const);
      const name = several ? (label ?? step.id) : label;
      return { step, labels: new Map(name === undefined ? own : [[directiveAxis, name], ...own]) };
    }),
  );
}

/** "10 hidden units", "40 × 40 hidden units", "seed 1", "the output layer alone", "rate 0.02", "activation relu". */
function coordinateLabel(axis: string, label: string, { words }: Spoken): string {
  const { hiddenUnits, seed } = words.scripts.figure;
  if (axis === 'hidden') return say(hiddenUnits, { widths: label.replaceAll('x', ' × ') });
  const { allParameters, outputLayer } = words.drawings.key;
  if (axis === 'parameters') return label === 'all' ? allParameters : outputLayer;
  return axis === 'seed' ? say(seed, { seed: label }) : `${axis} ${label}`;
}

/** The run's place in words: "10 hidden units, seed 1"; empty when there is only one. */
export function runName({ labels }: Pick<Run, 'labels'>, language: Spoken): string {
  return joined(language, [...labels.values()]);
}

/** The run's place at a step: "10 hidden units, step 0". */
export function placeOf({ labels }: Pick<Run, 'labels'>, step: string, language: Spoken): string {
  return joined(language, [...labels.values(), step]);
}

/** An input of a step, with its result; undefined when it has no such input. */
export function inputOf(step: PlannedStep, role: string, artifactOf: ArtifactOf): Run | undefined {
  const input = step.inputs[role];
  return input && { step: input, artifact: artifactOf(input), labels: new Map() };
}

/** "one-layer" or "one-layer and two-layers": the directives that are shown, as the author calls them. */
export function shownNames({ runs, language }: Pick<Subject, 'runs' | 'language'>): string {
  return list(language, [...new Set(runs.map(({ step, labels }) => labels.get(directiveAxis) ?? step.id))]);
}
