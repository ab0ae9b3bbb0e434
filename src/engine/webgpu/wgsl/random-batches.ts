/**
 * Minibatches drawn on the device from the same MT19937 streams as on the processor, bit for bit: for each run `streams`
 * holds 624 words and how many of them are used, and goes on to where the draws end.
 */
import type { Batches } from '../../engine.js';
import type { KernelSource } from '../device.js';
import { job, runs, trainingTypes } from './training.js';

/** Words of a stream and its index. */
export const streamWords = 625;

const lanes = 64;

const twister = /* wgsl */ `${trainingTypes}
const size = 624u;
var<workgroup> words: array<u32, 624>;

fn twisted(i: u32) -> u32 {
  let joined = (words[i] & 0x80000000u) | (words[(i + 1u) % size] & 0x7fffffffu);
  return words[(i + 397u) % size] ^ (joined >> 1u) ^ select(0u, 0x9908b0dfu, (joined & 1u) == 1u);
}

// Each word needs its neighbour's old value and one 397 ahead, old or new: three parts, one after another.
fn twist(lane: u32) {
  twistPart(lane, 0u, 227u);
  twistPart(lane, 227u, 454u);
  twistPart(lane, 454u, 623u);
  if (lane == 0u) { words[623] = twisted(623u); }
  workgroupBarrier();
}

fn twistPart(lane: u32, first: u32, end: u32) {
  var next: array<u32, 4>;
  for (var turn = 0u; turn < 4u; turn++) {
    let i = first + lane + turn * ${lanes}u;
    if (i < end) { next[turn] = twisted(i); }
  }
  workgroupBarrier();
  for (var turn = 0u; turn < 4u; turn++) {
    let i = first + lane + turn * ${lanes}u;
    if (i < end) { words[i] = next[turn]; }
  }
  workgroupBarrier();
}

fn tempered(i: u32) -> u32 {
  var word = words[i];
  word ^= word >> 11u;
  word ^= (word << 7u) & 0x9d2c5680u;
  word ^= (word << 15u) & 0xefc60000u;
  return word ^ (word >> 18u);
}
`;

/** Loads and stores the stream of a workgroup's run around what draws from it: `index` is how many words are used. */
const drawing = (declarations: string, body: string): string => /* wgsl */ `${twister}
var<workgroup> start: u32;
var<workgroup> wanted: u32;
${declarations}
@compute @workgroup_size(${lanes})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let run = group.x;
  let stream = run * ${streamWords}u;
  for (var i = lane; i < size; i += ${lanes}u) { words[i] = streams[stream + i]; }
  if (lane == 0u) {
    start = streams[stream + size];
    wanted = min(job.steps, runs[run].steps);
  }
  var index = workgroupUniformLoad(&start);
  let steps = workgroupUniformLoad(&wanted);
  ${body}
  workgroupBarrier();
  for (var i = lane; i < size; i += ${lanes}u) { streams[stream + i] = words[i]; }
  if (lane == 0u) { streams[stream + size] = index; }
}`;

const bindings = [
  job,
  runs,
  { name: 'streams', use: 'write', type: 'array<u32>' },
  { name: 'chosen', use: 'write', type: 'array<u32>' },
] as const;

/**
 * The draws of torch.randperm(n) for each step: n - 1 words, of which the first `size` say with which later place to
 * swap. One workgroup a run. `shuffleKernel` turns them into samples.
 */
function permutationDraws(n: number, size: number): KernelSource {
  const words = n - 1;
  return {
    label: 'draws of permutations',
    bindings,
    code: drawing(
      '',
      /* wgsl */ `
  let all = steps * ${words}u;
  var done = 0u;
  while (done < all) {
    if (index == size) {
      twist(lane);
      index = 0u;
    }
    let take = min(size - index, all - done);
    for (var i = lane; i < take; i += ${lanes}u) {
      let draw = done + i;
      let place = draw % ${Math.max(1, words)}u;
      if (place < ${size}u) {
        let slot = run * job.slots + draw / ${Math.max(1, words)}u;
        chosen[slot * ${size}u + place] = place + tempered(index + i) % (${n}u - place);
      }
    }
    workgroupBarrier();
    done += take;
    index += take;
  }`,
    ),
  };
}

