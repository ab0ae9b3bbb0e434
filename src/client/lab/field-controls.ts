/** The controls of a lab's fields: each with its label, its value in the report, and a way back to it. */
import type { Words } from '../../languages/words.js';
import { say } from '../../languages/words.js';
import { allowedValue, type Field, type NumberField } from '../../lab/fields.js';
import { number } from '../numbers.js';
import type { Control, Value } from './control.js';
import { elbowTrack, type Places } from './elbow-track.js';

interface Heard {
  /** While it is moved, and when it is left. */
  readonly changed: (id: string, value: Value, isFinal: boolean) => void;
  /** Where the elbows of the report's run start. */
  readonly places: () => Places;
}

/** Fills the element with a control for each field; `valueOf` is what it has now. */
export function fieldControls(
  element: HTMLElement,
  fields: readonly Field[],
  valueOf: (field: Field) => Value,
  words: Words['lab'],
  { changed, places }: Heard,
): void {
  element.replaceChildren(
    ...fields.map((field) => {
      const row = document.createElement('div');
      row.className = `colophon-lab-field${field.kind === 'places' ? ' colophon-lab-wide' : ''}`;
      const name = fieldName(field, words);
      const back = document.createElement('button');
      back.type = 'button';
      if (field.isOfRule === true) back.textContent = `↺ ${shown(field.value)}`;
      else {
        back.textContent = say(words.reported, { value: shown(field.value) });
        back.title = say(words.backTo, { name, value: shown(field.value) });
      }
      back.setAttribute('aria-label', `${name}: ${back.textContent}`);
      const track = field.kind === 'places' ? elbowTrack(field, name, places()) : undefined;
      const inputs: Control[] =
        track !== undefined
          ? [track]
          : field.kind === 'choice'
            ? [choice(field, name)]
            : field.kind === 'number'
              ? numbers(field, name)
              : [];
      const show = (value: Value): void => {
        for (const { input, show: put } of inputs)
          if (input !== document.activeElement || input.type === 'range') put(value);
        back.disabled = value === field.value;
      };
      for (const { input, read } of inputs) {
        const hear = (isFinal: boolean) => (): void => {
          const value = read();
          input.setAttribute('aria-invalid', String(value === undefined));
          if (value === undefined) return;
          show(value);
          changed(field.id, value, isFinal);
        };
        input.addEventListener('input', hear(false));
        input.addEventListener('change', hear(true));
      }
      back.addEventListener('click', () => {
        show(field.value);
        changed(field.id, field.value, true);
      });
      const label = document.createElement('span');
      label.textContent = name;
      row.append(label, ...inputs.map(({ input }) => input), ...(track === undefined ? [] : [track.element]), back);
      show(valueOf(field));
      return row;
    }),
  );
}

export function fieldName({ name, layer }: Field, words: Words['lab']): string {
  return layer === undefined ? words[name] : say(words.widthOfLayer, { layer });
}

export function shown(value: Value): string {
  if (typeof value === 'string') return value;
  return Number.isInteger(value) ? number(value) : String(value);
}

function choice({ choices }: Extract<Field, { kind: 'choice' }>, name: string): Control {
  const input = document.createElement('select');
  input.setAttribute('aria-label', name);
  input.append(...choices.map((value) => new Option(value, value)));
  return {
    input,
    read: () => input.value,
    show: (value) => {
      input.value = String(value);
    },
  };
}

/** Positions of a slider that has no whole numbers. */
const positions = 200;

/** A slider, where one helps to find a value, and the number itself. */
function numbers(field: NumberField, name: string): Control[] {
  const exact = document.createElement('input');
  exact.type = 'number';
  exact.step = field.whole ? '1' : 'any';
  exact.min = String(field.from);
  exact.max = String(field.to);
  exact.setAttribute('aria-label', name);
  const control: Control = {
    input: exact,
    read: () => {
      const value = allowedValue(field, exact.value);
      return typeof value === 'number' ? value : undefined;
    },
    show: (value) => {
      exact.value = String(value);
    },
  };
  // Nobody looks for a seed along a line.
  if (field.name === 'seed') return [control];
  const slider = document.createElement('input');
  slider.type = 'range';
  slider.setAttribute('aria-label', name);
  const { from, to, whole, scale } = field;
  const isCounted = whole && scale === 'linear';
  slider.min = isCounted ? String(from) : '0';
  slider.max = isCounted ? String(to) : String(positions);
  const along = (value: number): number =>
    scale === 'log' ? Math.log(value / from) / Math.log(to / from) : (value - from) / (to - from);
  const valueAt = (part: number): number => {
    const value = scale === 'log' ? from * (to / from) ** part : from + (to - from) * part;
    // What can be said of it is what is trained with.
    const short = Number(value.toPrecision(2));
    return Math.min(to, Math.max(from, short));
  };
  return [
    {
      input: slider,
      read: () => (isCounted ? slider.valueAsNumber : valueAt(slider.valueAsNumber / positions)),
      show: (value) => {
        slider.value = String(isCounted ? value : Math.round(positions * along(Number(value))));
        slider.setAttribute('aria-valuetext', shown(value));
      },
    },
    control,
  ];
}
