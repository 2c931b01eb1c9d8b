// exp, expm1, log1p, tanh and erfc as NumPy source that rounds as JavaScript's Math and our core do. V8 has them from
// Sun's fdlibm; the C library that NumPy uses gives another last bit now and then (of exp, in one value of ten).

const PARTS = {
  exp: `
def exp(x):
    """e^x as fdlibm rounds it: x = k log(2) + r, and a polynomial in r."""
    if not same_rounding:
        return np.exp(x)
    k, hi, lo = reduced(x)
    r = hi - lo
    t = r * r
    c = r - t * (1.66666666666666019037e-01 + t * (-2.77777777770155933842e-03 + t * (6.61375632143793436117e-05
        + t * (-1.65339022054652515390e-06 + t * 4.13813679705723846039e-08))))
    y = np.where(k == 0, 1 - (r * c / (c - 2) - r), np.ldexp(1 - ((lo - r * c / (2 - c)) - hi), k))
    y = np.where(np.abs(x) < 2.0**-28, 1 + x, np.where(x == 1, math.e, y))
    return np.where(x > 7.09782712893383973096e02, np.inf, np.where(x < -7.45133219101941108420e02, 0.0, y)) + 0 * np.where(np.isnan(x), x, 0)
`,
  expm1: `
def expm1(x):
    """e^x - 1 as fdlibm rounds it."""
    if not same_rounding:
        return np.expm1(x)
    k, hi, lo = reduced(x)
    r = hi - lo
    c = (hi - r) - lo
    half = 0.5 * r
    s = r * half
    r1 = 1 + s * (-3.33333333333331316428e-02 + s * (1.58730158725481460165e-03 + s * (-7.93650757867487942473e-05
        + s * (4.00821782732936239552e-06 + s * -2.01099218183624371326e-07))))
    t = 3 - r1 * half
    e = s * ((r1 - t) / (6 - r * t))
    zero = r - (r * e - s)
    e = (r * (e - c) - c) - s
    small = np.ldexp((1 - np.ldexp(1.0, -k)) - (e - r), k)
    large = np.ldexp((r - (e + np.ldexp(1.0, -k))) + 1, k)
    one = np.where(r < -0.25, -2 * (e - (r + 0.5)), 1 + 2 * (r - e))
    y = np.select([k == 0, k == -1, k == 1, (k <= -2) | (k > 56), k < 20], [zero, 0.5 * (r - e) - 0.5, one, np.ldexp(1 - (e - r), k) - 1, small], large)
    y = np.where(np.abs(x) < 2.0**-54, x, np.where(x < -38.816, -1.0, y))
    return np.where(x > 7.09782712893383973096e02, np.inf, y) + 0 * np.where(np.isnan(x), x, 0)
`,
  reduced: `
def reduced(x):
    """k, hi and lo with x = k log(2) + hi - lo."""
    ln2_hi, ln2_lo = 6.93147180369123816490e-01, 1.90821492927058770002e-10
    x = np.clip(np.nan_to_num(x), -746, 710)
    high = np.abs(x).view(np.int64) >> 32
    far = np.trunc(1.44269504088896338700e00 * x + np.copysign(0.5, x))
    k = np.where(high <= 0x3FD62E42, 0.0, np.where(high < 0x3FF0A2B2, np.copysign(1.0, x), far))
    return k.astype(int), x - k * ln2_hi, k * ln2_lo
`,
  log1p: `
def log1p(x):
    """log(1 + x) for x in 0 ... 1 as fdlibm rounds it."""
    if not same_rounding:
        return np.log1p(x)
    ln2_hi, ln2_lo = 6.93147180369123816490e-01, 1.90821492927058770002e-10
    near = x.view(np.int64) >> 32 < 0x3FDA827A  # 1 + x < sqrt(2)
    u = 1 + x
    c = np.where(near, 0.0, np.where(u == 2, 1 - (u - x), x - (u - 1)) / u)
    k = np.where(near, 0.0, 1.0)
    f = np.where(near, x, u / 2 - 1)
    half = 0.5 * f * f
    s = f / (2 + f)
    z = s * s
    R = z * (6.666666666666735130e-01 + z * (3.999999999940941908e-01 + z * (2.857142874366239149e-01
        + z * (2.222219843214978396e-01 + z * (1.818357216161805012e-01 + z * (1.531383769920937332e-01 + z * 1.479819860511658591e-01))))))
    y = np.where(near, f - (half - s * (half + R)), k * ln2_hi - ((half - (s * (half + R) + (k * ln2_lo + c))) - f))
    close = ~near & (f > -(2.0**-20))
    y = np.where(close, k * ln2_hi - ((half * (1 - 0.66666666666666666 * f) - (k * ln2_lo + c)) - f), y)
    y = np.where(u == 2, ln2_hi + (c + ln2_lo), y)
    return np.where(x < 2.0**-54, x, np.where(x < 2.0**-29, x - x * x * 0.5, y))
`,
  tanh: `
def tanh_of(x):
    """tanh as fdlibm rounds it."""
    if not same_rounding:
        return np.tanh(x)
    size = np.minimum(np.abs(x), 22.0)
    large = 1 - 2 / (expm1(2 * size) + 2)
    t = expm1(-2 * size)
    y = np.where(size >= 22, 1.0, np.where(size >= 1, large, -t / (t + 2)))
    return np.where(np.abs(x) < 2.0**-28, x, np.where(np.isnan(x), x, np.copysign(y, x)))
`,
  erfc: `
def erfc(x):
    """1 - erf(x), added in the order of the run: a series below 3, a continued fraction above (Abramowitz and Stegun
    7.1.6 and 7.1.14)."""
    if not same_rounding:
        return np.vectorize(math.erfc, otypes=[float])(x)
    size = np.abs(x)
    term = total = np.minimum(size, 3.0)
    square = 2 * term * term
    n = 1
    while np.any(term > total * 1e-17):
        term = np.where(term > total * 1e-17, term * (square / (2 * n + 1)), 0.0)
        total = total + term
        n += 1
    fraction = far = np.maximum(size, 3.0)
    for k in range(60, 0, -1):
        fraction = far + k / 2 / fraction
    e = exp(-size * size)
    tail = np.where(size < 3, 1 - 2 / math.sqrt(math.pi) * e * total, e / (math.sqrt(math.pi) * fraction))
    tail = np.where(size > 27, 0.0, tail)
    return np.where(x >= 0, tail, 2 - tail)
`,
} as const;

type Name = keyof typeof PARTS;

const needs: Record<Name, readonly Name[]> = { reduced: [], exp: ['reduced'], expm1: ['reduced'], log1p: [], tanh: ['expm1', 'reduced'], erfc: ['exp', 'reduced'] };

/** The functions that some Python source calls, by the names exp, expm1, log1p, tanh_of and erfc, with what they need. */
export function fdlibm(source: string): string[] {
  const called = (['exp', 'expm1', 'log1p', 'tanh', 'erfc'] as const).filter((name) => new RegExp(`(?<![.\\w])${name === 'tanh' ? 'tanh_of' : name}\\(`).test(source));
  const all = new Set<Name>(called.flatMap((name) => [...needs[name], name]));
  return [...all].map((name) => PARTS[name]);
}
