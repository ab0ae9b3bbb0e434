/** The elements of an open lab. */
import type { Words } from '../../languages/words.js';
import type { LabTraining } from '../../lab/lab-training.js';
import { copyButton } from './copy-button.js';

export interface Panel {
  /** The run to start from. */
  readonly from: HTMLSelectElement;
  readonly fields: HTMLElement;
  readonly train: HTMLButtonElement;
  readonly cancel: HTMLButtonElement;
  readonly reset: HTMLButtonElement;
  readonly progress: HTMLProgressElement;
  readonly table: HTMLTableElement;
  readonly home: HTMLElement;
  /** How the training goes. */
  say(text: string): void;
  /** What is known of the bytes, with a button where there is something to report. */
  sayBytes(said: { readonly text: string; readonly isOther: boolean; readonly report: string }): void;
  sayLeaves(text: string): void;
  /** What of the address was not taken. */
  sayRefused(text: string): void;
}

export function makePanel(fold: HTMLDetailsElement, lab: LabTraining, words: Words['lab']): Panel {
  const element = document.createElement('div');
  element.className = 'colophon-lab-panel';
  const from = document.createElement('select');
  from.append(...lab.runs.map(({ name, label }, index) => new Option(label || name, String(index))));
  const start = document.createElement('label');
  start.className = 'colophon-lab-field';
  start.hidden = lab.runs.length < 2;
  start.append(words.startFrom, from);
  const fields = document.createElement('div');
  fields.className = 'colophon-lab-fields';
  const button = (text: string): HTMLButtonElement => {
    const made = document.createElement('button');
    made.type = 'button';
    made.textContent = text;
    return made;
  };
  const [train, cancel, reset] = [button(words.train), button(words.cancel), button(words.reset)];
  [train.hidden, cancel.hidden] = [true, true];
  const progress = document.createElement('progress');
  progress.hidden = true;
  progress.setAttribute('aria-label', words.title);
  const buttons = document.createElement('p');
  buttons.className = 'colophon-lab-buttons';
  buttons.append(train, cancel, reset, progress);
  const line = (isStatus: boolean): HTMLParagraphElement => {
    const made = document.createElement('p');
    made.className = 'colophon-lab-said';
    if (isStatus) made.setAttribute('role', 'status');
    return made;
  };
  const [said, bytes, leaves, refused] = [line(true), line(true), line(false), line(true)];
  const table = document.createElement('table');
  table.className = 'colophon-lab-table';
  const home = document.createElement('p');
  home.className = 'colophon-lab-buttons';
  element.append(start, fields, buttons, refused, said, bytes, table, leaves, home);
  fold.querySelector('p')?.remove();
  fold.append(element);
  return {
    ...{ from, fields, train, cancel, reset, progress, table, home },
    say(text) {
      said.textContent = text;
    },
    sayBytes({ text, isOther, report }) {
      bytes.textContent = text;
      bytes.classList.toggle('colophon-lab-other', isOther);
      if (!isOther) return;
      bytes.append(' ', copyButton(words, report, bytes));
    },
    sayLeaves(text) {
      leaves.textContent = text;
    },
    sayRefused(text) {
      refused.textContent = text;
    },
  };
}
