import type { Engine } from '../../src/engine/engine.js';

export function kernelDigests(engine: Engine): Promise<Record<string, string>>;
export function largest(): number;
