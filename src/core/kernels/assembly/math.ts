// e^x, log x and what is made of them, two numbers at a time: the same operations in the same order as
// in ../../math.ts, which says where they come from and how exact they are.

// Read from memory: as literals the engine would put each together from integers, every time it is used.
const CONSTANTS: usize = memory.data<f64>([
  1.4426950408889634, // LOG2E
  6.93147180369123816490e-1, // LN2_HIGH
  1.90821492927058770002e-10, // LN2_LOW
  6755399441055744, // ROUNDER
  -708, // LOWEST
  710, // HIGHEST
  1, // ONE
  2, // TWO
  -1, // MINUS_ONE
  -2, // MINUS_TWO
  1.66666666666666019037e-1, // P1
  -2.77777777770155933842e-3, // P2
  6.61375632143793436117e-5, // P3
  -1.65339022054652515390e-6, // P4
  4.13813679705723846039e-8, // P5
  6.666666666666735130e-1, // L1
  3.999999999940941908e-1, // L2
  2.857142874366239149e-1, // L3
  2.222219843214978396e-1, // L4
  1.818357216161805012e-1, // L5
  1.531383769920937332e-1, // L6
  1.479819860511658591e-1, // L7
  0.5, // HALF
  4503599627370496 + 1023, // EXPONENT_OFFSET
  -0.0, // SIGN
  6.931471805599453e-1, // LN2
], 16);
const LOG2E: usize = 0;
const LN2_HIGH: usize = 8;
const LN2_LOW: usize = 16;
/** 1.5 · 2^52: adding it rounds to a whole number, whose bits are then the last ones. */
const ROUNDER: usize = 24;
const LOWEST: usize = 32;
const HIGHEST: usize = 40;
const ONE: usize = 48;
const TWO: usize = 56;
const MINUS_ONE: usize = 64;
const MINUS_TWO: usize = 72;
// of e^x
const P1: usize = 80;
const P2: usize = 88;
const P3: usize = 96;
const P4: usize = 104;
const P5: usize = 112;
// of log x
const L1: usize = 120;
const L2: usize = 128;
const L3: usize = 136;
const L4: usize = 144;
const L5: usize = 152;
const L6: usize = 160;
const L7: usize = 168;
const HALF: usize = 176;
const EXPONENT_OFFSET: usize = 184;
/** The sign bit alone. */
const SIGN: usize = 192;
const LN2: usize = 200;

/** The same in both lanes. */
// @ts-ignore: decorator
@inline
function constant(offset: usize): v128 {
  return v128.load_splat<f64>(CONSTANTS + offset);
}

/** c such that e^r - 1 = 2r / (2 - c), for r within ± ln 2 / 2. */
// @ts-ignore: decorator
@inline
function reduced(r: v128): v128 {
  const t = f64x2.mul(r, r);
  const t2 = f64x2.mul(t, t);
  const low = f64x2.add(constant(P1), f64x2.mul(t, constant(P2)));
  const high = f64x2.add(f64x2.add(constant(P3), f64x2.mul(t, constant(P4))), f64x2.mul(t2, constant(P5)));
  return f64x2.sub(r, f64x2.mul(t, f64x2.add(low, f64x2.mul(t2, high))));
}

/** e^(high - low) - 1 for a difference within ± ln 2 / 2. */
// @ts-ignore: decorator
@inline
function reducedExpm1(high: v128, low: v128): v128 {
  const r = f64x2.sub(high, low);
  const c = reduced(r);
  return f64x2.sub(high, f64x2.sub(low, f64x2.div(f64x2.mul(r, c), f64x2.sub(constant(TWO), c))));
}

/** 2^(k - 1), where `rounded` is k + ROUNDER, of whose bits the last twelve are those of k. */
// @ts-ignore: decorator
@inline
function halfPower(rounded: v128): v128 {
  return i64x2.shl(i64x2.add(rounded, i64x2.splat(1022)), 52);
}

/** 2^k for k from -1022 to 1023. */
// @ts-ignore: decorator
@inline
function power(rounded: v128): v128 {
  return i64x2.shl(i64x2.add(rounded, i64x2.splat(1023)), 52);
}

// @ts-ignore: decorator
@inline
export function exp2lanes(x: v128): v128 {
  const within = f64x2.pmax(f64x2.pmin(x, constant(HIGHEST)), constant(LOWEST));
  const rounded = f64x2.add(f64x2.mul(within, constant(LOG2E)), constant(ROUNDER));
  const k = f64x2.sub(rounded, constant(ROUNDER));
  const p = reducedExpm1(f64x2.sub(within, f64x2.mul(k, constant(LN2_HIGH))), f64x2.mul(k, constant(LN2_LOW)));
  const y = f64x2.add(constant(ONE), p);
  const result = f64x2.mul(f64x2.add(y, y), halfPower(rounded));
  return v128.andnot(result, f64x2.lt(x, constant(LOWEST)));
}

