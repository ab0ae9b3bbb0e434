/** The engines by name. */
import type { Engine } from './engine.js';
import { referenceEngine } from './reference/index.js';

const engines = { reference: referenceEngine };
export type EngineName = keyof typeof engines;

/** The engine of that name, ready to compute. */
export function openEngine(name: EngineName): Engine {
  return engines[name];
}
