/**
 * What is measured of a device, by name. Each row says what it has found as soon as it has it, as one line of data with at least a
 * `row` and a `what`; one that is cut off loses only what it has not said.
 */
import { hasDoubleSingle } from '../../../dist/engine/webgpu/double-single.js';
import { agreement, bits } from './checks.mjs';
import { floorOf, spectrumCost, trainingCost } from './floors.mjs';
import { clock, goals, spectrumOf, tasksOf, training } from './work.mjs';

/** Seconds of a piece of work. */
async function time(work) {
  const started = clock();
  await work();
  return clock() - started;
}

const round = (value) => Number(value.toPrecision(4));

async function limits(world, say) {
  const { device, name, adapter } = world;
  const doubleSingle = await device.withBuffers((buffers) => hasDoubleSingle(device, buffers));
  const { limits: most, features, info } = await adapter();
  const latency = await world.latency();
  const peaks = world.peaks && [world.peaks.operations, world.peaks.bytes].map((value) => value / 1e12);
  const known = peaks === undefined ? 'peaks of a card that is not listed' : `peaks ${peaks[0]} Tflop/s, ${peaks[1]} TB/s`;
  const nanoseconds = round(latency * 1e9);
  say({
    row: 'limits',
    what: name,
    note: `double-single ${doubleSingle ? 'holds' : 'DOES NOT HOLD'}; a barrier takes ${nanoseconds} ns; ${known}`,
    ...{ doubleSingle, barrierNanoseconds: nanoseconds },
    limits: {
      maxBufferSize: most.maxBufferSize,
      maxStorageBufferBindingSize: most.maxStorageBufferBindingSize,
      maxComputeWorkgroupStorageSize: most.maxComputeWorkgroupStorageSize,
      maxComputeInvocationsPerWorkgroup: most.maxComputeInvocationsPerWorkgroup,
    },
    subgroups: `${info.subgroupMinSize} to ${info.subgroupMaxSize}`,
    features: [...features].sort(),
  });
}

async function agrees(world, say) {
  for await (const { name, off, most, agrees: near } of agreement(world)) {
    const note = `off by ${off.toExponential(1)}, ${near ? 'within' : 'BEYOND'} ${most}`;
    say({ row: 'agreement', what: name, off, agrees: near, note });
  }
}

async function sameBits(world, say) {
  for await (const { name, twice, reopened, digest } of bits(world)) {
    const note = `${twice ? 'the same twice' : 'OTHERS the second time'}, ${reopened ? 'the same' : 'OTHERS'} on a device opened again`;
    say({ row: 'bits', what: name, twice, reopened, digest, note });
  }
}

/** Seconds of so many steps, whole or, where they would not fit into what is left of the row's time, as many as do. */
async function trainings(world, say, row, goal, count) {
  const { gpu, tiny, patience } = world;
  const describe = `${goal.runs} ${goal.runs === 1 ? 'run' : 'runs'} of ${goal.hidden.join('x')}, batch ${goal.size}`;
  const of = `${count} ${count === 1 ? 'checkpoint' : 'checkpoints'}`;
  const latency = await world.latency();
  const measure = async (steps, checkpoints) => {
    const tasks = tasksOf({ ...goal, steps }, checkpoints, checkpoints > 1);
    return time(() => gpu.trainMany(tasks));
  };
  const say1 = (what, steps, seconds, more = {}) => {
    const floor = floorOf(trainingCost({ ...goal, steps }), world.peaks, latency);
    say({
      ...{ row, what, runs: goal.runs, steps, seconds: round(seconds) },
      stepsPerSecond: round((goal.runs * steps) / seconds),
      ...{ floorSeconds: round(floor.seconds), floorParts: floor.parts, ...more },
    });
  };
  const few = tiny ? 2 : Math.min(goal.steps, goal.runs > 1 ? 1000 : 100);
  const cold = await measure(few, 1);
  say1(`${describe}, ${few} steps with compiling`, few, cold);
  const warm = await measure(few, 1);
  say1(`${describe}, ${few} steps, compiled`, few, warm);
  const affordable = Math.floor((few * Math.max(1, patience - 2 * cold)) / (3 * warm));
  // Two steps of a tiny one say nothing of the others.
  const steps = tiny ? goal.steps : Math.max(count, Math.min(goal.steps, affordable));
  const seconds = Math.min(await measure(steps, count), steps === goal.steps && patience > 8 * warm ? await measure(steps, count) : Infinity);
  const whole = steps === goal.steps;
  say1(`${describe}, ${steps} steps, ${of}`, steps, seconds, {
    goal: goal.goal,
    ...(goal.most !== undefined && { met: (seconds * goal.steps) / steps <= goal.most }),
    ...(!whole && { note: `not all ${goal.steps} steps, for want of time` }),
  });
}

