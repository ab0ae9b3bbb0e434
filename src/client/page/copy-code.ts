/** A button on every block of code, and on every key, that copies it. */
import { words } from '../words.js';

const shownFor = 1600;

/** Adds the buttons. Where a browser gives a page no clipboard, as from plain http, there are none. */
export function copyCode(article: HTMLElement | null): void {
  // Absent outside secure contexts, whatever its type says.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (article === null || clipboard === undefined) return;
  for (const block of article.querySelectorAll<HTMLPreElement>('pre')) {
    if (block.parentElement?.classList.contains('colophon-code') === true) continue;
    const button = copyButton(clipboard, 'colophon-copy', () => block.textContent);
    // Beside the block, not in it: the block scrolls sideways.
    const frame = document.createElement('div');
    frame.className = 'colophon-code';
    block.replaceWith(frame);
    frame.append(block, button);
  }
  // Of a key only the start is shown. An author can write a class and a title, and have copied what is not seen, but no such attribute.
  for (const key of article.querySelectorAll<HTMLElement>('[data-copy]:not(:has(button))'))
    key.append(copyButton(clipboard, 'colophon-key', () => key.dataset['copy'] ?? ''));
}

function copyButton(clipboard: Clipboard, className: string, text: () => string): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = className;
  button.textContent = words.page.copy;
  button.addEventListener('click', () => {
    void clipboard.writeText(text()).then(
      () => {
        say(button, words.page.copied);
      },
      () => {
        say(button, words.page.notAllowed);
      },
    );
  });
  return button;
}

function say(button: HTMLElement, text: string): void {
  button.textContent = text;
  window.setTimeout(() => {
    button.textContent = words.page.copy;
  }, shownFor);
}
