/**
 * The gradient of a network with one input, two hidden layers of relu units and one output, without a product of
 * matrices. A unit of the first layer, max(0, w_i x + b_i), is on from some sample on when the samples are sorted by
 * their input (from the other end where w_i is negative). Between two such switches what goes into unit j of the second
 * layer is a line, and one sum goes over the units in the order in which they switch on:
 *
 *   z_j(x) = P_j x + Q_j,   P_j = c_j + sum over units on at x of u_ji w_i,   Q_j = sum of u_ji b_i.
 *
 * Backward, with e_sj the derivative of the loss with respect to z_j at sample s, sums over the samples where i is on,
 *
 *   S_ij = sum e_sj,  T_ij = sum e_sj x_s:   du_ji = w_i T_ij + b_i S_ij,  dw_i = sum_j u_ji T_ij,  db_i = sum_j u_ji S_ij,
 *
 * and S and T are running sums over the samples. A step thus takes a few operations for each weight, not for each weight
 * and sample. Both go once upwards, for the units that switch on at a larger input, and once downwards, for the others:
 * nothing is ever taken from a sum again. Vectors run along the second layer's units, whose weights lie input by input.
 */
import { padded, reserve } from './memory';
import { lanesOfFour } from './multiply';
import { columns, layerAt } from './network';

/** Bytes of the record of a unit that is on somewhere: where its weights begin, w, b, and its number times 16. */
const RECORD: usize = 16;

/** What goes into the second layer, later the derivative with respect to it: sample by sample, `row` bytes each. */
let middle: usize = 0;
let row: usize = 0;
/** How many samples each unit of the first layer is off at: it is on from that position on, in its direction. */
let positions: usize = 0;
/** The units' records in the order in which they switch on, upwards and downwards. */
let upwards: usize = 0;
let downwards: usize = 0;
/** For each position, where the records of the units end that are on there. */
let endsUpwards: usize = 0;
let endsDownwards: usize = 0;
/** For each unit four partial sums of its dw, and of its db. */
let weightSums: usize = 0;
let biasSums: usize = 0;

export function openKinks(): void {
  const first = <usize>padded(layerAt(0).outputs);
  row = <usize>padded(layerAt(1).outputs) << 2;
  middle = reserve(<usize>columns * row);
  positions = reserve(first << 2);
  upwards = reserve(first * RECORD);
  downwards = reserve(first * RECORD);
  endsUpwards = reserve(((<usize>columns) + 1) << 2);
  endsDownwards = reserve(((<usize>columns) + 1) << 2);
  weightSums = reserve(first << 4);
  biasSums = reserve(first << 4);
}

/** Before the first samples of a batch. */
export function clearKinks(): void {
  const bytes = <usize>padded(layerAt(0).outputs) << 4;
  memory.fill(weightSums, 0, bytes);
  memory.fill(biasSums, 0, bytes);
}

/** The outputs at `count` inputs, which lie at `input` in ascending order, into the last layer's `after`. */
export function kinksForward(input: usize, count: i32): void {
  findSwitches(input, count);
  sortUnits(count);
  for (let at: usize = 0; at < row; ) {
    const left = row - at;
    if (left >= 64) {
      rise(4, input, count, at, true);
      rise(4, input, count, at, false);
      at += 64;
    } else if (left >= 32) {
      rise(2, input, count, at, true);
      rise(2, input, count, at, false);
      at += 32;
    } else {
      rise(1, input, count, at, true);
      rise(1, input, count, at, false);
      at += 16;
    }
  }
  const last = layerAt(2);
  for (let s: usize = 0; s < <usize>count; s += 4) v128.store(last.after + (s << 2), outputsOfFour(middle + s * row));
}

/** A unit whose input is not a number counts as on, so that the loss is none either. */
function findSwitches(input: usize, count: i32): void {
  const hidden = layerAt(0);
  const bytes = <usize>padded(hidden.outputs) << 2;
  const zero = f32x4.splat(0);
  const end = input + ((<usize>count) << 2);
  for (let at: usize = 0; at < bytes; at += 16) {
    const w = v128.load(hidden.weight + at);
    const b = v128.load(hidden.bias + at);
    let off = i32x4.splat(0);
    for (let x = input; x < end; x += 4) {
      off = i32x4.sub(off, f32x4.le(f32x4.add(f32x4.mul(w, v128.load32_splat(x)), b), zero));
    }
    v128.store(positions + at, off);
  }
}

