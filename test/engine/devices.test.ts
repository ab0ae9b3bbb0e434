/** Which engine is behind `--device gpu`: real hardware through WebGPU, else CUDA, else why there is neither. */
import { expect, it, vi } from 'vitest';
import { Devices, type Opened } from '../../src/engine/devices.js';
import { openEngine } from '../../src/engine/open-engine.js';

const there = vi.hoisted(() => ({ webgpu: {}, tfjs: {} }) as { webgpu: Opened; tfjs: unknown });
vi.mock('../../src/engine/webgpu/open-webgpu.js', () => ({ openWebgpu: () => Promise.resolve(there.webgpu) }));
vi.mock('../../src/engine/tfjs/open.js', () => ({ openTfjs: () => Promise.resolve(there.tfjs) }));

const processor = openEngine('wasm');
const close = (): Promise<void> => Promise.resolve();
const named = (device: string) => ({ ...processor, device });
const webgpu = (hardware: boolean): Opened => ({ engine: named('webgpu'), hardware, close });
const tfjs = (...missing: string[]) => ({ engine: named('tfjs'), missing });
const nothing = { missing: 'no adapter' };

it.each([
  ['hardware and CUDA', webgpu(true), tfjs(), 'webgpu'],
  ['CUDA beside a software driver', webgpu(false), tfjs(), 'tfjs'],
  ['CUDA alone', nothing, tfjs(), 'tfjs'],
  [
    'neither',
    webgpu(false),
    tfjs('libcudart.so.11.0'),
    'webgpu is no GPU but a software driver on the CPU; no CUDA: without libcudart.so.11.0',
  ],
  ['nothing at all', nothing, undefined, 'no adapter; the optional packages of TensorFlow.js are not installed'],
])('%s', async (_, onWebgpu, onTfjs, expected) => {
  Object.assign(there, { webgpu: onWebgpu, tfjs: onTfjs });
  const opened = await new Devices(processor, 1, new AbortController().signal).open('gpu');
  if ('missing' in opened) expect(opened.missing).toBe(expected);
  else expect([opened.engine.device, opened.hardware]).toEqual([expected, true]);
});
