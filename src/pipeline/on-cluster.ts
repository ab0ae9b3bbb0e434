/** The steps of a report that are due, computed through a scheduler into the store; what is left is for a build on this machine. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { follow, type EndedJob, type FollowedJob } from '../cluster/follow.js';
import { adviceFor, endingInWords, type Ending, endingOf, mayHelp, moreMemory } from '../cluster/outcome.js';
import { type DueStep, pack } from '../cluster/pack.js';
import {
  endOfLog,
  isOld,
  makeRunFolder,
  notedJobs,
  noteJob,
  removeRun,
  type RunFolder,
  runFolders,
  taskOf,
  tasksOf,
  writeTask,
} from '../cluster/run-folder.js';
import type { RunProgram } from '../cluster/programs.js';
import { command } from '../cluster/command.js';
import { slurm } from '../cluster/slurm.js';
import { jobScript, slurmHeader } from '../cluster/script.js';
import type { Scheduler } from '../cluster/scheduler.js';
import { type ClusterSettings, type Resources, resourcesOf } from '../cluster/settings.js';
import type { Plan, PlannedStep } from '../plan/plan.js';
import { forecast, runPlan } from '../run/run-plan.js';
import { printable } from '../shared/problem.js';
import { versions } from '../shared/program.js';
import type { Report } from '../source/report.js';
import { secondsOnOneThread } from './choose-engines.js';
import type { World } from './world.js';
import { writePlan } from './write-plan.js';

export interface ClusterRequest {
  readonly report: Pick<Report, 'dataFile'>;
  readonly plan: Pick<Plan, 'steps'>;
  /** The report's. */
  readonly folder: string;
  /** The store's. */
  readonly store: string;
  /** "slurm", or "command:" and a template. */
  readonly on: string;
  /** Whether to come back when the jobs are submitted. */
  readonly detach: boolean;
  readonly settings: ClusterSettings;
  /** Words of `step` that say the stores and what the person allows. */
  readonly words: readonly string[];
  /** The words that start this program. */
  readonly program: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly run: RunProgram;
  readonly world: World;
  readonly say: (line: string) => void;
  readonly show: (line: string) => void;
  /** Whether the jobs are to be ended when the person interrupts. */
  readonly askToCancel: (jobs: number, line: string | undefined) => Promise<boolean>;
  readonly pause?: (look: number) => number;
}

export interface ClusterResult {
  /** How many steps have been computed, and how many were there. */
  readonly ran: number;
  readonly cached: number;
  /** With what became of the jobs that should have computed them. */
  readonly failed: readonly { readonly step: PlannedStep; readonly message: string }[];
  /** Jobs that were left in the queue. */
  readonly queued?: { readonly jobs: number; readonly steps: number; readonly name: string };
}

/** A run with who submits its jobs. */
interface Opened {
  readonly run: RunFolder;
  readonly scheduler: Scheduler;
}

/** Rejects with an EnvironmentError where the scheduler refuses, and with the signal's reason when interrupted. */
export async function computeOnCluster(request: ClusterRequest): Promise<ClusterResult> {
  const { plan, world, say, detach } = request;
  const steps = [...new Map(plan.steps.map((step) => [step.key, step])).values()];
  const before = dueOf(steps, world).length;
  const inFlight = await earlierJobs(request);
  await readImported(steps, request);
  const failed = new Map<string, string>();
  const attempts = new Map<string, number>();
  const outOfMemory = new Map<string, number>();
  const result = (queued?: ClusterResult['queued']): ClusterResult => {
    const left = dueOf(steps, world);
    return {
      ...{ ran: before - left.length, cached: steps.length - before },
      failed:
        queued === undefined
          ? left.map((step) => ({ step, message: failed.get(step.key) ?? neededBy(step, failed) }))
          : [],
      ...(queued !== undefined && { queued }),
    };
  };
  let opened: Opened | undefined;
  for (;;) {
    const ready = withoutThose(dueOf(steps, world), (key) => failed.has(key) || inFlight.has(key));
    if (ready.length === 0) break;
    opened ??= open(makeRunFolder(request.store, request.on), request);
    const jobs = await submit(ready, opened, { ...request, steps }, outOfMemory);
    if (detach) return result({ jobs: jobs.length + inFlight.size, steps: ready.length, name: opened.run.name });
    const ended = await followed(jobs, opened, request);
    for (const job of ended) judge(job, opened.run, { failed, attempts, outOfMemory }, request);
  }
  if (detach && inFlight.size > 0) return result({ jobs: 0, steps: inFlight.size, name: 'an earlier build' });
  if (opened !== undefined && failed.size === 0) removeRun(opened.run);
  else if (opened !== undefined) say(`scripts and logs are in ${opened.run.folder}`);
  return result();
}

/** The steps that have no result, whoever may have computed one. */
function dueOf(steps: readonly PlannedStep[], { store }: World): PlannedStep[] {
  return forecast({ steps } as unknown as Plan, store).flatMap(({ step, cached }) => (cached ? [] : [step]));
}

