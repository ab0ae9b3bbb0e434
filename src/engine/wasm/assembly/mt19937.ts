/**
 * The Mersenne Twister MT19937 (M. Matsumoto and T. Nishimura, ACM TOMACS 8(1), 1998), as in src/model/mt19937.ts,
 * which seeds it; here its words are renewed four at a time.
 */
import { reserve } from './memory';

const size: i32 = 624;
const shift: i32 = 397;

/** Where the 624 words are; the caller fills them in. */
export const words: usize = reserve(size * 4);

/** How many of the words have been used, 0..624. */
let index: i32 = size;

export function wordsUsed(): i32 {
  return index;
}

export function setIndex(value: i32): void {
  index = value;
}

/** The next 32 bits. */
// @ts-ignore: decorator
@inline
export function nextUint32(): u32 {
  if (index === size) twist();
  let word = load<u32>(words + ((<usize>index) << 2));
  index += 1;
  word ^= word >> 11;
  word ^= (word << 7) & 0x9d2c5680;
  word ^= (word << 15) & 0xefc60000;
  return word ^ (word >> 18);
}

/** Passes over `draws` numbers. */
export function skip(draws: i32): void {
  let left = draws;
  while (left > size - index) {
    left -= size - index;
    twist();
  }
  index += left;
}

function twist(): void {
  let i = 0;
  // Words i..i+3 need the old words i+1..i+4 and the words `shift` further on, which round the end are new ones.
  for (; i + shift + 3 < size; i += 4) twistFour(i, i + shift);
  for (; i + shift < size; i += 1) twistOne(i, i + 1, i + shift);
  for (; i + 4 < size; i += 4) twistFour(i, i + shift - size);
  for (; i + 1 < size; i += 1) twistOne(i, i + 1, i + shift - size);
  twistOne(i, 0, i + shift - size);
  index = 0;
}

// @ts-ignore: decorator
@inline
function twistFour(i: i32, far: i32): void {
  const at = words + ((<usize>i) << 2);
  const joined = v128.or(
    v128.and(v128.load(at), i32x4.splat(0x80000000)),
    v128.and(v128.load(at, 4), i32x4.splat(0x7fffffff)),
  );
  const odd = i32x4.neg(v128.and(joined, i32x4.splat(1)));
  const mixed = v128.xor(i32x4.shr_u(joined, 1), v128.and(odd, i32x4.splat(0x9908b0df)));
  v128.store(at, v128.xor(v128.load(words + ((<usize>far) << 2)), mixed));
}

// @ts-ignore: decorator
@inline
function twistOne(i: i32, next: i32, far: i32): void {
  const joined =
    (load<u32>(words + ((<usize>i) << 2)) & 0x80000000) | (load<u32>(words + ((<usize>next) << 2)) & 0x7fffffff);
  const mixed = (joined >> 1) ^ (joined & 1 ? 0x9908b0df : 0);
  store<u32>(words + ((<usize>i) << 2), load<u32>(words + ((<usize>far) << 2)) ^ mixed);
}
