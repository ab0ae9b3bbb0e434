/** Which sentence an inline claim supports or a number stands in, which is what a reader of a message has to find again. */
import { expect, it } from 'vitest';
import { inlineRequests } from '../../src/source/inline-requests.js';
import { standardReader } from '../../src/source/markdown.js';

const sentences = (text: string, of: 'claim' | 'value' = 'claim'): string[] =>
  inlineRequests('index.md', text, standardReader.parse(text), [])
    .filter(({ what }) => what === of)
    .map(({ sentence }) => sentence);

it.each([
  ['in it', 'First. Errors stay `claim a.x < 1` small. Last.', ['Errors stay small.']],
  ['before its stop', 'First. Errors stay small `claim a.x < 1`. Last.', ['Errors stay small.']],
  ['after its stop', 'First. Errors stay small. `claim a.x < 1` Last.', ['Errors stay small.']],
  ['before all words', '`claim a.x < 1` Errors stay small. Last.', ['Errors stay small.']],
  ['alone', '`claim a.x < 1`', ['']],
  ['two of one sentence', 'One `claim a.x < 1`, two `claim a.y < 1`. Three.', ['One, two.', 'One, two.']],
  ['two of two', 'One `claim a.x < 1`. *Two* `claim a.y < 1`!', ['One.', 'Two!']],
  ['around a number', 'It is 0.5 or more. It ends at `= a.x` here `claim a.x < 1`.', ['It ends at … here.']],
  ['after abbreviations', 'See p. 3, i.e. this, vs. that `claim a.x < 1`. Last.', ['See p. 3, i.e. this, vs. that.']],
  ['within quotes', 'He says “It is small `claim a.x < 1`.” Then more.', ['He says “It is small.”']],
  ['in a cell', '| a | b |\n|---|---|\n| Low `claim a.x < 1` | High `claim a.y < 1` |', ['Low', 'High']],
  ['in a definition', 'Words. `claim a.x < 1`\n\nTerm `claim a.y < 1`\n: It is.', ['Words.', 'Term']],
])('%s', (_, text, expected) => {
  expect(sentences(text)).toEqual(expected);
});

it('of a number is the one that it stands in', () => {
  const text =
    'It is `= a.x`. From `= a.x` to `= a.y .2f` it falls. Claimed `claim a.x < 1`. `= a.x` is first.\n\n# Of `= a.z`';
  const twice = 'From … to … it falls.';
  expect(sentences(text, 'value')).toEqual(['It is ….', twice, twice, '… is first.', 'Of …']);
});

it('takes time that grows with the claims', () => {
  const text = `${'Errors stay small `claim a.x < 1`. '.repeat(500)}\n\n`.repeat(40);
  const started = performance.now();
  expect(new Set(sentences(text))).toEqual(new Set(['Errors stay small.']));
  expect(performance.now() - started).toBeLessThan(5000);
});
