/** A training and its outputs on a GPU interface: Node's or a browser's. Runs in both. */
import { openDevice } from '../../dist/engine/webgpu/open-device.js';
import { webgpuEngine } from '../../dist/engine/webgpu/index.js';
import { initialParameters } from '../../dist/model/initial-parameters.js';

export async function computeOn(gpu, processor) {
  const opened = await openDevice(gpu);
  if ('missing' in opened) return opened;
  const reopen = async () => (await openDevice(gpu)).device;
  const engine = webgpuEngine({ ...opened, reopen, processor });
  const watch = { progress: () => undefined, signal: new AbortController().signal };
  const inputs = Float64Array.from({ length: 30 }, (_, i) => Math.fround(i / 30));
  const network = { inputs: 1, hidden: [6], activation: 'tanh' };
  const start = initialParameters(network, 'none', 3);
  const training = {
    network,
    initial: start.parameters,
    parameters: 'all',
    optimizer: { kind: 'sgd', rate: 0.05, momentum: 0.5, weightDecay: 0 },
    batches: { kind: 'torch-randperm', size: 10, stream: start.torchStream },
    data: { inputs, targets: inputs.map((x) => Math.fround(x * (1 - x))) },
    steps: 100,
    checkpoints: [0, 1, 100],
  };
  const { checkpoints } = await engine.train(training, watch);
  const parameters = Float64Array.from(checkpoints[2].parameters);
  const outputs = await engine.predict(network, parameters, inputs);
  opened.device.destroy();
  return {
    profile: engine.profile,
    device: engine.device,
    // As plain numbers: they leave the page as JSON, which has no NaN.
    checkpoints: checkpoints.map(({ step, parameters: numbers, batchLoss, trainLoss }) => [
      ...[step, step === 0 ? 0 : batchLoss, trainLoss],
      ...numbers,
    ]),
    outputs: [...outputs],
  };
}
