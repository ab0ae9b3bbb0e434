/** What something is called elsewhere leads to what it is called here, for every name in the table. */
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type * as z from 'zod';
import type { Json } from '../../src/shared/artifact.js';
import { otherDevices, otherNames, otherPictures, otherResults } from '../../src/shared/other-names.js';
import { deviceNames } from '../../src/shared/device-names.js';
import { picturesOf } from '../../src/figures/pictures/index.js';
import { checkOptions } from '../../src/plan/check-options.js';
import { allSchemas } from '../../src/reference/schemas.js';
import { keysAt, pathsOf } from '../../src/plan/schema-walk.js';
import { frontMatterOptions } from '../../src/source/front-matter.js';
import { settingsOptions } from '../../src/source/settings.js';
import { readReport } from '../../src/source/read-report.js';
import { stepKinds, viewKinds } from '../../src/steps/kinds.js';
import { fold, suggestion } from '../../src/shared/suggest.js';
import { reportFolder } from '../report-folder.js';
import { changes, type Value, withValue, written } from '../plan/every-option.js';

const schemas: Readonly<Record<string, z.ZodType>> = {
  ...Object.fromEntries(stepKinds.map(({ kind, options }) => [kind, options])),
  ...Object.fromEntries(Object.values(viewKinds).map(({ kind, options }) => [kind, options])),
  'front-matter': frontMatterOptions,
  'colophon.yaml': settingsOptions,
};
function schemaOf(kind: string): z.ZodType {
  const schema = schemas[kind];
  if (schema === undefined) throw new Error(`no schema of ${kind}`);
  return schema;
}

const place = { file: 'index.md', line: 1, column: 1 };

function said(kind: string, body: Value): { message: string; hint: string }[] {
  const result = checkOptions(schemaOf(kind), body as { readonly [option: string]: Json }, kind, () => place);
  return 'problems' in result ? result.problems.map(({ message, hint }) => ({ message, hint })) : [];
}

describe.each(Object.entries(otherNames))('%s', (kind, { options = {}, advice = [], values = {} }) => {
  const paths = pathsOf(schemaOf(kind)).map((path) => path.join('.'));
  const columns = kind === 'table' ? ['columns.format'] : [];

  it('every option that has other names is one', () => {
    expect(Object.keys({ ...options, ...values }).filter((path) => ![...paths, ...columns].includes(path))).toEqual([]);
  });

  it('no option has its own name as another, and no name beside it means something else', () => {
    const own = new Set(paths.filter((path) => !path.includes('.')).map(fold));
    const others = advice.flatMap(({ names }) => names);
    expect(others.filter((name) => own.has(fold(name)))).toEqual([]);
    for (const [path, names] of Object.entries(options)) {
      expect(
        names.filter((name) => fold(name) === fold(path.split('.').at(-1) ?? '')),
        path,
      ).toEqual([]);
    }
    const beside = Object.entries(options).filter(([path]) => !path.includes('.'));
    const all = beside.flatMap(([, names]) => names.map(fold));
    expect(all.filter((name, index) => all.indexOf(name) !== index)).toEqual([]);
  });
});

