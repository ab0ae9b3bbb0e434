/**
 * The parameters of a network over the course of its training, packed into text that gzip makes small: each parameter
 * rounded to a multiple of a quantum, as its differences from one checkpoint to the next, most of which are small.
 */

/** How the text spells numbers: every character but those that a string literal or a page's encoding would escape. */
const alphabet = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index))
  .filter((character) => !'"\'\\<&`$'.includes(character))
  .join('');

/** Characters below `last` end a number; those from it on carry the lower digits of a longer one. */
const last = 64;
const digits = alphabet.length - last;

/** In quanta: so far the differences between any two numbers are exact, and so is what spells them. */
const largest = 281_474_976_710_656;

/** Whether each of the parameters is a number that can be packed: finite, and not larger than 2^48 quanta. */
export function arePackable(parameters: ArrayLike<number>, quantum: number): boolean {
  for (let index = 0; index < parameters.length; index++)
    if (!(Math.abs(parameters[index]!) <= largest * quantum)) return false;
  return true;
}

/** Packs `checkpoints` sets of as many parameters, one after the other, parameter by parameter. All must be packable. */
export function packParameters(checkpoints: readonly ArrayLike<number>[], quantum: number): string {
  const count = checkpoints[0]?.length ?? 0;
  const out: string[] = [];
  for (let parameter = 0; parameter < count; parameter++) {
    let before = 0;
    let change = 0;
    for (const values of checkpoints) {
      const value = Math.round(values[parameter]! / quantum);
      if (!(Math.abs(value) <= largest)) throw new RangeError('parameters as large as this cannot be packed');
      // What changes steadily changes by about as much as before.
      const expected = before + (change >> 1);
      writeNumber(value - expected, out);
      change = value - before;
      before = value;
    }
  }
  return out.join('');
}

/** The parameters at each of so many checkpoints, within half a quantum of what was packed. */
export function unpackParameters(text: string, checkpoints: number, quantum: number): Float64Array[] {
  const codes = new Int16Array(128).fill(-1);
  Array.from(alphabet).forEach((character, code) => {
    codes[character.charCodeAt(0)] = code;
  });
  const numbers: number[] = [];
  for (let at = 0; at < text.length; ) {
    let value = 0;
    let unit = 1;
    let code = codes[text.charCodeAt(at++)]!;
    for (; code >= last; code = codes[text.charCodeAt(at++)]!) {
      value += (code - last) * unit;
      unit *= digits;
    }
    value += code * unit;
    numbers.push(value % 2 === 0 ? value / 2 : -(value + 1) / 2);
  }
  const count = numbers.length / checkpoints;
  const result = Array.from({ length: checkpoints }, () => new Float64Array(count));
  for (let parameter = 0; parameter < count; parameter++) {
    let before = 0;
    let change = 0;
    for (let checkpoint = 0; checkpoint < checkpoints; checkpoint++) {
      const value = before + (change >> 1) + numbers[parameter * checkpoints + checkpoint]!;
      result[checkpoint]![parameter] = value * quantum;
      change = value - before;
      before = value;
    }
  }
  return result;
}

function writeNumber(value: number, out: string[]): void {
  let rest = value >= 0 ? 2 * value : -2 * value - 1;
  for (; rest >= last; rest = Math.floor(rest / digits)) out.push(alphabet.charAt(last + (rest % digits)));
  out.push(alphabet.charAt(rest));
}
