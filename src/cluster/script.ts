/** The text of a job's script: what the scheduler reads, what makes the machine ready, and the steps. */
import { join } from 'node:path';
import { shellWord } from '../shared/own-command.js';
import type { ClusterSettings, Resources } from './settings.js';

export interface ScriptRequest {
  /** Of a run: its plan, the keys of each task, logs, and how tasks ended. */
  readonly folder: string;
  /** The array of jobs that the script is for. */
  readonly group: string;
  /** Words after `step`: the stores and what else the person said. */
  readonly words: readonly string[];
  /** The words that start the program where nothing else is said. */
  readonly program: readonly string[];
  /** What of this process's environment the program has to have there too. */
  readonly environment: Readonly<Record<string, string>>;
  readonly settings: ClusterSettings;
  readonly resources: Resources;
}

export const keysFile = (folder: string, task: string): string => join(folder, 'tasks', task);
export const endFile = (folder: string, task: string): string => join(folder, 'ends', task);
export const logFile = (folder: string, task: string): string => join(folder, 'logs', `${task}.log`);

/** Seconds before the limit of time at which Slurm tells a job: what a training has left by then is kept. */
const warning = 60;

/** The lines of `#SBATCH`. */
export function slurmHeader({
  folder,
  group,
  resources,
}: Pick<ScriptRequest, 'folder' | 'group' | 'resources'>): string[] {
  const { partition, account, time, memory, cpus, gpus } = resources;
  return [
    // In a name of a file Slurm takes a percent sign for one of its own.
    `--output=${logFile(folder, `${group}-%a`)
      .replaceAll('%', '%%')
      .replace(/%%a\.log$/, '%a.log')}`,
    '--open-mode=append',
    '--requeue',
    `--signal=B:USR1@${warning}`,
    ...(partition === undefined ? [] : [`--partition=${partition}`]),
    ...(account === undefined ? [] : [`--account=${account}`]),
    ...(time === undefined ? [] : [`--time=${time}`]),
    ...(memory === undefined ? [] : [`--mem=${memory}`]),
    `--cpus-per-task=${cpus}`,
    ...(gpus === 0 ? [] : [`--gres=gpu:${gpus}`]),
  ].map((option) => `#SBATCH ${shellWord(option)}`);
}

/**
 * A script for `sh`. It writes how the steps ended into a file, which says so whatever becomes of the scheduler's memory. `task` is a
 * shell's word for the task: a name, or the number that Slurm gives it.
 */
export function jobScript(request: ScriptRequest, task: string, header: readonly string[]): string {
  const { folder, words, program, environment, settings, resources } = request;
  const slurm = header.length > 0;
  const run = [
    ...(settings.container === undefined ? [] : [settings.container]),
    settings.program ?? program.map((word) => shellWord(word)).join(' '),
    'step',
    ...['--plan', join(folder, 'plan.json'), ...words, '--jobs', String(resources.cpus)].map((word) => shellWord(word)),
    `--keys ${shellWord(join(folder, 'tasks'))}/"$task"`,
  ].join(' ');
  const end = `${shellWord(join(folder, 'ends'))}/"$task"`;
  return [
    '#!/bin/sh',
    ...header,
    ...settings.header,
    `task=${task}`,
    ...(slurm ? [] : [`exec >>${shellWord(join(folder, 'logs'))}/"$task".log 2>&1`]),
    `rm -f ${end}`,
    ...Object.entries(environment).map(([name, value]) => `export ${name}=${shellWord(value)}`),
    ...settings.modules.map((name) => `module load ${shellWord(name)}`),
    ...settings.setup,
    'told= child=',
    // The program leaves what it has when it is told to end; the shell waits for it.
    `trap 'kill -TERM "$child" 2>/dev/null' TERM`,
    ...(slurm ? [`trap 'told=1; kill -TERM "$child" 2>/dev/null' USR1`] : []),
    `${run} &`,
    'child=$!',
    'wait "$child"; code=$?',
    'while kill -0 "$child" 2>/dev/null; do wait "$child"; code=$?; done',
    `echo "$code" >${end}.part && mv ${end}.part ${end}`,
    // Told that its time is over, a job goes to the end of the queue by itself: nobody need be there.
    ...(slurm
      ? [
          `if [ -n "$told" ] && [ "$code" -ne 0 ] && [ "\${SLURM_RESTART_COUNT:-0}" -lt ${settings.retries} ]; then`,
          '  scontrol requeue "${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}" && sleep 60',
          'fi',
        ]
      : []),
    'exit "$code"',
    '',
  ].join('\n');
}
