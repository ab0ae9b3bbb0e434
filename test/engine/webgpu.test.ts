/** The webgpu engine on a software GPU: against the reference, against itself, and when its device fails. */
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type {
  Checkpoint,
  Engine,
  Optimizer,
  Training,
  TrainingResult,
  TrainingState,
  Watch,
} from '../../src/engine/engine.js';
import { openEngine } from '../../src/engine/open-engine.js';
import { Device, DeviceLost, OutOfDeviceMemory } from '../../src/engine/webgpu/device.js';
import { hasDoubleSingle } from '../../src/engine/webgpu/double-single.js';
import { webgpuEngine } from '../../src/engine/webgpu/index.js';
import { gram, product, svd as decompose } from '../../src/engine/webgpu/linear-algebra.js';
import { fusedLayout } from '../../src/engine/webgpu/wgsl/fused-layout.js';
import { shapeOf } from '../../src/engine/webgpu/train-group.js';
import type { Artifact } from '../../src/shared/artifact.js';
import type { StepKind } from '../../src/steps/step.js';
import { stepKinds } from '../../src/steps/kinds.js';
import { activations, type Network, parameterCount } from '../../src/model/network.js';
import { Mt19937 } from '../../src/model/mt19937.js';
import { NumpyRandom } from '../../src/model/numpy-random.js';
import { TorchRandom } from '../../src/model/torch-random.js';
import { distance, effectOfRounding, expectWithin } from './agreement.js';
import { expectDecomposed, hardMatrices } from './decompositions.js';
import { missingGpu, softwareDevice } from './software-gpu.js';
import { type Configuration, configurations, trainingOf } from './trainings.js';
import { everyNth, inFull } from '../every-nth.js';

const reference = openEngine('reference');
const processor = openEngine('wasm');
const watch: Watch = { progress: () => undefined, signal: new AbortController().signal };

const missing = await missingGpu();
const device = missing === undefined ? await softwareDevice() : undefined;

function engineOn(first: Device, reopen: () => Promise<Device> = softwareDevice): Engine {
  return webgpuEngine({ device: first, name: 'SwiftShader', software: true, reopen, processor });
}

const optimizers: readonly Optimizer[] = [
  { kind: 'sgd', rate: 0.02, momentum: 0, weightDecay: 0 },
  { kind: 'sgd', rate: 0.01, momentum: 0.9, weightDecay: 0.01 },
  { kind: 'adam', rate: 0.002, betas: [0.9, 0.999], epsilon: 1e-8, weightDecay: 0.01 },
];

const losses = ['batchLoss', 'trainLoss', 'testLoss'] as const;

type Kind = 'torch-randperm' | 'numpy-choice' | 'full';

/** A training of two layers for 100 steps. */
function wide(hidden: number[], kind: Kind, optimizer: Optimizer): Training {
  const network = { inputs: 2, hidden, activation: 'tanh' } as const;
  return {
    ...trainingOf({ ...network, parameters: 'all', optimizer, kind, samples: 60, share: 1, seed: 3 }),
    initial: TorchRandom.fromSeed(1).uniforms(parameterCount(network), -0.1, 0.1),
    steps: 100,
    checkpoints: [0, 1, 100],
  };
}

/** One that no workgroup has the memory for; its layers are several tiles. */
const tooWide = (kind: Kind, optimizer: Optimizer): Training => wide([100, 90], kind, optimizer);

/** Holds a training to the reference: parameters after 100 steps, losses after 1,000 where it goes that far. */
async function agree(engine: Engine, training: Training, expectFused: boolean): Promise<void> {
  expect(fusedLayout(shapeOf(training), device!.sharedBytes) !== undefined).toBe(expectFused);
  const expected = await reference.train(training, watch);
  const actual = await engine.train(training, watch);
  expect(expected.divergedAt).toBeUndefined();
  expect(actual.divergedAt).toBeUndefined();
  expect(actual.checkpoints.map(({ step }) => step)).toEqual(training.checkpoints);
  type Part = (checkpoint: Checkpoint) => Float32Array | Float64Array;
  const effect = effectOfRounding(reference, training, expected, watch);
  const within = (bound: number, index: number, of: Part, what: string): Promise<void> => {
    const part = ({ checkpoints }: TrainingResult): ReturnType<Part> => of(checkpoints[index]!);
    return expectWithin(distance(part(actual), part(expected)), bound, () => effect(part), what);
  };
  const first = distance(actual.checkpoints[1]!.parameters, expected.checkpoints[1]!.parameters);
  expect(first).toBeLessThan(1e-5);
  await within(1e-5, 2, ({ parameters }) => parameters, 'parameters after 100 steps');
  for (const loss of losses) {
    const last = training.checkpoints.length - 1;
    await within(1e-3, last, (checkpoint) => Float64Array.of(checkpoint[loss]), loss);
  }
}

