/**
 * A WebGPU device as the rest of this engine uses it: kernels, buffers that are freed together, dispatches whose errors
 * are caught, and results read back. Knows no host: it works with Dawn's GPU in Node and with navigator.gpu in a browser.
 */
import { messageOf } from '../../shared/message-of.js';
/// <reference types="@webgpu/types" />

/** The device has gone: unplugged, reset by its driver, or destroyed. */
export class DeviceLost extends Error {}

/** The device does not take some work: it is beyond a limit of its, or its driver or compiler will not have it. */
export class DeviceRefusal extends Error {}

/** The device has no room for a buffer. */
export class OutOfDeviceMemory extends DeviceRefusal {}

/** How a kernel uses one of its buffers. */
export interface Binding {
  readonly name: string;
  readonly use: 'uniform' | 'read' | 'write';
  /** In WGSL: `array<f32>`. */
  readonly type: string;
}

/** A compute shader: its buffers, in the order of their binding numbers, and WGSL with an entry point `main`. */
export interface KernelSource {
  readonly label: string;
  readonly bindings: readonly Binding[];
  readonly code: string;
}

export interface Kernel {
  readonly pipeline: GPUComputePipeline;
  /** The buffers by name. */
  readonly bind: (buffers: Readonly<Record<string, GPUBuffer>>) => GPUBindGroup;
}

/** The numbers of GPUBufferUsage, which is no global in Node. */
const usage = { mapRead: 0x01, copySource: 0x04, copyTarget: 0x08, uniform: 0x40, storage: 0x80 } as const;

/** Buffers that end together. */
export class Buffers {
  readonly #device: Device;
  readonly #buffers: GPUBuffer[] = [];
  /** Bytes of all of them. */
  bytes = 0;

  constructor(device: Device) {
    this.#device = device;
  }

  /** A storage buffer, zero where nothing is put into it. */
  storage(label: string, contents: number | Uint32Array | Float32Array): GPUBuffer {
    return this.#create(label, usage.storage | usage.copySource | usage.copyTarget, contents);
  }

  uniform(label: string, contents: number | Uint32Array | Float32Array): GPUBuffer {
    return this.#create(label, usage.uniform | usage.copyTarget, contents);
  }

  #create(label: string, kind: number, contents: number | Uint32Array | Float32Array): GPUBuffer {
    const bytes = typeof contents === 'number' ? 4 * contents : contents.byteLength;
    // A buffer of no bytes cannot be bound.
    const size = Math.max(16, Math.ceil(bytes / 16) * 16);
    if (size > this.#device.mostBytes) {
      throw new OutOfDeviceMemory(
        `${label} would need a buffer of ${size} bytes, of which the device allows ${this.#device.mostBytes}`,
      );
    }
    const buffer = this.#device.gpu.createBuffer({ label, size, usage: kind });
    this.#buffers.push(buffer);
    this.bytes += size;
    if (typeof contents !== 'number') this.#device.write(buffer, 0, contents);
    return buffer;
  }

  destroy(): void {
    for (const buffer of this.#buffers.splice(0)) buffer.destroy();
  }
}

export class Device {
  readonly gpu: GPUDevice;
  /** Rejects with DeviceLost when the device has gone; never resolves. */
  readonly #lost: Promise<never>;
  readonly #kernels = new Map<string, Promise<Kernel>>();
  #gone: DeviceLost | undefined;

