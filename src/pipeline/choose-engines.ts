/** Which engine computes each step: as the person, the directive or the page asks, or where the plan's estimate says. */
import type { DeviceName } from '../shared/device-names.js';
import type { Engine, Needs } from '../engine/engine.js';
import { lackOf } from '../engine/capabilities.js';
import type { Devices, OpenEngine } from '../engine/devices.js';
import { DeviceLost, DeviceRefusal, OutOfDeviceMemory } from '../engine/webgpu/device.js';
import type { Plan, PlannedStep } from '../plan/plan.js';
import { commandLine } from '../shared/own-command.js';
import { EnvironmentError } from '../shared/problem.js';
import { batchTrainings } from '../run/batch-trainings.js';
import { forecast } from '../run/run-plan.js';
import type { StepEngine } from '../run/step-engine.js';
import type { Store } from '../store/store.js';
import { once } from '../shared/lazy.js';
import { manySteps, sizeNote } from './size-note.js';

export interface EngineChoice {
  readonly engineFor: (step: PlannedStep) => StepEngine;
  /** What was chosen and why, for the person. */
  readonly said: readonly string[];
}

/** What is known of the machine while choosing. */
export interface ChoiceWorld {
  readonly engine: Engine;
  readonly devices: Pick<Devices, 'open'>;
  /** What the person asked for. */
  readonly device: DeviceName;
  /** How many steps run at a time on the processor. */
  readonly jobs: number;
}

/**
 * Operations a second of one thread of the wasm engine, of what does not say its seconds itself, and of a GPU, and the steps a second of
 * a GPU's one run: rough.
 */
const rates = { thread: 2e10, gpu: 1e12, gpuSteps: 50_000 };
/** Seconds that a GPU takes before it computes anything: loading, opening, compiling. */
const warmUp = 2;

/** What `enginesFor` needs of the world. */
type EngineWorld = ChoiceWorld & { readonly store: Store };

/** The engines for a plan: opens what is asked for, and a GPU where the steps that are due are worth it. */
export async function enginesFor(plan: Plan, world: EngineWorld): Promise<EngineChoice> {
  const due = once((): PlannedStep[] =>
    forecast(plan, world.store).flatMap(({ step, cached }) => (cached ? [] : [step])),
  );
  const choice = await chooseEngines(plan, due, world);
  const size = plan.steps.length < manySteps ? undefined : sizeNote(due(), timeOnThreads(due(), world.jobs));
  return { ...choice, said: [...(size === undefined ? [] : [size]), ...choice.said] };
}

/** Whether its kind computes on an engine at all. */
function computes(step: PlannedStep): boolean {
  return step.cost.engineBytes > 0;
}

function askedFor(step: PlannedStep, world: ChoiceWorld): DeviceName {
  return step.device ?? (world.device === 'auto' ? (step.pageDevice ?? 'auto') : world.device);
}

/**
 * Opens the devices that the plan asks for and decides where `auto` runs. `due` gives the steps that have no result yet; it is
 * asked only where that could matter.
 * Rejects with an EnvironmentError when a device that is named is not there.
 */
export async function chooseEngines(
  plan: Plan,
  due: () => readonly PlannedStep[],
  world: ChoiceWorld,
): Promise<EngineChoice> {
  const said: string[] = [];
  const chosen = new Map<DeviceName, OpenEngine>();
  const batching = new Map<Engine, Engine>();
  const processor: OpenEngine = { engine: world.engine, hardware: false, close: () => Promise.resolve() };
  for (const name of new Set(plan.steps.filter(computes).map((step) => askedFor(step, world)))) {
    if (name === 'auto') {
      const onAuto = (step: PlannedStep): boolean => computes(step) && askedFor(step, world) === 'auto';
      // What all steps take on threads before a GPU is warm needs no look at the store.
      const small = secondsOnThreads(plan.steps.filter(onAuto), world) <= warmUp;
      const { opened, why } = small ? {} : await automatic(due().filter(onAuto), world);
      chosen.set(name, opened ?? processor);
      if (why !== undefined) said.push(why);
      continue;
    }
    const opened = await world.devices.open(name);
    if ('missing' in opened) {
      throw new EnvironmentError(
        `the device "${name}" is not there: ${opened.missing}; "${commandLine(['devices'])}" lists what is`,
      );
    }
    chosen.set(name, opened);
  }
  for (const { engine } of chosen.values()) batching.set(engine, batchTrainings(engine, isLost));
  const able = await ableEngines(plan, world);
  return {
    said,
    engineFor: (step) => {
      // What no engine computes is the same everywhere.
      const name = computes(step) ? askedFor(step, world) : 'auto';
      const { engine } = (computes(step) ? chosen.get(name) : undefined) ?? processor;
      const anyProfile = name === 'auto';
      const lack = lackOf(engine.lacks, needsOf(step));
      if (lack !== undefined) {
        const because = `${engine.device === 'CPU' ? engine.profile : engine.device} does not have ${lack}, so it was computed on the CPU`;
        return { engine: able(step), anyProfile, because };
      }
      const batched = batching.get(engine) ?? engine;
      if (engine === world.engine) return { engine: batched, anyProfile };
      return { engine: batched, anyProfile, fallback: { engine: world.engine, because: deviceFailure } };
    },
  };
}

