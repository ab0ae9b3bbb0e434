/**
 * The least that work can take on a card: its operations at the card's peak, its bytes at its memory's, and the barriers that follow
 * each other at the latency that is measured there.
 */
import { parameterCount } from '../../../dist/model/network.js';

/** Barriers of a step of the fused kernel: load, each layer, output, back, all learn of the loss (2), update. */
const fusedBarriers = (layers) => 4 + 2 * layers;
/** Barriers over the strips of 16 of a product along `inner`. */
const productBarriers = (inner) => 2 * Math.ceil(inner / 16);
/** From here on a network does not fit the memory that a workgroup shares. */
const mostFused = 4096;

/** Operations, bytes of the device's memory and dependent barriers of so many steps of so many runs; products are counted once. */
export function trainingCost({ hidden, size, runs, steps }) {
  const parameters = parameterCount({ inputs: 1, hidden, activation: 'relu' });
  const operations = 6 * parameters * size * runs * steps;
  // Which samples are drawn is written and read; inputs and targets are read.
  const drawn = 4 * size * (2 + 2) * runs * steps;
  if (parameters < mostFused) return { operations, bytes: drawn, barriers: fusedBarriers(hidden.length) * steps };
  const units = hidden.reduce((sum, width) => sum + width, 1);
  return {
    operations,
    // Parameters forwards, backwards, and read and written by the update; activations and deltas written once, read twice.
    bytes: drawn + 4 * (4 * parameters + 6 * units * size) * runs * steps,
    barriers: [1, ...hidden].reduce((sum, width) => sum + 2 * productBarriers(width) + productBarriers(size), 0) * steps,
  };
}

/** A sweep that turns the vectors has so many barriers in each round, and the last one, which finds nothing left, so many (wgsl/jacobi.ts). */
const [turningBarriers, lastBarriers] = [31, 12];

/** Of the spectrum, with two sweeps of rotations, the fewest that there can be; real ones take 8 to 35. */
export function spectrumCost({ width, points }) {
  const total = parameterCount({ inputs: 1, hidden: [width, width], activation: 'relu' });
  const rounds = 2 * Math.ceil(points / 8) - 1;
  return {
    // Forwards, backwards, the products of both layers' deltas and activations, and a bidiagonal form; single operations,
    // where the device takes pairs.
    operations: 4 * total * points + 2 * points ** 2 * (2 * width + width) + (8 / 3) * points ** 3,
    bytes: 4 * (2 * total + 6 * 2 * width * points) + 2 * 8 * points ** 2,
    barriers: 6 * productBarriers(width) + rounds * (turningBarriers + lastBarriers),
  };
}

/** The floor in seconds and its parts; of a card that is not listed the barriers alone, without a latency the others alone. */
export function floorOf({ operations, bytes, barriers }, peaks, latency) {
  const parts = {
    ...(peaks && { operations: operations / peaks.operations, bytes: bytes / peaks.bytes }),
    ...(latency !== undefined && { barriers: barriers * latency }),
  };
  return { seconds: Math.max(0, ...Object.values(parts)), parts };
}
