/** What the training kernels share: a run's own settings and its progress. */
import type { Binding } from '../device.js';

/**
 * - `Job`: how many steps this dispatch takes at most, and how many minibatches lie ready for each run.
 * - `Run`: its learning rate and weight decay, where its samples start, how many steps it may take in this dispatch.
 * - `Progress`: how many it has taken in this dispatch, whether its loss is still finite, whether it takes the step
 *   under way (of the tiled kernels) or a parameter is no longer finite (of the fused one), and its last loss.
 */
export const trainingTypes = /* wgsl */ `
struct Job { steps: u32, slots: u32, unused1: u32, unused2: u32 }
struct Run { rate: f32, decay: f32, samples: u32, steps: u32 }
struct Progress { taken: u32, alive: u32, flag: u32, loss: f32 }

// By its bits: a compiler may assume that a number is finite and leave a comparison out.
fn isFinite(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7f800000u) != 0x7f800000u;
}
`;

/** Bytes of a `Run` and of a `Progress`. */
export const recordBytes = 16;

export const job: Binding = { name: 'job', use: 'uniform', type: 'Job' };
export const runs: Binding = { name: 'runs', use: 'read', type: 'array<Run>' };
