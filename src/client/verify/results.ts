/** The table of what was published and what was computed, row by row, and how many came out how. */
import type { Words } from '../../languages/words.js';
import { say } from '../../languages/words.js';
import type { LeftOut } from '../../lab/verify-turns.js';
import type { Verdict } from '../../lab/verify-step.js';
import type { NotComputed, VerifyPlan, VerifyStep } from '../../lab/verify-plan.js';
import { number } from '../numbers.js';
import type { Told } from './run.js';

export interface Results {
  tell(step: VerifyStep, told: Told): void;
  /** Before it is begun anew. */
  clear(): void;
  /** How many came out how. */
  summary(): string;
  /** What someone would want to know who can mend it; empty where nothing differs. */
  report(): string;
}

type Outcome = 'same' | 'different' | 'within' | 'others';

export function results(body: HTMLTableSectionElement, { steps, words }: VerifyPlan): Results {
  const outcomes = new Map<string, Outcome>();
  const differing = new Map<string, string>();
  const rows = new Map(
    steps.map((step) => {
      const row = body.insertRow();
      const cells = Array.from({ length: 4 }, () => row.insertCell());
      const [name, published] = cells;
      if (name !== undefined) name.textContent = step.name;
      if (published !== undefined) published.textContent = shortly(step.digest);
      return [step.key, { row, cells }] as const;
    }),
  );
  const write = ({ key }: VerifyStep, outcome: Outcome | undefined, digest: string, text: string): void => {
    const found = rows.get(key);
    if (found === undefined) return;
    const { row, cells } = found;
    if (outcome === undefined) outcomes.delete(key);
    else outcomes.set(key, outcome);
    row.className = outcome === undefined ? '' : `colophon-verify-${outcome}`;
    for (const [index, content] of [shortly(digest), text].entries()) {
      const cell = cells[index + 2];
      if (cell !== undefined) cell.textContent = content;
    }
  };
  return {
    tell(step, told) {
      switch (told.kind) {
        case 'left-out':
          write(step, 'others', '', saidOfLeftOut(step, told.leftOut, words));
          return;
        case 'failed':
          write(step, 'others', '', say(words.failed, { why: told.why }));
          return;
        case 'judged': {
          const { verdict } = told;
          const outcome = outcomeOf(verdict);
          // What the page carries is not claimed to have been computed.
          const digest = verdict.kind === 'carried' ? '' : verdict.digest;
          write(step, outcome, digest, saidOf(step, verdict, words));
          if (outcome === 'different') differing.set(step.key, differenceOf(step, verdict));
        }
      }
    },
    clear() {
      differing.clear();
      for (const step of steps) write(step, undefined, '', '');
    },
    summary() {
      const counts = { same: 0, different: 0, within: 0, others: steps.length - outcomes.size };
      for (const outcome of outcomes.values()) counts[outcome] += 1;
      const [same, different, within] = [counts.same, counts.different, counts.within].map(number);
      const values = { same: same ?? '', different: different ?? '', within: within ?? '' };
      return say(words.summary, { ...values, others: number(counts.others), count: number(steps.length) });
    },
    report: () =>
      differing.size === 0 ? '' : [...differing.values(), navigator.userAgent, location.href].join('\n\n'),
  };
}

function outcomeOf(verdict: Verdict): Outcome {
  switch (verdict.kind) {
    case 'same':
    case 'within':
    case 'different':
      return verdict.kind;
    case 'beyond':
      return 'different';
    case 'carried':
      return 'others';
  }
}

function saidOf(step: VerifyStep, verdict: Verdict, words: Words['verify']): string {
  const { profile } = step;
  switch (verdict.kind) {
    case 'same':
      return words.same;
    case 'different':
      return words.different;
    case 'within':
      return say(words.within, { profile, percent: percentOf(verdict.share) });
    case 'beyond':
      return say(words.beyond, { profile, percent: percentOf(verdict.share), of: verdict.of });
    case 'carried':
      return step.not === undefined ? '' : saidOfNot(step.not, words);
  }
}

function saidOfLeftOut({ profile, device }: VerifyStep, leftOut: LeftOut, words: Words['verify']): string {
  switch (leftOut.why) {
    case 'device':
      return say(words.device, { profile, device });
    case 'too-large':
      return say(words.tooLarge, { megabytes: number(Math.ceil(leftOut.bytes / 2 ** 20)) });
    case 'needs':
      return say(words.needs, { name: leftOut.name });
    default:
      return saidOfNot(leftOut.why, words);
  }
}

function saidOfNot(not: NotComputed, words: Words['verify']): string {
  switch (not) {
    case 'imported':
      return words.imported;
    case 'own-code':
      return words.ownCode;
    case 'file':
      return words.file;
  }
}

/** Whole, for whoever looks into it. */
function differenceOf({ name, key, digest, profile }: VerifyStep, verdict: Verdict): string {
  const lines = [name, `key ${key}`, `published ${digest}`, `here ${verdict.digest}`, profile];
  if (verdict.kind === 'different' && verdict.key !== key) lines.push(`key here ${verdict.key}`);
  return lines.join('\n');
}

function percentOf(share: number): string {
  return Number.isFinite(share) ? String(Number((100 * share).toPrecision(2))) : '∞';
}

function shortly(digest: string): string {
  return digest.slice(0, 8);
}
