/** What this processor can do at most in 128-bit vectors without fused multiply-adds: the ceiling of every kernel here. */
import asc from 'assemblyscript/asc';

/** Sums that run side by side, so that none waits for its last addition: as many as fit the sixteen registers. */
const sideBySide = [10, 11, 12, 13];

function source(count) {
  const sums = Array.from({ length: count }, (_, i) => `s${i}`);
  return `export function run(n: i32): f32 {
    const w = f32x4.splat(0.999), y = f32x4.splat(0.001);
    let ${sums.map((sum, i) => `${sum} = f32x4.splat(${i})`).join(', ')};
    for (let t = 0; t < n; t++) { ${sums.map((sum) => `${sum} = f32x4.add(f32x4.mul(${sum}, w), y);`).join(' ')} }
    return f32x4.extract_lane(${sums.reduce((a, b) => `f32x4.add(${a}, ${b})`)}, 0);
  }`;
}

/** Float32 operations a second of multiplications and additions in registers, the best of many short runs. */
export async function measurePeak() {
  let best = 0;
  for (const count of sideBySide) {
    const { binary, error } = await asc.compileString(source(count), {
      optimizeLevel: 3,
      runtime: 'stub',
      enable: ['simd'],
    });
    if (error) throw error;
    const { run } = new WebAssembly.Instance(new WebAssembly.Module(binary)).exports;
    run(100_000);
    const loops = 20_000;
    for (const until = performance.now() + 400; performance.now() < until; ) {
      const started = performance.now();
      run(loops);
      best = Math.max(best, (loops * count * 8) / (performance.now() - started));
    }
  }
  return best * 1000;
}