/** Counting sort by position: units of one position stay in their order. */
function sortUnits(count: i32): void {
  const hidden = layerAt(0);
  const units = (<usize>hidden.outputs) << 2;
  const room = ((<usize>count) + 1) << 2;
  const up = endsUpwards;
  const down = endsDownwards;
  memory.fill(up, 0, room);
  memory.fill(down, 0, room);
  for (let i: usize = 0; i < units; i += 4) {
    const ends = (load<f32>(hidden.weight + i) > 0 ? up : down) + ((<usize>load<i32>(positions + i)) << 2);
    store<u32>(ends, load<u32>(ends) + <u32>RECORD);
  }
  let above = upwards;
  let below = downwards;
  for (let at: usize = 0; at < room; at += 4) {
    const ofUp = load<u32>(up + at);
    const ofDown = load<u32>(down + at);
    store<u32>(up + at, above);
    store<u32>(down + at, below);
    above += ofUp;
    below += ofDown;
  }
  // Now each place holds where its records begin; writing them moves it to where they end.
  const stride = <usize>layerAt(1).stride;
  for (let i: usize = 0; i < units; i += 4) {
    const w = load<f32>(hidden.weight + i);
    const position = load<i32>(positions + i);
    const ends = (w > 0 ? up : down) + ((<usize>position) << 2);
    const record = <usize>load<u32>(ends);
    store<u32>(ends, <u32>(record + RECORD));
    store<u32>(record, <u32>(i * stride));
    store<f32>(record, w, 4);
    store<f32>(record, load<f32>(hidden.bias + i), 8);
    store<u32>(record, <u32>(i << 2), 12);
  }
}

/**
 * What goes into up to sixteen units of the second layer, whose numbers lie `at` bytes into their rows: upwards, and then
 * downwards added to it.
 */
// @ts-ignore: decorator
@inline
function rise(vectors: i32, input: usize, count: i32, at: usize, up: bool): void {
  const layer = layerAt(1);
  const weight = layer.weight + at;
  const step: usize = up ? 4 : -4;
  const down = up ? row : 0 - row;
  const far: usize = up ? 0 : <usize>(count - 1);
  let x = input + (far << 2);
  let to = middle + far * row + at;
  let record = up ? upwards : downwards;
  let ends = up ? endsUpwards : endsDownwards;
  const zero = f32x4.splat(0);
  let p0 = zero;
  let p1 = zero;
  let p2 = zero;
  let p3 = zero;
  let q0 = up ? v128.load(layer.bias + at) : zero;
  let q1 = vectors > 1 && up ? v128.load(layer.bias + at, 16) : zero;
  let q2 = vectors > 2 && up ? v128.load(layer.bias + at, 32) : zero;
  let q3 = vectors > 2 && up ? v128.load(layer.bias + at, 48) : zero;
  for (let s = count; s > 0; s -= 1) {
    const end = <usize>load<u32>(ends);
    for (; record < end; record += RECORD) {
      const from = weight + <usize>load<u32>(record);
      const w = v128.load32_splat(record, 4);
      const b = v128.load32_splat(record, 8);
      const u0 = v128.load(from);
      p0 = f32x4.add(p0, f32x4.mul(w, u0));
      q0 = f32x4.add(q0, f32x4.mul(b, u0));
      if (vectors > 1) {
        const u1 = v128.load(from, 16);
        p1 = f32x4.add(p1, f32x4.mul(w, u1));
        q1 = f32x4.add(q1, f32x4.mul(b, u1));
      }
      if (vectors > 2) {
        const u2 = v128.load(from, 32);
        p2 = f32x4.add(p2, f32x4.mul(w, u2));
        q2 = f32x4.add(q2, f32x4.mul(b, u2));
        const u3 = v128.load(from, 48);
        p3 = f32x4.add(p3, f32x4.mul(w, u3));
        q3 = f32x4.add(q3, f32x4.mul(b, u3));
      }
    }
    const here = v128.load32_splat(x);
    put(to, f32x4.add(f32x4.mul(p0, here), q0), up);
    if (vectors > 1) put(to + 16, f32x4.add(f32x4.mul(p1, here), q1), up);
    if (vectors > 2) {
      put(to + 32, f32x4.add(f32x4.mul(p2, here), q2), up);
      put(to + 48, f32x4.add(f32x4.mul(p3, here), q3), up);
    }
    x += step;
    to += down;
    ends += 4;
  }
}