describe.each(Object.keys(schemas).filter((kind) => kind !== 'front-matter' && kind !== 'colophon.yaml'))(
  'a %s',
  (kind) => {
    const schema = schemaOf(kind);
    const known = keysAt(schema, [], {});
    const { options = {}, advice = [] } = otherNames[kind] ?? {};
    const beside = Object.entries(options).filter(([path]) => !path.includes('.'));
    const names = beside.flatMap(([path, others]) => others.map((name) => ({ name, path })));

    it('says for every other name of an option, in any spelling, which is meant', () => {
      for (const { name, path } of names.filter((one) => !known.includes(one.name))) {
        const camel = name.replace(/ (\w)/g, (_, letter: string) => letter.toUpperCase());
        for (const spelt of [name.replaceAll(' ', '_'), name.replaceAll(' ', '-'), camel, name.toUpperCase()]) {
          const hint = said(kind, { [spelt]: 'x' }).find(({ message }) =>
            message.startsWith(`"${spelt}" is not`),
          )?.hint;
          expect(hint, spelt).toMatch(new RegExp(`^(write "?${path}"?(: .*)?|did you mean "[a-z.-]+"\\?)$`));
        }
      }
    });

    it('says of what it has not by any name what to do', () => {
      for (const { names: others, hint } of advice) {
        for (const name of others) {
          const spelt = name.replaceAll(' ', '_');
          const found = said(kind, { [spelt]: 1 }).find(({ message }) => message.startsWith(`"${spelt}" is not`));
          expect([hint, expect.stringMatching(/^did you mean/)], spelt).toContainEqual(found?.hint);
        }
      }
    });
  },
);

describe('a wrong value in any option of any kind', () => {
  const vague = /option: value|must be ;|must be one of ;|undefined|must be $/;
  const tried: readonly Value[] = [5, 0.5, 'adam', 'some text', true, [1, 2], ['x'], {}, { x: 1 }, null];

  it.each(changes.map(([id, option]) => ({ name: `${id} ${option.join('.')}`, id, option })))(
    '$name: the message names a choice, and what a hint says to write is taken',
    ({ id, option }) => {
      const { kind, body } = written.find((one) => one.id === id) ?? { kind: '', body: {} };
      for (const value of tried) {
        for (const { message, hint } of said(kind, withValue(body, option, value))) {
          expect(`${message}; ${hint}`).not.toMatch(vague);
          const write = /^write (.*)$/.exec(hint)?.[1];
          const made = write === undefined || /…|, or /.test(write) ? undefined : /^[[{].*[\]}]$/.exec(write)?.[0];
          if (made === undefined || !message.startsWith(`"${option.join('.')}"`)) continue;
          const again = said(kind, withValue(body, option, parse(made) as Value));
          expect(
            again.filter((one) => one.message.startsWith(`"${option.join('.')}" must`)),
            hint,
          ).toEqual([]);
        }
      }
    },
  );

  it.each([
    ['train', 'checkpoints', 100, 'write { every: 100 }'],
    ['train', 'optimizer', 'adam', 'write { kind: adam }'],
    ['train', 'optimizer', 'ridge', 'write { kind: ridge, penalty: … }'],
    ['train', 'optimizer', 'optax.adam(1e-3)', 'write { kind: adam }'],
    ['train', 'optimizer', 'AdamW', 'write { kind: adamw }'],
    ['train', 'network', 10, 'write { hidden: [10] }'],
    ['train', 'steps', '1_000', 'write 1000'],
    ['dataset', 'noise', { std: 0.1 }, 'write 0.1'],
    ['dataset', 'domain', '0..1', 'write where it starts and ends, as in [0, 1]'],
    ['train', 'network', [10, 20], 'write { hidden: [10, 20] }'],
    ['dataset', 'test', 50, 'write { grid: 50 }'],
    ['dataset', 'test', 0.2, 'write { fraction: 0.2 }'],
    ['svd', 'rows', 100, 'write { grid: 100 }'],
    ['svd', 'on', 'trian', 'did you mean "train"?'],
    ['svd', 'at', 10, 'write [10]'],
    ['table', 'columns', 'test-error', 'write [test-error]'],
    ['figure', 'at', 100, 'write [100]'],
  ])('%s: %s: %j gets the hint "%s"', (kind, option, value, hint) => {
    const body = written.find((one) => one.kind === kind)?.body ?? {};
    expect(said(kind, { ...body, [option]: value }).map((one) => one.hint)).toEqual([hint]);
  });

  it('an unknown kind of optimiser names those that there are', () => {
    const body = written.find((one) => one.id === 'descent')?.body ?? {};
    expect(said('train', { ...body, optimizer: { kind: 'adamax', rate: 0.1 } })).toEqual([
      {
        message:
          '"optimizer.kind" must be one of "sgd", "adam", "adamw", "rmsprop", "ridge", "least-squares"; it is "adamax"',
        hint: 'write adam, or adamw, whose weight-decay is not added to the gradient',
      },
    ]);
  });
});

