/** Slips of the finger and of the mind in any option of any kind: always a problem at its very place, never an exception. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkFigure } from '../../src/figures/draw-figure.js';
import { planReport } from '../../src/plan/plan-report.js';
import type { Problem } from '../../src/shared/problem.js';
import { readReport } from '../../src/source/read-report.js';
import { directiveKinds } from '../../src/steps/kinds.js';
import { editDistance } from '../../src/shared/suggest.js';
import { block, page, reportFolder, small, temporaryFolder, waves, writeFiles } from '../report-folder.js';
import { type Files, ancestryOf, changed, changes, reportOf, type Value, withValue, written } from './every-option.js';
import { everyNth } from '../every-nth.js';

const kinds = directiveKinds.map(({ kind }) => kind);

/** Thousands of reports, one after another in one folder. */
const folder = reportFolder(reportOf());

function problemsOf(files: Readonly<Record<string, string | Uint8Array>>, place = folder): Problem[] {
  writeFiles(place, files);
  const { report, problems } = readReport(place, directiveKinds);
  const { plan, problems: unplanned } = planReport(report, { memory: 4e9, addressable: 4e9 });
  return [...problems, ...unplanned, ...plan.figures.flatMap(checkFigure)];
}

/** The line and column (from 1) at which a text stands in a page, after another that stands before it. */
function placeIn(text: string, after: string, wanted: string): { line: number; column: number } {
  const at = text.indexOf(wanted, text.indexOf(after));
  expect(at).toBeGreaterThan(0);
  const before = text.slice(0, at);
  return { line: before.split('\n').length, column: at - before.lastIndexOf('\n') };
}

const letters = Array.from('abcdefghijklmnopqrstuvwxyz-');

/** Every word that is one edit away: a letter left out, put in, replaced, or swapped with the next. */
function oneEditFrom(word: string): fc.Arbitrary<string> {
  const position = fc.nat(word.length - 1);
  const letter = fc.constantFrom(...letters);
  return fc
    .oneof(
      position.map((at) => word.slice(0, at) + word.slice(at + 1)),
      fc.tuple(position, letter).map(([at, put]) => word.slice(0, at) + put + word.slice(at)),
      fc.tuple(position, letter).map(([at, put]) => word.slice(0, at) + put + word.slice(at + 1)),
      position.map((at) => word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2)),
    )
    .filter((slip) => slip !== word && slip !== '');
}

const kindOf = new Map(written.map(({ id, kind }) => [id, kind]));

/** A directive's options at a path: the words that a misspelt one may stand for. */
const siblings = (id: string, path: readonly (string | number)[]): Set<string> =>
  new Set(
    changes.flatMap(([other, option]) => {
      const name = option.at(-1);
      const same = kindOf.get(other) === kindOf.get(id) && option.length === path.length;
      const inside = path.slice(0, -1).every((part, depth) => option[depth] === part);
      return same && inside && typeof name === 'string' ? [name] : [];
    }),
  );

describe('any slip of one letter in an option is an unknown option at its place, with the option as suggestion', () => {
  // Of one letter nobody can say which is meant.
  const longer = changes.filter(([, option]) => String(option.at(-1)).length > 1);
  it.each(longer.map(([id, option]) => ({ name: `${kindOf.get(id) ?? ''} ${id}: ${option.join('.')}`, id, option })))(
    '$name',
    ({ id, option }) => {
      const name = String(option.at(-1));
      const parents = option.slice(0, -1);
      const directive = written.find((one) => one.id === id);
      const known = siblings(id, option);
      fc.assert(
        fc.property(
          oneEditFrom(name).filter((slip) => !known.has(slip) && slip !== 'sweep' && !slip.startsWith('-')),
          (slip) => {
            const at = parents.reduce<Value>((body, part) => (body as never)[part], directive?.body ?? null);
            const { [name]: value = 1, ...others } = at as { readonly [key: string]: Value };
            const misspelt = { [slip]: value, ...others };
            const files =
              parents.length === 0 ? bodyReport(id, misspelt) : changed(id, parents, misspelt, ancestryOf(id));
            const text = files['index.md'];
            const [problem, ...more] = problemsOf(files).filter(({ rule }) => rule === 'unknown-option');
            expect(more).toEqual([]);
            expect(problem?.message).toContain(`"${slip}" is not an option of`);
            const topLevel = parents.length === 0;
            const { line, column } = placeIn(text, `#${id}\n`, topLevel ? `\n${slip}:` : `"${slip}":`);
            expect(problem?.place).toMatchObject(topLevel ? { line: line + 1, column: 1 } : { line, column });
            const meant = /^did you mean "(.+)"\?$/.exec(problem?.hint ?? '')?.[1] ?? '';
            expect(known).toContain(meant);
            // Another option may be as near.
            if (meant !== name && !meant.startsWith(slip)) expect(editDistance(slip, meant)).toBeLessThanOrEqual(1);
          },
        ),
        { numRuns: Number(process.env['SLIPS'] ?? 1) },
      );
    },
  );
});

