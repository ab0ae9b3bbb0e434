/** What the README says works when typed, and it leaves no option and no command out. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { prepare } from '../src/pipeline/prepare.js';
import { referenceEngine } from '../src/engine/reference/index.js';
import { formatProblem } from '../src/shared/problem.js';
import { allSchemas } from '../src/reference/schemas.js';
import { directiveKinds } from '../src/steps/kinds.js';
import { reportFolder } from './report-folder.js';

const root = join(import.meta.dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const planned = (folder: string): ReturnType<typeof prepare> =>
  prepare(folder, { memory: 4e9, engine: referenceEngine });

/** The block after a heading, without its fence. */
function blockAfter(heading: string, fence: string): string {
  const rest = readme.slice(readme.indexOf(heading));
  const [, text] = new RegExp(`^${fence}[^\\n]*\\n([\\s\\S]*?)^${fence}$`, 'm').exec(rest) ?? [];
  return text ?? '';
}

describe('the worked example', () => {
  const example = blockAfter('## Add an experiment', '````');
  // It names the dataset of the report.
  const data = readFileSync(join(root, 'report', 'data.md'), 'utf8');
  const folder = (text: string): string => reportFolder({ 'data.md': data, 'wide.md': `# Wide\n\n${text}` });

  it('adds three trainings and a figure, without a problem', () => {
    const { plan, problems } = planned(folder(example));
    expect(problems.filter(({ place }) => place?.file === 'wide.md')).toEqual([]);
    const steps = plan.steps.filter(({ directive }) => directive.id === 'wide');
    expect(steps.map(({ name }) => name)).toEqual(['wide[seed=0]', 'wide[seed=1]', 'wide[seed=2]']);
    expect(plan.figures.map(({ id }) => id)).toContain('fig-wide');
    expect(plan.values.size).toBeGreaterThan(0);
  });

  it('with the slip gives the message that is shown', () => {
    const text = example.replace('batch: 40', 'bacth: 40');
    expect(text).not.toBe(example);
    const { problems, report } = planned(folder(text));
    const [problem, ...others] = problems.filter(({ place }) => place?.file === 'wide.md');
    expect(others).toEqual([]);
    const page = report.pages.find(({ file }) => file === 'wide.md');
    const printed = problem === undefined ? '' : formatProblem(problem, 'report', () => page?.text);
    expect(printed).toBe(blockAfter('A slip is found', '```').trimEnd());
  });
});

it('the table of kinds is what the schemas say of each kind and its options', () => {
  const rows = directiveKinds.map(({ kind }) => {
    const { description = '', properties = {}, required = [] } = allSchemas()[kind] ?? {};
    const ofAnyStep = ['sweep', 'device', 'echo', 'fold'];
    const options = Object.keys(properties)
      .filter((name) => !ofAnyStep.includes(name))
      .map((name) => (required.includes(name) ? `**\`${name}\`**` : `\`${name}\``));
    return `| \`${kind}\` | ${description} | ${options.join(', ')} |`;
  });
  const table = ['| kind | what it is | options |', '|---|---|---|', ...rows].join('\n');
  const kinds = readme.slice(readme.indexOf('## The kinds of directive'));
  expect(kinds.slice(kinds.indexOf('| kind |'), kinds.indexOf('\n\n', kinds.indexOf('| kind |')))).toBe(table);
});

it('every script that the README tells to run is there', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  const named = [...readme.matchAll(/npm run ([a-z:-]+)/g)].map(([, name]) => name ?? '');
  expect(named).toContain('build-report');
  for (const name of named) expect(Object.keys(scripts), name).toContain(name);
});
