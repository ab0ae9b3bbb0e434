/** Changing one option, of any kind, runs exactly the step itself and what is computed from it. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { referenceEngine } from '../../src/engine/reference/index.js';
import type { Plan } from '../../src/plan/plan.js';
import { planReport } from '../../src/plan/plan-report.js';
import { forecast, runPlan } from '../../src/run/run-plan.js';
import { readReport } from '../../src/source/read-report.js';
import { directiveKinds, stepKinds, viewKinds } from '../../src/steps/kinds.js';
import { directoryStore } from '../../src/store/directory-store.js';
import { reportFolder, temporaryFolder } from '../report-folder.js';
import { changed, changes, reportOf, type Value, type Written, written } from './every-option.js';
import { everyNth } from '../every-nth.js';

const kindOf = new Map(written.map(({ id, kind }) => [id, kind]));
const inputsOf = new Map(
  written.map(({ id, body }) => [
    id,
    ['data', 'of', 'against', 'onto'].map((role) => body[role]).filter((input) => typeof input === 'string'),
  ]),
);

/** A directive and all that is computed from it, figures and tables not among them. */
function descendants(id: string): string[] {
  const needing = written.filter((directive) => inputsOf.get(directive.id)?.includes(id) === true);
  return [...new Set([id, ...needing.flatMap((directive) => descendants(directive.id))])];
}

function planOf(files: Readonly<Record<string, string | Uint8Array>>): {
  plan: Plan;
  file: (path: string) => Uint8Array;
} {
  const { report, problems } = readReport(reportFolder(files), directiveKinds);
  const planned = planReport(report, { memory: 4e9, addressable: 4e9 });
  expect([...problems, ...planned.problems]).toEqual([]);
  const file = (path: string): Uint8Array => {
    const data = report.dataFile(path);
    return 'bytes' in data ? data.bytes : new Uint8Array();
  };
  return { plan: planned.plan, file };
}

const store = directoryStore(temporaryFolder(), () => undefined);

beforeAll(async () => {
  const { plan, file } = planOf(reportOf());
  const { failed, results } = await runPlan(plan, {
    engine: referenceEngine,
    store,
    file,
    report: () => undefined,
    signal: new AbortController().signal,
    jobs: 2,
    clock: () => 0,
    resident: () => 0,
    now: () => new Date(0),
    versions: { colophon: '0', program: '0', node: '0', platform: '0' },
  }).done;
  expect(failed).toEqual([]);
  expect([...results.values()].map(({ outcome }) => outcome)).toEqual(plan.steps.map(() => 'ran'));
});

const wouldRun = (files: Readonly<Record<string, string | Uint8Array>>): string[] =>
  forecast(planOf(files).plan, store).flatMap(({ step, cached }) => (cached ? [] : [step.name]));

it('the report as it was runs nothing', () => {
  expect(wouldRun(reportOf())).toEqual([]);
});

it('options in another order, at every depth and of every kind, and directives in another order run nothing', () => {
  const backwards = (value: Value): Value => {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
    const members = Object.entries(value as { readonly [key: string]: Value });
    return Object.fromEntries(members.map(([name, member]) => [name, backwards(member)] as const).reverse());
  };
  const turned = written.map((directive) => ({ ...directive, body: backwards(directive.body) as Written['body'] }));
  expect(JSON.stringify(turned)).not.toBe(JSON.stringify(written));
  expect(wouldRun(reportOf(turned.reverse()))).toEqual([]);
});

describe('changing', () => {
  it.each(
    everyNth(3, changes).map(([id, option, value]) => ({
      name: `${kindOf.get(id) ?? ''} ${id}: ${option.join('.')}`,
      id,
      option,
      value,
    })),
  )('$name', ({ id, option, value }) => {
    // By whose word a result stands changes nothing of it, nor does whether a reader may train again in the page.
    const shown = ['figure', 'table'].includes(kindOf.get(id) ?? '') || option[0] === 'source' || option[0] === 'lab';
    // What tells runs apart in a file makes several of one.
    const ids = new Set(wouldRun(changed(id, option, value)).map((name) => name.replace(/\[.*/, '')));
    expect([...ids].sort()).toEqual(shown ? [] : descendants(id).sort());
  });
});

it('a sweep runs the new runs and what is computed from them, not the one that was there', () => {
  const swept = wouldRun(changed('descent', ['sweep'], { seed: [1, 2] })).sort();
  expect(swept).toEqual(
    descendants('descent')
      .map((id) => `${id}[seed=2]`)
      .sort(),
  );
});

it('the file of a dataset under another name, or with other line ends, runs nothing; other bytes under its name run what is computed from it', () => {
  const files = reportOf();
  const renamed = { ...changed('table', ['function', 'csv', 'file'], 'c.csv'), 'c.csv': files['a.csv'] };
  expect(wouldRun(renamed)).toEqual([]);
  // A clone on Windows has other line ends in every file.
  const crlf = Object.entries(files).map(([name, text]): [string, string | Uint8Array] => [
    name,
    typeof text === 'string' ? text.replaceAll('\n', '\r\n') : text,
  ]);
  expect(wouldRun(Object.fromEntries(crlf))).toEqual([]);
  expect(wouldRun({ ...files, 'a.csv': `\ufeff${files['a.csv']}` })).toEqual([]);
  expect(wouldRun({ ...files, 'a.csv': `${files['a.csv']}\n1,1,1` }).sort()).toEqual(descendants('table').sort());
});

/** The names of all options of a schema, those of lists' items and of every choice included: "network.hidden". */
function optionsOf(schema: z.core.$ZodType, path: readonly string[] = []): string[] {
  const { def } = schema._zod;
  switch (def.type) {
    case 'object':
      return Object.entries((def as z.core.$ZodObjectDef).shape).flatMap(([name, inner]) => [
        [...path, name].join('.'),
        ...optionsOf(inner, [...path, name]),
      ]);
    case 'array':
      return optionsOf((def as z.core.$ZodArrayDef).element, path);
    case 'union':
      return (def as z.core.$ZodUnionDef).options.flatMap((option) => optionsOf(option, path));
    case 'optional':
    case 'default':
    case 'prefault':
      return optionsOf((def as z.core.$ZodOptionalDef).innerType, path);
    case 'pipe': {
      const { in: input, out } = def as z.core.$ZodPipeDef;
      return optionsOf(input._zod.def.type === 'transform' ? out : input, path);
    }
    default:
      return [];
  }
}

describe('no option is left out above', () => {
  const views = [viewKinds.figure, viewKinds.table];
  it.each([...stepKinds, ...views])('of $kind', ({ kind, options }) => {
    const known = new Set(optionsOf(options));
    const tried = changes.flatMap(([id, option, value]) => {
      if (kindOf.get(id) !== kind) return [];
      const name = option.filter((part) => typeof part === 'string').join('.');
      // What tells forms apart that share no option is changed with all of them.
      const within = value !== null && typeof value === 'object' ? Object.keys(value) : [];
      return [name, ...within.map((member) => `${name}.${member}`).filter((member) => known.has(member))];
    });
    expect(new Set(tried)).toEqual(known);
  });
});