it('an option under another name is not missing besides', () => {
  const body = { data: 'waves', network: { hidden: [4] }, steps: 3 };
  expect(said('train', { ...body, optimizer: { lr: 0.1 } })).toEqual([
    { message: '"lr" is not an option of optimizer', hint: 'write rate: 0.1' },
  ]);
  expect(said('train', { ...body, optimizer: { kind: 'ridge', ridge_penalty: 1 } })).toHaveLength(2);
});

it('a kind under another name, and options of a choice of options, are one slip each', () => {
  const body = { data: 'waves', network: { hidden: [4] }, steps: 3 };
  expect(said('train', { ...body, optimizer: { name: 'Adam', lr: 0.1 } }).map(({ hint }) => hint)).toEqual([
    'write kind: adam',
    'write rate: 0.1',
  ]);
  expect(
    said('train', { ...body, optimizer: { rate: 0.1 }, batch: { batch_size: 5 } }).map(({ hint }) => hint),
  ).toEqual(['write size: 5']);
  expect(said('dataset', { function: { sin: { frequency: 3 } }, samples: 10 }).map(({ hint }) => hint)).toEqual([
    'did you mean "sine"?',
  ]);
});

it('results, pictures and devices that have other names are ours', () => {
  const results = stepKinds.flatMap((kind) => [...Object.keys(kind.dimensions), ...kind.numbers]);
  const pictures = stepKinds.flatMap(({ kind }) => picturesOf(kind));
  expect(Object.keys(otherResults).filter((name) => !results.includes(name))).toEqual([]);
  expect(Object.keys(otherPictures).filter((name) => !pictures.includes(name))).toEqual([]);
  expect(Object.keys(otherDevices).filter((name) => !deviceNames.some((known) => known === name))).toEqual([]);
  expect(suggestion('val_loss', ['train-error', 'test-error'], otherResults)).toBe('did you mean "test-error"?');
  expect(suggestion('cuda:0', deviceNames, otherDevices)).toBe('did you mean "gpu"?');
});

describe('front matter and colophon.yaml', () => {
  it.each([
    ['by: A. Person', 'write authors: A. Person'],
    ['bibliography: refs.bib', 'write it in colophon.yaml, for all pages'],
    ['format: html', 'leave it out'],
    ['abstract: A line.', 'write description: A line.'],
    ['Title: x', 'did you mean "title"?'],
  ])('%s', (line, hint) => {
    const { problems } = readReport(reportFolder({ 'index.md': `---\n${line}\n---\n\n# A\n` }), []);
    expect(problems.map((problem) => problem.hint)).toEqual([hint]);
  });

  it.each([
    ['number_sections: true', 'did you mean "number-sections"?'],
    ['lang: de', 'write language: de'],
    ['base_url: https://example.org/', 'write url: https://example.org/'],
    ['csl: apa.csl', 'write citation-style: apa.csl'],
    ['theme: dark', 'leave it out: pages are ordered by "order" in their front matter, and theme.css changes the look'],
  ])('%s', (line, hint) => {
    const { problems } = readReport(reportFolder({ 'index.md': '# A\n', 'colophon.yaml': `${line}\n` }), []);
    expect(problems.map((problem) => problem.hint)).toEqual([hint]);
  });
});

it('the options say what is minimised, that decay is coupled, and on which scale a penalty stands', () => {
  const { optimizer, loss } = allSchemas()['train']?.properties ?? {};
  const said = JSON.stringify([optimizer, loss]);
  for (const fact of ['MSELoss', 'coupled', 'not as in AdamW', 'sum of squared errors']) {
    expect(said).toContain(fact);
  }
});
