/** `--on`: real scripts in processes of their own, through command lines that stand for schedulers. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { colophon, siteOf } from '../colophon.js';
import { block, page, reportFolder, small, temporaryFolder, waves } from '../report-folder.js';

const config = process.env['XDG_CONFIG_HOME'];
const home = temporaryFolder();
process.env['XDG_CONFIG_HOME'] = home;
afterAll(() => {
  if (config === undefined) delete process.env['XDG_CONFIG_HOME'];
  else process.env['XDG_CONFIG_HOME'] = config;
});

function settings(text: string): void {
  mkdirSync(join(home, 'colophon'), { recursive: true });
  writeFileSync(join(home, 'colophon', 'settings.yaml'), text);
}

const report = page(waves, small, block('svd #singular', 'of: small'), block('figure #fig-fit', 'show: small.fit'));

/** A queue of a folder: a job waits in a process of its own until those that it is to wait for are over. */
const queue = `#!/bin/sh
here=$(dirname "$0"); id=$(date +%s%N); script=$1; after=$2
touch "$here/$id.queued"
(
  for one in $(echo "$after" | tr : ' '); do while [ -e "$here/$one.queued" ]; do sleep 0.05; done; done
  sh "$script" </dev/null >/dev/null 2>&1
  rm "$here/$id.queued"
) </dev/null >/dev/null 2>&1 &
echo "Your job $id (\\"colophon\\") has been submitted"
`;

describe('jobs through a command', () => {
  it('that runs them gives the site of a build on this machine, in as many jobs as are asked for', () => {
    settings('cluster: { job-seconds: 0.001, slots: 2 }\n');
    const folder = reportFolder({ 'report/index.md': report });
    const ended = colophon(folder, 'build', 'report', '--on', 'command:sh {script}', '--out', 'there');
    expect(ended.err).toMatch(
      /1 step in 1 job submitted[\s\S]*4 steps in 2 jobs submitted[\s\S]*5 steps computed on command:sh/,
    );
    expect(ended).toMatchObject({ code: 0, out: expect.stringContaining('0 steps ran, 5 cached') as string });
    expect(colophon(folder, 'build', 'report', '--store', 'own', '--out', 'here').code).toBe(0);
    expect(siteOf(join(folder, 'there'))).toEqual(siteOf(join(folder, 'here')));
    // Nothing of it is left, and there is nothing to do again.
    expect(readdirSync(join(folder, '.colophon/cluster'))).toEqual([]);
    expect(colophon(folder, 'build', 'report', '--on', 'command:sh {script}', '--out', 'again').err).toContain(
      '0 steps computed',
    );
  }, 60_000);

  it('that queues them: the submitting process may end, and a later one takes the results', () => {
    settings("cluster: { job-seconds: 0.001, status: 'test -e {id}.queued' }\n");
    const folder = reportFolder({ 'report/index.md': report, 'qsub.sh': queue });
    const on = 'command:sh qsub.sh {script} {after}';
    const detached = colophon(folder, 'build', 'report', '--on', on, '--detach');
    expect(detached).toMatchObject({
      code: 0,
      err: expect.stringContaining('3 jobs for 5 steps are in the queue') as string,
    });
    expect(existsSync(join(folder, 'site'))).toBe(false);
    // Once more while they are there: nothing is submitted twice.
    expect(colophon(folder, 'build', 'report', '--on', on, '--detach').err).not.toContain('submitted');
    const later = colophon(folder, 'build', 'report', '--on', on);
    expect(later).toMatchObject({ code: 0, out: expect.stringContaining('5 cached') as string });
    expect(later.err).not.toContain('submitted');
  }, 60_000);

  it('that loses a job has it tried again, and says how it ended', () => {
    settings('cluster: { retries: 1 }\n');
    const folder = reportFolder({ 'report/index.md': report });
    const lost = 'if mkdir lost 2>/dev/null; then exit 3; else sh {script}; fi';
    const ended = colophon(folder, 'build', 'report', '--on', `command:${lost}`);
    expect(ended.err).toContain('job 0-0 was lost with its machine, with 5 of 5 steps left; they are tried again');
    expect(ended.code).toBe(0);
    const gone = colophon(
      folder,
      'build',
      'report',
      '--on',
      'command:echo no room >&2; false {script}',
      '--store',
      'other',
      '--out',
      'there',
    );
    expect(gone.err).toMatch(
      /failed {2}waves: its job was lost with its machine; build again[\s\S]*nothing was published/,
    );
    expect(gone.err).toContain('no room');
    expect(gone.code).toBe(1);
  }, 60_000);

  it('that fails for good is not tried again: what failed is named, with its reason, and the rest is kept', () => {
    settings('cluster: { job-seconds: 0.001 }\n');
    const broken = block('program #broken', "run: [node, -e, 'process.exit(3)']", 'outputs: { value: {} }');
    const folder = reportFolder({ 'report/index.md': page(waves, small, broken) });
    const ended = colophon(folder, 'build', 'report', '--trust', '--on', 'command:sh {script}');
    expect(ended.err).toMatch(/job \d-\d failed, with 1 of 1 steps left; its log says why/);
    expect(ended.err).toMatch(/failed {2}broken: .*3/);
    expect(ended.code).toBe(1);
    expect(colophon(folder, 'results', 'small').code).toBe(0);
  }, 60_000);

  it('computes what is asked for alone: of results, and of a part', () => {
    settings('');
    const folder = reportFolder({ 'report/index.md': report });
    const results = colophon(folder, 'results', 'small[hidden=4]', '--on', 'command:sh {script}');
    expect(results).toMatchObject({ code: 0, out: expect.stringContaining('small[hidden=4]') as string });
    expect(results.err).toContain('2 steps computed');
    const only = colophon(folder, 'build', 'report', '--only', 'fig-fit', '--on', 'command:sh {script}');
    expect(only.err).toContain('1 steps computed');
    expect(only.code).toBe(0);
  }, 60_000);
});

it.each([
  [['--on', 'pbs'], 1, /give slurm, or command: and a command line with \{script\}/],
  [['--on', 'command:qsub'], 1, /it lacks \{script\}/],
  [['--on', 'command:qsub {scirpt}'], 1, /\{scirpt\} stands for nothing; there is \{script\}, \{after\}/],
  [['--on', 'command:qsub {script}', '--detach'], 3, /the command needs \{after\}/],
  [['--detach'], 2, /say with --on where they run/],
])('%j is refused', (words, code, message) => {
  settings('');
  const folder = reportFolder({ 'report/index.md': report });
  const ended = colophon(folder, 'build', 'report', ...words);
  expect(ended.err).toMatch(message);
  expect(ended.code === 0 ? 0 : code).toBe(code);
  expect(ended.code).not.toBe(0);
});

it('wrong settings are said before anything is submitted, and verify says why it takes no cluster', () => {
  settings('cluster:\n  slots: none\n');
  const folder = reportFolder({ 'report/index.md': report });
  const ended = colophon(folder, 'build', 'report', '--on', 'slurm');
  expect(ended).toMatchObject({
    code: 2,
    err: expect.stringMatching(/settings\.yaml:2:10 {2}invalid-option/) as string,
  });
  expect(ended.err).toContain('> 2 |   slots: none');
  expect(colophon(folder, 'verify', 'report', '--on', 'slurm')).toMatchObject({
    code: 3,
    err: expect.stringContaining('submit it as a job') as string,
  });
  settings('');
});
