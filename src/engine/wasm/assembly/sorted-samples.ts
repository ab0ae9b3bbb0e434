/** The training samples in ascending order of their one input, and the samples of a batch in that order. */
import { chosen } from './batches';
import { reserve } from './memory';

/** Inputs and targets in ascending order, equal inputs in the samples' order. */
let inputs: usize = 0;
let targets: usize = 0;
/** Each sample's place in that order. */
let ranks: usize = 0;
/** How often the batch holds each place, and one bit for each that it holds. */
let times: usize = 0;
let marks: usize = 0;
let words: i32 = 0;

export function openSorted(samples: i32, inputsAt: usize, targetsAt: usize): void {
  const bytes = (<usize>samples) << 2;
  words = (samples + 63) >> 6;
  inputs = reserve(bytes);
  targets = reserve(bytes);
  ranks = reserve(bytes);
  times = reserve(bytes);
  marks = reserve((<usize>words) << 3);
  const order = sorted(samples, inputsAt);
  for (let rank = 0; rank < samples; rank += 1) {
    const sample = load<i32>(order + ((<usize>rank) << 2));
    store<i32>(ranks + ((<usize>sample) << 2), rank);
    store<f32>(inputs + ((<usize>rank) << 2), load<f32>(inputsAt + ((<usize>sample) << 2)));
    store<f32>(targets + ((<usize>rank) << 2), load<f32>(targetsAt + ((<usize>sample) << 2)));
  }
}

/** The numbers of the samples by their values: merging runs of doubling length. */
function sorted(count: i32, values: usize): usize {
  let from = reserve((<usize>count) << 2);
  let to = reserve((<usize>count) << 2);
  for (let i = 0; i < count; i += 1) store<i32>(from + ((<usize>i) << 2), i);
  for (let run = 1; run < count; run *= 2) {
    for (let start = 0; start < count; start += 2 * run) {
      const half = min(start + run, count);
      const end = min(half + run, count);
      let left = start;
      let right = half;
      for (let at = start; at < end; at += 1) {
        const takesLeft = left < half && (right >= end || valueOf(values, from, left) <= valueOf(values, from, right));
        const taken = takesLeft ? left : right;
        if (takesLeft) left += 1;
        else right += 1;
        store<i32>(to + ((<usize>at) << 2), load<i32>(from + ((<usize>taken) << 2)));
      }
    }
    const done = to;
    to = from;
    from = done;
  }
  return from;
}

// @ts-ignore: decorator
@inline
function valueOf(values: usize, order: usize, i: i32): f32 {
  return load<f32>(values + ((<usize>load<i32>(order + ((<usize>i) << 2))) << 2));
}

/** Puts the inputs and targets of `count` samples of the batch, from `start` on, to two places in ascending order. */
export function gatherSorted(start: i32, count: i32, inputsTo: usize, targetsTo: usize): void {
  for (let i = start; i < start + count; i += 1) {
    const rank = load<i32>(ranks + ((<usize>load<i32>(chosen + ((<usize>i) << 2))) << 2));
    const time = times + ((<usize>rank) << 2);
    store<i32>(time, load<i32>(time) + 1);
    const mark = marks + ((<usize>(rank >> 6)) << 3);
    store<u64>(mark, load<u64>(mark) | ((<u64>1) << (<u64>(rank & 63))));
  }
  let to: usize = 0;
  for (let word = 0; word < words; word += 1) {
    const mark = marks + ((<usize>word) << 3);
    let bits = load<u64>(mark);
    if (bits === 0) continue;
    store<u64>(mark, 0);
    const base = word << 6;
    do {
      const at = (<usize>(base + <i32>ctz<u64>(bits))) << 2;
      bits &= bits - 1;
      const x = load<f32>(inputs + at);
      const y = load<f32>(targets + at);
      let left = load<i32>(times + at);
      store<i32>(times + at, 0);
      do {
        store<f32>(inputsTo + to, x);
        store<f32>(targetsTo + to, y);
        to += 4;
        left -= 1;
      } while (left > 0);
    } while (bits !== 0);
  }
}
