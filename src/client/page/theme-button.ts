/** The button that turns a page from light to dark and back. */
import { words } from '../words.js';
import { chosenTheme, keepTheme, type Theme } from './theme-choice.js';

/** Shows the button and makes it work. A choice that equals the system's is no choice, and follows the system again. */
export function themeButton(button: HTMLElement | null): void {
  if (button === null) return;
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const system = (): Theme => (dark.matches ? 'dark' : 'light');
  const shown = (): Theme => chosenTheme() ?? system();
  const label = (): void => {
    const text = shown() === 'dark' ? words.page.toLight : words.page.toDark;
    const name = button.querySelector('.name');
    if (name !== null) name.textContent = text;
    button.title = text;
  };
  button.addEventListener('click', () => {
    const next: Theme = shown() === 'dark' ? 'light' : 'dark';
    const choice = next === system() ? undefined : next;
    keepTheme(choice);
    if (choice === undefined) delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = choice;
    label();
  });
  dark.addEventListener('change', label);
  label();
  button.hidden = false;
}
