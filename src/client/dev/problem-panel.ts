/** What is wrong with the report, over the page, with the lines that it is about; gone when it is mended. */
import type { ShownProblem } from '../../shared/shown-problem.js';

/** Makes the panel; the result shows problems in it, or puts it away when there are none. */
export function problemPanel(): (problems: readonly ShownProblem[]) => void {
  const panel = document.createElement('section');
  panel.className = 'colophon-problems';
  panel.setAttribute('aria-label', 'Problems');
  panel.setAttribute('aria-live', 'polite');
  panel.hidden = true;
  document.body.append(panel);
  return (problems) => {
    panel.hidden = problems.length === 0;
    panel.replaceChildren(...problems.map(entry));
  };
}

function entry({ where, rule, message, hint, frame, warning }: ShownProblem): HTMLElement {
  const box = document.createElement('div');
  if (warning) box.className = 'colophon-warning';
  const head = document.createElement('p');
  for (const [tag, text] of [
    ['b', where],
    ['i', rule],
    ['span', `${message}; ${hint}`],
  ] as const) {
    const part = document.createElement(tag);
    part.textContent = text;
    head.append(part, ' ');
  }
  box.append(head);
  if (frame !== '') {
    const lines = document.createElement('pre');
    lines.textContent = frame;
    box.append(lines);
  }
  return box;
}
