/** The variants of a directive, each with its options checked. */
import { append } from '../shared/append.js';
import type { Json } from '../shared/artifact.js';
import { deviceNames, expectedDevices, isDeviceName } from '../shared/device-names.js';
import { otherDevices } from '../shared/other-names.js';
import type { Problem } from '../shared/problem.js';
import { suggestion } from '../shared/suggest.js';
import type { Directive } from '../source/report.js';
import type { InputReference, StepKind } from '../steps/step.js';
import { checkOptions } from './check-options.js';
import { expandSweep, type Variant } from './sweep.js';

/** A checked variant of a directive, before its inputs are known. */
export interface CheckedVariant {
  readonly variant: Variant;
  readonly options: unknown;
  readonly references: readonly InputReference[];
}

/** The variants of a directive with their options checked; undefined when any of them has a problem. */
export function checkVariants(directive: Directive, kind: StepKind, problems: Problem[]): CheckedVariant[] | undefined {
  const { device, ...body } = directive.body;
  const { variants, problems: wrong } = expandSweep({ ...directive, body });
  if (device !== undefined && !isDeviceName(device)) problems.push(wrongDevice(directive, device));
  append(problems, wrong);
  const checked: CheckedVariant[] = [];
  const seen = new Set<string>();
  let failed = wrong.length > 0;
  for (const variant of variants) {
    const result = checkOptions(kind.options, variant.body, directive.kind, variant.placeOf, variant.swept);
    if ('options' in result) {
      const references = kind.inputs(result.options);
      const unknown = unknownLead(variant, references);
      if (unknown === undefined) checked.push({ variant, options: result.options, references });
      else {
        failed = true;
        if (!seen.has(unknown.message)) problems.push(unknown);
        seen.add(unknown.message);
      }
      continue;
    }
    failed = true;
    for (const problem of result.problems) {
      const signature = `${problem.place?.line ?? 0}:${problem.place?.column ?? 0} ${problem.message}`;
      if (!seen.has(signature)) problems.push(problem);
      seen.add(signature);
    }
  }
  return failed ? undefined : checked;
}

function wrongDevice(directive: Directive, given: Json): Problem {
  return {
    place: directive.placeOf(['device'], 'value'),
    rule: 'invalid-option',
    message: `"device" must be one of ${expectedDevices}; it is ${JSON.stringify(given)}`,
    hint: typeof given === 'string' ? suggestion(given, deviceNames, otherDevices) : 'change it',
  };
}

/** What is wrong with the option that a seed is to follow; undefined where it names a step. */
function unknownLead({ seedFollows, placeOf }: Variant, references: readonly InputReference[]): Problem | undefined {
  const leads = references.flatMap((reference) => ('id' in reference ? [reference.role] : []));
  if (seedFollows === undefined || leads.includes(seedFollows)) return undefined;
  return {
    place: placeOf(['seed', 'follows'], 'value'),
    rule: 'invalid-option',
    message:
      leads.length === 0
        ? 'this is computed from no other step, so there is no seed to follow'
        : `"${seedFollows}" is no option that names a step`,
    hint: leads.length === 0 ? 'write a seed, or {count: 32}' : suggestion(seedFollows, leads),
  };
}
