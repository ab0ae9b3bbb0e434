/** In which order a page computes the experiments of a report again, and what it leaves out. */
import type { NotComputed, VerifyStep } from './verify-plan.js';

export type LeftOut =
  | { readonly why: NotComputed | 'device' }
  | { readonly why: 'too-large'; readonly bytes: number }
  /** One of its inputs is left out, or could not be computed. */
  | { readonly why: 'needs'; readonly name: string };

export interface Turn {
  readonly step: VerifyStep;
  /** The keys of the artifacts that no step needs any more after it. */
  readonly drop: readonly string[];
}

export interface Turns {
  readonly turns: readonly Turn[];
  /** By their keys. */
  readonly leftOut: ReadonlyMap<string, LeftOut>;
}

/**
 * What is made of a result follows it at once, so that it is soon needed no more. `mostBytes` is what the artifacts that are kept and the step that is
 * computed may take together.
 */
export function turnsOf(steps: readonly VerifyStep[], profile: string, mostBytes: number): Turns {
  const byKey = new Map(steps.map((step) => [step.key, step]));
  const users = new Map<string, VerifyStep[]>(steps.map(({ key }) => [key, []]));
  for (const step of byKey.values()) for (const key of inputKeys(step)) users.get(key)?.push(step);
  const waitsFor = new Map(steps.map((step) => [step.key, inputKeys(step).length]));
  const uses = new Map([...users].map(([key, all]) => [key, all.length]));
  const turns: { step: VerifyStep; drop: string[] }[] = [];
  const leftOut = new Map<string, LeftOut>();
  let held = 0;
  const drop = (key: string): void => {
    if (leftOut.has(key)) return;
    held -= byKey.get(key)?.size ?? 0;
    turns.at(-1)?.drop.push(key);
  };
  const refusal = (step: VerifyStep): LeftOut | undefined => {
    const { not, carried, bytes } = step;
    if (not !== undefined) return carried === undefined ? { why: not } : undefined;
    if (step.profile !== profile && carried === undefined) return { why: 'device' };
    const missing = inputKeys(step).find((key) => leftOut.has(key));
    if (missing !== undefined) return { why: 'needs', name: byKey.get(missing)?.name ?? missing };
    return held + bytes > mostBytes ? { why: 'too-large', bytes: held + bytes } : undefined;
  };
  const visit = (step: VerifyStep): void => {
    const refused = refusal(step);
    if (refused !== undefined) leftOut.set(step.key, refused);
    else {
      turns.push({ step, drop: [] });
      held += step.size;
    }
    for (const key of inputKeys(step)) {
      const left = (uses.get(key) ?? 0) - 1;
      uses.set(key, left);
      if (left === 0) drop(key);
    }
    if (uses.get(step.key) === 0) drop(step.key);
    for (const user of users.get(step.key) ?? []) {
      const left = (waitsFor.get(user.key) ?? 0) - 1;
      waitsFor.set(user.key, left);
      if (left === 0) visit(user);
    }
  };
  for (const step of byKey.values()) if (inputKeys(step).length === 0) visit(step);
  return { turns, leftOut };
}

/** Each once, whatever the roles. */
function inputKeys({ inputs }: VerifyStep): string[] {
  return [...new Set(Object.values(inputs))];
}
