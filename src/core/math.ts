// e^x, log x and what is made of them, of the same bits on every platform: JavaScript leaves the last digits
// of its own to the engine. kernels/assembly/math.ts does the same, operation by operation.
// Reductions and polynomials are those of fdlibm (e_exp.c, e_log.c; Sun Microsystems, 1993).
// test/unit/core/math.test.ts holds the errors in units of the last place.

const LOG2E = 1.4426950408889634;
const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;
/** 1.5 · 2^52: adding and subtracting it rounds to a whole number, ties to even. */
const ROUNDER = 6755399441055744;
/** e^LOWEST is about 2^-1021; below, results count as 0. */
const LOWEST = -708;
const HIGHEST = 710;

/** 2^(k - 1) at k + 1021, for k from -1021 to 1024. */
const HALF_POWERS = new Float64Array(2046);
HALF_POWERS[1022] = 1;
for (let k = 1022; k < 2045; k++) HALF_POWERS[k + 1] = 2 * HALF_POWERS[k]!;
for (let k = 1022; k > 0; k--) HALF_POWERS[k - 1] = HALF_POWERS[k]! / 2;

/** c such that e^r - 1 = 2r / (2 - c), for r within ± ln 2 / 2. */
function reduced(r: number): number {
  const t = r * r;
  const t2 = t * t;
  // not nested, so that less waits for what is before it
  const low = 1.66666666666666019037e-1 + t * -2.77777777770155933842e-3;
  const high = 6.61375632143793436117e-5 + t * -1.6533902205465251539e-6 + t2 * 4.13813679705723846039e-8;
  return r - t * (low + t2 * high);
}

/** e^(high - low) - 1 for a difference within ± ln 2 / 2. */
function reducedExpm1(high: number, low: number): number {
  const r = high - low;
  const c = reduced(r);
  return high - (low - (r * c) / (2 - c));
}

function within(x: number): number {
  const below = x > HIGHEST ? HIGHEST : x;
  return below < LOWEST ? LOWEST : below;
}

/** e^x within 1 ulp; 0 where that is below 2^-1021. */
export function exp(x: number): number {
  if (x < LOWEST) return 0;
  const v = within(x);
  const k = v * LOG2E + ROUNDER - ROUNDER;
  const y = 1 + reducedExpm1(v - k * LN2_HIGH, k * LN2_LOW);
  return (y + y) * halfPower(k);
}

/** e^x - 1 within 2 ulp, without cancellation near 0. */
export function expm1(x: number): number {
  if (x < LOWEST) return -1;
  const v = within(x);
  const k = v * LOG2E + ROUNDER - ROUNDER;
  const p = reducedExpm1(v - k * LN2_HIGH, k * LN2_LOW);
  const half = halfPower(k);
  return (p + p) * half + (half + half - 1);
}

function halfPower(k: number): number {
  return Number.isNaN(k) ? NaN : HALF_POWERS[k + 1021]!;
}

const bits = new DataView(new ArrayBuffer(8));

/** log x for a normal, positive x. */
function logOfNormal(x: number): number {
  // 2^-½ ≤ 1 + f < 2^½, x = 2^k (1 + f)
  bits.setFloat64(0, x);
  const high = bits.getUint32(0) + (0x3ff00000 - 0x3fe6a09e);
  const k = (high >>> 20) - 1023;
  bits.setUint32(0, (high & 0xfffff) + 0x3fe6a09e);
  const f = bits.getFloat64(0) - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const odd = w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1));
  const even = z * (6.66666666666673513e-1 + w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)));
  const R = even + odd;
  const half = 0.5 * f * f;
  return k * LN2_HIGH - (half - (s * (half + R) + k * LN2_LOW) - f);
}

const SMALLEST_NORMAL = 2.2250738585072014e-308;

/** The natural logarithm, within 1 ulp. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  // 2^54 brings the smallest into the range; 54 ln 2
  if (x < SMALLEST_NORMAL) return logOfNormal(x * 18014398509481984) - 37.42994775023705;
  return logOfNormal(x);
}

/** log(1 + u) for 0 ≤ u ≤ 1 within 2 ulp, without the rounding of 1 + u (Goldberg, 1991, theorem 4). */
export function log1plus(u: number): number {
  const y = 1 + u;
  if (y === 1 || Number.isNaN(u)) return u;
  return (u * logOfNormal(y)) / (y - 1);
}

/** 1 / (1 + e^-z) within 3 ulp, without overflow on either side; e^-|z| as n / d needs one division only. */
export function sigmoid(z: number): number {
  const v = within(-Math.abs(z));
  const k = v * LOG2E + ROUNDER - ROUNDER;
  const r = v - k * LN2_HIGH - k * LN2_LOW;
  const d = 2 - reduced(r);
  const n = (d + (r + r)) * power(k);
  return (z >= 0 ? d : n) / (d + n);
}

/** (1 - e^-2z) / (1 + e^-2z) within 5 ulp, with e^-2|z| - 1 as n / d; where that is large, ln 2 in one part is exact enough. */
export function tanh(z: number): number {
  const v = within(-2 * Math.abs(z));
  const k = v * LOG2E + ROUNDER - ROUNDER;
  const r = v - k * Math.LN2;
  const d = 2 - reduced(r);
  const p = power(k);
  const n = (r + r) * p + (p - 1) * d;
  const size = Math.abs(n) / (n + (d + d));
  return z < 0 || Object.is(z, -0) ? -size : size;
}

/** 2^k for k from -1022 to 1023. */
function power(k: number): number {
  return Number.isNaN(k) ? NaN : HALF_POWERS[k + 1022]!;
}