/** Without these steps and all that needs them. */
function withoutThose(steps: readonly PlannedStep[], isOut: (key: string) => boolean): PlannedStep[] {
  const out = new Set<string>();
  return steps.filter(({ key, inputs }) => {
    const isIn = !isOut(key) && Object.values(inputs).every((input) => !out.has(input.key));
    if (!isIn) out.add(key);
    return isIn;
  });
}

function neededBy(step: PlannedStep, failed: ReadonlyMap<string, string>): string {
  const input = Object.values(step.inputs).find(({ key }) => failed.has(key));
  return input === undefined ? 'it needs what failed' : `it needs ${input.name}, which failed`;
}

/** Results that lie in files are read here: reading is no work for a cluster. */
async function readImported(steps: readonly PlannedStep[], { world, report }: ClusterRequest): Promise<void> {
  const imported = steps.filter(({ kind }) => kind.source !== undefined);
  if (imported.length === 0) return;
  const plan: Plan = { ownKinds: [], steps: imported, figures: [], tables: [], values: new Map(), claims: [] };
  await runPlan(plan, {
    ...{ ...world, versions: versions(), resident: () => process.memoryUsage.rss() },
    file: (path) => {
      const data = report.dataFile(path);
      if ('refused' in data) throw new Error(`${path}: ${data.refused}`);
      return data.bytes;
    },
  }).done;
}

function open(run: RunFolder, { on, settings, run: program, world }: ClusterRequest): Opened {
  const { folder, name } = run;
  if (on === 'slurm')
    return { run, scheduler: slurm({ folder, name, slots: settings.slots, run: program, signal: world.signal }) };
  return {
    run,
    scheduler: command({
      ...{ folder, name, template: on.slice('command:'.length), settings, run: program, before: notedJobs(run) },
      heard: (group, task, id) => {
        noteJob(run, group, task, id);
      },
    }),
  };
}

/**
 * The jobs of earlier builds that are still there: followed to their end, or, where nobody waits, the keys that they compute. What is
 * left of others is taken away.
 */
async function earlierJobs(request: ClusterRequest): Promise<ReadonlySet<string>> {
  const inFlight = new Set<string>();
  for (const run of runFolders(request.store)) {
    if (run.on !== request.on) continue;
    const opened = open(run, request);
    const known = (await opened.scheduler.jobs()) ?? [];
    const alive = known.filter(({ state }) => state === 'waiting' || state === 'running');
    const jobs = alive.map(
      ({ group, task }): FollowedJob => ({ group, task, keys: taskOf(run, `${group}-${task}`).keys }),
    );
    if (jobs.length === 0) {
      if (isOld(run) || (known.length > 0 && tasksOf(run).length > 0)) removeRun(run);
      continue;
    }
    if (request.detach) for (const key of jobs.flatMap(({ keys }) => keys)) inFlight.add(key);
    else {
      request.say(`of an earlier build ${counted(jobs.length, 'job')} in the queue: followed to the end`);
      await followed(jobs, opened, request);
      removeRun(run);
    }
  }
  return inFlight;
}

