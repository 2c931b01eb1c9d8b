// e^x, log x and what is made of them as NumPy source: the operations of core/math.ts and core/erf.ts in their order,
// so of the same bits. NumPy's own are those of its C library, which round otherwise now and then.

const PARTS = {
  exp: `
def exp(x):
    """e^x, rounded as the run did it."""
    if not same_rounding:
        return np.exp(x)
    k, high, low = split(x)
    return np.where(x < -708, 0.0, np.ldexp(1 + reduced_expm1(high, low), k.astype(int)))
`,
  expm1: `
def expm1(x):
    """e^x - 1, rounded as the run did it."""
    if not same_rounding:
        return np.expm1(x)
    k, high, low = split(x)
    k = k.astype(int)
    return np.where(x < -708, -1.0, np.ldexp(reduced_expm1(high, low), k) + (np.ldexp(1.0, k) - 1))
`,
  log: `
def log(x):
    """The natural logarithm, rounded as the run did it."""
    if not same_rounding:
        return np.log(x)
    tiny = x < 2.2250738585072014e-308
    y = log_of_normal(np.where(tiny, x * 2.0**54, x)) - np.where(tiny, 37.42994775023705, 0.0)
    return np.where(x > 0, np.where(x == np.inf, x, y), np.where(x == 0, -np.inf, np.nan))
`,
  log1plus: `
def log1plus(u):
    """log(1 + u) for u in 0 ... 1, rounded as the run did it."""
    if not same_rounding:
        return np.log1p(u)
    y = 1 + u
    return np.where((y == 1) | np.isnan(u), u, u * log_of_normal(y) / (y - 1))
`,
  sigmoid_of: `
def sigmoid_of(z):
    """1 / (1 + e^-z), rounded as the run did it: e^-|z| is n / d."""
    k, high, low = split(-np.abs(z))
    r = high - low
    d = 2 - reduced(r)
    n = np.ldexp(d + (r + r), k.astype(int))
    return np.where(z >= 0, d, n) / (d + n)
`,
  tanh_of: `
def tanh_of(z):
    """tanh z, rounded as the run did it: e^-2|z| - 1 is n / d."""
    if not same_rounding:
        return np.tanh(z)
    v = -2 * np.abs(z)
    k = split(v)[0]
    r = np.maximum(v, -708.0) - k * 0.6931471805599453
    d = 2 - reduced(r)
    p = np.ldexp(1.0, k.astype(int))
    n = (r + r) * p + (p - 1) * d
    return np.copysign(np.abs(n) / (n + (d + d)), z)
`,
  erfc: `
def erfc(x):
    """1 - erf(x), rounded as the run did it: the approximations of fdlibm's s_erf.c (Sun Microsystems, 1993)."""
    if not same_rounding:
        return np.vectorize(math.erfc, otypes=[float])(x)
    size = np.abs(x)
    y = quotient(x * x, [1.28379167095512558561e-1, -3.2504210724700149937e-1, -2.84817495755985104766e-2,
        -5.77027029648944159157e-3, -2.37630166566501626084e-5], [1.0, 3.97917223959155352819e-1, 6.50222499887672944485e-2,
        5.08130628187576562776e-3, 1.32494738004321644526e-4, -3.9602282787753681232e-6])
    near = np.where(x < 0.25, 1 - (x + x * y), 0.5 - (x * y + (x - 0.5)))
    y = quotient(size - 1, [-2.36211856075265944077e-3, 4.14856118683748331666e-1, -3.72207876035701323847e-1,
        3.18346619901161753674e-1, -1.10894694282396677476e-1, 3.54783043256182359371e-2, -2.166375594868790843e-3],
        [1.0, 1.06420880400844228286e-1, 5.40397917702171048937e-1, 7.18286544141962662868e-2, 1.26171219808761642112e-1,
        1.36370839120290507362e-2, 1.1984499846799107417e-2])
    erf_of_1 = 8.45062911510467529297e-1
    middle = np.where(x >= 0, 1 - erf_of_1 - y, 1 + (erf_of_1 + y))
    s = 1 / (size * size)
    y = np.where(size < 2.857142857142857, quotient(s, [-9.86494403484714822705e-3, -6.93858572707181764372e-1,
        -1.05586262253232909814e1, -6.23753324503260060396e1, -1.62396669462573470355e2, -1.84605092906711035994e2,
        -8.12874355063065934246e1, -9.81432934416914548592], [1.0, 1.96512716674392571292e1, 1.376577541435190426e2,
        4.34565877475229228821e2, 6.45387271733267880336e2, 4.29008140027567833386e2, 1.08635005541779435134e2,
        6.57024977031928170135, -6.04244152148580987438e-2]), quotient(s, [-9.86494292470009928597e-3,
        -7.99283237680523006574e-1, -1.77579549177547519889e1, -1.60636384855821916062e2, -6.37566443368389627722e2,
        -1.02509513161107724954e3, -4.83519191608651397019e2], [1.0, 3.03380607434824582924e1, 3.25792512996573918826e2,
        1.53672958608443695994e3, 3.19985821950859553908e3, 2.55305040643316442583e3, 4.74528541206955367215e2,
        -2.24409524465858183362e1]))
    z = size.astype(np.float32).astype(float)  # its square is exact
    far = exp(-z * z - 0.5625) * exp((z - size) * (z + size) + y) / size
    far = np.where(size >= 28, 0.0, far)
    return np.where(size < 0.84375, near, np.where(size < 1.25, middle, np.where(x > 0, far, 2 - far)))
`,
  quotient: `
def quotient(s, above, below):
    """The polynomial with the coefficients above by that with the coefficients below."""
    P, Q = above[-1], below[-1]
    for coefficient in above[-2::-1]:
        P = coefficient + s * P
    for coefficient in below[-2::-1]:
        Q = coefficient + s * Q
    return P / Q
`,
  log_of_normal: `
def log_of_normal(x):
    """log x as k log(2) + log(1 + f), with 1 + f between the roots of 1/2 and of 2."""
    f, k = np.frexp(x)
    below = f < 0.7071065902709961
    f, k = np.where(below, 2 * f, f) - 1, k - below
    s = f / (2 + f)
    z = s * s
    w = z * z
    odd = w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1))
    even = z * (6.66666666666673513e-1 + w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)))
    half = 0.5 * f * f
    return k * 6.9314718036912381649e-1 - (half - (s * (half + (even + odd)) + k * 1.90821492927058770002e-10) - f)
`,
  split: `
def split(x):
    """k, high and low with x = k log(2) + high - low, which lies within half a log(2)."""
    x = np.clip(x, -708.0, 710.0)
    k = x * 1.4426950408889634 + 6755399441055744.0 - 6755399441055744.0  # adding 1.5 * 2^52 rounds to a whole number
    return k, x - k * 6.9314718036912381649e-1, k * 1.90821492927058770002e-10
`,
  reduced: `
def reduced(r):
    """c such that e^r - 1 = 2r / (2 - c)."""
    t = r * r
    t2 = t * t
    low = 1.66666666666666019037e-1 + t * -2.77777777770155933842e-3
    high = 6.61375632143793436117e-5 + t * -1.6533902205465251539e-6 + t2 * 4.13813679705723846039e-8
    return r - t * (low + t2 * high)
`,
  reduced_expm1: `
def reduced_expm1(high, low):
    """e^(high - low) - 1."""
    r = high - low
    c = reduced(r)
    return high - (low - (r * c) / (2 - c))
`,
} as const;

type Name = keyof typeof PARTS;

/** The functions that some Python source calls, by the names above, with what they need themselves. */
export function mathFunctions(source: string): string[] {
  const names = Object.keys(PARTS) as Name[];
  const found = new Set<Name>();
  const scan = (text: string): void => {
    for (const name of names) {
      if (found.has(name) || !new RegExp(`(?<![.\\w]|def )${name}\\(`).test(text)) continue;
      found.add(name);
      scan(PARTS[name]);
    }
  };
  scan(source);
  return names.filter((name) => found.has(name)).map((name) => PARTS[name]);
}

/** The same source on NumPy's own functions, which are faster. */
export function withNumpysOwn(source: string): string {
  return source
    .replace('    return sigmoid_of(Z)', '    e = np.exp(-np.abs(Z))  # never overflows\n    return np.where(Z >= 0, 1, e) / (1 + e)')
    .replace(/(?<![.\w])(exp|expm1|log)\(/g, 'np.$1(')
    .replace(/(?<![.\w])log1plus\(/g, 'np.log1p(')
    .replace(/(?<![.\w])tanh_of\(/g, 'np.tanh(')
    .replace(/(?<![.\w])erfc\(/g, 'np.vectorize(math.erfc, otypes=[float])(');
}
