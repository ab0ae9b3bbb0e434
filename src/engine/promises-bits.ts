/** Which arithmetics give the same bits wherever they run; the others give the same numbers within a tolerance. */
export function promisesBits(profile: string): boolean {
  return /^(wasm-f32|reference-f64)\//.test(profile);
}
