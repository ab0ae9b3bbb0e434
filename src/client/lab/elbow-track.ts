/** Where the elbows of a run start: a list of numbers, and the same along the inputs, where each can be dragged. */
import { allowedValue, type PlacesField } from '../../lab/fields.js';
import type { Control } from './control.js';

/** Of the report's run, by unit. */
export interface Places {
  readonly at: readonly number[];
  readonly domain: readonly [number, number];
}

interface Track extends Control {
  readonly input: HTMLInputElement;
  /** For a pointer alone: who has none writes the numbers. */
  readonly element: HTMLElement;
}

/** As a place is written. */
export function short(place: number): number {
  return Number(place.toPrecision(4));
}

export function elbowTrack(field: PlacesField, name: string, { at, domain: [low, high] }: Places): Track {
  const input = document.createElement('input');
  input.type = 'text';
  input.inputMode = 'decimal';
  input.setAttribute('aria-label', name);
  const element = document.createElement('div');
  element.className = 'colophon-lab-elbows';
  element.setAttribute('aria-hidden', 'true');
  const own = at.join(',');
  const read = (): string | undefined => {
    const text = input.value.replaceAll(' ', '');
    // What nobody has moved is as the report's training places it.
    const value = text === own ? field.value : allowedValue(field, text);
    return typeof value === 'string' ? value : undefined;
  };
  const placesNow = (): number[] => {
    const value = read();
    return value === undefined || value === field.value ? [...at] : value.split(',').map(Number);
  };
  const handles = at.map((_, unit) => {
    const handle = document.createElement('div');
    handle.className = 'colophon-lab-elbow';
    let held = false;
    handle.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      handle.setPointerCapture(event.pointerId);
      held = true;
    });
    const tell = (type: 'input' | 'change'): void => {
      input.dispatchEvent(new Event(type));
    };
    handle.addEventListener('pointermove', ({ clientX }) => {
      if (!held) return;
      const { left, width } = element.getBoundingClientRect();
      const part = Math.min(1, Math.max(0, (clientX - left) / width));
      const places = placesNow();
      places[unit] = short(low + part * (high - low));
      input.value = places.join(', ');
      tell('input');
    });
    for (const end of ['pointerup', 'pointercancel'])
      handle.addEventListener(end, () => {
        if (held) tell('change');
        held = false;
      });
    element.append(handle);
    return handle;
  });
  const put = (): void => {
    placesNow().forEach((place, unit) => {
      const handle = handles[unit];
      if (handle === undefined) return;
      handle.hidden = !(place >= low && place <= high);
      handle.style.left = `${((100 * (place - low)) / (high - low)).toFixed(2)}%`;
    });
  };
  return {
    input,
    element,
    read,
    show(value) {
      const isOwn = value === field.value;
      if (input !== document.activeElement) input.value = (isOwn ? own : String(value)).replaceAll(',', ', ');
      put();
    },
  };
}