  constructor(gpu: GPUDevice) {
    this.gpu = gpu;
    this.#lost = gpu.lost.then(({ reason, message }) => {
      this.#gone = new DeviceLost(`the GPU was lost (${reason}): ${message}`);
      throw this.#gone;
    });
    // Whoever waits hears of it; nobody may be waiting.
    this.#lost.catch(() => undefined);
  }

  /** The largest buffer. */
  get mostBytes(): number {
    return Math.min(this.gpu.limits.maxBufferSize, this.gpu.limits.maxStorageBufferBindingSize);
  }

  /** Bytes that a workgroup shares. */
  get sharedBytes(): number {
    return this.gpu.limits.maxComputeWorkgroupStorageSize;
  }

  get isLost(): boolean {
    return this.#gone !== undefined;
  }

  /** What is waited for, or DeviceLost if that comes first. */
  async orLost<Value>(waited: Promise<Value>): Promise<Value> {
    try {
      return await Promise.race([waited, this.#lost]);
    } catch (error) {
      // Some operations reject for another reason just before the loss is told.
      await new Promise((resolve) => setTimeout(resolve, 0));
      throw this.#gone ?? error;
    }
  }

  /**
   * Does what must not wait, and then throws what the device found wrong with it: OutOfDeviceMemory, or a DeviceRefusal with
   * the device's own words.
   */
  async checked<Value>(work: () => Value): Promise<Value> {
    if (this.#gone !== undefined) throw this.#gone;
    const { gpu } = this;
    for (const kind of ['validation', 'internal', 'out-of-memory'] as const) gpu.pushErrorScope(kind);
    let value: Value;
    let memory: Promise<GPUError | null>;
    let others: Promise<GPUError | null>[];
    try {
      value = work();
    } finally {
      memory = gpu.popErrorScope();
      others = [gpu.popErrorScope(), gpu.popErrorScope()];
    }
    const [full, ...wrong] = await this.orLost(Promise.all([memory, ...others]));
    if (full) throw new OutOfDeviceMemory(full.message);
    const error = wrong.find((found) => found !== null);
    if (error) throw new DeviceRefusal(`the GPU refuses this: ${error.message}`);
    return value;
  }

  /** The kernel of a source, compiled once. Rejects with a DeviceRefusal that has the compiler's message. */
  kernel(source: KernelSource): Promise<Kernel> {
    const text = wgsl(source);
    const known = this.#kernels.get(text);
    if (known !== undefined) return known;
    const compiled = this.#compile(source, text);
    this.#kernels.set(text, compiled);
    return compiled;
  }

  async #compile({ label, bindings }: KernelSource, text: string): Promise<Kernel> {
    const { gpu } = this;
    const layout = gpu.createBindGroupLayout({
      label,
      entries: bindings.map(({ use }, binding) => ({
        binding,
        // GPUShaderStage.COMPUTE
        visibility: 4,
        buffer: { type: ({ uniform: 'uniform', read: 'read-only-storage', write: 'storage' } as const)[use] },
      })),
    });
    const refused = (error: unknown): never => {
      if (error instanceof DeviceLost) throw error;
      throw new DeviceRefusal(`the shader ${label} does not compile: ${messageOf(error)}`);
    };
    const module = await this.checked(() => gpu.createShaderModule({ label, code: text })).catch(refused);
    const pipeline = await this.orLost(
      gpu.createComputePipelineAsync({
        label,
        layout: gpu.createPipelineLayout({ bindGroupLayouts: [layout] }),
        compute: { module, entryPoint: 'main' },
      }),
    ).catch(refused);
    return {
      pipeline,
      bind: (buffers) =>
        gpu.createBindGroup({
          label,
          layout,
          entries: bindings.map(({ name }, binding) => {
            const buffer = buffers[name];
            if (buffer === undefined) throw new Error(`the kernel ${label} has no buffer ${name}`);
            return { binding, resource: { buffer } };
          }),
        }),
    };
  }

  write(buffer: GPUBuffer, offset: number, contents: Uint32Array | Float32Array): void {
    this.gpu.queue.writeBuffer(buffer, offset, contents.buffer, contents.byteOffset, contents.byteLength);
  }

  /** Encodes dispatches and hands them to the device, which runs them in order. Does not wait for their end. */
  async submit(encode: (pass: GPUComputePassEncoder) => void): Promise<void> {
    await this.checked(() => {
      const encoder = this.gpu.createCommandEncoder();
      const pass = encoder.beginComputePass();
      encode(pass);
      pass.end();
      this.gpu.queue.submit([encoder.finish()]);
    });
  }

  /** Parts of buffers, [buffer, byte offset, bytes], after all that was submitted; in as many copies as the device's buffers allow. */
  async read(...parts: readonly (readonly [GPUBuffer, number, number])[]): Promise<ArrayBuffer[]> {
    const results = parts.map(([, , bytes]) => new Uint8Array(bytes));
    for (const pieces of piecesOf(parts, this.gpu.limits.maxBufferSize)) await this.#readAtOnce(pieces, results);
    return results.map(({ buffer }) => buffer);
  }

  async #readAtOnce(pieces: readonly Piece[], results: readonly Uint8Array[]): Promise<void> {
    const size = pieces.reduce((sum, { bytes }) => sum + bytes, 0);
    const staging = await this.checked(() => {
      const buffer = this.gpu.createBuffer({ label: 'read', size, usage: usage.mapRead | usage.copyTarget });
      const encoder = this.gpu.createCommandEncoder();
      let at = 0;
      for (const { from, offset, bytes } of pieces) {
        encoder.copyBufferToBuffer(from, offset, buffer, at, bytes);
        at += bytes;
      }
      this.gpu.queue.submit([encoder.finish()]);
      return buffer;
    });
    try {
      // GPUMapMode.READ
      await this.orLost(staging.mapAsync(1));
      const all = new Uint8Array(staging.getMappedRange());
      let at = 0;
      for (const { part, within, bytes } of pieces) {
        results[part]?.set(all.subarray(at, at + bytes), within);
        at += bytes;
      }
    } finally {
      staging.destroy();
    }
  }

  /** Buffers for one piece of work, which end with it. */
  async withBuffers<Value>(work: (buffers: Buffers) => Promise<Value>): Promise<Value> {
    const buffers = new Buffers(this);
    try {
      return await work(buffers);
    } finally {
      buffers.destroy();
    }
  }

  destroy(): void {
    this.gpu.destroy();
  }
}

/** The whole text of a kernel: its buffers, then its code. */
function wgsl({ bindings, code }: KernelSource): string {
  const space = { uniform: 'uniform', read: 'storage, read', write: 'storage, read_write' } as const;
  const declarations = bindings.map(
    ({ name, use, type }, binding) => `@group(0) @binding(${binding}) var<${space[use]}> ${name}: ${type};`,
  );
  return `${declarations.join('\n')}\n${code}`;
}

/** Bytes of a buffer on their way into one of the results. */
interface Piece {
  readonly from: GPUBuffer;
  readonly offset: number;
  readonly bytes: number;
  /** Which of the parts they belong to, and where in it. */
  readonly part: number;
  readonly within: number;
}

/** The parts in pieces, together with as many others as fit into so many bytes. */
function piecesOf(parts: readonly (readonly [GPUBuffer, number, number])[], most: number): Piece[][] {
  // Copies are whole numbers of 4 bytes.
  const room = Math.floor(most / 4) * 4;
  const groups: Piece[][] = [];
  let free = 0;
  for (const [part, [from, offset, total]] of parts.entries()) {
    for (let within = 0; within < total; ) {
      if (free === 0) {
        groups.push([]);
        free = room;
      }
      const bytes = Math.min(free, total - within);
      groups.at(-1)?.push({ from, offset: offset + within, bytes, part, within });
      within += bytes;
      free -= bytes;
    }
  }
  return groups;
}
