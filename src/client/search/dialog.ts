/** The dialog of the search: a field, and a list of results that the arrow keys walk through. */
import { keepFound, markFound } from '../page/mark-found.js';
import { say, sayCounted, words as pageWords } from '../words.js';
import type { Found } from './find.js';

const said = pageWords.search;

/** Builds the dialog once; `open` shows it. `root` leads from this page to the site's folder. */
export function searchDialog(root: string, find: (words: string) => readonly Found[]): { readonly open: () => void } {
  const dialog = element('dialog', 'colophon-search');
  dialog.setAttribute('aria-label', said.title);
  const field = element('input');
  const list = element('div');
  const status = element('p', 'colophon-status');
  // Not `search`, where the first Escape would only empty it.
  field.type = 'text';
  field.enterKeyHint = 'go';
  field.placeholder = said.field;
  field.autocomplete = 'off';
  field.spellcheck = false;
  list.id = 'colophon.results';
  list.hidden = true;
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', said.results);
  status.setAttribute('role', 'status');
  for (const [name, value] of [
    ['role', 'combobox'],
    ['aria-label', said.field],
    ['aria-controls', list.id],
    ['aria-expanded', 'false'],
    ['aria-autocomplete', 'list'],
  ] as const)
    field.setAttribute(name, value);
  dialog.append(field, list, status);
  document.body.append(dialog);

  let options: HTMLAnchorElement[] = [];
  let selected = -1;
  const select = (position: number): void => {
    options[selected]?.setAttribute('aria-selected', 'false');
    selected = options.length === 0 ? -1 : (position + options.length) % options.length;
    const option = options[selected];
    option?.setAttribute('aria-selected', 'true');
    option?.scrollIntoView({ block: 'nearest' });
    if (option === undefined) field.removeAttribute('aria-activedescendant');
    else field.setAttribute('aria-activedescendant', option.id);
  };
  const show = (): void => {
    const words = field.value.trim();
    const found = words === '' ? [] : find(words);
    options = found.map((result, position) => optionOf(result, position, root));
    list.replaceChildren(...options);
    list.hidden = options.length === 0;
    field.setAttribute('aria-expanded', String(options.length > 0));
    status.textContent =
      words === ''
        ? said.keys
        : found.length === 0
          ? say(said.nothing, { words })
          : sayCounted(said.found, found.length, {});
    select(0);
  };
  field.addEventListener('input', show);
  field.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') select(selected + 1);
    else if (event.key === 'ArrowUp') select(selected - 1);
    else if (event.key === 'Enter') options[selected]?.click();
    else return;
    event.preventDefault();
  });
  dialog.addEventListener('click', (event) => {
    // A link may lead to a place on this very page.
    const onLink = event.target instanceof Element && event.target.closest('a') !== null;
    if (event.target === dialog || onLink) dialog.close();
  });
  return {
    open: () => {
      if (!dialog.open) dialog.showModal();
      field.select();
      show();
    },
  };
}

function optionOf(
  { title, heading, address, excerpt, terms }: Found,
  position: number,
  root: string,
): HTMLAnchorElement {
  const option = element('a');
  option.id = `colophon.result-${position}`;
  option.href = root + address;
  option.tabIndex = -1;
  option.addEventListener('click', () => {
    keepFound(option.href, terms);
    // Of this very page nothing is loaded again.
    window.setTimeout(markFound);
  });
  option.setAttribute('role', 'option');
  option.setAttribute('aria-selected', 'false');
  const where = element('span', 'colophon-where');
  where.textContent = heading === '' ? title : heading;
  if (heading !== '') {
    const page = element('span');
    page.textContent = ` · ${title}`;
    where.append(page);
  }
  const text = element('span', 'colophon-excerpt');
  for (const piece of excerpt) {
    const part = piece.marked ? element('mark') : document.createTextNode(piece.text);
    if (piece.marked) part.textContent = piece.text;
    text.append(part);
  }
  option.append(where, text);
  return option;
}

function element<Name extends keyof HTMLElementTagNameMap>(name: Name, className = ''): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  if (className !== '') made.className = className;
  return made;
}
