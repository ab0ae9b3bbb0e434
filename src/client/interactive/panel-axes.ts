/** The axes of a panel drawn again, where it shows a moment on axes of its own. */
import { niceTicks, tickLabels } from '../../figures/axis.js';
import { placesIn, type Plot } from '../../figures/moving/plot.js';

const namespace = 'http://www.w3.org/2000/svg';

/** Draws those of a plot in place of the ones that the build has drawn of `drawn`; `frame` stands in the plot. */
export function panelAxes(svg: SVGSVGElement, frame: SVGElement, drawn: Plot): (plot: Plot) => void {
  const built = [...svg.querySelectorAll('[data-axis]')];
  const own = document.createElementNS(namespace, 'g');
  frame.parentNode?.insertBefore(own, frame.parentNode.firstChild);
  return (plot) => {
    own.replaceChildren();
    for (const name of ['x', 'y'] as const) {
      const isOwn = plot[name].domain !== drawn[name].domain;
      for (const element of built)
        if (element.getAttribute('data-axis') === name) element.toggleAttribute('display', false);
      if (!isOwn) continue;
      for (const element of built)
        if (element.getAttribute('data-axis') === name) element.setAttribute('display', 'none');
      own.append(...axis(name, plot));
    }
  };
}

function axis(name: 'x' | 'y', plot: Plot): SVGElement[] {
  const { x, y, lengths } = placesIn(plot);
  const ticks = niceTicks(plot[name].domain, lengths.x < 180 && name === 'x' ? 3 : 4);
  const d = ticks.map((tick) => (name === 'y' ? `M0,${y(tick)}h${lengths.x}` : `M${x(tick)},${lengths.y}v4`)).join('');
  const lines = element('path', { d, stroke: `var(--figure-${name === 'y' ? 'grid' : 'faint'})` });
  const words = tickLabels(ticks).map((label, index) => {
    const at = ticks[index] ?? 0;
    const place =
      name === 'y' ? { x: -4, y: y(at) + 3, 'text-anchor': 'end' } : { ...inside(x(at), lengths.x), y: lengths.y + 17 };
    const text = element('text', { ...place, fill: 'var(--figure-faint)', 'font-size': '11px' });
    text.textContent = label;
    return text;
  });
  return [lines, ...words];
}

/** A label at an end of the axis stays beside it. */
function inside(x: number, length: number): { x: number; 'text-anchor': string } {
  if (x < 10) return { x: 0, 'text-anchor': 'start' };
  return x > length - 10 ? { x: length, 'text-anchor': 'end' } : { x, 'text-anchor': 'middle' };
}

function element(tag: 'path' | 'text', attributes: Readonly<Record<string, string | number>>): SVGElement {
  const made = document.createElementNS(namespace, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  return made;
}
