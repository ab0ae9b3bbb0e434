/** The search button: loads the search and its index when a reader first asks for them. */

interface SearchWindow extends Window {
  /** Left by search.js. */
  colophonSearch?: { readonly open: () => void };
}

/** Shows the button; it, "/" and Ctrl+K or Cmd+K open the search. */
export function searchButton(button: HTMLElement | null): void {
  if (button === null) return;
  const { script = '', index = '' } = button.dataset;
  let loading: Promise<unknown> | undefined;
  const open = (): void => {
    // In this order: the search reads its index as it starts.
    loading ??= load(index).then(async () => load(script));
    void loading.then(
      () => {
        (window as SearchWindow).colophonSearch?.open();
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
  button.title = 'Search (/)';
  button.hidden = false;
}

/** Loads a classic script, which works from file:// where a module or a request would not. */
async function load(address: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const script = document.createElement('script');
    script.src = address;
    script.addEventListener('load', () => {
      resolve();
    });
    script.addEventListener('error', () => {
      reject(new Error(`${address} cannot be loaded`));
    });
    document.head.append(script);
  });
}
