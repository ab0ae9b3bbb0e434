/** The buttons that take an experiment home: as a directive, a program of PyTorch, a notebook, or arrays. */
import type { Words } from '../../languages/words.js';
import type { RunOutcome } from '../../lab/compute-run.js';
import { load, scriptAddress } from '../data-scripts.js';
import type { Exports, Taken, TakenFile } from './exports.js';
import { exportsName } from './protocol.js';

export interface TakeHome {
  /** What is chosen, which has not been trained. */
  offer(taken: Taken): void;
  /** What has been trained. */
  enable(taken: Taken, outcome: RunOutcome): void;
}

export function takeHome(element: HTMLElement, words: Words['lab']): TakeHome {
  let taken: Taken | undefined;
  let outcome: RunOutcome | undefined;
  const text = document.createElement('textarea');
  text.readOnly = true;
  text.hidden = true;
  text.setAttribute('aria-label', words.directive);
  const button = (name: string, act: (exports: Exports, taken: Taken) => Promise<void> | void): HTMLButtonElement => {
    const made = document.createElement('button');
    made.type = 'button';
    made.textContent = name;
    made.addEventListener('click', () => {
      const own = taken;
      if (own === undefined) return;
      load(exportsName, scriptAddress('labExports'))
        .then((exports) => act(exports as Exports, own))
        .catch((error: unknown) => {
          console.error(String(error));
          made.textContent = String(error);
        });
    });
    return made;
  };
  const directive = button(words.directive, async ({ directive: write }, own) => {
    const written = write(own);
    try {
      await navigator.clipboard.writeText(written);
      directive.textContent = words.copied;
      setTimeout(() => {
        directive.textContent = words.directive;
      }, 1600);
    } catch {
      // Where a page may not copy, the reader can.
      text.value = written;
      text.hidden = false;
      text.select();
      directive.textContent = words.notCopied;
    }
  });
  const files = (['torch', 'notebook', 'arrays'] as const).map((name) => {
    const made = button(words[name], ({ files: write }, own) => {
      if (outcome !== undefined) for (const file of write[name](own, outcome)) save(file);
    });
    made.disabled = true;
    return made;
  });
  const label = document.createElement('span');
  label.textContent = words.takeHome;
  element.append(label, directive, ...files, text);
  return {
    offer(own) {
      taken = own;
      outcome = undefined;
      text.hidden = true;
      for (const one of files) one.disabled = true;
    },
    enable(own, made) {
      taken = own;
      outcome = made;
      for (const one of files) one.disabled = false;
    },
  };
}

function save({ name, content }: TakenFile): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content as BlobPart]));
  link.download = name;
  link.click();
  // It is read from there after this turn.
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  }, 10_000);
}