/**
 * The first `size` entries of each permutation, where `chosen` holds with which place each is swapped. One invocation a
 * step; `order` has room for a permutation of n for each, in ascending order before and after.
 */
function shuffle(n: number, size: number, lanesPerRun: number): KernelSource {
  return {
    label: 'shuffle',
    bindings: [
      job,
      runs,
      { name: 'chosen', use: 'write', type: 'array<u32>' },
      { name: 'order', use: 'write', type: 'array<u32>' },
    ],
    code: /* wgsl */ `${trainingTypes}
@compute @workgroup_size(${lanesPerRun})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let run = group.x;
  let steps = min(job.steps, runs[run].steps);
  let order0 = (run * ${lanesPerRun}u + lane) * ${n}u;
  for (var step = lane; step < steps; step += ${lanesPerRun}u) {
    let first = (run * job.slots + step) * ${size}u;
    for (var i = 0u; i < ${Math.min(size, n - 1)}u; i++) {
      let j = chosen[first + i];
      let moved = order[order0 + i];
      order[order0 + i] = order[order0 + j];
      order[order0 + j] = moved;
    }
    ${
      // The last entry of a whole permutation is left without a draw; what stands there names no place.
      size === n ? `chosen[first + ${n - 1}u] = order[order0 + ${n - 1}u];` : ''
    }
    // Backwards, so that no place is put back in order before its entry has been read.
    for (var i = ${Math.min(size, n - 1)}u; i > 0u; i--) {
      let j = chosen[first + i - 1u];
      chosen[first + i - 1u] = order[order0 + i - 1u];
      order[order0 + j] = j;
    }
    for (var i = 0u; i < ${size}u; i++) { order[order0 + i] = i; }
  }
}`,
  };
}

/** numpy.random.choice(n, size) for each step: words masked to the bits of n - 1, those beyond it passed over. */
function choices(n: number, size: number): KernelSource {
  const mask = n <= 1 ? 0 : 0xffffffff >>> Math.clz32(n - 1);
  return {
    label: 'choices',
    bindings,
    code: drawing(
      /* wgsl */ `
var<workgroup> accepted: array<u32, ${lanes}>;
var<workgroup> used: u32;
var<workgroup> more: u32;`,
      /* wgsl */ `
  let all = steps * ${n <= 1 ? 0 : size}u;
  let to = run * job.slots * ${size}u;
  var done = 0u;
  while (done < all) {
    if (index == size) {
      twist(lane);
      index = 0u;
    }
    let span = (size - index + ${lanes - 1}u) / ${lanes}u;
    let first = min(size, index + lane * span);
    let end = min(size, first + span);
    var count = 0u;
    for (var i = first; i < end; i++) {
      if ((tempered(i) & ${mask}u) <= ${n - 1}u) { count++; }
    }
    accepted[lane] = count;
    workgroupBarrier();
    var place = done;
    for (var other = 0u; other < lane; other++) { place += accepted[other]; }
    if (lane == ${lanes - 1}u) {
      more = place + count;
      used = size;
    }
    workgroupBarrier();
    for (var i = first; i < end; i++) {
      let value = tempered(i) & ${mask}u;
      if (value <= ${n - 1}u) {
        if (place < all) {
          chosen[to + place] = value;
          // The words after the last one that is needed are for the next draws.
          if (place == all - 1u) { used = i + 1u; }
        }
        place++;
      }
    }
    workgroupBarrier();
    index = workgroupUniformLoad(&used);
    done = min(all, workgroupUniformLoad(&more));
  }`,
    ),
  };
}

/** Steps of one run whose permutations are made side by side. */
export const shuffleLanes = 32;

/** The kernels that fill `chosen`, in order; none where every step sees every sample. */
export function batchKernels(batches: Batches, n: number): KernelSource[] {
  switch (batches.kind) {
    case 'full':
      return [];
    case 'torch-randperm':
      return [permutationDraws(n, batches.size), shuffle(n, batches.size, shuffleLanes)];
    case 'numpy-choice':
      return [choices(n, batches.size)];
  }
}
