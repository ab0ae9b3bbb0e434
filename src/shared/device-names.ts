/** The devices that a person asks for by name, on the command line, in front matter and in directives. */

interface Device {
  /** What computes. */
  readonly description: string;
  /** Whether it is that engine and no other; the others are names for the best of several. */
  readonly isEngine: boolean;
}

export const devices = {
  auto: { isEngine: false, description: 'a GPU where there is one and it pays, else the CPU' },
  cpu: { isEngine: false, description: 'the best engine on the CPU' },
  gpu: { isEngine: false, description: 'the best engine on a GPU' },
  wasm: { isEngine: true, description: 'WebAssembly on threads' },
  webgpu: { isEngine: true, description: 'WebGPU' },
  tfjs: { isEngine: true, description: 'TensorFlow.js' },
  reference: { isEngine: true, description: 'float64 in plain TypeScript' },
} as const satisfies Readonly<Record<string, Device>>;

type Named = keyof typeof devices;

/** One of several GPUs, by its number in what `colophon devices` lists. */
type Numbered = `webgpu:${number}`;

export type DeviceName = Named | Numbered;

export type EngineDevice = {
  [Name in Named]: (typeof devices)[Name] extends { isEngine: true } ? Name : never;
}[Named];

export const deviceNames = Object.keys(devices) as Named[];

/** How one of several GPUs is written. */
export const numberedDevice = /^webgpu:(0|[1-9]\d?)$/;

/** The number of `webgpu:1`; undefined of a device that has none. */
export function deviceNumber(name: DeviceName): number | undefined {
  const number = numberedDevice.exec(name)?.[1];
  return number === undefined ? undefined : Number(number);
}

export function isDeviceName(value: unknown): value is DeviceName {
  return typeof value === 'string' && (deviceNames.some((name) => name === value) || numberedDevice.test(value));
}

/** "auto, cpu, ... or webgpu:1 for the second GPU": for messages. */
export const expectedDevices = `${deviceNames.join(', ')} or, of several GPUs, webgpu:0, webgpu:1 and so on`;

export const engineDevices = deviceNames.filter((name): name is EngineDevice => devices[name].isEngine);

/** "auto: a GPU ...; cpu: ...": for the documentation of an option that takes one. */
export const deviceChoices = [
  ...deviceNames.map((name) => `${name}: ${devices[name].description}`),
  'webgpu:1: that GPU of several, by its number in `colophon devices`',
].join('; ');
