/** No two files of a site at one address, on any file system. */
import { expect, it } from 'vitest';
import { addressRegister } from '../../src/shared/address-register.js';

it('an address is taken once, in any case, in any form of Unicode, and by no file where there is a folder', () => {
  const { take } = addressRegister();
  expect(take('a/b.html', 'one')).toBeUndefined();
  expect(take('a/b.html', 'one')).toBeUndefined();
  expect(take('a/b.html', 'two')).toBe('one');
  expect(take('A/B.html', 'one')).toBe('one');
  expect(take('a', 'three')).toBe('one');
  expect(take('A/b.html/c', 'four')).toBe('one');
  expect(take('caf\u00e9', 'five')).toBeUndefined();
  expect(take('cafe\u0301', 'six')).toBe('five');
  expect(take('a/c.html', 'seven')).toBeUndefined();
});
