/** What the rows of pictures stand for, by which a page marks one thing in all of them. */
import { englishScripts } from '../../src/languages/english.js';
import { expect, it } from 'vitest';
import { outputsWith } from '../../src/model/centred-outputs.js';
import { draws, identityOf, unitsOfParameters, unitValue } from '../../src/figures/identity.js';
import { fitOf, fitRows } from '../../src/figures/pictures/fit-rows.js';

const place = { row: 0, column: 0 };

it('a parameter is of the unit that it leads into, one of the output of the unit that it comes from', () => {
  const one = { inputs: 1, hidden: [2], activation: 'relu' } as const;
  // w0 w1, b0 b1, v0 v1, c.
  expect(unitsOfParameters(one)).toEqual(['0', '1', '0', '1', '0', '1', undefined]);
  const two = { inputs: 1, hidden: [2, 1], activation: 'relu' } as const;
  expect(unitsOfParameters(two)).toEqual(['1.0', '1.1', '1.0', '1.1', '2.0', '2.0', '2.0', '2.0', undefined]);
  expect(unitValue({ layer: 1, index: 3 }, two)).toBe('2.3');
});

it('a row is of the only run of its panel; a thing is drawn by the rows that name it', () => {
  const kink = { ...place, part: 'kink', unit: '3' };
  expect(identityOf(kink, ['net'])).toEqual({ run: 'net', unit: '3' });
  expect(identityOf({ ...place, part: 'test', run: 'net[seed=1]' }, ['net[seed=0]', 'net[seed=1]'])).toEqual({
    run: 'net[seed=1]',
  });
  expect(draws(kink, ['net'], { run: 'net', unit: '3' })).toBe(true);
  expect(draws(kink, ['net'], { unit: '3' })).toBe(true);
  expect(draws(kink, ['net'], { run: 'other', unit: '3' })).toBe(false);
  expect(draws(kink, ['net'], { run: 'net', component: '3' })).toBe(false);
  // A whole run is its panel, not each of its marks.
  expect(draws(kink, ['net'], { run: 'net' })).toBe(false);
  expect(draws({ ...place, part: 'test', run: 'net' }, ['net', 'other'], { run: 'net' })).toBe(true);
});

it('a kink in the rows of a fit names its unit', () => {
  const network = { inputs: 1, hidden: [2], activation: 'relu' } as const;
  // Elbows at 0.75 and at 0.25.
  const parameters = Float64Array.of(1, 1, -0.75, -0.25, 1, 2, 0);
  const data = { domain: [0, 1], train: { x: new Float64Array(), y: new Float64Array() }, truth: undefined } as const;
  const axes = {
    x: { type: 'linear', domain: [0, 1], length: 100 },
    y: { type: 'linear', domain: [-1, 3], length: 100 },
  } as const;
  const rows = fitRows(
    fitOf(network, parameters, outputsWith(network, parameters, undefined), data),
    { axes, largest: 2, words: englishScripts.figure },
    place,
  );
  const kinks = rows.filter(({ part }) => part === 'kink').map(({ x, unit }) => [x, unit]);
  expect(kinks).toEqual([
    [0.25, '1'],
    [0.75, '0'],
  ]);
});
