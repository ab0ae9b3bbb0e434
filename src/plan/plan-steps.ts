/** Directives to steps: ids resolved, sweeps expanded, every combination of inputs planned. */
import { append } from '../shared/append.js';
import { areFatal, type Problem } from '../shared/problem.js';
import { suggestion } from '../shared/suggest.js';
import type { Directive, Report } from '../source/report.js';
import type { InputReference, StepKind } from '../steps/step.js';
import { type CheckedVariant, checkVariants } from './check-variants.js';
import type { PlannedStep } from './plan.js';
import { type Inputs, type Limits, planStep, toProblem } from './plan-step.js';
import { reportCycles } from './report-cycles.js';
import type { Variant } from './sweep.js';

export type { Limits } from './plan-step.js';

/** More steps than any report has. */
const mostSteps = 100_000;

export interface PlannedSteps {
  readonly steps: readonly PlannedStep[];
  /** The steps of each directive that could be planned. */
  readonly byId: ReadonlyMap<string, readonly PlannedStep[]>;
  readonly problems: readonly Problem[];
}

/** Plans every step directive of the report. One that has a problem gives no steps, nor do those that need it. */
export function planSteps(
  report: Report,
  directives: ReadonlyMap<string, Directive>,
  limits: Limits,
  all: readonly StepKind[],
): PlannedSteps {
  const kinds = new Map(all.map((kind) => [kind.kind, kind]));
  const problems: Problem[] = [];
  const checked = new Map<string, CheckedVariant[] | undefined>();
  for (const directive of directives.values()) {
    const kind = kinds.get(directive.kind);
    if (kind !== undefined && directive.readable) checked.set(directive.id, checkVariants(directive, kind, problems));
  }
  reportCycles(directives, checked, problems);
  const planning: Planning = {
    ...{ report, directives, kinds, checked, limits, problems },
    ...{ planned: new Map(), inProgress: new Set(), ordered: [] },
    add: (problem) => {
      // Each variant of a sweep meets the same problem; it is one problem.
      if (!problems.some((other) => isSame(other, problem))) problems.push(problem);
    },
  };
  for (const id of checked.keys()) stepsOf(id, planning);
  const byId = new Map([...planning.planned].flatMap(([id, steps]) => (steps === undefined ? [] : [[id, steps]])));
  return { steps: planning.ordered, byId, problems };
}

/** A report's steps on their way to being planned. */
interface Planning {
  readonly report: Report;
  readonly limits: Limits;
  readonly directives: ReadonlyMap<string, Directive>;
  readonly kinds: ReadonlyMap<string, StepKind>;
  /** By the directive's id; undefined for one with a problem. */
  readonly checked: ReadonlyMap<string, readonly CheckedVariant[] | undefined>;
  readonly planned: Map<string, readonly PlannedStep[] | undefined>;
  readonly inProgress: Set<string>;
  /** Inputs first. */
  readonly ordered: PlannedStep[];
  readonly problems: readonly Problem[];
  readonly add: (problem: Problem) => void;
}

/** The steps of a directive, planned when they are first asked for; undefined for one that gives none. */
function stepsOf(id: string, planning: Planning): readonly PlannedStep[] | undefined {
  const { directives, kinds, checked, planned, inProgress, ordered, problems } = planning;
  if (planned.has(id)) return planned.get(id);
  const directive = directives.get(id);
  const kind = directive && kinds.get(directive.kind);
  // A cycle has been reported; its members give no steps.
  if (directive === undefined || kind === undefined || inProgress.has(id)) return undefined;
  inProgress.add(id);
  const before = problems.length;
  const steps = checked.get(id)?.flatMap((variant) => planVariant(directive, kind, variant, planning));
  inProgress.delete(id);
  const result = steps === undefined || steps.length === 0 || areFatal(problems.slice(before)) ? undefined : steps;
  planned.set(id, result);
  if (result !== undefined) append(ordered, result);
  return result;
}