function bodyReport(id: string, body: Value): Files {
  return reportOf(
    ancestryOf(id).map((directive) =>
      directive.id === id ? { ...directive, body: body as (typeof directive)['body'] } : directive,
    ),
  );
}

it.each(kinds)('any slip of one letter in the kind %s of a directive with an id is found and suggested', (kind) => {
  fc.assert(
    fc.property(
      oneEditFrom(kind).filter((slip) => !kinds.includes(slip)),
      (slip) => {
        const [problem] = problemsOf({ 'index.md': page(block(`${slip} #a`)) });
        expect(problem).toMatchObject({ rule: 'unknown-kind', place: { file: 'index.md', line: 5, column: 4 } });
        expect(problem?.hint).toBe(`did you mean "${kind}"?`);
      },
    ),
    { numRuns: 10 * Number(process.env['SLIPS'] ?? 1) },
  );
});

const sizes: readonly (readonly [id: string, option: readonly (string | number)[]])[] = [
  ['sines', ['samples']],
  ['sines', ['test', 'grid']],
  ['sines', ['seed']],
  ['descent', ['network', 'hidden', 0]],
  ['descent', ['batch', 'size']],
  ['descent', ['batch']],
  ['descent', ['steps']],
  ['descent', ['checkpoints', 'every']],
  ['descent', ['checkpoints', 'and', 0]],
  ['descent', ['seed']],
  ['gradients', ['at', 0]],
  ['gradients', ['on', 'grid']],
  ['spectrum', ['rows', 'grid']],
  ['spectrum', ['on', 'grid']],
  ['fig-fit', ['at', 0]],
  ['fig-fit', ['width']],
  ['fig-fit', ['height']],
  ['fig-components', ['components']],
  ['tbl-end', ['columns', 0, 'step']],
  ['tbl-spectrum', ['columns', 0, 'component']],
];

describe('a size that is', () => {
  describe.each([
    ['negative', '-3'],
    ['fractional', '2.5'],
    ['not a number', '.nan'],
    ['infinite', '.inf'],
    ['infinite by its exponent', '1e999'],
    ['absurd', '100000000000000'],
    ['beyond exact integers', '9007199254740993'],
    ['text', '"many"'],
    ['nothing', 'null'],
    ['a list', '[]'],
  ])('%s (%s) is refused at its place:', (_what, value) => {
    // A list of seeds is a sweep over them, and an empty one is a fault of its own.
    const tried = everyNth(4, sizes).filter(([, option]) => value !== '[]' || option.at(-1) !== 'seed');
    it.each(tried.map(([id, option]) => ({ name: `${id} ${option.join('.')}`, id, option })))(
      '$name',
      ({ id, option }) => {
        const mark = 'PLACE';
        const marked = changed(id, option, mark, ancestryOf(id))['index.md'];
        const { line, column } = placeIn(marked, `#${id}\n`, `"${mark}"`);
        const text = marked.replace(`"${mark}"`, value);
        const found = problemsOf({ ...reportOf([]), 'index.md': text });
        const here = found.filter(({ place }) => place?.file === 'index.md' && place.line === line);
        expect(here.map(({ place }) => place?.column)).toContain(column);
        for (const { message, hint } of here) {
          expect(message).not.toBe('');
          expect(hint).not.toBe('');
        }
      },
    );
  });
});

