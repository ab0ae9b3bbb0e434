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