describe.skipIf(device === undefined)('training against the reference', () => {
  const engine = device && engineOn(device);
  const kinds: readonly Kind[] = ['torch-randperm', 'numpy-choice', 'full'];
  /** Each optimizer once; each activation in full, and each with each with PAIRS=all too (`npm run test:faults -- engines`). */
  const combinations = activations.flatMap((activation, place) =>
    optimizers
      .map((optimizer, index) => ({ activation, optimizer, index }))
      .filter(({ index }) => process.env['PAIRS'] === 'all' || index === place % optimizers.length),
  );

  it.each(everyNth(4, combinations))(
    'parameters within 1e-5 after 100 steps and losses within 1e-3 after 1,000, or ten times what one ulp does: $activation, $optimizer.kind $index',
    { timeout: 60_000 },
    async ({ activation, optimizer, index }) => {
      const depth = (activations.indexOf(activation) + index) % 4;
      const [drawn] = fc.sample(configurations, { numRuns: 1, seed: 7 * index + depth });
      const hidden = fc.sample(fc.array(fc.integer({ min: 1, max: 12 }), { minLength: depth, maxLength: depth }), {
        numRuns: 1,
        seed: index,
      })[0]!;
      const configuration: Configuration = {
        ...drawn!,
        hidden,
        activation,
        each: null,
        optimizer,
        kind: kinds[(index + depth) % 3]!,
      };
      const training = { ...trainingOf(configuration), checkpoints: [0, 1, 100, 1000] };
      await agree(engine!, training, true);
    },
  );

  it('an activation for each hidden layer: training, outputs and Jacobians', { timeout: 60_000 }, async () => {
    const activation = ['tanh', 'relu', 'sigmoid'] as const;
    const training = wide([7, 5, 6], 'torch-randperm', optimizers[0]!);
    const network: Network = { ...training.network, activation };
    await agree(engine!, { ...training, network }, false);
    for (const kernel of ['predict', 'jacobian'] as const) {
      const inputs = training.data.inputs.slice(0, 20);
      const expected = await reference[kernel](network, training.initial, inputs);
      expect(distance(await engine![kernel](network, training.initial, inputs), expected), kernel).toBeLessThan(1e-6);
    }
  });

  it('a minibatch in chunks', { timeout: 60_000 }, async () => {
    const training = wide([40, 40], 'full', optimizers[2]!);
    expect(fusedLayout(shapeOf(training), device!.sharedBytes)?.chunks).toBeGreaterThan(1);
    await agree(engine!, training, true);
  });

  it.each(everyNth(3, optimizers))(
    'layer by layer where it does not fit a workgroup: $kind',
    { timeout: 60_000 },
    async (optimizer) => {
      await agree(engine!, tooWide('torch-randperm', optimizer), false);
    },
  );

  it.runIf(inFull)(
    'a layer of 4096 units after another: two steps, outputs and inner products of gradients within 1e-5',
    {
      timeout: 60_000,
    },
    async () => {
      const training = { ...wide([4096, 24], 'full', optimizers[1]!), steps: 2, checkpoints: [2] };
      const { network, data } = training;
      const [expected, actual] = await Promise.all([reference, engine!].map((on) => on.train(training, watch)));
      const [trained, found] = [expected!, actual!].map(({ checkpoints }) => checkpoints[0]!.parameters);
      expect(distance(found!, trained!)).toBeLessThan(1e-5);
      const inputs = data.inputs.slice(0, 10);
      for (const kernel of ['predict', 'gram'] as const) {
        const exact = await reference[kernel](network, training.initial, inputs);
        expect(distance(await engine![kernel](network, training.initial, inputs), exact), kernel).toBeLessThan(1e-5);
      }
    },
  );
});

