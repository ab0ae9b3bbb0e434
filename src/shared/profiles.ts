/** The arithmetics that results are computed in. A profile is the name of one and its version: "wasm-f32/4". */

interface Arithmetic {
  /** Raised whenever a bit of a result changes. */
  readonly version: number;
  /** Whether a GPU computes. */
  readonly onGpu: boolean;
}

const arithmetics = {
  'wasm-f32': { version: 4, onGpu: false },
  'reference-f64': { version: 2, onGpu: false },
  'webgpu-f32': { version: 3, onGpu: true },
  // A driver without a GPU behind it.
  'webgpu-software-f32': { version: 3, onGpu: false },
  'tfjs-cuda-f32': { version: 1, onGpu: true },
  'tfjs-wasm-f32': { version: 1, onGpu: false },
} as const satisfies Readonly<Record<string, Arithmetic>>;

export type ArithmeticName = keyof typeof arithmetics;

/** The profile of today's results in an arithmetic. */
export function profileOf(name: ArithmeticName): string {
  return `${name}/${arithmetics[name].version}`;
}

/** All profiles of today. */
export const profiles = Object.keys(arithmetics).map((name) => profileOf(name as ArithmeticName));

/** In place of one, of results that something else computed. */
export const importedProfile = 'not-computed-here';

/** Whether results of that profile, of any version, come from a GPU. */
export function isOnGpu(profile: string): boolean {
  const name = profile.slice(0, profile.indexOf('/'));
  return Object.hasOwn(arithmetics, name) && arithmetics[name as ArithmeticName].onGpu;
}
