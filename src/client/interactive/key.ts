/** The key of a moving figure: what its colours and shapes mean, each entry a switch that hides and shows its marks. */

/** An entry of one picture. Entries of several pictures with one label are one. */
export interface KeyEntry {
  readonly label: string;
  readonly shape: 'dot' | 'line' | 'thin' | 'dashed' | 'band';
  /** As in the page: "var(--figure-c1)". */
  readonly colour: string;
  readonly marks: readonly SVGElement[];
}

export interface Key {
  readonly element: HTMLElement;
  /** Follows the pictures that show. */
  update(entries: readonly KeyEntry[]): void;
  /** Whether a mark is switched off. */
  isHidden(mark: SVGElement | undefined): boolean;
  /** Calls at every switch. */
  follow(call: () => void): void;
}

const namespace = 'http://www.w3.org/2000/svg';

export function makeKey(): Key {
  let changed = (): void => undefined;
  const element = document.createElement('div');
  element.className = 'colophon-interactive-key';
  element.setAttribute('role', 'group');
  element.setAttribute('aria-label', 'Key');
  const hidden = new Set<string>();
  const switches = new Map<string, HTMLElement>();
  let shown: readonly KeyEntry[] = [];
  const apply = (): void => {
    for (const { label, marks } of shown) {
      for (const mark of marks) {
        if (hidden.has(label)) mark.setAttribute('display', 'none');
        else mark.removeAttribute('display');
      }
    }
    for (const [label, button] of switches) button.setAttribute('aria-checked', String(!hidden.has(label)));
  };
  const switchOf = (entry: KeyEntry): HTMLElement => {
    const known = switches.get(entry.label);
    if (known !== undefined) return known;
    if (entry.marks.length === 0) {
      const plain = document.createElement('span');
      plain.append(swatch(entry), entry.label);
      return plain;
    }
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'colophon-switch';
    button.setAttribute('role', 'switch');
    button.append(swatch(entry), entry.label);
    button.addEventListener('click', () => {
      if (!hidden.delete(entry.label)) hidden.add(entry.label);
      apply();
      changed();
    });
    switches.set(entry.label, button);
    return button;
  };
  return {
    element,
    isHidden: (mark) => mark?.getAttribute('display') === 'none',
    follow(call) {
      changed = call;
    },
    update(entries) {
      shown = entries;
      const byLabel = new Map(entries.map((entry) => [entry.label, entry]));
      element.replaceChildren(...Array.from(byLabel.values(), switchOf));
      apply();
    },
  };
}

function swatch({ shape, colour }: KeyEntry): SVGSVGElement {
  const svg = document.createElementNS(namespace, 'svg');
  const set = (element: Element, attributes: Readonly<Record<string, string>>): void => {
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  };
  set(svg, { viewBox: '0 0 18 10', width: '18', height: '10', 'aria-hidden': 'true' });
  const mark = document.createElementNS(namespace, 'path');
  if (shape === 'band') set(mark, { d: 'M1 1h16v8h-16z', fill: colour, 'fill-opacity': '0.3' });
  else if (shape === 'dot') set(mark, { d: 'M9 5h0', stroke: colour, 'stroke-width': '7', 'stroke-linecap': 'round' });
  else {
    const width = shape === 'line' ? '2' : '1';
    set(mark, {
      d: 'M1 5h16',
      stroke: colour,
      'stroke-width': width,
      ...(shape === 'dashed' && { 'stroke-dasharray': '3 2' }),
    });
  }
  svg.append(mark);
  return svg;
}
