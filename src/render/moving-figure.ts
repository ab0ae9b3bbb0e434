/** A figure that moves, as it stands in the page: its key, and its panels with the thumbnails of the moments that it compares. */
import type { DrawnFigure } from '../figures/figure.js';
import type { KeyEntry } from '../figures/frame.js';
import type { InteractiveFigure } from '../figures/interactive-figure.js';
import type { FigureInPage, MovingPanel } from '../figures/moving/figure-that-moves.js';
import type { Words } from '../languages/words.js';
import { escapeHtml } from './html.js';

type Moving = NonNullable<DrawnFigure['moving']>;

/** `script` is the address of its parts, `attributes` are those of the language of what it says, `words` those of the page. */
export function movingHtml(
  { description, id }: DrawnFigure,
  moving: Moving,
  interactive: InteractiveFigure,
  script: string,
  { attributes, words }: { readonly attributes: string; readonly words: Words['scripts']['figure'] },
): string {
  const { key, panels, opensAt, start } = moving;
  const told: FigureInPage = { ...interactive, ...{ id, opensAt, start, script } };
  const others = interactive.sliders.filter((name) => name !== 'step').length;
  const controls = others === 0 ? '' : `<div class="moving-controls" data-sliders="${others}"></div>`;
  return `<div class="drawing moving"${attributes} role="group" aria-label="${escapeHtml(description)}" data-panels="${panels.length}" data-moving="${escapeHtml(JSON.stringify(told))}"><ul class="moving-key">${key.map(entryHtml).join('')}${axesHtml(moving, words)}</ul><div class="moving-panels">${panels.map(panelHtml).join('')}</div>${controls}</div>`;
}

/** Which axes the panels have, where a reader may choose. */
function axesHtml({ panels, axes }: Moving, { axesOfCourse, axesOfMoment }: Words['scripts']['figure']): string {
  if (panels.every(({ course }) => course === undefined)) return '';
  return `<li class="moving-axes" data-axes="${axes}">${escapeHtml(axes === 'course' ? axesOfCourse : axesOfMoment)}</li>`;
}

function panelHtml({ title, svg, thumbnails }: MovingPanel): string {
  const heading = title === '' ? '' : `<p class="moving-title">${escapeHtml(title)}</p>`;
  const moments = thumbnails.map(
    (one) =>
      `<div class="moment" data-step="${one.step}">${one.svg.replace('<svg ', '<svg aria-hidden="true" ')}<span>${one.label}</span></div>`,
  );
  const all = moments.length < 2 ? '' : `<div class="moments">${moments.join('')}</div>`;
  return `<div class="moving-panel">${heading}<div class="moving-now">${svg}</div>${all}</div>`;
}

function entryHtml({ label, colour, shape, opacity = 1, part }: KeyEntry): string {
  const of = part === undefined ? '' : ` data-part="${escapeHtml(part)}"`;
  return `<li${of}><svg viewBox="0 0 18 10" width="18" height="10" aria-hidden="true" opacity="${opacity}">${swatch(shape, escapeHtml(colour))}</svg>${escapeHtml(label)}</li>`;
}

function swatch(shape: KeyEntry['shape'], colour: string): string {
  switch (shape) {
    case 'dot':
      return `<circle cx="9" cy="5" r="3.5" fill="${colour}"/>`;
    case 'ring':
      return `<circle cx="9" cy="5" r="3" fill="none" stroke="${colour}"/>`;
    case 'band':
      return `<path d="M1 1h16v8h-16z" fill="${colour}"/>`;
    case 'cross':
      return `<path d="M6 2l6 6m0-6l-6 6" stroke="${colour}" stroke-width="1.5"/>`;
    case 'tick':
      return `<path d="M9 1v8" stroke="${colour}"/>`;
    case 'dashed':
      return `<path d="M1 5h16" stroke="${colour}" stroke-width="1.5" stroke-dasharray="4 2"/>`;
    case 'thin':
    case 'line':
      return `<path d="M1 5h16" stroke="${colour}" stroke-width="${shape === 'line' ? 2 : 1}"/>`;
  }
}
