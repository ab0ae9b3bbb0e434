/** The workflows that publish a report: the steps that build it are run, as a runner would, in folders like its own. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { cli } from '../colophon.js';
import { page, reportFolder, temporaryFolder, waves } from '../report-folder.js';

const root = join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  /** Texts, numbers and what is true or false. */
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

/** npm as a runner would find it, that notes where it was to install, and puts this program there. */
function standInNpm(log: string): string {
  const program = reportFolder({ colophon: `#!/bin/sh\nexec node '${cli}' "$@"\n` });
  chmodSync(join(program, 'colophon'), 0o755);
  const script = `#!/bin/sh
echo "npm $* in $PWD" >> '${log}'
if [ "$1" = ci ]; then [ -e node_modules ] || { mkdir node_modules; ln -s '${program}' node_modules/.bin; }; exit; fi
# npm run build -- ...
shift 3; exec node '${cli}' build report --out site "$@"
`;
  // GitHub's own command, which has one comment of the action already.
  const gh = `#!/bin/sh
echo "gh $*" >> '${log}'
case "$*" in *--jq*) echo 7 ;; esac
`;
  return reportFolder({ npm: script, gh });
}

interface Run {
  readonly folder: string;
  readonly steps: readonly Step[];
  /** What is known by its name in an expression: "github.ref". */
  readonly context: Readonly<Record<string, string>>;
}

