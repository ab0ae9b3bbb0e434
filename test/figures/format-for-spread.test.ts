/** How a value prints beside its spread. */
import { expect, it } from 'vitest';
import { formatForSpread, formatNumber } from '../../src/figures/read-number.js';

it.each([
  ['.4g', 0.0123456, 0.00071234, '0.01235 ± 0.00071'],
  ['.4g', 12.3456, 0.71, '12.35 ± 0.71'],
  ['.4g', 1234.56, 123.4, '1235 ± 123'],
  ['.4f', 0.351234, 0.1234, '0.35 ± 0.12'],
  ['.2f', 0.351234, 0.0001234, '0.35 ± 0.00'],
  ['.1%', 0.5, 0.0421, '50.0% ± 4.2%'],
  ['.1%', 0.5, 0.21, '50% ± 21%'],
  // What no digits behind the point can show.
  ['.3g', 1.2345e-9, 1.2e-10, '1.23×10⁻⁹ ± 1.2×10⁻¹⁰'],
  ['.2e', 0.012, 0.001, '1.20×10⁻² ± 1.00×10⁻³'],
  ['.4g', 0.5, Number.NaN, '0.5 ± –'],
])('%s', (format, value, spread, said) => {
  const shown = formatForSpread(format, spread);
  expect(`${formatNumber(value, shown)} ± ${formatNumber(spread, shown)}`).toBe(said);
});
