/** What the rows are measured on: the device, if there is one, with what it says of itself; the kernels of the processor beside it. */
import { wasmEngine } from '../../../dist/engine/wasm/index.js';
import { loadKernels } from '../../../dist/engine/wasm/load-kernels.js';
import { webgpuEngine } from '../../../dist/engine/webgpu/index.js';
import { nodeGpu } from '../../../dist/engine/webgpu/node-gpu.js';
import { openDevice } from '../../../dist/engine/webgpu/open-device.js';
import { peaksOf } from './cards.mjs';
import { clock } from './work.mjs';

/** The kernels of the processor: not through open-engine.js, which needs packages that are not carried. */
export const openProcessor = () => wasmEngine(loadKernels());

/**
 * `tiny` takes a software driver too. The peaks are those of the card's name unless COLOPHON_TERAFLOPS and COLOPHON_TERABYTES give
 * them; `missing` says why there is no device.
 */
export async function openWorld({ tiny }) {
  const processor = openProcessor();
  const nothing = (missing) => ({ tiny, processor, missing });
  const { COLOPHON_TERAFLOPS: teraflops, COLOPHON_TERABYTES: terabytes } = process.env;
  const given = teraflops && terabytes && { operations: teraflops * 1e12, bytes: terabytes * 1e12 };
  const found = await nodeGpu();
  if ('missing' in found) return nothing(found.missing);
  const reopen = () => openDevice(found.gpu);
  const opened = await reopen();
  if ('missing' in opened) return nothing(opened.missing);
  const { device, name, software } = opened;
  if (software && !tiny) return nothing(`${name} is no GPU but a software driver`);
  const engineOn = (on) => webgpuEngine({ ...opened, device: on, reopen: async () => (await reopen()).device, processor });
  let latency;
  return {
    tiny,
    processor,
    device,
    name,
    gpu: engineOn(device),
    /** The same engine on a device that is opened again. */
    again: async () => engineOn((await reopen()).device),
    adapter: () => found.gpu.requestAdapter({ powerPreference: 'high-performance' }),
    peaks: given || peaksOf(name),
    latency: () => (latency ??= barrierLatency(device, tiny)),
  };
}

/** Seconds of one workgroup barrier after another. */
async function barrierLatency(device, tiny) {
  const count = tiny ? 1000 : 1_000_000;
  const kernel = await device.kernel({
    label: 'barriers',
    bindings: [{ name: 'out', use: 'write', type: 'array<u32>' }],
    code: `var<workgroup> count: u32;
@compute @workgroup_size(64) fn main(@builtin(local_invocation_index) lane: u32) {
  for (var i = 0u; i < ${count}u; i++) { if (lane == i % 64u) { count += 1u; } workgroupBarrier(); }
  if (lane == 0u) { out[0] = count; }
}`,
  });
  return device.withBuffers(async (buffers) => {
    const out = await device.checked(() => buffers.storage('out', 4));
    const bind = kernel.bind({ out });
    let best = Infinity;
    for (let round = 0; round < 3; round += 1) {
      const started = clock();
      await device.submit((pass) => {
        pass.setPipeline(kernel.pipeline);
        pass.setBindGroup(0, bind);
        pass.dispatchWorkgroups(1);
      });
      await device.read([out, 0, 4]);
      best = Math.min(best, clock() - started);
    }
    return best / count;
  });
}
