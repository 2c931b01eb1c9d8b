// Exact reference values: functions in fixed-point arithmetic of 320 binary digits, and distances in units of the last place.

const BITS = 320n;
const ONE = 1n << BITS;

/** A float64 as it is. */
export function fixed(x: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const exponent = (bits >> 52n) & 0x7ffn;
  const mantissa = (bits & 0xfffffffffffffn) | (exponent === 0n ? 0n : 1n << 52n);
  const shift = BITS + (exponent === 0n ? 1n : exponent) - 1075n;
  const size = shift >= 0n ? mantissa << shift : mantissa >> -shift;
  return x < 0 ? -size : size;
}

const multiply = (a: bigint, b: bigint): bigint => (a * b) >> BITS;
export const divide = (a: bigint, b: bigint): bigint => (a << BITS) / b;
export const one = ONE;

/** e^x by halving x until its series is short, and squaring back. */
export function exp(x: bigint): bigint {
  if (x < 0n) return divide(ONE, exp(-x));
  let halvings = 0n;
  while (x >> halvings > ONE >> 8n) halvings += 1n;
  const small = x >> halvings;
  let term = ONE;
  let sum = ONE;
  for (let n = 1n; term !== 0n; n++) {
    term = multiply(term, small) / n;
    sum += term;
  }
  for (; halvings > 0n; halvings--) sum = multiply(sum, sum);
  return sum;
}

/** log x by Newton's iteration on exp. */
export function log(x: bigint): bigint {
  let y = fixed(Math.log(Number(x >> (BITS - 60n)) / 2 ** 60));
  for (let k = 0; k < 4; k++) y += 2n * divide(x - exp(y), x + exp(y));
  return y;
}

/** erfc by its Taylor series, for |x| up to 3. */
export function erfc(x: bigint): bigint {
  const square = multiply(x, x);
  let term = x;
  let sum = x;
  for (let n = 1n; term !== 0n && term !== -1n; n++) {
    term = -multiply(term, square) / n;
    sum += term / (2n * n + 1n);
  }
  return ONE - divide(2n * sum, squareRootOfPi());
}

function squareRootOfPi(): bigint {
  // Machin: π = 16 arctan(1/5) - 4 arctan(1/239)
  const arctan = (q: bigint): bigint => {
    let power = ONE / q;
    let sum = power;
    for (let n = 3n, sign = -1n; power !== 0n; n += 2n, sign = -sign) {
      power /= q * q;
      sum += (sign * power) / n;
    }
    return sum;
  };
  const pi = 16n * arctan(5n) - 4n * arctan(239n);
  let root = fixed(Math.sqrt(Math.PI));
  for (let k = 0; k < 6; k++) root = (root + divide(pi, root)) / 2n;
  return root;
}

/** |actual - exact| in units of the last place of the exact value. */
export function ulps(actual: number, exact: bigint): number {
  const size = exact < 0n ? -exact : exact;
  const exponent = BigInt(size.toString(2).length - 1) - 52n;
  const difference = fixed(actual) - exact;
  const scaled = (difference < 0n ? -difference : difference) * 1000n;
  return Number(exponent >= 0n ? scaled >> exponent : scaled << -exponent) / 1000;
}
