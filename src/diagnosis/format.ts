// Numbers in the sentences of findings.

export { count, plural } from '../format';

/** Four significant digits; very large and very small ones as 1.2e-7. */
export function number(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e7 || size < 1e-3) return value.toExponential(1).replace('e+', 'e').replace('.0e', 'e');
  return value.toLocaleString('en-US', { maximumSignificantDigits: 4 });
}

/** "35 %". */
export function percent(share: number): string {
  return `${number(Math.round(share * 1000) / 10)} %`;
}

/** "layer 1", "layers 1 and 3". */
export function layersText(layers: readonly number[]): string {
  return `layer${layers.length > 1 ? 's' : ''} ${list(layers.map(String))}`;
}

export function list(words: readonly string[]): string {
  return new Intl.ListFormat('en').format(words);
}