/** What the steps left and said. Of other actions it is only known that they were used. */
function runSteps({ folder, steps, context }: Run): {
  used: Record<string, Record<string, string>>;
  err: string;
  npm: string;
} {
  const [outputs, log] = [new Map(Object.entries(context)), join(folder, 'npm.log')];
  const bin = standInNpm(log);
  for (const name of ['npm', 'gh']) chmodSync(join(bin, name), 0o755);
  const summary = join(folder, 'summary.md');
  const used: Record<string, Record<string, string>> = {};
  let err = '';
  const valueOf = (expression: string): string => {
    const [, left = '', right, then, otherwise] =
      /^(\S+)(?: == '(.*?)'(?: && '(.*?)' \|\| '(.*?)')?)?$/.exec(expression.trim()) ?? [];
    const value = outputs.get(left) ?? '';
    if (right === undefined) return value;
    return value === right ? (then ?? 'true') : (otherwise ?? '');
  };
  const filled = (text: string): string => text.replace(/\$\{\{(.*?)\}\}/g, (_, inner: string) => valueOf(inner));
  const known = (values: Readonly<Record<string, unknown>> = {}): Record<string, string> =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, filled(String(value))]));
  for (const step of steps) {
    if (step.if !== undefined && valueOf(step.if) === '') continue;
    if (step.uses !== undefined) used[step.uses.replace(/@.*/, '')] = known(step.with);
    if (step.run === undefined) continue;
    const output = join(temporaryFolder(), 'output');
    writeFileSync(output, '');
    const { status, stderr } = spawnSync('bash', ['-eo', 'pipefail', '-c', filled(step.run)], {
      cwd: folder,
      env: {
        ...process.env,
        ...known(step.env),
        ...{ PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}`, GITHUB_OUTPUT: output, GITHUB_ACTION_PATH: root },
        GITHUB_STEP_SUMMARY: summary,
      },
      encoding: 'utf8',
    });
    expect([step.run, status, stderr]).toEqual([step.run, 0, expect.not.stringContaining('unknown')]);
    err += stderr;
    for (const [, name = '', value = ''] of readFileSync(output, 'utf8').matchAll(/^(.*?)=(.*)$/gm))
      outputs.set(`steps.${step.id ?? ''}.outputs.${name}`, value);
  }
  return { used, err, npm: existsSync(log) ? readFileSync(log, 'utf8') : '' };
}

const stepsOf = (text: string): readonly Step[] =>
  (parse(text) as { jobs: Record<string, { steps: readonly Step[] }> }).jobs['build']?.steps ?? [];
const url = { 'steps.pages.outputs.base_url': 'https://example.github.io/course' };

it.each([
  ['the repository’s own', '.github/workflows/pages.yml'],
  ['a new project’s', 'templates/project/workflow.yml'],
])(
  '%s workflow builds the site that it publishes, with the store that it keeps',
  (_name, file) => {
    const folder = reportFolder({ 'report/index.md': page(waves, 'Here.') });
    symlinkSync(join(root, 'dist'), join(folder, 'dist'));
    const { used, err } = runSteps({ folder, steps: stepsOf(read(file)), context: url });
    expect(err).toContain('--trust:');
    const site = join(folder, used['actions/upload-pages-artifact']?.['path'] ?? '');
    expect(readFileSync(join(site, 'index.html'), 'utf8')).toContain('Here.');
    expect(readFileSync(join(site, 'sitemap.xml'), 'utf8')).toContain('https://example.github.io/course/');
    expect(existsSync(join(folder, used['actions/cache']?.['path'] ?? '', 'v1'))).toBe(true);
  },
  60_000,
);

describe('the action', () => {
  const { runs } = parse(read('action.yml')) as { runs: { steps: readonly Step[] } };
  const project = {
    'report/index.md': page('Here.'),
    'package-lock.json': '{ "packages": { "node_modules/colophon": {} } }',
  };
  const context = (event: string, ref: string): Record<string, string> => ({
    ...url,
    ...{ 'inputs.report': 'report', 'github.event_name': event, 'github.ref': ref },
    'github.event.repository.default_branch': 'main',
  });

  it('publishes what is pushed to the default branch, by the program that the project has pinned', () => {
    const folder = reportFolder(project);
    const { used, err, npm } = runSteps({ folder, steps: runs.steps, context: context('push', 'refs/heads/main') });
    expect(npm).toBe(`npm ci in ${folder}\n`);
    expect(err).toContain('--trust:');
    expect(readFileSync(join(folder, 'site/sitemap.xml'), 'utf8')).toContain('https://example.github.io/course/');
    expect(used['actions/upload-pages-artifact']).toEqual({ name: 'github-pages', path: 'site' });
    expect(Object.keys(used)).toEqual(expect.arrayContaining(['actions/cache', 'actions/deploy-pages']));
  });

  it('builds a pull request by its own program, installs nothing of it, trusts nothing in it, and publishes nothing', () => {
    const folder = reportFolder(project);
    const steps = { folder, steps: runs.steps, context: context('pull_request', 'refs/pull/1/merge') };
    const { used, err, npm } = runSteps(steps);
    expect(npm).toBe(`npm ci in ${root}\n`);
    expect(err).not.toContain('--trust');
    expect(readFileSync(join(folder, 'site/index.html'), 'utf8')).toContain('Here.');
    expect(used['actions/upload-pages-artifact']).toEqual({ name: 'site', path: 'site' });
    for (const other of ['actions/cache', 'actions/configure-pages', 'actions/deploy-pages'])
      expect(used).not.toHaveProperty(other);
  });
});

it('the action says of a pull request what it changes, in the summary and in the one comment that it keeps', () => {
  const { runs } = parse(read('action.yml')) as { runs: { steps: readonly Step[] } };
  const text = (samples: number): string => page(waves.replace('samples: 20', `samples: ${samples}`));
  const folder = reportFolder({ 'report/index.md': text(20) });
  const git = (...words: readonly string[]): void => {
    const identity = ['-c', 'user.name=x', '-c', 'user.email=x@example.org'];
    expect(spawnSync('git', [...identity, ...words], { cwd: folder }).status).toBe(0);
  };
  git('init', '--quiet');
  for (const samples of [20, 30]) {
    writeFileSync(join(folder, 'report/index.md'), text(samples));
    git('add', 'report');
    git('commit', '--quiet', '-m', 'x');
  }
  const context = {
    ...{ 'inputs.report': 'report', 'inputs.comment': 'true', 'github.event_name': 'pull_request' },
    ...{ 'github.repository': 'some/one', 'github.event.number': '3' },
  };
  const { npm } = runSteps({ folder, steps: runs.steps, context });
  const summary = readFileSync(join(folder, 'summary.md'), 'utf8');
  expect(summary).toContain('samples 20 → 30');
  expect(readFileSync(join(folder, 'comment.md'), 'utf8')).toBe(`<!-- colophon diff -->\n${summary}`);
  expect(npm).toContain('gh api --method PATCH repos/some/one/issues/comments/7 --field body=@comment.md\n');
}, 60_000);

it('the guide’s workflow that uses it has five lines', () => {
  const [, text = ''] =
    /```yaml title="\.github\/workflows\/report\.yml"\n(.*?)\n```/s.exec(read('report/guide/publishing.md')) ?? [];
  expect(text.split('\n')).toHaveLength(5);
  const { jobs } = parse(text) as { jobs: Record<string, { steps: readonly Step[] }> };
  expect(jobs['report']?.steps).toEqual([{ uses: 'OWNER/colophon@COMMIT' }]);
});