/** Stores a vector, or with `anew` false adds it to what is there. */
// @ts-ignore: decorator
@inline
function put(to: usize, value: v128, anew: bool): void {
  v128.store(to, anew ? value : f32x4.add(v128.load(to), value));
}

// @ts-ignore: decorator
@inline
function relu(z: v128): v128 {
  return f32x4.pmax(z, f32x4.splat(0));
}

/** The network's outputs at four samples. */
function outputsOfFour(z: usize): v128 {
  const last = layerAt(2);
  const z1 = z + row;
  const z2 = z1 + row;
  const z3 = z2 + row;
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  for (let at: usize = 0; at < row; at += 16) {
    const v = v128.load(last.weight + at);
    s0 = f32x4.add(s0, f32x4.mul(v, relu(v128.load(z + at))));
    s1 = f32x4.add(s1, f32x4.mul(v, relu(v128.load(z1 + at))));
    s2 = f32x4.add(s2, f32x4.mul(v, relu(v128.load(z2 + at))));
    s3 = f32x4.add(s3, f32x4.mul(v, relu(v128.load(z3 + at))));
  }
  return f32x4.add(lanesOfFour(s0, s1, s2, s3), v128.load32_splat(last.bias));
}

/**
 * The gradient of the second and third layer from the samples of the last `kinksForward`, as far behind the parameters
 * as `distance` says (`more`: added to what is there), and the sums for the first layer's.
 */
export function kinksBackward(input: usize, count: i32, distance: usize, more: bool): void {
  for (let at: usize = 0; at < row; at += 16) lastBackward(at, count, distance, more);
  if (!more) clearUnused(count, distance);
  for (let at: usize = 0; at < row; ) {
    const left = row - at;
    if (left >= 64) {
      fall(4, input, count, at, true, distance, more);
      fall(4, input, count, at, false, distance, more);
      at += 64;
    } else if (left >= 32) {
      fall(2, input, count, at, true, distance, more);
      fall(2, input, count, at, false, distance, more);
      at += 32;
    } else {
      fall(1, input, count, at, true, distance, more);
      fall(1, input, count, at, false, distance, more);
      at += 16;
    }
  }
}

/** Of four units of the second layer: the gradient of what the last one multiplies them with, and their derivatives. */
function lastBackward(at: usize, count: i32, distance: usize, more: bool): void {
  const last = layerAt(2);
  const zero = f32x4.splat(0);
  const v = v128.load(last.weight + at);
  const end = last.delta + ((<usize>count) << 2);
  let sum = zero;
  let z = middle + at;
  for (let from = last.delta; from < end; from += 4) {
    const d = v128.load32_splat(from);
    const before = v128.load(z);
    sum = f32x4.add(sum, f32x4.mul(d, relu(before)));
    v128.store(z, v128.and(f32x4.mul(d, v), f32x4.gt(before, zero)));
    z += row;
  }
  put(last.weight + distance + at, sum, !more);
}

/** The weights of units that are on nowhere get no gradient. */
function clearUnused(count: i32, distance: usize): void {
  const hidden = layerAt(0).outputs;
  const layer = layerAt(1);
  const weight = layer.weight + distance;
  const stride = (<usize>layer.stride) << 2;
  for (let i: usize = 0; i < <usize>hidden; i += 1) {
    if (load<i32>(positions + (i << 2)) === count) memory.fill(weight + i * stride, 0, stride);
  }
}