describe.skipIf(device === undefined)('random streams, bit for bit', () => {
  const draws = [
    ['torch-randperm', 200, 40],
    ['torch-randperm', 7, 7],
    ['torch-randperm', 1, 1],
    ['numpy-choice', 129, 3],
    ['numpy-choice', 200, 40],
    ['numpy-choice', 1, 2],
  ] as const;
  it.each(everyNth(3, draws))('%s of %i samples, %i at a time', { timeout: 60_000 }, async (kind, samples, size) => {
    const network: Network = { inputs: 1, hidden: [], activation: 'identity' };
    const random = kind === 'numpy-choice' ? NumpyRandom.fromSeed(11) : TorchRandom.fromSeed(11);
    // Targets are powers of two, so that the first loss tells which samples were drawn; the rate moves nothing.
    const training: Training = {
      network,
      initial: new Float64Array(2),
      parameters: 'all',
      optimizer: { kind: 'sgd', rate: 1e-30, momentum: 0, weightDecay: 0 },
      batches: { kind, size, stream: random.state() },
      data: {
        inputs: new Float64Array(samples),
        targets: new Float64Array(samples).map((_, i) => Math.fround(Math.sqrt(i + 1))),
      },
      steps: 50,
      checkpoints: [1, 2, 3, 17, 50],
    };
    const rests: Uint8Array[] = [];
    const { checkpoints } = await engineOn(device!).train(training, {
      ...watch,
      checkpoint: (_, rest) => rests.push(rest),
    });
    let drawn = 0;
    training.checkpoints.forEach((step, index) => {
      let chosen: Int32Array = new Int32Array();
      for (; drawn < step; drawn += 1) {
        chosen = random instanceof NumpyRandom ? random.choice(samples, size) : random.randperm(samples, size);
      }
      const exact = chosen.reduce((sum, i) => sum + training.data.targets[i]! ** 2, 0) / size;
      expect(Math.abs(checkpoints[index]!.batchLoss / exact - 1)).toBeLessThan(1e-5);
      const { words, index: used } = random.state();
      expect([...new Uint32Array(rests[index]!.buffer).subarray(0, 625)]).toEqual([...words, used]);
    });
  });
});

const small: Configuration = {
  ...{ inputs: 1, hidden: [6], activation: 'relu', parameters: 'all', kind: 'torch-randperm' },
  ...{ samples: 40, share: 1, seed: 4 },
  optimizer: optimizers[2]!,
};

