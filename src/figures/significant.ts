/** Numbers in significant digits, with a true minus sign. */

/** Python's "g": significant digits, without trailing zeros, scientific for the very large and small. */
export function general(value: number, digits: number): string {
  const exponential = value.toExponential(digits - 1);
  const exponent = Number(exponential.slice(exponential.indexOf('e') + 1));
  const trim = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
  if (exponent < -4 || exponent >= digits) {
    const [mantissa = '', power = ''] = exponential.split('e');
    return scientific(`${trim(mantissa)}e${power}`);
  }
  return trim(value.toFixed(Math.max(0, digits - 1 - exponent)));
}

/** 1.2e-7 as 1.2×10⁻⁷. */
export function scientific(text: string): string {
  const [mantissa = '', power = '0'] = text.split('e');
  const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';
  const exponent = String(Number(power))
    .replace(/-/, '⁻')
    .replace(/\d/g, (digit) => superscripts[Number(digit)] ?? digit);
  return `${mantissa}×10${exponent}`;
}

/** 1234567 as 1,234,567. */
export function grouped(text: string): string {
  return text.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** What is very large, as 4.552×10³², and no number, as a dash; undefined for any other. */
export function extreme(value: number): string | undefined {
  if (!Number.isFinite(value)) return '–';
  // So many digits nobody reads, and from 1e21 on JavaScript writes none of them.
  return Math.abs(value) >= 1e15 ? minus(general(value, 4)) : undefined;
}

/** With a true minus sign. */
export function minus(text: string): string {
  return text.replace(/^-/, '−');
}