// @ts-ignore: decorator
@inline
export function expm1lanes(x: v128): v128 {
  const within = f64x2.pmax(f64x2.pmin(x, constant(HIGHEST)), constant(LOWEST));
  const rounded = f64x2.add(f64x2.mul(within, constant(LOG2E)), constant(ROUNDER));
  const k = f64x2.sub(rounded, constant(ROUNDER));
  const p = reducedExpm1(f64x2.sub(within, f64x2.mul(k, constant(LN2_HIGH))), f64x2.mul(k, constant(LN2_LOW)));
  const half = halfPower(rounded);
  const result = f64x2.add(f64x2.mul(f64x2.add(p, p), half), f64x2.sub(f64x2.add(half, half), constant(ONE)));
  // where k is 0, 2^k - 1 is exactly 0; below, nothing but -1 is left
  return v128.bitselect(constant(MINUS_ONE), result, f64x2.lt(x, constant(LOWEST)));
}

/** For normal, positive x. */
// @ts-ignore: decorator
@inline
function logOfNormal(x: v128): v128 {
  // 2^-½ ≤ 1 + f < 2^½, x = 2^k (1 + f)
  const shifted = i64x2.add(x, i64x2.splat(0x3ff0000000000000 - 0x3fe6a09e00000000));
  const exponent = i64x2.shr_u(shifted, 52);
  const k = f64x2.sub(v128.or(exponent, i64x2.splat(0x4330000000000000)), constant(EXPONENT_OFFSET));
  const f = f64x2.sub(i64x2.add(v128.and(shifted, i64x2.splat(0x000fffffffffffff)), i64x2.splat(0x3fe6a09e00000000)), constant(ONE));
  const s = f64x2.div(f, f64x2.add(constant(TWO), f));
  const z = f64x2.mul(s, s);
  const w = f64x2.mul(z, z);
  let odd = f64x2.mul(w, constant(L6));
  odd = f64x2.mul(w, f64x2.add(constant(L4), odd));
  odd = f64x2.mul(w, f64x2.add(constant(L2), odd));
  let even = f64x2.mul(w, constant(L7));
  even = f64x2.mul(w, f64x2.add(constant(L5), even));
  even = f64x2.mul(w, f64x2.add(constant(L3), even));
  even = f64x2.mul(z, f64x2.add(constant(L1), even));
  const R = f64x2.add(even, odd);
  const half = f64x2.mul(f64x2.mul(constant(HALF), f), f);
  const tail = f64x2.add(f64x2.mul(s, f64x2.add(half, R)), f64x2.mul(k, constant(LN2_LOW)));
  return f64x2.sub(f64x2.mul(k, constant(LN2_HIGH)), f64x2.sub(f64x2.sub(half, tail), f));
}

/** log(1 + u) for 0 ≤ u ≤ 1. */
// @ts-ignore: decorator
@inline
export function log1plusLanes(u: v128): v128 {
  const y = f64x2.add(constant(ONE), u);
  const result = f64x2.div(f64x2.mul(u, logOfNormal(y)), f64x2.sub(y, constant(ONE)));
  return v128.bitselect(u, result, f64x2.eq(y, constant(ONE)));
}

/** e^-|z| as numerator / (2 - c), of which sigmoid and tanh need one division only. */
// @ts-ignore: decorator
@inline
export function sigmoidLanes(z: v128): v128 {
  const within = f64x2.pmax(v128.or(z, constant(SIGN)), constant(LOWEST));
  const rounded = f64x2.add(f64x2.mul(within, constant(LOG2E)), constant(ROUNDER));
  const k = f64x2.sub(rounded, constant(ROUNDER));
  const r = f64x2.sub(f64x2.sub(within, f64x2.mul(k, constant(LN2_HIGH))), f64x2.mul(k, constant(LN2_LOW)));
  const d = f64x2.sub(constant(TWO), reduced(r));
  const n = f64x2.mul(f64x2.add(d, f64x2.add(r, r)), power(rounded));
  return f64x2.div(v128.bitselect(d, n, f64x2.ge(z, f64x2.splat(0))), f64x2.add(d, n));
}

// @ts-ignore: decorator
@inline
export function tanhLanes(z: v128): v128 {
  const within = f64x2.pmax(v128.or(f64x2.add(z, z), constant(SIGN)), constant(LOWEST));
  const rounded = f64x2.add(f64x2.mul(within, constant(LOG2E)), constant(ROUNDER));
  const k = f64x2.sub(rounded, constant(ROUNDER));
  const r = f64x2.sub(within, f64x2.mul(k, constant(LN2)));
  const d = f64x2.sub(constant(TWO), reduced(r));
  const p = power(rounded);
  const n = f64x2.add(f64x2.mul(f64x2.add(r, r), p), f64x2.mul(f64x2.sub(p, constant(ONE)), d));
  const size = f64x2.div(v128.xor(n, constant(SIGN)), f64x2.add(n, f64x2.add(d, d)));
  return v128.or(v128.andnot(size, constant(SIGN)), v128.and(z, constant(SIGN)));
}

export function exp(x: f64): f64 {
  return f64x2.extract_lane(exp2lanes(f64x2.splat(x)), 0);
}

export function log(x: f64): f64 {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  if (x < 2.2250738585072014e-308) return f64x2.extract_lane(logOfNormal(f64x2.splat(x * 18014398509481984)), 0) - 37.42994775023705;
  return f64x2.extract_lane(logOfNormal(f64x2.splat(x)), 0);
}

export function log1plus(u: f64): f64 {
  return f64x2.extract_lane(log1plusLanes(f64x2.splat(u)), 0);
}
