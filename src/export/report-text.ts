// Text and numbers as they stand in an HTML page.

/** Text that is only ever text: names of columns and messages may hold anything. */
export function escape(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => entities[character]!);
}

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

/** 2-9, 12, 14-15: ascending numbers, at most `limit` stretches. */
export function ranges(values: readonly number[], limit: number): string {
  const stretches: [from: number, to: number][] = [];
  for (const value of values) {
    const last = stretches.at(-1);
    if (last && value <= last[1] + 1) last[1] = value;
    else stretches.push([value, value]);
  }
  const shown = stretches.slice(0, limit).map(([from, to]) => (from === to ? count(from) : `${count(from)}–${count(to)}`));
  return shown.join(', ') + (stretches.length > limit ? ', …' : '');
}
