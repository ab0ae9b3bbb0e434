/** What the module offers to src/engine/wasm. One instance serves one piece of work. */
import { FROM_ZERO, multiply, openPanel } from './multiply';
import { openNetwork } from './network';

export { reserve } from './memory';
export { setIndex, words, wordsUsed } from './mt19937';
export { openBatches } from './batches';
export { addLayer, layerAt } from './network';
export { keepFactors, memoryAt, memoryBytes, openOptimizer, powerOf, setPowers, setRates } from './optimizer';
export { batchLoss, measure, openTraining, train } from './train';
export { gram, jacobian, outputs } from './gradients';
export { decompose } from './svd';

/** For training in float32. */
export function openNetwork32(columns: i32, purpose: i32): void {
  openNetwork<f32>(columns, purpose);
}

/** For everything else, in float64. */
export function openNetwork64(columns: i32, purpose: i32): void {
  openNetwork<f64>(columns, purpose);
}

/** a b in float64: rows x inner times inner x columns, columns in whole groups of four. */
export function product(rows: i32, columns: i32, inner: i32, a: usize, b: usize, to: usize): void {
  const wide = <usize>columns << 3;
  if (opened < inner) openPanel<f64>(inner);
  opened = max(opened, inner);
  multiply<f64>(rows, columns, inner, a, <usize>inner << 3, 8, b, wide, to, wide, FROM_ZERO, 0);
}

let opened: i32 = 0;
