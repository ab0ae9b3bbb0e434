import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/shared/canonical-json.js';
import { sha256 } from '../../src/shared/hash.js';

describe('canonicalJson (RFC 8785)', () => {
  it("writes the RFC's own example", () => {
    const value = {
      numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000f\nA\'B"\\\\"/',
      literals: [null, true, false],
    };
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('sorts members by UTF-16 code units, as in section 3.2.3', () => {
    const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 };
    expect([...canonicalJson(value).matchAll(/:(\d)/g)].map((match) => match[1]).join('')).toBe('2467153');
  });

  it('does not depend on the order of members, however many there are', () => {
    const members = fc.uniqueArray(fc.string({ unit: 'grapheme' }), { maxLength: 70 });
    fc.assert(
      fc.property(members, (names) => {
        const object = Object.fromEntries(names.map((name, index) => [name, index]));
        const sorted = [...names].sort().map((name) => `${JSON.stringify(name)}:${names.indexOf(name)}`);
        expect(canonicalJson(object)).toBe(`{${sorted.join(',')}}`);
      }),
    );
  });

  it('takes an object that has been written for what it was written as, and no other', () => {
    const long = { b: 'text', a: [1] };
    const value = { z: long, y: { ...long }, x: [long] };
    expect(canonicalJson(value, new Map([[long, canonicalJson(long)]]))).toBe(canonicalJson(value));
    expect(canonicalJson(value, new Map([[long, '0']]))).toBe('{"x":[0],"y":{"a":[1],"b":"text"},"z":0}');
  });

  it('refuses what JSON cannot say', () => {
    expect(() => canonicalJson(Number.NaN)).toThrow();
    expect(() => canonicalJson('\ud800')).toThrow();
  });
});

describe('sha256', () => {
  it("gives FIPS 180-4's digest of abc", () => {
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});
