/**
 * One-sided Jacobi (M. R. Hestenes, 1958), blocked: vectors are rotated in pairs until all are at right angles. A round
 * takes disjoint pairs of blocks of four vectors, a workgroup each, of a tournament in which every two blocks meet once a
 * sweep (R. P. Brent and F. T. Luk, 1985). Of the eight vectors a workgroup forms the inner products, diagonalizes those
 * in its shared memory by one sweep of rotations, and applies their product to the vectors: they are read and written a
 * fourth as often, in a fourth as many rounds, as they would be pair by pair. The inner products are formed anew each
 * time, from vectors scaled as they are, so that small singular values keep their digits, as they do without blocks. In
 * double-single. A vector is `length` numbers of the matrix and then `count` of the accumulated rotations.
 */
import type { KernelSource } from '../device.js';
import { doubleSingle } from './double-single.js';

/** Vectors of a block, and of the two blocks of a workgroup. */
export const blockVectors = 4;
const size = 2 * blockVectors;

/**
 * Of vectors no longer than this there is no direction: sines of the angles to vectors near 2^40, by which they would be
 * turned, are too near to the least numbers of float32. Turning them would not end.
 */
export const nothing = 1e-9;

const lanes = 128;
const all = Array.from({ length: size }, (_, index) => index);
/** Which two vectors each inner product is of. */
const products = all.flatMap((i) => all.slice(i).map((j) => [i, j] as const));
/** Inner products that are summed over the lanes at a time, as many as shared memory has room for. */
const portion = 12;
const portions = Array.from({ length: products.length / portion }, (_, index) =>
  products.slice(index * portion, (index + 1) * portion),
);
/** Lanes that sum one inner product. */
const summing = 8;

/** Rounds of a tournament of eight: in round t, place k meets place 7 - k. */
const inner = size - 1;

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
var<workgroup> partial: array<vec2f, ${portion * lanes}>;
var<workgroup> second: array<vec2f, ${portion * summing}>;
// The inner products, and the rotations so far: what becomes of the vectors are combinations of them by its columns.
var<workgroup> g: array<vec2f, ${size * size}>;
var<workgroup> v: array<vec2f, ${size * size}>;
// The rotation of each pair of a round: p' = [0] p + [1] q, q' = [2] p + [3] q.
var<workgroup> turns: array<vec2f, ${4 * blockVectors}>;
var<workgroup> crooked: u32;
var<workgroup> disordered: u32;

// Who stands at a place of a table of so many in this round: the first stays, the others move on by one.
fn player(place: u32, round: u32, even: u32) -> u32 {
  if (place == 0u) { return 0u; }
  return 1u + (place - 1u + round) % (even - 1u);
}

// The two of a pair that meet, the first one first.
fn pair(index: u32, round: u32, even: u32) -> vec2u {
  let one = player(index, round, even);
  let two = player(even - 1u - index, round, even);
  return vec2u(min(one, two), max(one, two));
}

// Of what is noise beside the other vectors, rotations may leave a square below 0.
fn isStraight(a: vec2f, b: vec2f, c: vec2f) -> bool {
  let sizes = sqrt(max(a.x, 0.0)) * sqrt(max(b.x, 0.0));
  return abs(c.x) <= max(1e-12 * sqrt(f32(job.length)) * sizes, 1e-30);
}

// Makes two vectors with these squares and this product straight, the larger one first.
fn setTurn(index: u32, a: vec2f, b: vec2f, c: vec2f) {
  var cosine = vec2f(job.one, 0.0);
  var sine = vec2f(0.0);
  if (!isStraight(a, b, c)) {
    // tan of the smaller angle: t = sign(z) / (|z| + sqrt(1 + z^2)) with z = (b - a) / 2c; 1 / 2z where that is large.
    let one = vec2f(job.one, 0.0);
    let apart = minus(b, a);
    var t: vec2f;
    if (abs(c.x) <= 1e-9 * abs(apart.x)) {
      t = over(c, apart);
    } else {
      let z = over(apart, c + c);
      let size = select(z, -z, z.x < 0.0);
      t = over(one, plus(size, root(plus(one, times(size, size)))));
      if (z.x < 0.0) { t = -t; }
    }
    cosine = over(one, root(plus(one, times(t, t))));
    sine = times(cosine, t);
  }
  let swap = !(minus(a, b).x >= 0.0);
  turns[4u * index] = select(cosine, sine, swap);
  turns[4u * index + 1u] = select(-sine, cosine, swap);
  turns[4u * index + 2u] = select(sine, cosine, swap);
  turns[4u * index + 3u] = select(cosine, -sine, swap);
}

fn combined(turn: u32, x: vec2f, y: vec2f) -> vec2f {
  return plus(times(turns[turn], x), times(turns[turn + 1u], y));
}

