/** The key of a drawing as switches: each entry shows or hides the marks that look like it. */
import { keyShapes } from '../../figures/key-shapes.js';
import type { Series } from './points.js';
import { type Item, type Mark, visitMarks } from './scene.js';

export interface Entry {
  readonly label: string;
  /** The group that draws it. */
  readonly element: SVGElement;
  /** What all that looks like it has in common. */
  readonly look: string;
  readonly fits: (mark: Mark, item: Item) => boolean;
}

/** Marks that one of our own shapes may stand for; any mark for a shape that is not ours. */
const meant: Readonly<Record<keyof typeof keyShapes, readonly string[]>> = {
  dot: ['symbol'],
  ring: ['symbol'],
  line: ['line', 'rule'],
  thin: ['line', 'rule'],
  dashed: ['line', 'rule'],
  band: ['area', 'rect'],
  cross: ['symbol'],
  tick: ['rule'],
};

/** Entries whose look some of the drawing's marks have. */
export function entriesOf(root: Item, all: readonly Series[]): Entry[] {
  const entries: Entry[] = [];
  visitMarks(root, (mark) => {
    if (mark.marktype !== 'group') return;
    for (const group of mark.items) {
      const symbol = group.items?.find(({ role }) => role === 'legend-symbol')?.items[0];
      const label = group.items?.find(({ role }) => role === 'legend-label')?.items[0];
      if (symbol === undefined || label === undefined || group._svg === undefined) continue;
      const text = [label.text].flat().join(' ');
      const [own] =
        Object.entries(keyShapes).find(([, shape]) => shape === symbol.shape && symbol.shape !== 'circle') ?? [];
      const shape = own as keyof typeof keyShapes | undefined;
      const paint = paintsOf(symbol)[0] ?? '';
      const kinds = shape === undefined ? undefined : meant[shape];
      const fits = (mark: Mark, item: Item): boolean => {
        if (shape === 'dashed' && dashed(item) && kinds?.includes(mark.marktype) === true) return true;
        return paintsOf(item).includes(paint) && (kinds === undefined || kinds.includes(mark.marktype));
      };
      const some = all.some(({ mark, points }) => points.some(({ item }) => fits(mark, item)));
      if (some)
        entries.push({
          label: text,
          element: group._svg,
          look: `${paint} ${kinds?.join() ?? ''} ${shape === 'dashed'}`,
          fits,
        });
    }
  });
  return entries;
}

function dashed({ strokeDash }: Item): boolean {
  return (strokeDash?.length ?? 0) > 0;
}

function paintsOf({ fill, stroke }: Item): string[] {
  return [fill, stroke].filter(
    (paint): paint is string => typeof paint === 'string' && !['transparent', 'none', ''].includes(paint),
  );
}

/** Makes every entry a switch. `hidden` has the looks that are switched off, and `changed` hears of every switch. */
export function makeSwitches(entries: readonly Entry[], hidden: Set<string>, changed: () => void): void {
  for (const entry of entries) {
    const { element, label, look } = entry;
    element.setAttribute('class', `${element.getAttribute('class') ?? ''} switch`.trim());
    for (const [name, value] of [
      ['tabindex', '0'],
      ['role', 'switch'],
      ['aria-label', label],
      ['aria-checked', 'true'],
    ] as const)
      element.setAttribute(name, value);
    element.prepend(hitArea(element));
    const toggle = (): void => {
      if (!hidden.delete(look)) hidden.add(look);
      for (const other of entries) other.element.setAttribute('aria-checked', String(!hidden.has(other.look)));
      changed();
    };
    element.addEventListener('click', toggle);
    element.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      event.stopPropagation();
      toggle();
    });
  }
}

/** An entry's own marks let pointers through; this does not, and is as high as a finger needs where there is room. */
function hitArea(element: SVGElement): SVGElement {
  const { x, y, width, height } = (element as SVGGraphicsElement).getBBox();
  const area = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  const more = Math.max(0, 24 - height) / 2;
  const size = { x: x - 4, y: y - more, width: width + 8, height: height + 2 * more, rx: 3 };
  for (const [name, value] of Object.entries(size)) area.setAttribute(name, String(value));
  area.setAttribute('fill', 'none');
  area.setAttribute('pointer-events', 'all');
  return area;
}
