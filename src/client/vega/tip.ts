/** The values of one point, in words, beside it. */

export interface Tip {
  /**
   * Shows rows of a name and a value, and a heading where there is one, beside a place of the window. What has changed of it
   * is told to those who do not see it, unless they did not ask.
   */
  show(heading: string, rows: readonly (readonly [string, string])[], at: DOMPoint, isAsked?: boolean): void;
  hide(): void;
}

/** A tip for one figure. */
export function makeTip(figure: HTMLElement): Tip {
  const box = document.createElement('div');
  box.className = 'colophon-tip';
  box.setAttribute('role', 'status');
  // Only what differs from what it said before.
  box.setAttribute('aria-atomic', 'false');
  figure.append(box);
  const lineAt = (index: number): HTMLElement => {
    const known = box.children[index];
    if (known instanceof HTMLElement) return known;
    const line = document.createElement('div');
    box.append(line);
    return line;
  };
  return {
    show(heading, rows, at, isAsked = true) {
      box.setAttribute('aria-live', isAsked ? 'polite' : 'off');
      const said = [...(heading === '' ? [] : [['', heading] as const]), ...rows];
      for (const [index, [name, value]] of said.entries()) {
        const line = lineAt(index);
        const text = name === '' ? value : `${name}: ${value}`;
        if (line.textContent === text) continue;
        line.className = name === '' ? 'colophon-tip-heading' : '';
        const strong = document.createElement('b');
        strong.textContent = value;
        line.replaceChildren(...(name === '' ? [value] : [`${name}: `, strong]));
      }
      while (box.children.length > said.length) box.lastElementChild?.remove();
      const around = figure.getBoundingClientRect();
      const { width, height } = box.getBoundingClientRect();
      const [left, right] = [
        Math.max(0, around.left) - around.left,
        Math.min(window.innerWidth, around.right) - around.left,
      ];
      const beside = at.x - around.left + 12;
      const x = beside + width <= right ? beside : Math.max(left, at.x - around.left - 12 - width);
      const above = at.y - around.top - height - 10;
      const y = at.y - height - 10 >= 0 ? above : at.y - around.top + 14;
      // Of single properties, which the page's policy allows a script to set; an attribute it would not.
      box.style.setProperty('left', `${x.toFixed(1)}px`);
      box.style.setProperty('top', `${y.toFixed(1)}px`);
    },
    hide() {
      box.replaceChildren();
    },
  };
}
