/** The values of one point, in words, beside it. */

export interface Tip {
  /** Shows rows of a name and a value, and a heading where there is one, beside a place of the window. */
  show(heading: string, rows: readonly (readonly [string, string])[], at: DOMPoint): void;
  hide(): void;
}

/** A tip for one figure. It is told to those who do not see it, too. */
export function makeTip(figure: HTMLElement): Tip {
  const box = document.createElement('div');
  box.className = 'colophon-tip';
  box.setAttribute('role', 'status');
  figure.append(box);
  return {
    show(heading, rows, at) {
      const lines = rows.map(([name, value]) => {
        const line = document.createElement('div');
        const strong = document.createElement('b');
        strong.textContent = value;
        line.append(`${name}: `, strong);
        return line;
      });
      const title = document.createElement('div');
      title.className = 'colophon-tip-heading';
      title.textContent = heading;
      box.replaceChildren(...(heading === '' ? [] : [title]), ...lines);
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
