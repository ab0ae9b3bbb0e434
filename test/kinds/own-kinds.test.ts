/** Kinds of directive that a report defines: what they take part in, and everything that can be wrong with them. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { build } from '../../src/pipeline/build.js';
import { enginesFor } from '../../src/pipeline/choose-engines.js';
import { prepareWithPlugins } from '../../src/pipeline/prepare.js';
import { explainPlan } from '../../src/run/explain.js';
import { forecast } from '../../src/run/run-plan.js';
import { standardLimits } from '../../src/shared/limits.js';
import { verifyStep } from '../../src/verify/verify-step.js';
import { findResults } from '../../src/pipeline/find-results.js';
import { block, page, reportFolder, temporaryFolder } from '../report-folder.js';
import { testWorld } from '../world.js';
import { compute, inWords, trusted } from './own-report.js';

/** A module with one kind, of these parts. */
const kind = (run: string, parts = "outputs: { twice: 'number' },"): string =>
  `import { defineKind, z } from 'colophon/kinds';
export default defineKind({
  name: 'double', options: z.object({ value: z.number().default(2), seed: z.int().default(0) }), ${parts}
  run: ({ options, inputs, engine, progress }) => { ${run} },
});
`;
const double = kind('return { twice: 2 * options.value };');
const report = (module: string, ...directives: readonly string[]): string =>
  reportFolder({
    'colophon.yaml': 'kinds: [./double.mjs]\n',
    'double.mjs': module,
    'index.md': page(...(directives.length === 0 ? [block('double #one', 'value: 3')] : directives)),
  });

const example = join(import.meta.dirname, '../reports/own-kinds');
function copyOfExample(): string {
  const folder = join(temporaryFolder(), 'report');
  cpSync(example, folder, { recursive: true });
  return folder;
}

describe('a kind of the report', () => {
  it('stands on the page as any other: figure, table, number, claim and mark; the next build computes nothing', async () => {
    const folder = copyOfExample();
    const out = join(folder, '../site');
    const built = async () => {
      const world = testWorld(join(folder, '../store'), { allowed: trusted, jobs: 2 });
      return build({ folder, out, world, place: {}, source: undefined }).finally(world.close);
    };
    const { problems, failed, ran } = await built();
    expect([problems, failed, ran]).toEqual([[], [], 5]);
    const [html, experiments] = [`${out}/index.html`, `${out}/experiments.html`].map((file) =>
      readFileSync(file, 'utf8'),
    );
    expect(html?.match(/<svg[^>]* role="img"|<figure [^>]*fig-bars/g)?.length).toBeGreaterThan(1);
    expect(html).toContain('Permutation importance');
    expect(html?.match(/own code/g)?.length).toBeGreaterThan(2);
    expect(experiments).toContain('<span class="own-code">own code</span>');
    expect((await built()).ran).toBe(0);
  });

  it('is recomputed when its code or what it imports changes, and explain says so', async () => {
    const folder = report(double.replace("from 'colophon/kinds';", "from 'colophon/kinds';\nimport './more.mjs';"));
    writeFileSync(join(folder, 'more.mjs'), 'export {};\n');
    const first = await compute(folder);
    expect(first.failed).toEqual([]);
    expect((await compute(folder)).notes).toEqual(['one cached']);
    writeFileSync(join(folder, 'more.mjs'), 'export const more = 1;\n');
    const world = testWorld(join(folder, '.colophon'), { allowed: trusted });
    const { plan } = await prepareWithPlugins(folder, world);
    const { engineFor } = await enginesFor(plan, world);
    expect(plan.steps.map(({ key }) => key)).not.toEqual(first.keys);
    const [explained] = explainPlan(forecast(plan, world.store, engineFor), world.store);
    expect(explained?.changes).toEqual([{ field: 'the code of double' }]);
    expect((await compute(folder)).notes).toEqual(['one ran']);
  });

  it('sweeps, takes seeds, and gives its numbers to others', async () => {
    const sum = kind(
      'return { twice: inputs.of.values.twice + options.value };',
      "inputs: { of: 'double' }, outputs: { twice: 'number' },",
    ).replace("name: 'double'", "name: 'sum'");
    const folder = report(
      `${double}${sum.replace(/^import.*\n/, '').replace('default', 'const sum =')}`,
      block('double #a', 'sweep: { value: [1, 5] }', 'seed: { count: 2 }'),
      block('sum #b', 'of: a', 'value: 100'),
    );
    const { artifacts, problems } = await compute(folder);
    expect(problems).toEqual([]);
    expect(artifacts.size).toBe(8);
    expect(artifacts.get('b[value=5,seed=1]')?.values).toEqual({ twice: 110 });
  });

  it('reads a file of the report that an option names', async () => {
    const parts = "inputs: { table: 'file' }, outputs: { twice: ['byte'] }, sizes: () => ({ byte: 3 }),";
    const folder = report(kind('return { twice: inputs.table.bytes };', parts), block('double #one', 'table: a.txt'));
    expect((await compute(folder)).problems).toEqual([
      "index.md:6:8 unreadable-file a.txt cannot be read: there is no such file; name a file inside the report's folder",
    ]);
    writeFileSync(join(folder, 'a.txt'), 'abc');
    expect([...((await compute(folder)).artifacts.get('one')?.arrays['twice']?.data ?? [])]).toEqual([97, 98, 99]);
  });

  it('computes with the engine of the program, to the bit', async () => {
    const run = `return engine.svd(Float64Array.of(3, 0, 0, 4), 2, 2).then(({ s }) => ({ twice: s }));`;
    const folder = report(kind(run, "outputs: { twice: ['value'] }, sizes: () => ({ value: 2 }),"));
    expect([...((await compute(folder)).artifacts.get('one')?.arrays['twice']?.data ?? [])]).toEqual([4, 3]);
  });

  it('is code: without --trust it is not run, and that alone is said', async () => {
    const folder = report(`throw new Error('it ran')`);
    const { problems } = await compute(folder, { allowed: { ...trusted, trust: false } });
    expect(problems).toEqual([
      'colophon.yaml:1:1 untrusted-kind kinds of directive are code; this one is not run; add --trust if this report is your own',
    ]);
  });
});