describe('names that every JavaScript object has are no names of results, options, runs or columns', () => {
  const words = ['constructor', 'toString', 'valueOf', 'hasOwnProperty', '__proto__', 'prototype'];
  it.each(words)('%s', (word) => {
    const text = page(
      waves,
      small,
      block('svd #s', 'of: small', 'on: { grid: 5 }'),
      `A \`= small[hidden=4].${word}\` and \`= ${word}.x\` and \`= small[${word}=1].test-error\`.`,
      block('figure #f', `show: small.${word}`),
      block('figure #g', 'show: small.fit', `facet: ${word}`),
      block('figure #h', 'show: small.fit', `where: { ${word}: 1 }`),
      block('figure #i', `show: ${word}`, `columns: [${word}]`, 'vega-lite: { mark: point }'),
      block('table #t', 'rows: small', `columns: [${word}, ${word}.${word}, of.${word}]`),
      block('table #u', `rows: ${word}`, 'columns: [test-error]'),
      block('svd #v', `of: ${word}`),
      block('train #w', `data: ${word}`, `${word}: 1`, `sweep: { ${word}: [1], ${word}.${word}: [1] }`),
    );
    const found = problemsOf({ 'index.md': text });
    expect(found.length).toBeGreaterThan(8);
    for (const problem of found) expect(problem.place?.file).toBe('index.md');
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it('nor settings of a report', () => {
    const [problem] = problemsOf({ 'index.md': page('x'), 'colophon.yaml': 'toString: x\n' }, temporaryFolder());
    expect(problem).toMatchObject({ rule: 'unknown-option', place: { file: 'colophon.yaml', line: 1, column: 1 } });
  });

  it('nor fields of front matter', () => {
    const [problem] = problemsOf({ 'index.md': '---\ntitle: T\ntoString: x\n---\n' });
    expect(problem).toMatchObject({ rule: 'unknown-option', place: { line: 3, column: 1 } });
  });
});

describe('whatever is written, there is a list of problems with places in the page, never an exception', () => {
  const check = (text: string): void => {
    const lines = text.split(/\r\n|\n|\r/);
    for (const { place } of problemsOf({ 'index.md': text })) {
      if (place === undefined) continue;
      expect(place.line).toBeGreaterThanOrEqual(1);
      expect(place.line).toBeLessThanOrEqual(lines.length);
      expect(place.column).toBeLessThanOrEqual((lines[place.line - 1]?.length ?? 0) + 1);
    }
  };
  const scrap = fc.constantFrom(
    ...[
      '```',
      '~~~',
      '---',
      '> ',
      '- ',
      '  ',
      '\n',
      '\n\n',
      ': ',
      '{',
      '}',
      '[',
      ']',
      '"',
      "'",
      '&a ',
      '*a',
      '!x ',
      '|',
    ],
    ...['? ', '# ', '%', '@', '\t', '\u202e', '\u00e9', '\ud83d\ude00', '$', '$$', '`= a.b`', '0', '-1', '.5', '1e9'],
    ...[...kinds, 'data', 'of', 'show', 'sweep', 'network', 'hidden', 'optimizer', 'columns', 'rows', 'where'],
    ...['#a', '#b', 'a', 'b', 'a.fit', '__proto__', 'constructor', '<b>', '![x](y)', '[x](y.md)', '@fig-a', '[^1]'],
  );

  it('in a directive', () => {
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.array(scrap, { maxLength: 30 }), (kind, parts) => {
        check(page(waves, small, block(`${kind} #x`, parts.join(''))));
      }),
      { numRuns: 100 },
    );
  });

  it('in a page', () => {
    fc.assert(
      fc.property(fc.array(scrap, { maxLength: 60 }), (parts) => {
        check(parts.join(''));
      }),
      { numRuns: 100 },
    );
  });

  it('as the value of an option', () => {
    fc.assert(
      fc.property(fc.constantFrom(...changes), fc.json({ maxDepth: 3 }), ([id, option], json) => {
        check(changed(id, option, JSON.parse(json) as Value, ancestryOf(id))['index.md']);
      }),
      { numRuns: 100 },
    );
  });
});

it('withValue sets one option and keeps the others', () => {
  expect(withValue({ a: { b: [1, 2], c: 3 } }, ['a', 'b', 1], 4)).toEqual({ a: { b: [1, 4], c: 3 } });
});