/** Submits what can be: all of it where jobs can wait for each other, and else what needs nothing that is due. */
async function submit(
  due: readonly PlannedStep[],
  { run, scheduler }: Opened,
  request: ClusterRequest & { readonly steps: readonly PlannedStep[] },
  outOfMemory: ReadonlyMap<string, number>,
): Promise<FollowedJob[]> {
  const { settings, world, say } = request;
  const classes = new Map<string, Resources>();
  const isDue = new Set(due.map(({ key }) => key));
  const packed = pack(
    due.map((step): DueStep => {
      const resources = resourcesFor(step, settings, outOfMemory.get(step.key) ?? 0);
      const name = JSON.stringify(resources);
      classes.set(name, resources);
      const inputs = Object.values(step.inputs).flatMap(({ key }) => (isDue.has(key) ? [key] : []));
      return { key: step.key, seconds: secondsOnOneThread(step), inputs, class: name };
    }),
    {
      slots: settings.slots,
      most: settings['job-seconds'],
      least: Math.min(leastSeconds, settings['job-seconds']),
      array: settings['array-size'],
    },
  );
  const groups = scheduler.waits ? packed : packed.filter(({ after }) => after.length === 0);
  if (tasksOf(run).length === 0)
    writePlan(
      join(run.folder, 'plan.json'),
      request.folder,
      world.device,
      request.steps.map((step) => ({ step, cached: !isDue.has(step.key), why: '' })),
    );
  const offset = new Set(tasksOf(run).map((task) => task.split('-')[0])).size;
  const ids: string[] = [];
  const jobs: FollowedJob[] = [];
  for (const [at, { jobs: own, after, class: name }] of groups.entries()) {
    const group = String(offset + at);
    own.forEach(({ keys }, task) => {
      writeTask(run, `${group}-${task}`, keys);
    });
    writeScripts(group, own.length, run, classes.get(name) ?? resourcesOf('', settings), request);
    world.signal.throwIfAborted();
    ids.push(await scheduler.submit({ group, tasks: own.length, after: after.map((one) => ids[one] ?? '') }));
    jobs.push(...own.map(({ keys }, task): FollowedJob => ({ group, task, keys })));
  }
  const count = jobs.reduce((sum, { keys }) => sum + keys.length, 0);
  say(`${counted(count, 'step')} in ${counted(jobs.length, 'job')} submitted: ${run.name}`);
  return jobs;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** Seconds that the steps of a job take together at least, where there are so many: a job costs about one. */
const leastSeconds = 5;

function resourcesFor(step: PlannedStep, settings: ClusterSettings, doublings: number): Resources {
  const resources = resourcesOf(step.kind.kind, settings);
  if (resources.memory === undefined || doublings === 0) return resources;
  return { ...resources, memory: moreMemory(resources.memory, doublings) };
}

/** One for an array of Slurm's, which counts its tasks itself; else one for each task. */
function writeScripts(
  group: string,
  tasks: number,
  { folder }: RunFolder,
  resources: Resources,
  { on, words, program, environment, settings }: ClusterRequest,
): void {
  const script = { folder, group, words, program, environment, settings, resources };
  if (on === 'slurm') {
    const task = `${group}-"$SLURM_ARRAY_TASK_ID"`;
    writeFileSync(join(folder, `${group}.sh`), jobScript(script, task, slurmHeader(script)), { mode: 0o755 });
    return;
  }
  for (let task = 0; task < tasks; task += 1)
    writeFileSync(join(folder, `${group}-${task}.sh`), jobScript(script, `${group}-${task}`, []), { mode: 0o755 });
}

async function followed(
  jobs: readonly FollowedJob[],
  { run, scheduler }: Opened,
  request: ClusterRequest,
): Promise<EndedJob[]> {
  const { world, say, show, askToCancel, pause } = request;
  const all = jobs.reduce((sum, { keys }) => sum + keys.length, 0);
  try {
    return await follow(jobs, scheduler, {
      ...{ say, signal: world.signal, ...(pause !== undefined && { pause }) },
      isStored: (key) => world.store.peek(key, () => true) !== undefined,
      hasEnded: ({ group, task }) => taskOf(run, `${group}-${task}`).code !== undefined,
      show: ({ running, waiting, stored }) => {
        show(
          `[${String(stored).padStart(String(all).length)}/${all}] ${scheduler.name}: ${counted(running, 'job')} running, ${waiting} waiting`,
        );
      },
    });
  } catch (error) {
    if (world.signal.aborted && (await askToCancel(jobs.length, scheduler.cancelLine))) {
      await scheduler.cancel();
      say('the jobs are cancelled; what they have finished is kept');
    }
    throw error;
  }
}

interface Accounts {
  readonly failed: Map<string, string>;
  readonly attempts: Map<string, number>;
  readonly outOfMemory: Map<string, number>;
}

/** What becomes of the steps that a job has left. */
function judge(
  job: EndedJob,
  run: RunFolder,
  { failed, attempts, outOfMemory }: Accounts,
  { settings, say }: ClusterRequest,
): void {
  if (job.missing.length === 0) return;
  const task = `${job.group}-${job.task}`;
  const ending = endingOf({ state: job.state, code: taskOf(run, task).code });
  // What has not started is tried when the others are over; whether those failed for good is known then.
  if (ending === 'not-started') return;
  const log = endOfLog(run, task);
  const said = log.map((line) => `    ${printable(line)}`).join('\n');
  const canHelp =
    mayHelp(ending) && (ending !== 'out-of-memory' || settings.memory !== undefined || anyMemory(settings));
  const counted = job.missing.map((key) => {
    const count = (attempts.get(key) ?? 0) + 1;
    attempts.set(key, count);
    if (ending === 'out-of-memory') outOfMemory.set(key, (outOfMemory.get(key) ?? 0) + 1);
    return count;
  });
  const isTriedAgain = canHelp && counted.every((count) => count <= settings.retries);
  const then = isTriedAgain ? againInWords(ending) : adviceFor(ending);
  say(
    `job ${task} ${endingInWords(ending)}, with ${job.missing.length} of ${job.keys.length} steps left; ${then}${said === '' ? '' : `\n${said}`}`,
  );
  if (isTriedAgain) return;
  for (const key of job.missing) failed.set(key, messageFor(ending, log));
}

function anyMemory({ kinds }: ClusterSettings): boolean {
  return Object.values(kinds).some(({ memory }) => memory !== undefined);
}

function againInWords(ending: Ending): string {
  if (ending === 'out-of-memory') return 'they are tried again with twice the memory';
  return ending === 'timed-out' ? 'they go on from their last states' : 'they are tried again';
}

function messageFor(ending: Ending, log: readonly string[]): string {
  const line = log.findLast((one) => /^failed {2}/.test(one));
  if (ending === 'failed' && line !== undefined) return line.replace(/^failed {2}\S* ?/, '');
  return `its job ${endingInWords(ending)}; ${adviceFor(ending)}`;
}