describe('what is wrong with a module is a problem at its place', () => {
  it.each([
    ['missing', '', 'colophon.yaml:1:9 kind-module the module nothing.ts cannot be read: there is no such file'],
    [
      'an import that is missing',
      `import './x.ts';\n${double}`,
      'double.mjs:1:9 kind-module the module x.ts cannot be read',
    ],
    [
      'a package that is missing',
      `import 'no-such-pkg';\n`,
      'double.mjs:1:9 kind-module the package no-such-pkg: there is no package',
    ],
    ['a syntax error', 'export const a = ;\n', 'double.mjs:1:18 kind-module double.mjs: Unexpected token'],
    ['what throws', `throw new Error('no')`, 'colophon.yaml:1:9 kind-module ./double.mjs cannot be loaded: no'],
    ['no kind', 'export default 3;\n', 'colophon.yaml:1:9 kind-module ./double.mjs defines no kind and no picture'],
    ['a circle', `import './double.mjs';\n`, 'double.mjs:1:9 kind-module double.mjs imports itself in a circle'],
    [
      'a built-in name',
      double.replace("'double'", "'train'"),
      'colophon.yaml:1:9 kind-module ./double.mjs: there is a kind "train" already',
    ],
    ['no run', double.replace('run:', 'go:'), 'colophon.yaml:1:9 kind-module ./double.mjs: '],
    [
      'no schema',
      double.replace(/z\.object\(.*?\}\)/, '{}'),
      'colophon.yaml:1:9 kind-module ./double.mjs: "options": must be z.object',
    ],
    [
      'a name for all',
      double.replace('value:', 'device:'),
      'colophon.yaml:1:9 kind-module ./double.mjs: "device" is an option of every',
    ],
    [
      'no sizes',
      kind('', "outputs: { twice: ['row'] },"),
      'colophon.yaml:1:9 kind-module ./double.mjs: it has arrays and no "sizes"',
    ],
    [
      'an import that is only a type',
      `import { Engine } from 'colophon/kinds';\n`,
      './double.mjs cannot be loaded: The requested module colophon/kinds does not provide an export named',
    ],
    [
      'an import while it runs',
      `await import('./x.ts');\n`,
      'double.mjs:1:14 kind-module double.mjs imports something while it runs',
    ],
  ])('%s', async (what, module, expected) => {
    const folder = report(module);
    if (what === 'missing') writeFileSync(join(folder, 'colophon.yaml'), 'kinds: [./nothing.ts]\n');
    const { problems } = await compute(folder);
    expect(problems[0]).toContain(expected);
    expect(problems.length).toBe(1);
  });

  it.each([
    ['loading', `${double}for (;;) {}`, 'colophon.yaml:1:9 kind-module ./double.mjs cannot be loaded: '],
    ['what it waits for', `${double}await new Promise(() => {});`, 'colophon.yaml:1:9 kind-module ./double.mjs cannot'],
    ['its sizes', kind('', "outputs: { twice: ['row'] }, sizes: () => { for (;;); },"), 'index.md:5:1 kind-sizes '],
  ])('what never ends is one within the limit that is said: %s', async (_what, module, expected) => {
    const limits = { ...standardLimits, 'module-time': 1 };
    const { problems } = await compute(report(module), { limits });
    expect(problems.length).toBe(1);
    expect(problems[0]).toContain(expected);
    expect(problems[0]).toMatch(/it takes more than 1 seconds.*raise the limit with --limit module-time=2/);
  });

  it('what ends the process when it is loaded ends its thread alone', async () => {
    const { problems } = await compute(report(`${double}process.exit(3);`));
    expect(problems).toEqual([
      'colophon.yaml:1:9 kind-module ./double.mjs cannot be loaded: it ended its thread; leave out what calls process.exit',
    ]);
  });

  it('an option that the schema does not have is one, as with any kind', async () => {
    const { problems } = await compute(report(double, block('double #one', 'valu: 3')));
    expect(problems).toEqual(['index.md:6:1 unknown-option "valu" is not an option of double; did you mean "value"?']);
  });

  it.each([
    ['no size', '({})', 'its sizes say nothing of "row", and a size is a whole number'],
    ['a size that is NaN', '({ row: NaN })', 'its sizes say NaN of "row", and a size is a whole number'],
    ['an error', '{ throw new Error("no rows") }', 'no rows'],
  ])('sizes that give %s are one of the directive', async (_what, sizes, expected) => {
    const { problems } = await compute(report(kind('', `outputs: { twice: ['row'] }, sizes: () => ${sizes},`)));
    expect(problems).toEqual([
      `index.md:5:1 kind-sizes the sizes of this double are not known: ${expected}; change an option, or mend "sizes" in the module`,
    ]);
  });
});

