/**
 * Only on pages with `::: panel-tabset`: its parts, which stand one after another, become tabs that are chosen by pointer and keyboard as
 * ARIA has them. It runs before the script of every page, which opens what the address or a search names.
 */
import { chosenBy } from './tabs/chosen-by.js';

arrangeAll();
document.addEventListener('colophon:changed', arrangeAll);

function arrangeAll(): void {
  for (const tabs of document.querySelectorAll('.tabs:not(:has(> [role=tablist]))')) arrange(tabs);
}

function arrange(tabs: Element): void {
  const panels = [...tabs.children].filter((child) => child.matches('.tab'));
  const buttons = panels.map(tabOf);
  const choose = (chosen: number): void => {
    for (const [at, panel] of panels.entries()) {
      if (at === chosen) panel.removeAttribute('hidden');
      // A browser that searches the page shows what it finds in it.
      else panel.setAttribute('hidden', 'until-found');
    }
    for (const [at, button] of buttons.entries()) {
      button.ariaSelected = String(at === chosen);
      button.tabIndex = at === chosen ? 0 : -1;
    }
  };
  for (const [at, button] of buttons.entries()) {
    const show = (): void => {
      choose(at);
    };
    button.addEventListener('click', show);
    panels[at]?.addEventListener('beforematch', show);
    button.addEventListener('keydown', (event) => {
      const next = chosenBy(event.key, at, buttons.length, getComputedStyle(tabs).direction === 'rtl');
      if (next === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      choose(next);
      buttons[next]?.focus();
    });
  }
  const list = document.createElement('div');
  list.role = 'tablist';
  list.append(...buttons);
  panels[0]?.before(list);
  choose(
    Math.max(
      0,
      panels.findIndex((panel) => panel.matches('.active')),
    ),
  );
}

/** The tab of a panel: it says what the heading says. */
function tabOf(panel: Element): HTMLButtonElement {
  const heading = panel.firstElementChild;
  const id = heading?.id ?? '';
  const button = document.createElement('button');
  Object.assign(button, { type: 'button', role: 'tab', id: `colophon.tab-${id}` });
  const said = heading?.cloneNode(true);
  if (said instanceof Element) {
    for (const link of said.querySelectorAll('a'))
      link.replaceWith(...(link.matches('.anchor') ? [] : link.childNodes));
    for (const named of said.querySelectorAll('[id]')) named.removeAttribute('id');
    button.append(...said.childNodes);
  }
  Object.assign(panel, { role: 'tabpanel', id: `colophon.panel-${id}`, tabIndex: 0 });
  panel.setAttribute('aria-labelledby', button.id);
  button.setAttribute('aria-controls', panel.id);
  return button;
}
