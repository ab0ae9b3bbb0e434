/** How a value of a lab's field is chosen. */
export type Value = number | string;

export interface Control {
  readonly input: HTMLInputElement | HTMLSelectElement;
  /** Undefined for what the field does not allow. */
  readonly read: () => Value | undefined;
  readonly show: (value: Value) => void;
}
