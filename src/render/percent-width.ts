/** Widths in percent, of images and of blocks beside each other. Pages have no styles of their own, so each has a class. */

/** The class of what is this wide: "width-50". */
export function percentClass(percent: number): string {
  return `width-${Math.min(100, Math.max(1, Math.floor(percent)))}`;
}

/** The rules of all of them. */
export function percentRules(): string {
  const rules = Array.from({ length: 100 }, (_, index) => `.${percentClass(index + 1)} { width: ${index + 1}%; }`);
  return `${rules.join('\n')}\n`;
}
