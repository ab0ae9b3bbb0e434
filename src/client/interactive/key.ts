/** The key of a moving figure: each entry that stands for marks becomes a switch that hides and shows them. */

export interface Key {
  /** What a part is called. */
  readonly labelOf: (part: unknown) => string;
}

/** Calls with a part of the rows, and whether it is hidden from now on. */
export function makeKey(list: Element | null, hide: (part: string, hidden: boolean) => void): Key {
  const labels = new Map<string, string>();
  for (const entry of list?.querySelectorAll<HTMLElement>('li[data-part]') ?? []) {
    const parts = (entry.dataset['part'] ?? '').split(' ');
    for (const part of parts) labels.set(part, entry.textContent);
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'colophon-switch';
    button.setAttribute('role', 'switch');
    button.setAttribute('aria-checked', 'true');
    button.append(...entry.childNodes);
    button.addEventListener('click', () => {
      const hidden = button.getAttribute('aria-checked') === 'true';
      button.setAttribute('aria-checked', String(!hidden));
      for (const part of parts) hide(part, hidden);
    });
    entry.append(button);
  }
  return {
    labelOf: (part) => {
      const name = String(part);
      return labels.get(name) ?? labels.get(name.replace(/-[a-z]+$/, '')) ?? '';
    },
  };
}
