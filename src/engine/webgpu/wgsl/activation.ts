/**
 * The activations and their derivatives in WGSL, as model/activation.ts defines them. Their exponentials are computed
 * here: WGSL promises too little of its own, and nothing of them being the same on two devices. The polynomials are
 * those of the Cephes library's float32 functions (S. L. Moshier), good to about one unit in the last place.
 */
import { entryOf } from '../../../shared/entry-of.js';
import type { Activation } from '../../../model/network.js';

const exponential = /* wgsl */ `
fn exponential(x: f32) -> f32 {
  // What is no number stays none: a clamp may make one of it, and compilers may take x != x for false.
  if ((bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u) { return x; }
  let y = clamp(x, -87.0, 88.0);
  let n = floor(y * 1.44269504 + 0.5);
  let r = (y - n * 0.693359375) + n * 2.12194440e-4;
  var p = 1.9875691500e-4;
  p = p * r + 1.3981999507e-3;
  p = p * r + 8.3334519073e-3;
  p = p * r + 4.1665795894e-2;
  p = p * r + 1.6666665459e-1;
  p = p * r + 5.0000001201e-1;
  return (p * r * r + r + 1.0) * bitcast<f32>(u32(i32(n) + 127) << 23u);
}`;

const hyperbolicTangent = /* wgsl */ `${exponential}
fn hyperbolicTangent(x: f32) -> f32 {
  let size = abs(x);
  if (size > 0.625) {
    return sign(x) * (1.0 - 2.0 / (exponential(2.0 * size) + 1.0));
  }
  let z = x * x;
  var p = -5.70498872745e-3;
  p = p * z + 2.06390887954e-2;
  p = p * z - 5.37397155531e-2;
  p = p * z + 1.33314422036e-1;
  p = p * z - 3.33332819422e-1;
  return x + x * z * p;
}`;

const errorFunction = /* wgsl */ `${exponential}
fn errorFunction(x: f32) -> f32 {
  let size = abs(x);
  let z = size * size;
  if (size < 1.0) {
    var p = 7.853861353153693e-5;
    p = p * z - 8.010193625184903e-4;
    p = p * z + 5.188327685732524e-3;
    p = p * z - 2.685381193529856e-2;
    p = p * z + 1.128358514861418e-1;
    p = p * z - 3.761262582423300e-1;
    p = p * z + 1.128379165726710;
    return x * p;
  }
  let q = 1.0 / size;
  let y = q * q;
  var p: f32;
  if (size < 2.0) {
    p = 2.326819970068386e-2;
    p = p * y - 1.387039388740657e-1;
    p = p * y + 3.687424674597105e-1;
    p = p * y - 5.824733027278666e-1;
    p = p * y + 6.210004621745983e-1;
    p = p * y - 4.944515323274145e-1;
    p = p * y + 3.404879937665872e-1;
    p = p * y - 2.741127028184656e-1;
    p = p * y + 5.638259427386472e-1;
  } else {
    p = -1.047766399936249e1;
    p = p * y + 1.297719955372516e1;
    p = p * y - 7.495518717768503;
    p = p * y + 2.921019019210786;
    p = p * y - 1.015265279202700;
    p = p * y + 4.218463358204948e-1;
    p = p * y - 2.820767439740514e-1;
    p = p * y + 5.641895067754075e-1;
  }
  return sign(x) * (1.0 - exponential(-z) * q * p);
}`;

const normalDistribution = /* wgsl */ `${errorFunction}
fn normalDistribution(x: f32) -> f32 {
  return 0.5 * (1.0 + errorFunction(x * 0.7071067811865476));
}`;

const logarithmOfOnePlus = /* wgsl */ `${exponential}
// For x in [0, 1].
fn logarithmOfOnePlus(x: f32) -> f32 {
  let w = 1.0 + x;
  let lost = (x - (w - 1.0)) / w;
  let large = w > 1.41421356;
  let f = select(w - 1.0, 0.5 * w - 1.0, large);
  let z = f * f;
  var p = 7.0376836292e-2;
  p = p * f - 1.1514610310e-1;
  p = p * f + 1.1676998740e-1;
  p = p * f - 1.2420140846e-1;
  p = p * f + 1.4249322787e-1;
  p = p * f - 1.6668057665e-1;
  p = p * f + 2.0000714765e-1;
  p = p * f - 2.4999993993e-1;
  p = p * f + 3.3333331174e-1;
  let y = p * f * z - 0.5 * z;
  if (large) {
    return (f + (y - 2.12194440e-4)) + 0.693359375 + lost;
  }
  return f + y + lost;
}`;

