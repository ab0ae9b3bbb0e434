/** Fills the fold of a verification, and computes the experiments of the page in it while it is open and seen. */
import { say } from '../../languages/words.js';
import type { VerifyPlan } from '../../lab/verify-plan.js';
import { verifyPlanName } from '../../shared/data-script.js';
import { load, scriptAddress } from '../data-scripts.js';
import { copyButton } from '../lab/copy-button.js';
import { loadStyle } from '../lab/load-style.js';
import { number } from '../numbers.js';
import { makeVerifyPanel } from './panel.js';
import { results } from './results.js';
import { mostSeconds, type Rest, verifyRun } from './run.js';

export async function startVerify(fold: HTMLDetailsElement): Promise<void> {
  const [plan] = await Promise.all([
    load(verifyPlanName, fold.dataset['verify'] ?? ''),
    loadStyle(scriptAddress('labStyle')),
  ]);
  verify(fold, plan as VerifyPlan);
}

function verify(fold: HTMLDetailsElement, plan: VerifyPlan): void {
  const { words } = plan;
  const panel = makeVerifyPanel(fold, plan);
  const found = results(panel.rows, plan);
  /** Whether it goes on by itself when the page is seen again. */
  let waits = false;
  let isBegun = false;
  const show = (isRunning: boolean): void => {
    panel.start.hidden = isRunning;
    panel.pause.hidden = !isRunning;
    panel.progress.hidden = !isRunning;
    if (!isRunning) panel.running.textContent = '';
  };
  const offer = (word: typeof words.start, seconds: number): void => {
    panel.start.textContent = say(word, { seconds: number(Math.max(1, Math.ceil(seconds))) });
  };
  const rests = (rest: Rest, seconds: number): void => {
    show(false);
    waits = rest === 'in-background';
    const isOver = rest === 'done' || rest === 'cancelled' || typeof rest === 'object';
    panel.cancel.hidden = isOver;
    if (isOver) isBegun = false;
    offer(isOver ? words.start : words.goOn, seconds);
    panel.said.textContent = saidOf(rest);
    const report = found.report();
    if (report !== '') panel.said.append(' ', copyButton(words, report, panel.said));
  };
  const saidOf = (rest: Rest): string => {
    if (typeof rest === 'object') return say(words.refused, { why: rest.refused });
    switch (rest) {
      case 'done':
        return found.summary();
      case 'in-background':
        return words.inBackground;
      case 'paused':
      case 'asks':
      case 'cancelled':
        return words[rest];
    }
  };
  const run = verifyRun(plan, {
    told(step, told) {
      found.tell(step, told);
    },
    progress({ step, turn, part }) {
      panel.progress.value = part;
      const values = { number: number(turn + 1), count: number(run.turns), name: step.name };
      panel.running.textContent = say(words.running, values);
    },
    rests,
  });
  const start = (isAsked: boolean): void => {
    if (!isBegun) found.clear();
    isBegun = true;
    waits = false;
    panel.said.textContent = '';
    show(true);
    panel.cancel.hidden = false;
    run.start(isAsked);
  };
  panel.start.addEventListener('click', () => {
    start(true);
  });
  panel.pause.addEventListener('click', () => {
    run.pause('paused');
  });
  panel.cancel.addEventListener('click', () => {
    run.cancel();
  });
  fold.addEventListener('toggle', () => {
    if (!fold.open) run.cancel();
  });
  window.addEventListener('pagehide', () => {
    run.cancel();
  });
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) run.pause('in-background');
    else if (waits) start(false);
  });
  offer(words.start, run.seconds);
  if (run.seconds > mostSeconds || document.hidden) panel.start.hidden = false;
  else start(false);
}
