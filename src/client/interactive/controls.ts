/** The sliders under a moving figure, its play button, and what they say. */
import type { Moment } from './moment.js';

export interface Slider {
  readonly name: string;
  /** How many positions there are now, from 0 on. */
  readonly length: () => number;
  readonly position: () => number;
  readonly say: (position: number) => string;
  readonly move: (position: number) => void;
}

export interface Controls {
  readonly element: HTMLElement;
  /** Follows the moment; `summary` is what the figure shows now. */
  readonly update: (summary: string) => void;
}

export function makeControls(sliders: readonly Slider[], moment: Moment): Controls {
  const element = document.createElement('div');
  element.className = 'colophon-interactive-controls';
  const play = document.createElement('button');
  play.type = 'button';
  play.addEventListener('click', () => {
    moment.set({ playing: !moment.playing });
    // A moment at rest is one that can be linked to.
    if (!moment.playing) play.dispatchEvent(new Event('change', { bubbles: true }));
  });
  element.append(play);
  const rows = sliders
    .filter(({ length }) => length() > 1)
    .map((slider) => {
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
  const summary = document.createElement('p');
  summary.className = 'colophon-interactive-summary';
  element.append(summary);
  return {
    element,
    update(text) {
      const action = moment.playing ? 'Pause' : 'Play';
      // Read out where a slider is moved, and not for every frame that plays.
      summary.setAttribute('aria-live', moment.playing ? 'off' : 'polite');
      if (play.textContent !== action) {
        play.textContent = action;
        play.setAttribute('aria-label', `${action} the training`);
      }
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
      if (summary.textContent !== text) summary.textContent = text;
      // A long one scrolls in its place, by keyboard too.
      if (!moment.playing) summary.tabIndex = summary.scrollHeight > summary.clientHeight ? 0 : -1;
    },
  };
}