describe.skipIf(device === undefined)('training against itself', () => {
  const engine = device && engineOn(device);

  it('a batch of runs gives each the bits that it has alone, twice', { timeout: 60_000 }, async () => {
    const tasks = [0, 1, 2, 3].map((seed) => ({
      training: {
        ...trainingOf({ ...small, seed, optimizer: { ...optimizers[2]!, rate: 0.001 * (1 + seed) } }),
        steps: 50 * (1 + seed),
        checkpoints: [0, 50 * (1 + seed)],
      },
      watch,
    }));
    const together = await engine!.trainMany!(tasks);
    expect(await engine!.trainMany!(tasks)).toEqual(together);
    for (const [index, { training }] of tasks.entries()) {
      expect(await engine!.train(training, watch)).toEqual(together[index]);
    }
  });

  it('runs of different shapes in one batch, fused and layer by layer: each has the bits that it has alone', {
    timeout: 60_000,
  }, async () => {
    const tasks = [[7], [3, 5], [100, 90], [7], []].map((hidden, seed) => ({
      training: { ...trainingOf({ ...small, hidden, seed }), steps: 20, checkpoints: [0, 20] },
      watch,
    }));
    const fused = tasks.map(({ training }) => fusedLayout(shapeOf(training), device!.sharedBytes) !== undefined);
    expect(fused).toEqual([true, true, false, true, true]);
    const together = await engine!.trainMany!(tasks);
    for (const [index, { training }] of tasks.entries()) {
      expect(await engine!.train(training, watch)).toEqual(together[index]);
    }
  });

  it('goes on from any checkpoint to the same bits, and refuses a state of another training', {
    timeout: 60_000,
  }, async () => {
    for (const kind of ['torch-randperm', 'numpy-choice'] as const) {
      const training = { ...trainingOf({ ...small, kind }), steps: 300, checkpoints: [0, 1, 137, 300] };
      const states: TrainingState[] = [];
      const whole = await engine!.train(training, {
        ...watch,
        checkpoint: ({ step, parameters }, rest) => states.push({ step, parameters, rest }),
      });
      for (const from of states.slice(0, -1)) {
        const checkpoints = training.checkpoints.filter((step) => step > from.step);
        const rest = await engine!.train({ ...training, checkpoints, from }, watch);
        expect(rest.checkpoints).toEqual(whole.checkpoints.slice(-checkpoints.length));
      }
      const wrong = { ...states[1]!, rest: new Uint8Array(8) };
      await expect(engine!.train({ ...training, checkpoints: [300], from: wrong }, watch)).rejects.toThrow(
        'this is not the state of such a training',
      );
    }
  });

  it('tells of each run in a batch the state that it has alone, also where not the first run asks', {
    timeout: 60_000,
  }, async () => {
    const optimizer = optimizers[1]!;
    const of = (seed: number): Training => ({
      ...trainingOf({ ...small, kind: 'torch-randperm', optimizer }),
      ...{ batches: { kind: 'torch-randperm', size: 40, stream: Mt19937.fromSeed(seed).state() } },
      ...{ steps: 30, checkpoints: seed === 1 ? [30] : [20, 30] },
    });
    const told = async (seeds: readonly number[]): Promise<string[][]> => {
      const states = seeds.map((): string[] => []);
      const tasks = seeds.map((seed, index) => ({
        training: of(seed),
        watch: {
          ...watch,
          ...(seed > 1 && { checkpoint: (_: unknown, rest: Uint8Array) => states[index]?.push(rest.join()) }),
        },
      }));
      await engine!.trainMany!(tasks);
      return states;
    };
    const [, second, third] = await told([1, 2, 3]);
    expect(second).toHaveLength(2);
    expect([[second], [third]]).toEqual([await told([2]), await told([3])]);
    expect(second).not.toEqual(third);
  });

  it('divergence where the residual squared overflows, fused and layer by layer', { timeout: 60_000 }, async () => {
    const line: Training = {
      ...trainingOf({ ...small, hidden: [], kind: 'full' }),
      ...{ initial: new Float64Array(2), optimizer: { kind: 'sgd', rate: 1e15, momentum: 0, weightDecay: 0 } },
      data: { inputs: Float64Array.of(1), targets: Float64Array.of(1) },
      // Not at step 2: there the loss over all samples is 3e62, which only the processor's float64 holds.
      ...{ steps: 100, checkpoints: [0, 1, 50, 100] },
    };
    const expected = await processor.train(line, watch);
    expect(expected.divergedAt).toBe(3);
    const actual = await engine!.train(line, watch);
    expect(actual.divergedAt).toBe(3);
    expect(actual.checkpoints.map(({ step }) => step)).toEqual([0, 1]);
    const wide: Training = {
      ...trainingOf({ ...small, hidden: [100, 90], kind: 'full', optimizer: { ...optimizers[0]!, rate: 1e6 } }),
      ...{ steps: 20, checkpoints: [0, 20] },
    };
    const { divergedAt } = await processor.train(wide, watch);
    expect(divergedAt).toBeGreaterThan(0);
    expect((await engine!.train(wide, watch)).divergedAt).toBe(divergedAt);
  });

  it('an aborted training rejects with the reason', { timeout: 60_000 }, async () => {
    const controller = new AbortController();
    const training = { ...trainingOf(small), steps: 1e8, checkpoints: [1e8] };
    const running = engine!.train(training, {
      progress: () => {
        controller.abort(new Error('enough'));
      },
      signal: controller.signal,
    });
    await expect(running).rejects.toThrow('enough');
  });
});

