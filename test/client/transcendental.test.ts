/** The functions with which the page draws, against those of the model. */
import { expect, it } from 'vitest';
import * as page from '../../src/client/interactive/transcendental.js';
import { erf } from '../../src/model/transcendental/erf.js';
import { exp } from '../../src/model/transcendental/exp.js';
import { cos, sin } from '../../src/model/transcendental/sin.js';
import { softplus } from '../../src/model/transcendental/softplus.js';
import { tanh } from '../../src/model/transcendental/tanh.js';

it.each(Object.entries({ cos, erf, exp, sin, softplus, tanh }))(
  '%s of the page is that of the model within 4e-15',
  (name, exact) => {
    const own = page[name as keyof typeof page];
    for (let x = -30; x <= 30; x += 0.0625) {
      const value = exact(x);
      expect(Math.abs(own(x) - value), `${x}`).toBeLessThanOrEqual(4e-15 * Math.max(1e-12, Math.abs(value)));
    }
    expect([own(0), own(Number.NaN)]).toEqual([exact(0), Number.NaN]);
  },
);
