/**
 * One-sided Jacobi (M. R. Hestenes, 1958): pairs of vectors are rotated until all are at right angles. A round rotates
 * disjoint pairs, one workgroup each, of a tournament in which every pair meets once a sweep (R. P. Brent and F. T. Luk,
 * 1985). In double-single, so that small singular values keep their digits. A vector is `length` numbers of the matrix
 * and then `count` of the accumulated rotations.
 */
import type { KernelSource } from '../device.js';
import { doubleSingle } from './double-single.js';

const lanes = 64;

export const rotateKernel: KernelSource = {
  label: 'rotations',
  bindings: [
    { name: 'job', use: 'uniform', type: 'Job' },
    { name: 'vectors', use: 'write', type: 'array<vec2f>' },
    { name: 'moved', use: 'write', type: 'array<atomic<u32>>' },
  ],
  code: /* wgsl */ `${doubleSingle}
// The number one is passed in: with a literal, (1 + x) - 1 may be simplified to x, and the rounding that it should find is lost.
struct Job { even: u32, round: u32, count: u32, length: u32, one: f32, unused1: u32, unused2: u32, unused3: u32 }
var<workgroup> aa: array<vec2f, ${lanes}>;
var<workgroup> bb: array<vec2f, ${lanes}>;
var<workgroup> ab: array<vec2f, ${lanes}>;
var<workgroup> cosine: vec2f;
var<workgroup> sine: vec2f;
var<workgroup> turn: u32;

// Who stands at a place of the table in this round: the first stays, the others move on by one.
fn player(place: u32) -> u32 {
  if (place == 0u) { return 0u; }
  return 1u + (place - 1u + job.round) % (job.even - 1u);
}

@compute @workgroup_size(${lanes})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let one = player(group.x);
  let two = player(job.even - 1u - group.x);
  let p = min(one, two);
  let q = max(one, two);
  // The partner of nobody, where the count is odd.
  if (q >= job.count) { return; }
  let stride = job.length + job.count;
  let first = p * stride;
  let second = q * stride;
  var sums: array<vec2f, 3>;
  for (var i = lane; i < job.length; i += ${lanes}u) {
    let x = vectors[first + i];
    let y = vectors[second + i];
    sums[0] = plus(sums[0], times(x, x));
    sums[1] = plus(sums[1], times(y, y));
    sums[2] = plus(sums[2], times(x, y));
  }
  aa[lane] = sums[0];
  bb[lane] = sums[1];
  ab[lane] = sums[2];
  workgroupBarrier();
  for (var half = ${lanes / 2}u; half > 0u; half /= 2u) {
    if (lane < half) {
      aa[lane] = plus(aa[lane], aa[lane + half]);
      bb[lane] = plus(bb[lane], bb[lane + half]);
      ab[lane] = plus(ab[lane], ab[lane + half]);
    }
    workgroupBarrier();
  }
  if (lane == 0u) {
    let a = aa[0];
    let b = bb[0];
    let c = ab[0];
    // At right angles to the last digits, or the larger one first already and nothing to turn.
    let ordered = minus(a, b).x >= 0.0;
    let straight = abs(c.x) <= max(1e-12 * sqrt(f32(job.length)) * sqrt(a.x) * sqrt(b.x), 1e-30);
    turn = select(1u, 0u, straight && ordered);
    if (straight) {
      cosine = vec2f(0.0);
      sine = vec2f(1.0, 0.0);
    } else {
      // tan of the smaller angle: t = sign(z) / (|z| + sqrt(1 + z^2)) with z = (b - a) / 2c; then the larger one first.
      let z = over(minus(b, a), c + c);
      let size = select(z, -z, z.x < 0.0);
      let one = vec2f(job.one, 0.0);
      var t: vec2f;
      if (size.x > 1e9) {
        t = over(vec2f(0.5, 0.0), size);
      } else {
        t = over(one, plus(size, root(plus(one, times(size, size)))));
      }
      if (z.x < 0.0) { t = -t; }
      let s = over(one, root(plus(one, times(t, t))));
      cosine = s;
      sine = times(s, t);
      if (!ordered) {
        let kept = cosine;
        cosine = sine;
        sine = kept;
      }
    }
    if (!straight) { atomicAdd(&moved[0], 1u); }
  }
  workgroupBarrier();
  if (workgroupUniformLoad(&turn) == 0u) { return; }
  let c = cosine;
  let s = sine;
  let swap = !(minus(aa[0], bb[0]).x >= 0.0);
  for (var i = lane; i < stride; i += ${lanes}u) {
    let x = vectors[first + i];
    let y = vectors[second + i];
    // x' = c x - s y, y' = s x + c y; exchanged where the second was the larger.
    if (swap) {
      vectors[first + i] = plus(times(c, x), times(s, y));
      vectors[second + i] = minus(times(s, x), times(c, y));
    } else {
      vectors[first + i] = minus(times(c, x), times(s, y));
      vectors[second + i] = plus(times(s, x), times(c, y));
    }
  }
}`,
};