/** Running sums over the samples for up to sixteen units of the second layer; each unit of the first takes them where it ends. */
// @ts-ignore: decorator
@inline
function fall(vectors: i32, input: usize, count: i32, at: usize, up: bool, distance: usize, more: bool): void {
  const layer = layerAt(1);
  const weight = layer.weight + at;
  const last = <usize>(count - 1);
  const step: usize = up ? -4 : 4;
  const down = up ? 0 - row : row;
  const far: usize = up ? last : 0;
  let x = input + (far << 2);
  let from = middle + far * row + at;
  const first = up ? upwards : downwards;
  let ends = (up ? endsUpwards : endsDownwards) + (last << 2);
  let record = <usize>load<u32>(ends);
  const zero = f32x4.splat(0);
  let s0 = zero;
  let s1 = zero;
  let s2 = zero;
  let s3 = zero;
  let t0 = zero;
  let t1 = zero;
  let t2 = zero;
  let t3 = zero;
  for (let s = last; ; s -= 1) {
    const here = v128.load32_splat(x);
    const e0 = v128.load(from);
    s0 = f32x4.add(s0, e0);
    t0 = f32x4.add(t0, f32x4.mul(e0, here));
    if (vectors > 1) {
      const e1 = v128.load(from, 16);
      s1 = f32x4.add(s1, e1);
      t1 = f32x4.add(t1, f32x4.mul(e1, here));
    }
    if (vectors > 2) {
      const e2 = v128.load(from, 32);
      s2 = f32x4.add(s2, e2);
      t2 = f32x4.add(t2, f32x4.mul(e2, here));
      const e3 = v128.load(from, 48);
      s3 = f32x4.add(s3, e3);
      t3 = f32x4.add(t3, f32x4.mul(e3, here));
    }
    ends -= 4;
    const begin = s === 0 ? first : <usize>load<u32>(ends);
    while (record > begin) {
      record -= RECORD;
      const u = weight + <usize>load<u32>(record);
      const to = u + distance;
      const w = v128.load32_splat(record, 4);
      const b = v128.load32_splat(record, 8);
      const sums = <usize>load<u32>(record, 12);
      const u0 = v128.load(u);
      let ofWeight = f32x4.mul(u0, t0);
      let ofBias = f32x4.mul(u0, s0);
      put(to, f32x4.add(f32x4.mul(w, t0), f32x4.mul(b, s0)), !more);
      if (vectors > 1) {
        const u1 = v128.load(u, 16);
        ofWeight = f32x4.add(ofWeight, f32x4.mul(u1, t1));
        ofBias = f32x4.add(ofBias, f32x4.mul(u1, s1));
        put(to + 16, f32x4.add(f32x4.mul(w, t1), f32x4.mul(b, s1)), !more);
      }
      if (vectors > 2) {
        const u2 = v128.load(u, 32);
        ofWeight = f32x4.add(ofWeight, f32x4.mul(u2, t2));
        ofBias = f32x4.add(ofBias, f32x4.mul(u2, s2));
        put(to + 32, f32x4.add(f32x4.mul(w, t2), f32x4.mul(b, s2)), !more);
        const u3 = v128.load(u, 48);
        ofWeight = f32x4.add(ofWeight, f32x4.mul(u3, t3));
        ofBias = f32x4.add(ofBias, f32x4.mul(u3, s3));
        put(to + 48, f32x4.add(f32x4.mul(w, t3), f32x4.mul(b, s3)), !more);
      }
      put(weightSums + sums, ofWeight, false);
      put(biasSums + sums, ofBias, false);
    }
    if (s === 0) break;
    x += step;
    from += down;
  }
  if (!up) return;
  const bias = layer.bias + distance + at;
  put(bias, s0, !more);
  if (vectors > 1) put(bias + 16, s1, !more);
  if (vectors > 2) {
    put(bias + 32, s2, !more);
    put(bias + 48, s3, !more);
  }
}

/** The first layer's gradient from its units' sums, and the output bias's, which is `bias`. */
export function kinksGradient(distance: usize, bias: f32): void {
  const hidden = layerAt(0);
  const bytes = <usize>padded(hidden.outputs) << 2;
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(hidden.weight + distance + at, lanesAt(weightSums + (at << 2)));
    v128.store(hidden.bias + distance + at, lanesAt(biasSums + (at << 2)));
  }
  store<f32>(layerAt(2).bias + distance, bias);
}

// @ts-ignore: decorator
@inline
function lanesAt(sums: usize): v128 {
  return lanesOfFour(v128.load(sums), v128.load(sums, 16), v128.load(sums, 32), v128.load(sums, 48));
}
