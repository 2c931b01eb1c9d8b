// The error function, which GELU needs and JavaScript lacks.

const TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);

/**
 * erfc(x) = 1 - erf(x), without the cancellation of that difference for x > 0.
 * Below 3 by the series with positive terms only (Abramowitz and Stegun 7.1.6), above by the
 * continued fraction (7.1.14), evaluated from its tail.
 */
export function erfc(x: number): number {
  if (Number.isNaN(x)) return NaN;
  const size = Math.abs(x);
  if (size > 27) return x > 0 ? 0 : 2;
  const tail = size < 3 ? 1 - series(size) : continuedFraction(size);
  return x >= 0 ? tail : 2 - tail;
}

function series(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return TWO_OVER_SQRT_PI * Math.exp(-x * x) * sum;
}

function continuedFraction(x: number): number {
  let fraction = x;
  for (let k = 60; k >= 1; k--) fraction = x + k / 2 / fraction;
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction);
}
