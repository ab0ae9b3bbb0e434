/** The outputs that a training has at some inputs, computed by an engine. */
import type { Artifact } from '../shared/artifact.js';
import type { Engine } from '../engine/engine.js';
import type { Network } from '../model/network.js';
import { parametersAt } from './train/artifact.js';

/** Those of the network; of a training that is centred less those of the network at its start. */
export function trainedOutputs(
  training: Artifact,
  network: Network,
): (engine: Engine, parameters: Float64Array, inputs: Float64Array) => Promise<Float64Array> {
  const start = training.values['centered'] === true ? parametersAt(training, network, 0) : undefined;
  return async (engine, parameters, inputs) => {
    const outputs = await engine.predict(network, parameters, inputs);
    if (start === undefined) return outputs;
    const before = await engine.predict(network, start, inputs);
    return outputs.map((output, index) => output - (before[index] ?? 0));
  };
}