describe('a step fails alone, and says why', () => {
  const rows = "outputs: { twice: ['row'] }, sizes: () => ({ row: 3 }),";
  it.each([
    ['throws', kind('throw new Error("no luck");'), 'double.mjs:4:59: no luck'],
    ['throws later', kind('return new Promise(() => { setTimeout(() => { throw new Error("late"); }); });'), 'late'],
    ['leaves an output out', kind('return {};'), 'it returns no "twice", which is among its outputs'],
    ['returns nothing', kind(''), 'it returns nothing; return an object with its outputs'],
    [
      'returns something else',
      kind('return { twice: 1, thrice: 2 };'),
      'it returns "thrice", which is none of its outputs',
    ],
    [
      'returns NaN',
      kind('return { twice: NaN };'),
      'its "twice" is NaN; return a finite number, or null where there is none',
    ],
    [
      'returns a wrong length',
      kind('return { twice: [1, 2] };', rows),
      'its "twice" has 2 numbers, and its sizes say 3 (row)',
    ],
    ['returns no array', kind('return { twice: ["a"] };', rows), 'its "twice" is no array of numbers'],
    ['returns a function', kind('return { twice: () => 1 };'), 'could not be cloned'],
    ['ends its thread', kind('process.exit(3);'), 'it ended its thread; leave out what calls process.exit'],
    ['asks the engine for what it has not', kind('return engine.svd(3).then(() => ({ twice: 1 }));'), ''],
  ])('that %s', async (_what, module, expected) => {
    const { failed, problems } = await compute(report(module));
    expect(problems).toEqual([]);
    expect(failed.length).toBe(1);
    expect(failed[0]).toContain(expected);
  });

  it('that never ends, or needs more memory than it may have, within the limits that are said', async () => {
    const limits = { ...standardLimits, 'kind-time': 1 };
    const { failed } = await compute(report(kind('for (;;) {}')), { limits });
    expect(failed).toEqual([
      'one: it takes more than 1 seconds; make it faster, or raise the limit with --limit kind-time=2',
    ]);
    const grows = kind('const all = []; for (;;) all.push(Array.from({ length: 1000 }, () => ({})));');
    const short = await compute(report(grows), { limits: { ...standardLimits, 'kind-memory': 32 } });
    expect(short.failed).toEqual([
      'one: it needs more than 32 MB of memory; make it smaller, or raise the limit with --limit kind-memory=64',
    ]);
  });

  it('not for what it writes elsewhere, which nobody sees; what it spoils in the store is computed again', async () => {
    const folder = report(double);
    const [outside, records] = [join(folder, '../outside.txt'), join(folder, '.colophon/v1/records')];
    const spoils = `const folder = ${JSON.stringify(records)};
  for (const name of fs.readdirSync(folder, { recursive: true })) {
    const path = folder + '/' + name;
    if (!fs.statSync(path).isFile()) continue;
    fs.rmSync(path);
    fs.writeFileSync(path, 'spoilt');
  }
  fs.writeFileSync(${JSON.stringify(outside)}, 'written');
  return { twice: 0 };`;
    const spoil = kind(spoils, "inputs: { of: 'double' }, outputs: { twice: 'number' },").replace(
      "'double'",
      "'spoil'",
    );
    const array = kind('return { twice: [2 * options.value, 1, 1] };', rows);
    const module = `import fs from 'node:fs';\n${array}${spoil.replace(/^import.*\n/, '').replace('default', 'const spoil =')}`;
    writeFileSync(join(folder, 'double.mjs'), module);
    await compute(folder);
    writeFileSync(join(folder, 'index.md'), page(block('double #one', 'value: 3'), block('spoil #two', 'of: one')));
    const first = await compute(folder);
    expect([first.problems, first.failed, first.notes]).toEqual([[], [], ['one cached', 'two ran']]);
    expect(readFileSync(outside, 'utf8')).toBe('written');
    const again = await compute(folder);
    expect(again.notes).toEqual(['one ran', 'two cached']);
    expect([...(again.artifacts.get('one')?.arrays['twice']?.data ?? [])]).toEqual([6, 1, 1]);
  });

  it('and what it prints is bounded: of a gigabyte the first lines', async () => {
    const many = kind(
      "const line = 'x'.repeat(1e6); for (let i = 0; i < 1000; i++) console.log(line); return { twice: 1 };",
    );
    const { notes, failed } = await compute(report(many));
    expect(failed).toEqual([]);
    expect(notes[0]?.length).toBeLessThan(2100);
    expect(notes[0]).toMatch(/^one ran, printed: x+ … and 99\d+ characters more$/);
  });
});