describe.skipIf(device === undefined)('linear algebra against the reference', () => {
  const engine = device && engineOn(device);
  const random = NumpyRandom.fromSeed(2);

  it.each(activations)(
    'outputs and Jacobians within 1e-6 (1e-5 is asked for), Gram matrices too: %s',
    { timeout: 60_000 },
    async (activation) => {
      const network: Network = { inputs: 2, hidden: [7, 5], activation };
      const parameters = random.normals(parameterCount(network)).map(Math.fround);
      const inputs = random.uniforms(2 * 45).map(Math.fround);
      // Each activation has its value and its slope in a Jacobian.
      const kernels =
        inFull || activation === 'tanh' ? (['predict', 'jacobian', 'gram'] as const) : (['jacobian'] as const);
      for (const kernel of kernels) {
        const expected = await reference[kernel](network, parameters, inputs);
        expect(distance(await engine![kernel](network, parameters, inputs), expected), kernel).toBeLessThan(1e-6);
      }
    },
  );

  it('ridge regression, which is solved with these: parameters within 1e-5', { timeout: 60_000 }, async () => {
    const run = (name: string, written: object, inputs: Parameters<StepKind['run']>[1], on: Engine) => {
      const kind = stepKinds.find(({ kind: named }) => named === name)!;
      return kind.run(kind.options.parse(written), inputs, {
        ...{ engine: on, file: () => new Uint8Array(), progress: () => undefined, signal: watch.signal },
        ...{
          continuation: { parts: () => [], keep: () => undefined },
          remark: () => undefined,
          print: () => undefined,
          clock: () => 0,
        },
      });
    };
    const data = await run('dataset', { function: 'sin(20x)', samples: 45, noise: 0.1 }, {}, reference);
    const ridge = {
      ...{ data: 'waves', network: { hidden: [7, 5], activation: 'tanh' } },
      ...{ parameters: 'output', optimizer: { kind: 'ridge', penalty: 0.01 } },
    };
    const [expected, actual] = await Promise.all(
      [reference, engine!].map((on) =>
        run('train', ridge, { data: { options: {}, facts: { features: 1 }, artifact: data } }, on),
      ),
    );
    const numbers = ({ arrays }: Artifact, name: string): Float64Array => Float64Array.from(arrays[name]!.data);
    for (const name of ['train-error', 'test-error', '4.weight', '4.bias'])
      expect(distance(numbers(actual!, name), numbers(expected!, name)), name).toBeLessThan(1e-5);
  });

  it('products within 16 times the accuracy that it states (1e-12)', { timeout: 60_000 }, async () => {
    const [a, b] = [random.normals(20 * 33), random.normals(33 * 41)];
    const expected = await reference.product(a, b, 20, 33, 41);
    expect(distance(await engine!.product(a, b, 20, 33, 41), expected)).toBeLessThan(16 * engine!.accuracy.product);
  });

  const shapes = [
    [17, 9],
    [9, 17],
    [12, 12],
    [1, 5],
    [21, 30],
    [5, 1],
  ] as const;
  it.each(everyNth(3, shapes))(
    'singular values down to 1e-6 of the largest within 1e-9 (1e-4 is asked for), %i x %i',
    { timeout: 60_000 },
    async (m, n) => {
      const matrix = random.normals(m * n).map((value, i) => value * 10 ** ((-6 * (i % n)) / n));
      const expected = await reference.svd(matrix, m, n);
      const { u, s, v } = await engine!.svd(matrix, m, n);
      expected.s.forEach((value, i) => {
        expect(Math.abs(s[i]! / value - 1)).toBeLessThan(1e-9);
      });
      const r = s.length;
      const entry = (i: number, j: number): number =>
        s.reduce((sum, value, k) => sum + u[i * r + k]! * value * v[j * r + k]!, 0);
      const back = matrix.map((_, index) => entry(Math.floor(index / n), index % n));
      expect(distance(back, matrix)).toBeLessThan(1e-11);
    },
  );

  it('matrices of collapsed networks, tiny, huge, zero, with equal rows: vectors at right angles, the matrix back, within 1e-9', {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(hardMatrices, async ({ matrix, rows, columns }) => {
        await expectDecomposed(engine!, matrix, rows, columns, 1e-9);
      }),
      { numRuns: inFull ? 40 : 15 },
    );
  });

  it('a decomposition ends: fails when the sweeps were not enough, rejects with the reason when aborted', {
    timeout: 60_000,
  }, async () => {
    const matrix = random.normals(20 * 12);
    await expect(decompose(device!, matrix, 20, 12, { sweeps: 1 })).rejects.toThrow(
      'the singular value decomposition of a 20x12 matrix did not end within 1 sweeps',
    );
    const stop = new AbortController();
    const running = engine!.svd(matrix, 20, 12, stop.signal);
    stop.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
  });

  it('arithmetic that rounds once each is known, and a compiler that fuses the step of an inner product is found out', async () => {
    const exact = await softwareDevice();
    const isExact = (): Promise<boolean> => exact.withBuffers((buffers) => hasDoubleSingle(exact, buffers));
    expect(await isExact()).toBe(true);
    exact.kernel = (source) => {
      const code = source.code.replace('plus(a, twoProduct(a.x, b.x))', 'vec2f(fma(a.x, b.x, a.x), a.y)');
      expect(code).not.toBe(source.code);
      return Device.prototype.kernel.call(exact, { ...source, code });
    };
    expect(await isExact()).toBe(false);
    exact.destroy();
  });

  it('a decomposition hears of an interrupt in the middle of a sweep', { timeout: 60_000 }, async () => {
    const watched = await softwareDevice();
    const stop = new AbortController();
    let submitted = 0;
    watched.submit = (encode) => {
      submitted += 1;
      if (submitted === 3) stop.abort(new Error('enough'));
      return Device.prototype.submit.call(watched, encode);
    };
    // A sweep over 80 vectors in blocks of 4 has 19 rounds; slices of 1, 2 and 4 of them come first.
    const running = decompose(watched, random.normals(100 * 80), 100, 80, { signal: stop.signal });
    await expect(running).rejects.toThrow('enough');
    expect(submitted).toBe(3);
    watched.destroy();
  });

  it('a product and a Gram matrix hear of an interrupt within one more slice, and have the same bits in slices of any size', {
    timeout: 60_000,
  }, async () => {
    const network: Network = { inputs: 1, hidden: [9], activation: 'relu' };
    const points = random.normals(70);
    const parameters = random.normals(parameterCount(network));
    const [a, b] = [random.normals(70 * 8), random.normals(8 * 70)];
    const works = [
      (on: Device, signal?: AbortSignal) => gram(on, network, parameters, points, signal),
      (on: Device, signal?: AbortSignal) => product(on, a, b, 70, 8, 70, signal),
    ];
    for (const work of works) {
      const watched = await softwareDevice();
      const stop = new AbortController();
      let submitted = 0;
      let stopAt = Infinity;
      watched.submit = (encode) => {
        submitted += 1;
        if (submitted === stopAt) stop.abort(new Error('enough'));
        return Device.prototype.submit.call(watched, encode);
      };
      const whole = await work(watched);
      // Five rows of tiles: slices of 1, 2 and what is left, or of one each where the device is slow.
      expect(submitted).toBeGreaterThanOrEqual(3);
      [submitted, stopAt] = [0, 2];
      await expect(work(watched, stop.signal)).rejects.toThrow('enough');
      expect(submitted).toBe(2);
      // A clock by which every slice takes too long leaves one row of tiles in each.
      const clock = vi.spyOn(performance, 'now');
      let now = 0;
      clock.mockImplementation(() => (now += 1000));
      [submitted, stopAt] = [0, Infinity];
      const slow = await work(watched);
      clock.mockRestore();
      expect(submitted).toBeGreaterThanOrEqual(5);
      expect(slow).toEqual(whole);
      watched.destroy();
    }
  });

  it('matrices without full rank, in one block of vectors and in several: vectors at right angles all the same', {
    timeout: 60_000,
  }, async () => {
    const thin = [random.normals(20 * 3), random.normals(3 * 14)] as const;
    const matrices = [
      { matrix: Float64Array.of(1, 2, 2, 4, 3, 6), m: 3, n: 2, rank: 1 },
      { matrix: new Float64Array(6), m: 3, n: 2, rank: 0 },
      // The inner products of a network whose units are all dead.
      { matrix: new Float64Array(18 * 18).fill(1), m: 18, n: 18, rank: 1 },
      // Two places of the last block are empty.
      { matrix: await reference.product(thin[0], thin[1], 20, 3, 14), m: 20, n: 14, rank: 3 },
    ];
    for (const { matrix, m, n, rank } of matrices) {
      const { s, u, v } = await engine!.svd(matrix, m, n);
      expect(s.filter((value) => value > 1e-12 * Math.max(1, s[0]!))).toHaveLength(rank);
      const expected = await reference.svd(matrix, m, n);
      for (let k = 0; k < rank; k += 1) expect(Math.abs(s[k]! / expected.s[k]! - 1)).toBeLessThan(1e-11);
      for (const [vectors, length] of [
        [u, m],
        [v, n],
      ] as const) {
        for (let a = 0; a < n; a += 1) {
          for (let b = 0; b <= a; b += 1) {
            let dot = 0;
            for (let i = 0; i < length; i += 1) dot += vectors[n * i + a]! * vectors[n * i + b]!;
            expect(Math.abs(dot - (a === b ? 1 : 0))).toBeLessThan(1e-9);
          }
        }
      }
    }
  });
});

