/** What a reader chose, light or dark, kept by the browser between pages; without a choice the system decides. */

export type Theme = 'light' | 'dark';

const name = 'colophon-theme';

/** Undefined without a choice, and where the browser keeps nothing. */
export function chosenTheme(): Theme | undefined {
  try {
    const kept = window.localStorage.getItem(name);
    return kept === 'light' || kept === 'dark' ? kept : undefined;
  } catch {
    return undefined;
  }
}

export function keepTheme(theme: Theme | undefined): void {
  try {
    if (theme === undefined) window.localStorage.removeItem(name);
    else window.localStorage.setItem(name, theme);
  } catch {
    // A browser that keeps nothing still shows this page as asked.
  }
}