it('verify finds a kind that gives another answer each time, also in a single number, and lets rounding pass', async () => {
  const verified = async (module: string): Promise<string | undefined> => {
    const folder = report(module);
    await compute(folder);
    const world = testWorld(join(folder, '.colophon'), { allowed: trusted });
    try {
      const { plan } = await prepareWithPlugins(folder, world);
      const [found] = findResults(plan, world.store).results;
      if (found === undefined) return undefined;
      const versions = { colophon: '', program: '', node: '', platform: '' };
      const file = (): Uint8Array => new Uint8Array();
      return (await verifyStep(found.step, found.result, found.inputs, { ...world, versions, file })).outcome;
    } finally {
      await world.close();
    }
  };
  expect(await verified(double)).toBe('bits');
  expect(await verified(kind('return { twice: Math.random() };'))).toBe('differs');
  expect(await verified(kind('return { twice: 1 + 1e-9 * Math.random() };'))).toBe('tolerance');
});

it('the schema of a kind is one for editors and for the guide', async () => {
  const { loadKinds } = await import('../../src/kinds/load-kinds.js');
  const { stepSchema } = await import('../../src/reference/schemas.js');
  const { kinds, problems } = await loadKinds(example, trusted, standardLimits);
  expect(problems.map(inWords)).toEqual([]);
  const { properties = {}, required } = kinds.map(stepSchema)[0] ?? {};
  expect(Object.keys(properties)).toEqual(['repeats', 'seed', 'model', 'sweep', 'device', 'echo', 'fold']);
  expect(properties['model']?.description).toBe('The id of a train.');
  expect(required).toEqual(['model']);
});

