// Numbers as people read them, in the panel, in reports and in sentences. Imports nothing, so that every room may use it.

const grouped = new Intl.NumberFormat('en-US');
const short = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 6 });

/** 1,234,567 */
export function count(value: number): string {
  return grouped.format(value);
}

/** At most six significant digits; very large and small ones with an exponent. */
export function number(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e9 || size < 1e-4)) return exponent(value, 3);
  return short.format(value);
}

/** 1.23e-7 */
export function exponent(value: number, digits = 2): string {
  return value.toExponential(digits).replace('e+', 'e');
}

/** "1 sample", "20 samples" */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}