@compute @workgroup_size(${lanes})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let blocks = pair(group.x, job.round, job.even);
  let stride = job.length + job.count;
  ${all
    .map(
      (r) =>
        `let n${r} = blocks[${Math.floor(r / blockVectors)}] * ${blockVectors}u + ${r % blockVectors}u; let has${r} = n${r} < job.count; let at${r} = n${r} * stride;`,
    )
    .join('\n  ')}

  ${products.map(([i, j]) => `var s${i}${j} = vec2f();`).join(' ')}
  for (var i = lane; i < job.length; i += ${lanes}u) {
    ${all.map((r) => `var x${r} = vec2f(); if (has${r}) { x${r} = vectors[at${r} + i]; }`).join('\n    ')}
    ${products.map(([i, j]) => `s${i}${j} = plus(s${i}${j}, times(x${i}, x${j}));`).join('\n    ')}
  }
  ${portions
    .map(
      (entries) => /* wgsl */ `
  ${entries.map(([i, j], index) => `partial[${index * lanes}u + lane] = s${i}${j};`).join(' ')}
  workgroupBarrier();
  if (lane < ${portion * summing}u) {
    var sum = vec2f();
    for (var i = 0u; i < ${lanes / summing}u; i++) { sum = plus(sum, partial[lane * ${lanes / summing}u + i]); }
    second[lane] = sum;
  }
  workgroupBarrier();
  if (lane < ${portion}u) {
    var sum = vec2f();
    for (var i = 0u; i < ${summing}u; i++) { sum = plus(sum, second[lane * ${summing}u + i]); }
    var i = 0u; var j = 0u;
    switch lane {
      ${entries.map(([i, j], index) => `case ${index}u: { i = ${i}u; j = ${j}u; }`).join(' ')}
      default: {}
    }
    g[i * ${size}u + j] = sum;
    g[j * ${size}u + i] = sum;
  }`,
    )
    .join('')}
  workgroupBarrier();
  // Where there is no vector stands one that is smaller than all: none changes places with it.
  if (lane == 0u) {
    ${all.map((r) => `if (!has${r}) { g[${r * (size + 1)}u] = vec2f(-1e30, 0.0); }`).join(' ')}
  }
  let row = lane / ${size}u;
  let column = lane % ${size}u;
  if (lane < ${size * size}u) { v[lane] = vec2f(select(0.0, job.one, row == column), 0.0); }
  if (lane == 0u) { crooked = 0u; disordered = 0u; }
  workgroupBarrier();
  if (row < column) {
    let a = g[row * ${size + 1}u];
    let b = g[column * ${size + 1}u];
    if (!isStraight(a, b, g[lane]) && min(a.x, b.x) > ${(nothing * nothing).toExponential()}) { crooked = 1u; }
    if (!(minus(a, b).x >= 0.0)) { disordered = 1u; }
  }
  let moves = workgroupUniformLoad(&crooked);
  if (moves == 0u && workgroupUniformLoad(&disordered) == 0u) { return; }
  if (lane == 0u && moves == 1u) { atomicAdd(&moved[0], 1u); }

  for (var round = 0u; round < ${inner}u; round++) {
    if (lane < ${blockVectors}u) {
      let both = pair(lane, round, ${size}u);
      setTurn(lane, g[both.x * ${size + 1}u], g[both.y * ${size + 1}u], g[both.x * ${size}u + both.y]);
    }
    workgroupBarrier();
    // The columns of both, then the rows of the inner products; a lane a pair and row.
    let index = lane % ${blockVectors}u;
    let other = lane / ${blockVectors}u;
    let both = pair(index, round, ${size}u);
    if (other < ${size}u) {
      let p = other * ${size}u + both.x;
      let q = other * ${size}u + both.y;
      let x = g[p];
      let y = g[q];
      g[p] = combined(4u * index, x, y);
      g[q] = combined(4u * index + 2u, x, y);
    } else if (other < ${2 * size}u) {
      let p = (other - ${size}u) * ${size}u + both.x;
      let q = (other - ${size}u) * ${size}u + both.y;
      let x = v[p];
      let y = v[q];
      v[p] = combined(4u * index, x, y);
      v[q] = combined(4u * index + 2u, x, y);
    }
    workgroupBarrier();
    if (other < ${size}u) {
      let p = both.x * ${size}u + other;
      let q = both.y * ${size}u + other;
      let x = g[p];
      let y = g[q];
      g[p] = combined(4u * index, x, y);
      g[q] = combined(4u * index + 2u, x, y);
    }
    workgroupBarrier();
  }

  for (var i = lane; i < stride; i += ${lanes}u) {
    ${all.map((r) => `var x${r} = vec2f(); if (has${r}) { x${r} = vectors[at${r} + i]; }`).join('\n    ')}
    for (var c = 0u; c < ${size}u; c++) {
      let to = blocks[c / ${blockVectors}u] * ${blockVectors}u + c % ${blockVectors}u;
      if (to < job.count) {
        var sum = times(v[c], x0);
        ${all
          .slice(1)
          .map((r) => `sum = plus(sum, times(v[${r * size}u + c], x${r}));`)
          .join('\n        ')}
        vectors[to * stride + i] = sum;
      }
    }
  }
}`,
};
