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

export type DeviceName = keyof typeof devices;

export type EngineDevice = {
  [Name in DeviceName]: (typeof devices)[Name] extends { isEngine: true } ? Name : never;
}[DeviceName];

export const deviceNames = Object.keys(devices) as DeviceName[];

export const engineDevices = deviceNames.filter((name): name is EngineDevice => devices[name].isEngine);

/** "auto: a GPU ...; cpu: ...": for the documentation of an option that takes one. */
export const deviceChoices = deviceNames.map((name) => `${name}: ${devices[name].description}`).join('; ');
