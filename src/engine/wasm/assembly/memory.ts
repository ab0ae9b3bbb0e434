/** Memory for one piece of work: an instance of the module serves one and is then dropped, so nothing is freed. */

/** `bytes` bytes, zeroed, at an address divisible by 16. Traps when the memory cannot grow so far. */
export function reserve(bytes: usize): usize {
  // Memory that has just been grown is zero, and the stub runtime hands out every byte once.
  return (heap.alloc(bytes + 16) + 15) & ~15;
}

/** `n` rounded up to whole groups of four: a vector of float32, two of float64. */
// @ts-ignore: decorator
@inline
export function padded(n: i32): i32 {
  return (n + 3) & ~3;
}

/** The address of the i-th float64 at `base`. */
// @ts-ignore: decorator
@inline
export function at(base: usize, i: i32): usize {
  return base + ((<usize>i) << 3);
}