/** A step for every combination of the steps that a variant refers to. */
function planVariant(
  directive: Directive,
  kind: StepKind,
  { variant, options, references }: CheckedVariant,
  planning: Planning,
): PlannedStep[] {
  const combinations = combinationsOf(references, variant, planning);
  if (combinations === undefined) return [];
  const found = foundSteps(kind, options, variant, planning);
  const asked = found.length * combinations.length * (planning.checked.get(directive.id)?.length ?? 1);
  if (planning.ordered.length + asked > mostSteps) {
    planning.add({
      place: directive.place,
      rule: 'too-many-steps',
      message: `with this directive's ${asked} steps the report has more than ${mostSteps}`,
      hint: 'sweep over fewer values, here or in what it is computed from',
    });
    return [];
  }
  return found.flatMap((one) =>
    combinations.flatMap((inputs) => {
      const seeded = withSeed(one.variant, one.options, inputs);
      const request = { directive, kind, variant: one.variant, options: seeded, references, inputs };
      return planStep(request, planning) ?? [];
    }),
  );
}

/** The steps of a variant: itself, or those that its kind finds in files. None after what is wrong with them has been added. */
function foundSteps(
  kind: StepKind,
  options: unknown,
  variant: Variant,
  { report, add }: Planning,
): { readonly variant: Variant; readonly options: unknown }[] {
  if (kind.findSteps === undefined) return [{ variant, options }];
  const { steps, issues } = kind.findSteps(options, {
    names: (path) => report.files.names(path),
    read: (path) => {
      const data = report.dataFile(path);
      return 'refused' in data ? data : data.bytes;
    },
  });
  for (const issue of issues) add(toProblem(issue, variant));
  return steps.map((step) => ({
    options: step.options,
    variant: { ...variant, coordinates: [...variant.coordinates, ...step.coordinates] },
  }));
}

/** Undefined when one of the references leads to nothing that is planned. */
function combinationsOf(
  references: readonly InputReference[],
  variant: Variant,
  planning: Planning,
): Inputs[] | undefined {
  let combinations: Inputs[] = [{}];
  for (const reference of references) {
    if ('via' in reference) {
      combinations = combinations.map((inputs) => {
        const input = inputs[reference.via]?.inputs[reference.input];
        return input === undefined ? inputs : { ...inputs, [reference.role]: input };
      });
      continue;
    }
    const steps = resolve(reference, variant, planning);
    if (steps === undefined) return undefined;
    combinations = combinations.flatMap((inputs) => steps.map((step) => ({ ...inputs, [reference.role]: step })));
  }
  return combinations;
}

/** The steps that a reference names; undefined after what is wrong with it has been added. */
function resolve(
  { id, path, kinds: wanted }: Extract<InputReference, { id: string }>,
  variant: Variant,
  planning: Planning,
): readonly PlannedStep[] | undefined {
  const { report, directives, add } = planning;
  const target = directives.get(id);
  if (target === undefined && report.lost.has(id)) return undefined;
  const fits = ({ kind }: Directive): boolean => (wanted === 'any' ? planning.kinds.has(kind) : wanted.includes(kind));
  if (target !== undefined && fits(target)) return stepsOf(id, planning);
  const possible = [...directives.values()].filter(fits).map((one) => one.id);
  const [place, hint] = [variant.placeOf(path, 'value'), suggestion(id, possible)];
  const needed = wanted === 'any' ? 'result' : wanted.join(' or ');
  if (target === undefined) add({ place, rule: 'unknown-id', message: `there is no ${needed} "${id}"`, hint });
  else {
    const message = `"${id}" is a ${target.kind}, and a ${needed} is needed here`;
    const related = [{ place: target.place, message: `"${id}" is declared here` }];
    add({ place, rule: 'wrong-kind', message, hint, related });
  }
  return undefined;
}

/** The options with the seed of the step that it follows. */
function withSeed({ seedFollows }: Variant, options: unknown, inputs: Readonly<Record<string, PlannedStep>>): unknown {
  if (seedFollows === undefined) return options;
  const { seed } = inputs[seedFollows]?.options as { readonly seed: number };
  return { ...(options as object), seed };
}

function isSame(one: Problem, other: Problem): boolean {
  const [a, b] = [one.place, other.place];
  const isSamePlace = a?.file === b?.file && a?.line === b?.line && a?.column === b?.column;
  return one.rule === other.rule && one.message === other.message && isSamePlace;
}
