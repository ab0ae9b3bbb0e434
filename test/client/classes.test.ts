/** The classes that scripts give to what they make are theirs alone: an author's text may have any other. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const client = join(import.meta.dirname, '../../src/client');
const given =
  /className = '([^']+)'|classList\.(?:add|toggle)\('([^']+)'|\bclass: '([^']+)'|\belement\('[a-z]+', '([^']+)'\)/g;
/** Under which the stylesheet knows every drawing, of a figure of the program or of an author's. */
const shared = new Set(['drawing']);

it('every class that a script gives has the prefix of the program', () => {
  const files = readdirSync(client, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const names = files.flatMap((file) =>
    Array.from(readFileSync(join(client, file), 'utf8').matchAll(given), (match) => match.slice(1).join('')),
  );
  const classes = names.flatMap((name) => name.split(' ')).filter((name) => !shared.has(name));
  expect(classes.length).toBeGreaterThan(20);
  expect(classes.filter((name) => !name.startsWith('colophon-'))).toEqual([]);
});
