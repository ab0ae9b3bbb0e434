/** Errors as a person reads them. */
import { expect, it } from 'vitest';
import { messageOfFetch } from '../../src/shared/message-of.js';

it('why fetch got no answer: what is hidden behind "fetch failed", by its code where several addresses were tried', () => {
  const failed = (cause: unknown): TypeError => new TypeError('fetch failed', { cause });
  expect(messageOfFetch(failed(new Error('getaddrinfo ENOTFOUND nowhere')))).toBe('getaddrinfo ENOTFOUND nowhere');
  // As Node throws it of a name with an address of each family.
  const each = Object.assign(new AggregateError([new Error('a'), new Error('b')]), { code: 'ECONNREFUSED' });
  expect(messageOfFetch(failed(each))).toBe('ECONNREFUSED');
  expect(messageOfFetch(new Error('plain'))).toBe('plain');
  expect(messageOfFetch('thrown')).toBe('thrown');
});
