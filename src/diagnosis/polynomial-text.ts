// A fitted polynomial in the units of the file: multiplied out, and written as people write it.

/** coefficient · product of feature^power. */
export interface Term {
  readonly coefficient: number;
  /** Powers above 0, by feature; empty for the constant. */
  readonly powers: Readonly<Record<string, number>>;
}

interface Feature {
  readonly name: string;
  readonly center: number;
  readonly scale: number;
}

/** A term that adds less than this share of the largest target is rounding. */
const NEGLIGIBLE = 1e-9;
const DIGITS = 6;

/** Σ c · Π ((x - center) / scale)^power multiplied out: highest degree first, without what is only rounding. */
export function expand(features: readonly Feature[], powers: readonly (readonly number[])[], coefficients: readonly number[], largestTarget: number): Term[] {
  const sums = new Map<string, { exponents: number[]; coefficient: number }>();
  powers.forEach((term, t) => {
    let parts: { exponents: number[]; coefficient: number }[] = [{ exponents: features.map(() => 0), coefficient: coefficients[t]! }];
    term.forEach((power, j) => {
      const { center, scale } = features[j]!;
      parts = parts.flatMap(({ exponents, coefficient }) =>
        Array.from({ length: power + 1 }, (_, kept) => ({
          exponents: exponents.map((value, other) => (other === j ? kept : value)),
          coefficient: (coefficient * binomial(power, kept) * (-center) ** (power - kept)) / scale ** power,
        })),
      );
    });
    for (const { exponents, coefficient } of parts) {
      const key = exponents.join();
      const sum = sums.get(key);
      if (sum) sum.coefficient += coefficient;
      else sums.set(key, { exponents, coefficient });
    }
  });
  const reach = features.map(({ center, scale }) => Math.abs(center) + scale);
  return [...sums.values()]
    .filter(({ exponents, coefficient }) => Math.abs(coefficient) * exponents.reduce((product, power, j) => product * reach[j]! ** power, 1) > NEGLIGIBLE * largestTarget)
    .sort((one, other) => degreeOf(other.exponents) - degreeOf(one.exponents) || compare(other.exponents, one.exponents))
    .map(({ exponents, coefficient }) => ({ coefficient, powers: Object.fromEntries(exponents.flatMap((power, j) => (power > 0 ? [[features[j]!.name, power] as const] : []))) }));
}

function degreeOf(exponents: readonly number[]): number {
  return exponents.reduce((sum, power) => sum + power, 0);
}

function compare(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((value, j) => value !== other[j]);
  return at < 0 ? 0 : one[at]! - other[at]!;
}

function binomial(n: number, k: number): number {
  let result = 1;
  for (let i = 1; i <= k; i++) result = (result * (n - k + i)) / i;
  return result;
}

const SUPERSCRIPTS = ['', '', '²', '³', '⁴'];

/** "y = 3x² + 3x" and "y = 3 x^{2} + 3 x". */
export function formulaText(name: string, terms: readonly Term[]): { text: string; tex: string } {
  const join = (write: (term: Term, size: string) => string, minus: string): string =>
    terms.length === 0 ? '0' : terms.map((term, k) => {
        const size = String(Number(Math.abs(term.coefficient).toPrecision(DIGITS)));
        const sign = term.coefficient < 0 ? (k === 0 ? minus : ` ${minus} `) : k === 0 ? '' : ' + ';
        return sign + write(term, size);
      }).join('');
  return {
    text: `${name} = ${join(plainTerm, '-')}`,
    tex: `${texName(name)} = ${join(texTerm, '-')}`,
  };
}

function plainTerm({ powers }: Term, size: string): string {
  const factors = Object.entries(powers).map(([feature, power]) => `${feature}${SUPERSCRIPTS[power] ?? `^${power}`}`);
  if (factors.length === 0) return size;
  const [first] = Object.keys(powers);
  const glue = first!.length === 1 ? '' : '·';
  return `${size === '1' ? '' : `${size}${glue}`}${factors.join('·')}`;
}

function texTerm({ powers }: Term, size: string): string {
  const names = Object.keys(powers);
  const factors = Object.entries(powers).map(([feature, power]) => `${texName(feature)}${power > 1 ? `^{${power}}` : ''}`);
  const coefficient = size.replace(/e\+?(-?\d+)$/, ' \\cdot 10^{$1}');
  if (factors.length === 0) return coefficient;
  // names of several letters would run into what stands before them
  const glue = names.every((name) => name.length === 1) && coefficient === size ? ' ' : ' \\cdot ';
  return [...(size === '1' ? [] : [coefficient]), ...factors].join(glue);
}

function texName(name: string): string {
  return name.length === 1 ? name : `\\text{${name.replace(/([\\{}$&#^_%~])/g, '\\$1')}}`;
}
