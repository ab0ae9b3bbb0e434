/**
 * Only on pages with `::: panel-tabset`: its parts, which stand one after another, become tabs that are chosen by pointer and keyboard as
 * ARIA has them. It runs before the script of every page, which opens what the address or a search names.
 */
import { chosenBy } from './tabs/chosen-by.js';

interface Arranged {
  readonly tabs: HTMLElement;
  readonly names: readonly string[];
  readonly choose: (chosen: number) => void;
}

const all = new Set<Arranged>();

arrangeAll();
document.addEventListener('colophon:changed', arrangeAll);

function arrangeAll(): void {
  for (const one of all) if (!one.tabs.isConnected) all.delete(one);
  for (const tabs of document.querySelectorAll<HTMLElement>('.tabs:not(:has(> [role=tablist]))')) arrange(tabs);
}

function arrange(tabs: HTMLElement): void {
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
  const arranged: Arranged = { tabs, names: buttons.map(({ textContent }) => textContent.trim()), choose };
  all.add(arranged);
  for (const [at, button] of buttons.entries()) {
    const show = (): void => {
      const { top } = button.getBoundingClientRect();
      choose(at);
      chooseInGroup(arranged, at);
      // What the others of its group hide or show moves it no more.
      scrollBy(0, button.getBoundingClientRect().top - top);
    };
    button.addEventListener('click', show);
    panels[at]?.addEventListener('beforematch', show);
    button.addEventListener('keydown', (event) => {
      const next = chosenBy(event.key, at, buttons.length, getComputedStyle(tabs).direction === 'rtl');
      if (next === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      buttons[next]?.click();
      buttons[next]?.focus();
    });
  }
  const list = document.createElement('div');
  list.role = 'tablist';
  list.append(...buttons);
  panels[0]?.before(list);
  choose(panels.findIndex((panel) => panel.matches('.active')));
}

/** Tabs with one `group` show the same: those of the same name. */
function chooseInGroup({ tabs, names }: Arranged, chosen: number): void {
  const { group } = tabs.dataset;
  if (group === undefined) return;
  for (const other of all) {
    const same = other.names.indexOf(names[chosen] ?? '');
    if (other.tabs !== tabs && other.tabs.dataset['group'] === group && same >= 0) other.choose(same);
  }
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