const trigonometry = /* wgsl */ `
// sin(x + quarters pi/2). Multiples of pi/2 are taken away in three parts.
fn turnedSine(x: f32, quarters: i32) -> f32 {
  let n = floor(x * 0.63661977 + 0.5);
  let r = ((x - n * 1.5703125) - n * 4.837512969970703e-4) - n * 7.549789954891882e-8;
  let z = r * r;
  let quarter = i32(n) + quarters;
  var value: f32;
  if ((quarter & 1) == 0) {
    value = ((-1.9515295891e-4 * z + 8.3321608736e-3) * z - 1.6666654611e-1) * z * r + r;
  } else {
    value = ((2.443315711809948e-5 * z - 1.388731625493765e-3) * z + 4.166664568298827e-2) * z * z - 0.5 * z + 1.0;
  }
  return select(value, -value, (quarter & 2) != 0);
}`;

const logistic = /* wgsl */ `${exponential}
fn logistic(x: f32) -> f32 {
  let e = exponential(-abs(x));
  return select(e, 1.0, x > 0.0) / (1.0 + e);
}`;

const sources: Readonly<Record<Activation, string>> = {
  relu: /* wgsl */ `
fn activate(x: f32) -> f32 { return select(x, 0.0, x <= 0.0); }
fn slope(x: f32, y: f32) -> f32 { return select(0.0, 1.0, x > 0.0); }`,
  'leaky-relu': /* wgsl */ `
fn activate(x: f32) -> f32 { return select(0.01 * x, x, x > 0.0); }
fn slope(x: f32, y: f32) -> f32 { return select(0.01, 1.0, x > 0.0); }`,
  tanh: /* wgsl */ `${hyperbolicTangent}
fn activate(x: f32) -> f32 { return hyperbolicTangent(x); }
fn slope(x: f32, y: f32) -> f32 { return 1.0 - y * y; }`,
  gelu: /* wgsl */ `${normalDistribution}
fn activate(x: f32) -> f32 { return x * normalDistribution(x); }
fn slope(x: f32, y: f32) -> f32 {
  return normalDistribution(x) + x * 0.3989422804014327 * exponential(-0.5 * x * x);
}`,
  softplus: /* wgsl */ `${logarithmOfOnePlus}
fn activate(x: f32) -> f32 {
  if (x > 20.0) { return x; }
  return select(0.0, x, x > 0.0) + logarithmOfOnePlus(exponential(-abs(x)));
}
fn slope(x: f32, y: f32) -> f32 {
  if (x > 20.0) { return 1.0; }
  let e = exponential(-abs(x));
  return select(e, 1.0, x > 0.0) / (1.0 + e);
}`,
  identity: /* wgsl */ `
fn activate(x: f32) -> f32 { return x; }
fn slope(x: f32, y: f32) -> f32 { return 1.0; }`,
  sigmoid: /* wgsl */ `${logistic}
fn activate(x: f32) -> f32 { return logistic(x); }
fn slope(x: f32, y: f32) -> f32 { return y * (1.0 - y); }`,
  silu: /* wgsl */ `${logistic}
fn activate(x: f32) -> f32 { return x * logistic(x); }
fn slope(x: f32, y: f32) -> f32 {
  let value = logistic(x);
  return value + y * (1.0 - value);
}`,
  erf: /* wgsl */ `${errorFunction}
fn activate(x: f32) -> f32 { return errorFunction(x); }
fn slope(x: f32, y: f32) -> f32 { return 1.1283791670955126 * exponential(-x * x); }`,
  sine: /* wgsl */ `${trigonometry}
fn activate(x: f32) -> f32 { return turnedSine(x, 0); }
fn slope(x: f32, y: f32) -> f32 { return turnedSine(x, 1); }`,
};

/**
 * `fn activate(x: f32) -> f32` and `fn slope(x: f32, y: f32) -> f32`, the derivative at x where the activation is y. What
 * is not a number stays so through both: a run that diverges shows it.
 */
export function activationCode(activation: Activation): string {
  return entryOf(sources, activation, 'activation');
}
