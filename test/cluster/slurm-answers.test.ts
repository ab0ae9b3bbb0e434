/** What a real Slurm 22.05 printed, recorded, and what is made of it. */
import { describe, expect, it } from 'vitest';
import { adviceFor, endingInWords, endingOf, mayHelp, moreMemory } from '../../src/cluster/outcome.js';
import type { Ended } from '../../src/cluster/programs.js';
import type { Scheduler } from '../../src/cluster/scheduler.js';
import { jobScript, slurmHeader } from '../../src/cluster/script.js';
import { noClusterSettings } from '../../src/cluster/settings.js';
import { slurm } from '../../src/cluster/slurm.js';
import { jobsInQueue, submittedJob } from '../../src/cluster/slurm-answers.js';

const queue = `14_0|CANCELLED|DependencyNeverSatisfied|colophon:3
12_1|CANCELLED|None|colophon:1
11_0|COMPLETED|None|colophon:0
12_0|COMPLETING|None|colophon:1
13_0|FAILED|NonZeroExitCode|colophon:2
12_3|PENDING|JobArrayTaskLimit|colophon:1
15_1|PENDING|DependencyNeverSatisfied|colophon:5
12_2|RUNNING|None|colophon:1
16_0|TIMEOUT|TimeLimit|colophon:4
17|RUNNING|None|(null)
`;

it('the queue is read, but for jobs that are not ours', () => {
  const read = jobsInQueue(queue).map(({ group, task, state }) => `${group}-${task} ${state}`);
  expect(read).toEqual([
    ...['3-0 not-started', '1-1 cancelled', '0-0 ended', '1-0 running', '2-0 failed', '1-3 waiting'],
    ...['5-1 not-started', '1-2 running', '4-0 timed-out'],
  ]);
  expect(submittedJob('12\n')).toBe('12');
  expect(submittedJob('12;one\n')).toBe('12');
  expect(submittedJob('sbatch: error')).toBeUndefined();
});

describe('a controller', () => {
  const away = 'sbatch: error: Batch job submission failed: Unable to contact slurm controller (connect failure)';
  const scheduler = (answers: readonly Ended[], asked: string[] = []): Scheduler => {
    const left = [...answers];
    return slurm({
      ...{ folder: '/run', name: 'colophon-0badcafe', slots: 16, signal: new AbortController().signal },
      run: (program, words) => {
        asked.push([program, ...words].join(' '));
        return Promise.resolve(left.shift() ?? { code: 1, out: '', err: '' });
      },
    });
  };

  it('is given an array with a limit, behind the arrays that it needs', async () => {
    const asked: string[] = [];
    const own = scheduler([{ code: 0, out: '7\n', err: '' }], asked);
    expect(await own.submit({ group: '1', tasks: 100, after: ['3', '4'] })).toBe('7');
    expect(asked).toEqual([
      'sbatch --parsable --job-name=colophon-0badcafe --comment=colophon:1 --array=0-99%16 --dependency=afterok:3:4 --kill-on-invalid-dep=yes /run/1.sh',
    ]);
  });

  it('that took a job without saying so is not given it again', async () => {
    const answers = [
      { code: 1, out: '', err: away },
      { code: 0, out: '9|colophon:1\n', err: '' },
    ];
    expect(await scheduler(answers).submit({ group: '1', tasks: 1, after: [] })).toBe('9');
  });

  it('that refuses is quoted', async () => {
    const err =
      'sbatch: error: invalid partition specified: none\nsbatch: error: Batch job submission failed: Invalid partition name specified';
    const refused = scheduler([{ code: 1, out: '', err }]).submit({ group: '0', tasks: 1, after: [] });
    await expect(refused).rejects.toThrow(/Invalid partition name specified; see partition/);
  });

  it('that is away says nothing of jobs', async () => {
    const err = 'slurm_load_jobs error: Unable to contact slurm controller (connect failure)';
    expect(await scheduler([{ code: 1, out: '', err }]).jobs()).toBeUndefined();
  });
});

it.each([
  [{ state: 'out-of-memory', code: undefined }, 'out-of-memory', true],
  [{ state: 'timed-out', code: 130 }, 'timed-out', true],
  [{ state: 'preempted', code: undefined }, 'preempted', true],
  [{ state: 'node-failed', code: undefined }, 'node-failed', true],
  [{ state: 'cancelled', code: undefined }, 'cancelled', false],
  [{ state: 'failed', code: 1 }, 'failed', false],
  [{ state: 'failed', code: 137 }, 'killed', true],
  [{ state: 'failed', code: undefined }, 'killed', true],
  [{ state: undefined, code: 1 }, 'failed', false],
  [{ state: undefined, code: undefined }, 'node-failed', true],
] as const)('%j is told apart', (end, ending, again) => {
  expect(endingOf(end)).toBe(ending);
  expect(mayHelp(ending)).toBe(again);
  expect(endingInWords(ending)).not.toBe('');
  expect(adviceFor(ending)).not.toBe('');
});

it('memory is doubled in its unit', () => {
  expect(moreMemory('4G', 2)).toBe('16G');
});

it('a script says what the settings say, each word quoted', () => {
  const settings = {
    ...noClusterSettings,
    ...{ modules: ['nodejs/20'], setup: ['ulimit -c 0'], header: ['#SBATCH --qos=short'] },
    container: 'apptainer exec node.sif',
  };
  const resources = { partition: 'gpu', account: undefined, time: '4:00:00', memory: '8G', cpus: 2, gpus: 1 };
  const request = {
    ...{ folder: '/a folder/run', group: '0', words: ['--store', '/a folder'], program: ['/bin/node', '/opt/cli.js'] },
    ...{ environment: { XDG_STATE_HOME: '/s' }, settings, resources },
  };
  const lines = jobScript(request, '0-"$SLURM_ARRAY_TASK_ID"', slurmHeader(request)).split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      "#SBATCH '--output=/a folder/run/logs/0-%a.log'",
      '#SBATCH --time=4:00:00',
      '#SBATCH --mem=8G',
      '#SBATCH --gres=gpu:1',
      '#SBATCH --qos=short',
      'module load nodejs/20',
      'ulimit -c 0',
      `apptainer exec node.sif /bin/node /opt/cli.js step --plan '/a folder/run/plan.json' --store '/a folder' --jobs 2 --keys '/a folder/run/tasks'/"$task" &`,
    ]),
  );
});
