/** Calls once for each element when it comes near what the reader sees, or at once when it is touched. */
export function whenNear(elements: Iterable<Element>, call: (element: Element) => void): void {
  const waiting = new Set<Element>();
  const wake = (element: Element): void => {
    if (!waiting.delete(element)) return;
    observer.unobserve(element);
    call(element);
  };
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) wake(target);
    },
    { rootMargin: '400px' },
  );
  for (const element of elements) {
    waiting.add(element);
    observer.observe(element);
    for (const touch of ['pointerenter', 'focusin', 'touchstart']) {
      element.addEventListener(
        touch,
        () => {
          wake(element);
        },
        { once: true, passive: true },
      );
    }
  }
}

/** The same for all that the selector finds, now and whenever the page has changed where it stands. */
export function wheneverNear(selector: string, call: (element: HTMLElement) => void): void {
  const known = new WeakSet<Element>();
  const watch = (): void => {
    const found = [...document.querySelectorAll<HTMLElement>(selector)].filter((element) => !known.has(element));
    for (const element of found) known.add(element);
    whenNear(found, (element) => {
      if (element instanceof HTMLElement) call(element);
    });
  };
  watch();
  document.addEventListener('colophon:changed', watch);
}