/** One of each operation, small; training only layer by layer, as what is fused is lost at every dispatch below. */
const operations: Readonly<Record<string, (engine: Engine) => Promise<unknown>>> = (() => {
  const random = NumpyRandom.fromSeed(5);
  const network: Network = { inputs: 2, hidden: [7, 5], activation: 'tanh' };
  const parameters = random.normals(parameterCount(network)).map(Math.fround);
  const inputs = random.uniforms(2 * 20).map(Math.fround);
  const [a, b] = [random.normals(12 * 9), random.normals(9 * 11)];
  const training = { ...tooWide('full', optimizers[0]!), steps: 4, checkpoints: [0, 4] };
  return {
    'a training layer by layer': (engine) => engine.train(training, watch),
    outputs: (engine) => engine.predict(network, parameters, inputs),
    'a Jacobian': (engine) => engine.jacobian(network, parameters, inputs),
    'a Gram matrix': (engine) => engine.gram(network, parameters, inputs),
    'a product': (engine) => engine.product(a, b, 12, 9, 11),
    'a decomposition': (engine) => engine.svd(a, 12, 9),
  };
})();

/** Calls `submitted` with the number of each dispatch of the device, from 1, right after it. */
function listen(opened: Device, submitted: (count: number) => void): void {
  let count = 0;
  opened.submit = (encode) => {
    const done = Device.prototype.submit.call(opened, encode);
    count += 1;
    submitted(count);
    return done;
  };
}

