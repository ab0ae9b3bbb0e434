/**
 * Numbers of about 48 bits as the sum of two float32 (T. J. Dekker, "A floating-point technique for extending the
 * available precision", Numer. Math. 18, 1971), for linear algebra: WGSL has no float64. They need additions and
 * multiplications that round once each and are left in their order, which `doubleSingleTest` finds out.
 */
import type { KernelSource } from '../device.js';

export const doubleSingle = /* wgsl */ `
// a + b without loss.
fn twoSum(a: f32, b: f32) -> vec2f {
  let s = a + b;
  let t = s - a;
  return vec2f(s, (a - (s - t)) + (b - t));
}

// The same for |a| >= |b|.
fn quickSum(a: f32, b: f32) -> vec2f {
  let s = a + b;
  return vec2f(s, b - (s - a));
}

// a b without loss: products of halves of twelve bits are exact.
fn twoProduct(a: f32, b: f32) -> vec2f {
  let p = a * b;
  let ah = bitcast<f32>(bitcast<u32>(a) & 0xfffff000u);
  let bh = bitcast<f32>(bitcast<u32>(b) & 0xfffff000u);
  let al = a - ah;
  let bl = b - bh;
  return vec2f(p, ((ah * bh - p) + ah * bl + al * bh) + al * bl);
}

fn plus(a: vec2f, b: vec2f) -> vec2f {
  let high = twoSum(a.x, b.x);
  let low = twoSum(a.y, b.y);
  let middle = quickSum(high.x, high.y + low.x);
  return quickSum(middle.x, middle.y + low.y);
}

fn minus(a: vec2f, b: vec2f) -> vec2f { return plus(a, -b); }

fn times(a: vec2f, b: vec2f) -> vec2f {
  let p = twoProduct(a.x, b.x);
  return quickSum(p.x, p.y + (a.x * b.y + a.y * b.x));
}

fn over(a: vec2f, b: vec2f) -> vec2f {
  let first = a.x / b.x;
  var rest = minus(a, times(vec2f(first, 0.0), b));
  let second = rest.x / b.x;
  rest = minus(rest, times(vec2f(second, 0.0), b));
  let both = quickSum(first, second);
  return plus(both, vec2f(rest.x / b.x, 0.0));
}

fn root(a: vec2f) -> vec2f {
  if (a.x <= 0.0) { return vec2f(0.0); }
  let first = sqrt(a.x);
  // Newton's correction, twice: sqrt may be a few units off.
  let r1 = minus(a, twoProduct(first, first));
  let second = quickSum(first, r1.x / (2.0 * first));
  let r2 = minus(a, times(second, second));
  return plus(second, vec2f(r2.x / (2.0 * first), 0.0));
}
`;

/**
 * Writes sums, products, quotients and roots of pairs of numbers, and the step of an inner product that is fused if any is, for the host to
 * compare with float64.
 */
export const doubleSingleTest: KernelSource = {
  label: 'test of double-single arithmetic',
  bindings: [
    { name: 'numbers', use: 'read', type: 'array<vec4f>' },
    { name: 'results', use: 'write', type: 'array<vec2f>' },
  ],
  code: /* wgsl */ `${doubleSingle}
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = id.x;
  if (i >= arrayLength(&numbers)) { return; }
  let a = numbers[i].xy;
  let b = numbers[i].zw;
  results[5u * i] = plus(a, b);
  results[5u * i + 1u] = times(a, b);
  results[5u * i + 2u] = over(a, b);
  results[5u * i + 3u] = root(times(a, a));
  results[5u * i + 4u] = plus(a, twoProduct(a.x, b.x));
}`,
};