async function spectrum(world, say) {
  const { gpu, tiny } = world;
  const goal = goals(tiny).spectrum;
  const { network, parameters, inputs } = spectrumOf(goal);
  const latency = await world.latency();
  const floor = floorOf(spectrumCost(goal), world.peaks, latency);
  const what = `spectrum of two layers of ${goal.width} at ${goal.points} inputs`;
  let [products, singular] = [new Float64Array(), new Float64Array()];
  for (const state of ['with compiling', 'compiled']) {
    const forming = await time(async () => (products = await gpu.gram(network, parameters, inputs)));
    say({ row: 'spectrum', what: `${what}, ${state}: its Gram matrix`, seconds: round(forming) });
    const decomposing = await time(async () => ({ s: singular } = await gpu.svd(products, goal.points, goal.points)));
    const seconds = forming + decomposing;
    say({
      ...{ row: 'spectrum', what: `${what}, ${state}`, seconds: round(seconds), largest: singular[0] },
      ...{ floorSeconds: round(floor.seconds), floorParts: floor.parts },
      ...(state === 'compiled' && { goal: goal.goal, met: seconds <= goal.most }),
    });
  }
}

/** One thread of the wasm engine, on the same trainings but for their number. */
async function processorRow({ processor, tiny }, say) {
  const { sweep, wide } = goals(tiny);
  for (const goal of [sweep, wide]) {
    const { operations } = trainingCost({ ...goal, runs: 1, steps: 1 });
    const steps = Math.max(tiny ? 2 : 10, Math.round((tiny ? 1e5 : 4e9) / operations));
    const watch = { progress: () => undefined, signal: new AbortController().signal };
    const seconds = await time(() => processor.train(training({ ...goal, steps }, 0), watch));
    const what = `one thread of wasm: 1 run of ${goal.hidden.join('x')}, batch ${goal.size}, ${steps} steps`;
    say({ row: 'processor', what, runs: 1, steps, seconds: round(seconds), stepsPerSecond: round(steps / seconds) });
  }
}

/** TensorFlow.js on CUDA, where its native package is installed beside the program and sees a device. */
async function tfjs({ processor, tiny }, say) {
  const { openTfjs } = await import('../../../dist/engine/tfjs/open.js');
  const opened = await openTfjs(processor);
  const missing = opened === undefined ? ['the packages of TensorFlow.js'] : opened.missing;
  if (missing.length > 0) {
    say({ row: 'tfjs', what: 'TensorFlow.js on CUDA', missing: missing.join(', ') });
    return;
  }
  const { sweep, wide } = goals(tiny);
  for (const goal of [{ ...sweep, steps: 200 }, { ...wide, steps: 50 }]) {
    const run = () => opened.engine.trainMany(tasksOf(goal, 1, false));
    await run();
    const seconds = await time(run);
    const what = `${opened.engine.device}: ${goal.runs} runs of ${goal.hidden.join('x')}, batch ${goal.size}, ${goal.steps} steps`;
    const stepsPerSecond = round((goal.runs * goal.steps) / seconds);
    say({ row: 'tfjs', what, runs: goal.runs, steps: goal.steps, seconds: round(seconds), stepsPerSecond });
  }
}

const trainingRows = (tiny) =>
  Object.entries({ sweep: goals(tiny).sweep, wide: goals(tiny).wide }).flatMap(([name, goal]) =>
    goal.checkpoints.map((count) => [
      `${name}-${count}`,
      { needsGpu: true, measure: (world, say) => trainings(world, say, `${name}-${count}`, goal, count) },
    ]),
  );

/** In the order of their worth: first whether results are right, then the goals. */
export function rows(tiny) {
  return {
    limits: { needsGpu: true, measure: limits },
    agreement: { needsGpu: true, measure: agrees },
    bits: { needsGpu: true, measure: sameBits },
    ...Object.fromEntries(trainingRows(tiny)),
    spectrum: { needsGpu: true, measure: spectrum },
    processor: { needsGpu: false, measure: processorRow },
    tfjs: { needsGpu: false, measure: tfjs },
  };
}
