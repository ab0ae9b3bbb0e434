/** The JSON Schemas that `colophon schema` gives, by a validator no one here wrote: they say what the program says. */
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { directiveKinds } from '../src/steps/kinds.js';
import { readReport } from '../src/source/read-report.js';
import { changes, type Value, withValue, written } from './plan/every-option.js';
import { colophon } from './colophon.js';
import { temporaryFolder } from './report-folder.js';

const ajv = new Ajv2020({ allErrors: true });
let schemas: Readonly<Record<string, object>> = {};
const validators = new Map<string, ValidateFunction>();
beforeAll(() => {
  schemas = JSON.parse(colophon(temporaryFolder(), 'schema').out) as Record<string, object>;
  for (const [kind, schema] of Object.entries(schemas)) validators.set(kind, ajv.compile(schema));
});

/** What is wrong with a body by the schema of its kind. */
function faults(kind: string, body: unknown): string[] {
  const validate = validators.get(kind);
  if (validate === undefined) throw new Error(`no schema of ${kind}`);
  return validate(body) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message ?? ''}`);
}

it('every schema is one of draft 2020-12', () => {
  for (const [kind, schema] of Object.entries(schemas)) expect(ajv.validateSchema(schema), kind).toBe(true);
});

it.each(['report', 'templates/project/report'])('every directive of %s fits its schema', (folder) => {
  const { report, problems } = readReport(join(import.meta.dirname, '..', folder), directiveKinds);
  expect(problems).toEqual([]);
  const directives = report.pages.flatMap((page) => page.directives);
  expect(directives.length).toBeGreaterThan(3);
  for (const { kind, id, body } of directives) expect(faults(kind, body), id).toEqual([]);
});

describe('every option that the program takes', () => {
  it.each(written)('$id fits its schema', ({ kind, body }) => {
    expect(faults(kind, body)).toEqual([]);
  });

  it.each(changes)('%s with another %j fits its schema', (id, option, value) => {
    const { kind, body } = written.find((one) => one.id === id) ?? { kind: '', body: {} };
    expect(faults(kind, withValue(body, option, value))).toEqual([]);
  });
});

it('every default in a schema is one that the schema takes', () => {
  const wrong: string[] = [];
  let count = 0;
  const look = (schema: unknown, path: string, definitions: unknown): void => {
    if (typeof schema !== 'object' || schema === null) return;
    if ('default' in schema && !path.endsWith('/properties')) {
      count += 1;
      if (!ajv.validate({ ...schema, $defs: definitions }, schema.default)) wrong.push(`${path}: ${ajv.errorsText()}`);
    }
    for (const [name, inner] of Object.entries(schema)) look(inner, `${path}/${name}`, definitions);
  };
  for (const [kind, schema] of Object.entries(schemas)) look(schema, kind, '$defs' in schema ? schema.$defs : {});
  expect(wrong).toEqual([]);
  expect(count).toBeGreaterThan(40);
});

it('an optimizer without a kind is sgd, also for the schema', () => {
  const optimizer = (options: Value): Value => ({
    data: 'waves',
    network: { hidden: [4] },
    optimizer: options,
    steps: 1,
  });
  expect(faults('train', optimizer({ rate: 0.1, momentum: 0.5 }))).toEqual([]);
  expect(faults('train', optimizer({ rate: 0.1, betas: [0.9, 0.9] }))).not.toEqual([]);
  expect(faults('train', optimizer({ penalty: 1 }))).not.toEqual([]);
});

it.each<[string, Value, string]>([
  ['train', { data: 'waves', network: { hidden: [4] }, optimizer: { kind: 'sgd', rate: 0.1 }, bacth: 3 }, 'additional'],
  [
    'train',
    { data: 'waves', network: { hidden: 4 }, optimizer: { kind: 'sgd', rate: 0.1 } },
    '/network/hidden must be array',
  ],
  ['train', { data: 'waves', network: { hidden: [4] } }, "required property 'optimizer'"],
  ['figure', { show: 'net.fit', wide: 'yes' }, '/wide must be boolean'],
  ['figure', { show: 'net.fit', at: [-1] }, '/at/0 must be >= 0'],
  ['dataset', { function: 'piecewise' }, '/function'],
])('a slip in a %s is none of its schema’s', (kind, body, fault) => {
  expect(faults(kind, body).join('; ')).toContain(fault);
});