function needsOf({ kind, options, facts }: PlannedStep): Needs {
  return kind.needs?.(options, facts) ?? {};
}

/** For a step that its own engine lacks something for, one that has it: the processor, or where that lacks it the reference. */
async function ableEngines(plan: Plan, { engine, devices }: ChoiceWorld): Promise<(step: PlannedStep) => Engine> {
  const has = (step: PlannedStep): boolean => lackOf(engine.lacks, needsOf(step)) === undefined;
  if (plan.steps.every(has)) return () => engine;
  const opened = await devices.open('reference');
  return (step) => (has(step) || 'missing' in opened ? engine : opened.engine);
}

/** A device that was lost and lost again: the processor takes over all that waits for it. */
function isLost(error: unknown): boolean {
  return error instanceof DeviceLost;
}

/** Why a GPU could not go on, in words; undefined for an error that another device would not mend. */
function deviceFailure(error: unknown): string | undefined {
  if (error instanceof DeviceLost) return `${error.message}, so it was computed on the CPU`;
  if (error instanceof OutOfDeviceMemory) return 'it does not fit the GPU, so it was computed on the CPU';
  // Whatever a driver makes of the work, the CPU computes it; a compiler's message goes on for lines.
  if (error instanceof DeviceRefusal) return `${error.message.split('\n', 1)[0] ?? ''}, so it was computed on the CPU`;
  return undefined;
}

/** The GPU, when there is one and it is the faster for these steps; and what was chosen, where there was a choice. */
async function automatic(
  due: readonly PlannedStep[],
  { devices, jobs }: ChoiceWorld,
): Promise<{ opened?: OpenEngine; why?: string }> {
  const onThreads = secondsOnThreads(due, { jobs });
  const runs = due.filter(({ continuationKey }) => continuationKey !== undefined);
  const longestRun = largest(runs.map(({ options }) => stepsOf(options)));
  const onGpu = warmUp + Math.max(operationsOf(due) / rates.gpu, longestRun / rates.gpuSteps);
  const estimate = `about ${timeOnThreads(due, jobs)}`;
  if (onGpu >= onThreads) {
    return onThreads <= warmUp ? {} : { why: `device  CPU, ${estimate}; a GPU would take about ${seconds(onGpu)}` };
  }
  const opened = await devices.open('gpu');
  if ('missing' in opened) return { why: `device  CPU, ${estimate}; no GPU: ${opened.missing}` };
  return { opened, why: `device  ${opened.engine.device}, about ${seconds(onGpu)}; ${estimate}` };
}

function operationsOf(steps: readonly PlannedStep[]): number {
  return steps.reduce((sum, { cost }) => sum + cost.operations, 0);
}

/** What steps take on so many threads: rough. */
function timeOnThreads(steps: readonly PlannedStep[], jobs: number): string {
  return `${seconds(secondsOnThreads(steps, { jobs }))} on ${jobs} threads`;
}

function secondsOnThreads(steps: readonly PlannedStep[], { jobs }: Pick<ChoiceWorld, 'jobs'>): number {
  const each = steps.map(secondsOnOneThread);
  return Math.max(each.reduce((sum, one) => sum + one, 0) / jobs, largest(each));
}

/** What a step takes on one thread of a usual processor: rough. */
export function secondsOnOneThread({ cost }: PlannedStep): number {
  return cost.processorSeconds ?? cost.operations / rates.thread;
}

/** 0 of none. A plan may have more steps than a call may have arguments. */
function largest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}

function seconds(value: number): string {
  return value < 10 ? `${value.toFixed(1)} s` : `${Math.round(value)} s`;
}

/** How many updates a training makes; they follow each other, however many runs there are. */
function stepsOf(options: unknown): number {
  const steps = typeof options === 'object' && options !== null && 'steps' in options ? options.steps : 0;
  return typeof steps === 'number' ? steps : 0;
}
