/** The elements of an open verification. */
import type { VerifyPlan } from '../../lab/verify-plan.js';

export interface VerifyPanel {
  readonly start: HTMLButtonElement;
  readonly pause: HTMLButtonElement;
  readonly cancel: HTMLButtonElement;
  readonly progress: HTMLProgressElement;
  /** What is computed at the moment, which changes too often to be read aloud. */
  readonly running: HTMLElement;
  /** How it goes. */
  readonly said: HTMLElement;
  readonly rows: HTMLTableSectionElement;
}

export function makeVerifyPanel(fold: HTMLDetailsElement, { words }: VerifyPlan): VerifyPanel {
  const button = (text: string): HTMLButtonElement => {
    const made = document.createElement('button');
    made.type = 'button';
    made.textContent = text;
    made.hidden = true;
    return made;
  };
  const [start, pause, cancel] = [button(''), button(words.pause), button(words.cancel)];
  const progress = document.createElement('progress');
  progress.hidden = true;
  progress.setAttribute('aria-label', words.title);
  const buttons = document.createElement('p');
  buttons.className = 'colophon-lab-buttons';
  buttons.append(start, pause, cancel, progress);
  const [running, said] = [document.createElement('p'), document.createElement('p')];
  running.className = 'colophon-lab-said';
  said.className = 'colophon-lab-said';
  said.setAttribute('role', 'status');
  const table = document.createElement('table');
  const head = table.createTHead().insertRow();
  for (const title of [words.experiment, words.published, words.here, words.result]) {
    const cell = document.createElement('th');
    cell.scope = 'col';
    cell.textContent = title;
    head.append(cell);
  }
  const scroll = document.createElement('section');
  scroll.className = 'colophon-verify-table';
  scroll.tabIndex = 0;
  scroll.setAttribute('aria-label', words.result);
  scroll.append(table);
  const element = document.createElement('div');
  element.className = 'colophon-lab-panel';
  element.append(buttons, running, said, scroll);
  fold.querySelector('p')?.remove();
  fold.append(element);
  return { start, pause, cancel, progress, running, said, rows: table.createTBody() };
}
