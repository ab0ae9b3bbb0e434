/** The samples of each minibatch, drawn as src/engine/reference/batches.ts draws them. */
import { FULL, NUMPY_CHOICE, TORCH_RANDPERM } from './codes';
import { reserve } from './memory';
import { nextUint32, skip } from './mt19937';

let kind: i32 = FULL;
let samples: i32 = 0;
/** Samples in a batch. */
export let size: i32 = 0;
/** The samples of the batch last drawn, as i32. */
export let chosen: usize = 0;
/** For randperm: 0..samples-1 between two draws, and which positions the draw exchanged. */
let order: usize = 0;
let exchanged: usize = 0;
/** For the i-th draw of randperm the reciprocal of samples - i, as `remainder` takes it. */
let reciprocals: usize = 0;
/** How many exchanges the last draw made. */
let settled: i32 = 0;

export function openBatches(batchKind: i32, batchSize: i32, sampleCount: i32): void {
  kind = batchKind;
  size = batchSize;
  samples = sampleCount;
  if (kind === TORCH_RANDPERM) {
    order = identity(samples);
    exchanged = reserve((<usize>size) << 2);
    reciprocals = reserve((<usize>size) << 3);
    for (let i = 0; i < size; i += 1) {
      store<u64>(reciprocals + ((<usize>i) << 3), u64.MAX_VALUE / <u64>(samples - i) + 1);
    }
    chosen = order;
  } else {
    chosen = identity(size);
  }
}

function identity(count: i32): usize {
  const at = reserve((<usize>count) << 2);
  for (let i = 0; i < count; i += 1) store<i32>(at + ((<usize>i) << 2), i);
  return at;
}

/** Puts the samples of the next batch at `chosen`. Traps for a way of drawing that it does not know. */
export function drawBatch(): void {
  if (kind === TORCH_RANDPERM) drawPermutation();
  else if (kind === NUMPY_CHOICE) drawChoice();
  else if (kind !== FULL) unreachable();
}

/**
 * torch.randperm(samples)[:size]. The permutation's first entries are settled after as many exchanges; the numbers for
 * the others are passed over, and the exchanges are undone before the next draw.
 */
function drawPermutation(): void {
  const last = samples - 1;
  const count = min(size, last);
  for (let i = 0; i < settled; i += 1) {
    const j = load<i32>(exchanged + ((<usize>i) << 2));
    store<i32>(order + ((<usize>i) << 2), i);
    store<i32>(order + ((<usize>j) << 2), j);
  }
  for (let i = 0; i < count; i += 1) {
    const j = i + <i32>remainder(nextUint32(), load<u64>(reciprocals + ((<usize>i) << 3)), <u32>(samples - i));
    const here = order + ((<usize>i) << 2);
    const there = order + ((<usize>j) << 2);
    const moved = load<i32>(here);
    store<i32>(here, load<i32>(there));
    store<i32>(there, moved);
    store<i32>(exchanged + ((<usize>i) << 2), j);
  }
  settled = count;
  skip(last - count);
}

/**
 * value % divisor without a division, exact for all of 32 bits, given ceil(2^64 / divisor) (D. Lemire, O. Kaser and
 * N. Kurz, "Faster remainder by direct computation", Software: Practice and Experience 49, 2019). A divisor of 1 has
 * the reciprocal 0 and the remainder 0.
 */
// @ts-ignore: decorator
@inline
function remainder(value: u32, reciprocal: u64, divisor: u32): u32 {
  const fraction = reciprocal * <u64>value;
  const low = ((fraction & 0xffffffff) * <u64>divisor) >> 32;
  return <u32>(((fraction >> 32) * <u64>divisor + low) >> 32);
}

/** numpy.random.RandomState.choice(samples, size): masking and rejecting. */
function drawChoice(): void {
  const most = <u32>(samples - 1);
  if (most === 0) {
    for (let i = 0; i < size; i += 1) store<i32>(chosen + ((<usize>i) << 2), 0);
    return;
  }
  const mask = <u32>0xffffffff >> <u32>clz<u32>(most);
  for (let i = 0; i < size; i += 1) {
    let value: u32;
    do {
      value = nextUint32() & mask;
    } while (value > most);
    store<i32>(chosen + ((<usize>i) << 2), <i32>value);
  }
}
