/** The search button: loads the search and its index when a reader first asks for them. */
import { load } from '../data-scripts.js';
import { words } from '../words.js';

/** Shows the button; it, "/" and Ctrl+K or Cmd+K open the search. */
export function searchButton(button: HTMLElement | null): void {
  if (button === null) return;
  const { script = '', index = '' } = button.dataset;
  let loading: Promise<{ readonly open: () => void }> | undefined;
  const open = (): void => {
    // In this order: the search reads its index as it starts.
    loading ??= load('search', index).then(
      async () => (await load('search-dialog', script)) as { readonly open: () => void },
    );
    void loading.then(
      (dialog) => {
        dialog.open();
      },
      () => {
        loading = undefined;
      },
    );
  };
  button.addEventListener('click', open);
  window.addEventListener('keydown', (event) => {
    const writing =
      event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable]');
    const slash = event.key === '/' && !writing && !event.ctrlKey && !event.metaKey && !event.altKey;
    const command = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey);
    if (!slash && !command) return;
    event.preventDefault();
    open();
  });
  button.title = words.search.button;
  button.hidden = false;
}
