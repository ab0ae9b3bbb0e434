import { expect, it } from 'vitest';
import { decodeAddress } from '../../src/shared/decode-address.js';

it('decodes what is encoded, and leaves what is no valid encoding', () => {
  for (const [address, text] of [
    ['%C3%A9%20b', 'é b'],
    ['100%', '100%'],
    ['%zz', '%zz'],
    ['%C3', '%C3'],
  ] as const)
    expect(decodeAddress(address)).toBe(text);
});