it('the guide shows the module that is built here, which has forty lines at most', () => {
  const guide = readFileSync(join(import.meta.dirname, '../../report/guide/kinds.md'), 'utf8');
  const module = readFileSync(join(example, 'kinds/permute.ts'), 'utf8');
  expect(guide).toContain(readFileSync(join(example, 'kinds/bars.mjs'), 'utf8'));
  expect(guide).toContain(`\`\`\`ts title="kinds/permute.ts"\n${module}\`\`\``);
  expect(module.trimEnd().split('\n').length).toBeLessThanOrEqual(40);
});

describe('a picture of the report', () => {
  const drawn = (picture: string, ...figure: readonly string[]): string =>
    report(
      `${double.replace('defineKind, z', 'defineKind, definePicture, z')}export const bars = definePicture({ name: 'bars', of: 'double', columns: ['twice'], ${picture} });\n`,
      block('double #one', 'seed: { count: 2 }'),
      block('figure #fig-one', ...(figure.length === 0 ? ['show: one.bars'] : figure)),
    );
  const points = "specification: () => ({ mark: 'point', encoding: { x: { field: 'twice', type: 'quantitative' } } })";
  it.each([
    ['is drawn', points, [], undefined],
    [
      'knows its columns',
      "specification: ({ columns }) => ({ mark: 'point', encoding: { x: { field: columns[1], type: 'nominal' } } })",
      [],
      undefined,
    ],
    [
      'names what is refused',
      "specification: () => ({ mark: 'point', data: { url: 'a.csv' } })",
      [],
      'index.md:10:1 specification "data" is refused',
    ],
    [
      'throws',
      "specification: () => { throw new Error('no'); }",
      [],
      'index.md:10:7 specification the picture "bars" fails: no; mend it in its module',
    ],
    [
      'never ends',
      'specification: () => { for (;;); }',
      [],
      'index.md:10:7 specification the picture "bars" fails: it takes more than 1 seconds',
    ],
    [
      'gives nothing',
      'specification: () => undefined',
      [],
      'index.md:10:7 specification the picture "bars" fails: it gives no object',
    ],
    [
      'has its own columns',
      points,
      ['show: one.bars', 'columns: [twice]'],
      'index.md:10:7 invalid-option "bars" has its own columns',
    ],
    [
      'is another',
      points,
      ['show: one.bar'],
      'index.md:10:7 unknown-picture a double has no picture "bar"; did you mean "bars"?',
    ],
    [
      'is of no kind',
      `${points}, of: 'no'`,
      ['show: one.bars'],
      'colophon.yaml:1:9 kind-module ./double.mjs: there is no kind "no" of this report',
    ],
    ['has no specification', '', [], 'colophon.yaml:1:9 kind-module ./double.mjs: "specification": must be a function'],
  ])('that %s', async (_what, picture, figure, expected) => {
    const { problems } = await compute(drawn(picture, ...figure), { limits: { ...standardLimits, 'module-time': 1 } });
    if (expected === undefined) expect(problems).toEqual([]);
    else expect(problems[0]).toContain(expected);
  });
});

it('a figure of results without a number says so, at the column', async () => {
  const module = kind('return { twice: [] };', "outputs: { twice: ['row'] }, sizes: () => ({ row: 0 }),");
  const figure = block(
    'figure #fig-one',
    'show: one',
    'columns: [row, twice]',
    'vega-lite: { mark: point, encoding: { x: { field: twice, type: quantitative } } }',
  );
  const folder = report(module, block('double #one'), figure);
  const world = testWorld(join(folder, '../store'), { allowed: trusted });
  const out = join(folder, '../site');
  const { problems } = await build({ folder, out, world, place: {}, source: undefined }).finally(world.close);
  expect(problems.map(inWords)).toEqual([
    'index.md:10:16 figure-warning "twice" has no number to draw: its results are empty, or none of them is finite; look at what computed it: colophon results',
  ]);
});