/** A device that is destroyed right after its dispatch of that number. */
async function doomed(lostAt: number): Promise<Device> {
  const opened = await softwareDevice();
  listen(opened, (count) => {
    if (count === lostAt) opened.destroy();
  });
  return opened;
}

async function dead(): Promise<Device> {
  const opened = await softwareDevice();
  opened.destroy();
  return opened;
}

describe.skipIf(device === undefined).each(everyNth(3, Object.keys(operations)))('%s', (name) => {
  const operation = operations[name]!;

  it('gives the same bits twice; lost half-way, done again once; lost twice, fails', {
    timeout: 60_000,
  }, async () => {
    let dispatches = 0;
    listen(device!, (count) => (dispatches = count));
    const whole = await operation(engineOn(device!));
    listen(device!, () => undefined);
    expect(dispatches).toBeGreaterThan(0);
    expect(await operation(engineOn(device!))).toEqual(whole);
    let reopened = 0;
    const lost = await doomed(Math.ceil(dispatches / 2));
    const again = engineOn(lost, () => {
      reopened += 1;
      return Promise.resolve(device!);
    });
    expect(await operation(again)).toEqual(whole);
    expect(reopened).toBe(1);
    expect(lost.isLost).toBe(true);
    await expect(operation(engineOn(lost, dead))).rejects.toThrow(DeviceLost);
  });
});

