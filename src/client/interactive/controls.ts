/** The sliders under a moving figure: swept options, components and units. The steps have the scrubber. */
import { say as fill, words } from '../words.js';
import type { Moment } from './moment.js';

export interface Slider {
  readonly name: string;
  /** How many positions there are now, from 0 on. */
  readonly length: () => number;
  readonly position: () => number;
  readonly say: (position: number) => string;
  /** As the address says it. */
  readonly value: () => string;
  readonly move: (position: number) => void;
}

/** Fills their place; what it gives follows the moment. */
export function makeControls(element: Element, sliders: readonly Slider[]): () => void {
  const rows = sliders.map((slider) => {
    const label = document.createElement('label');
    const name = document.createElement('span');
    name.textContent = slider.name;
    const input = document.createElement('input');
    input.type = 'range';
    input.min = '0';
    input.max = String(slider.length() - 1);
    input.step = '1';
    const value = document.createElement('output');
    input.addEventListener('input', () => {
      slider.move(input.valueAsNumber);
    });
    label.append(name, input, value);
    element.append(label);
    return { slider, input, value };
  });
  return () => {
    for (const { slider, input, value } of rows) {
      const [last, position] = [String(slider.length() - 1), slider.position()];
      if (input.max !== last) input.max = last;
      const said = slider.say(position);
      if (input.valueAsNumber !== position) input.valueAsNumber = position;
      if (value.textContent !== said) {
        value.textContent = said;
        input.setAttribute('aria-valuetext', said);
      }
    }
  };
}

function axisName(axis: string): string {
  const { width, seedAxis, direction } = words.figure;
  const names: Readonly<Record<string, string>> = { hidden: width, seed: seedAxis, component: direction };
  return names[axis] ?? axis;
}

export function axisSlider(axis: string, values: readonly string[], moment: Moment): Slider {
  const say = (value: string): string => {
    const { allDirections, oneDirection, hiddenUnits, seed } = words.figure;
    if (axis === 'component') return value === 'all' ? allDirections : fill(oneDirection, { number: value });
    if (axis === 'hidden') return fill(hiddenUnits, { widths: value.replaceAll('x', ' × ') });
    return axis === 'seed' ? fill(seed, { seed: value }) : `${axis} ${value}`;
  };
  const position = (): number => Math.min(moment.positions.get(axis) ?? 0, values.length - 1);
  return {
    name: axisName(axis),
    length: () => values.length,
    position,
    value: () => values[position()] ?? '',
    say: (at) => say(values[at] ?? ''),
    move: (to) => {
      moment.set({ axis: [axis, to] });
    },
  };
}