describe.skipIf(device === undefined)('a device that fails', () => {
  const training = { ...trainingOf(small), steps: 200, checkpoints: [0, 50, 100, 200] };

  it('lost at any dispatch: done again on a new device, to the same bits, each checkpoint told once', {
    timeout: 120_000,
  }, async () => {
    const whole = await engineOn(device!).train(training, watch);
    // Each training loses the device that made up for the one before it.
    let next = await softwareDevice();
    const engine = engineOn(next, async () => (next = await softwareDevice()));
    for (const lostAt of [1, 2, 4]) {
      const current = next;
      let dispatches = 0;
      listen(current, (count) => {
        dispatches = count;
        if (count === lostAt) current.destroy();
      });
      const told: number[] = [];
      const result = await engine.train(training, { ...watch, checkpoint: ({ step }) => told.push(step) });
      expect(result).toEqual(whole);
      expect(told).toEqual(training.checkpoints);
      expect(dispatches).toBe(lostAt);
      expect(next).not.toBe(current);
    }
  });

  it('lost twice: the operation fails with DeviceLost, and does not hang', { timeout: 60_000 }, async () => {
    const engine = engineOn(await dead(), dead);
    await expect(engine.train(training, watch)).rejects.toThrow(DeviceLost);
    await expect(engine.product(Float64Array.of(1), Float64Array.of(1), 1, 1, 1)).rejects.toThrow(DeviceLost);
  });

  it('lost, and no other can be opened: the operation fails with DeviceLost, which the processor makes up for', async () => {
    const gone = await softwareDevice();
    gone.destroy();
    const engine = engineOn(gone, () => Promise.reject(new Error('no adapter')));
    await expect(engine.train(training, watch)).rejects.toThrow(DeviceLost);
    await expect(engine.train(training, watch)).rejects.toThrow('no adapter');
    await expect(engine.train(training, watch)).rejects.toThrow(DeviceLost);
  });

  it('without room: the batch is halved, and a single run that does not fit fails with OutOfDeviceMemory', {
    timeout: 60_000,
  }, async () => {
    const narrow = device!;
    const tasks = [0, 1, 2, 3].map((seed) => ({
      training: { ...training, ...trainingOf({ ...small, seed }), steps: 50, checkpoints: [50] },
      watch,
    }));
    const expected = await engineOn(narrow).trainMany!(tasks);
    let room = 1;
    narrow.submit = (encode) => {
      room -= 1;
      return room < 0 ? Device.prototype.submit.call(narrow, encode) : Promise.reject(new OutOfDeviceMemory('full'));
    };
    expect(await engineOn(narrow).trainMany!(tasks)).toEqual(expected);
    expect(room).toBeLessThan(-1);
    room = 1;
    await expect(engineOn(narrow).train(training, watch)).rejects.toThrow(OutOfDeviceMemory);
    const huge: Network = { inputs: 1, hidden: [40_000, 40_000], activation: 'relu' };
    const parameters = { length: parameterCount(huge) } as Float64Array;
    await expect(engineOn(narrow).predict(huge, parameters, Float64Array.of(1))).rejects.toThrow(OutOfDeviceMemory);
  });

  it('results larger than its largest buffer leave it in parts, each as it was', async () => {
    const small = await softwareDevice();
    const sizes: number[] = [];
    const { gpu } = small;
    const create = gpu.createBuffer.bind(gpu);
    await small.withBuffers(async (buffers) => {
      const numbers = Uint32Array.from({ length: 70 }, (_, index) => index * index);
      const [one, two] = [
        buffers.storage('one', numbers),
        buffers.storage(
          'two',
          numbers.map((n) => n + 1),
        ),
      ];
      Object.defineProperty(gpu, 'limits', { value: { maxBufferSize: 100 } });
      gpu.createBuffer = (descriptor) => {
        sizes.push(descriptor.size);
        return create(descriptor);
      };
      const parts = await small.read([one, 0, 280], [two, 40, 0], [two, 40, 12], [one, 16, 160]);
      expect(parts.map((part) => [...new Uint32Array(part)])).toEqual([
        [...numbers],
        [],
        [...numbers.slice(10, 13)].map((n) => n + 1),
        [...numbers.slice(4, 44)],
      ]);
    });
    expect(sizes).toEqual([100, 100, 100, 100, 52]);
    small.destroy();
  });

  it.each(activations)('what is no number stays none through %s', { timeout: 60_000 }, async (activation) => {
    const network: Network = { inputs: 1, hidden: [3], activation };
    const parameters = Float64Array.from({ length: parameterCount(network) }, (_, index) => (index === 1 ? NaN : 0.5));
    expect([...(await engineOn(device!).predict(network, parameters, Float64Array.of(1)))]).toEqual([NaN]);
  });

  it("a shader that does not compile fails with the compiler's message", { timeout: 60_000 }, async () => {
    const broken = { label: 'broken', bindings: [], code: 'fn main() { let x: u32 = 1.5; }' };
    await expect(device!.kernel(broken)).rejects.toThrow(/the shader broken does not compile: .*error: .*u32/s);
  });
});
