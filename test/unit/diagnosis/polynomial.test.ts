import assert from 'node:assert/strict';
import { join } from 'node:path';
import { matrixFromRows, type Matrix } from '../../../src/core/matrix';
import { diagnose } from '../../../src/diagnosis/diagnose';
import { leastSquares } from '../../../src/diagnosis/least-squares';
import { evaluatePolynomial, fitPolynomial, type Polynomial } from '../../../src/diagnosis/polynomial';
import { formulaText } from '../../../src/diagnosis/polynomial-text';
import { curve, surface, type Samples } from './support/data';
import { trained } from './support/trained';

function fit({ X, Y }: Samples, names = X[0]!.map((_, j) => (X[0]!.length === 1 ? 'x' : `x${j + 1}`))): Polynomial {
  return fitPolynomial(matrixFromRows(X), matrixFromRows(Y), names, ['y'])!.polynomial;
}

const coefficient = ({ outputs }: Polynomial, powers: Record<string, number>): number =>
  outputs[0]!.terms.find((term) => JSON.stringify(term.powers) === JSON.stringify(powers))?.coefficient ?? 0;
const near = (actual: number, expected: number, tolerance = 1e-9): void => assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} instead of ${expected}`);
const grid = (low: number, high: number, m: number, f: (x: number) => number): Samples => {
  const xs = Array.from({ length: m }, (_, i) => low + ((high - low) * i) / (m - 1));
  return { X: xs.map((x) => [x]), Y: xs.map((x) => [f(x)]) };
};

describe('least squares', () => {
  it('solves the normal equations: NIST Norris, certified to 1e-9', () => {
    // NIST StRD linear regression, dataset Norris (lower level of difficulty): B0 = -0.262323073774029, B1 = 1.00211681802045
    const y = [0.1, 338.8, 118.1, 888, 9.2, 228.1, 668.5, 998.5, 449.1, 778.9, 559.2, 0.3, 0.1, 778.1, 668.8, 339.3, 448.9, 10.8, 557.7, 228.3, 998, 888.8, 119.6, 0.3, 0.6, 557.6, 339.3, 888, 998.5, 778.9, 10.2, 117.6, 228.9, 668.4, 449.2, 0.2];
    const x = [0.2, 337.4, 118.2, 884.6, 10.1, 226.5, 666.3, 996.3, 448.6, 777, 558.2, 0.4, 0.6, 775.5, 666.9, 338, 447.5, 11.6, 556, 228.1, 995.8, 887.6, 120.2, 0.3, 0.3, 556.8, 339.1, 887.2, 999, 779, 11.1, 118.3, 229.2, 669.1, 448.9, 0.5];
    const [[b0, b1]] = leastSquares([new Float64Array(x.length).fill(1), Float64Array.from(x)], [Float64Array.from(y)]) as unknown as [[number, number]];
    near(b0, -0.262323073774029);
    near(b1, 1.00211681802045);
  });

  it('gives a dependent column the coefficient 0', () => {
    const one = Float64Array.of(1, 1, 1, 1);
    const x = Float64Array.of(1, 2, 3, 4);
    const [c] = leastSquares([one, x, x.map((v) => 2 * v + 1)], [x.map((v) => 5 * v - 2)]);
    near(c![0]!, -2);
    near(c![1]!, 5);
    assert.equal(c![2], 0);
  });
});

describe('polynomial', () => {
  it('finds y = 3x² + 3x with its coefficients', async () => {
    const run = await trained(join(process.cwd(), 'examples/quadratic.gradient.json'));
    const found = diagnose(run).find(({ rule }) => rule === 'overkill');
    assert.equal(found?.message, 'A polynomial of degree 2 fits exactly: y = 3x² + 3x.');
    const { polynomial } = found.remedies[0]!;
    near(coefficient(polynomial!, { x: 2 }), 3);
    near(coefficient(polynomial!, { x: 1 }), 3);
    assert.equal(polynomial!.outputs[0]!.terms.length, 2);
    assert.equal(polynomial!.outputs[0]!.tex, 'y = 3 x^{2} + 3 x');
    near(polynomial!.error, 0, 1e-9);
  });

  for (const [degree, f] of [
    [1, (x: number) => 7 - 2 * x],
    [3, (x: number) => x ** 3 - 4 * x],
    [4, (x: number) => 0.5 * x ** 4 - x ** 2 + 1],
  ] as const) {
    it(`of degree ${degree} is recognized far from 0 and with units of its own`, () => {
      const shifted = fit(grid(1990, 2020, 31, (year) => f((year - 2000) / 10)));
      assert.equal(shifted.degree, degree);
      const check = matrixFromRows([[1993.5], [2011.25]]);
      const values = evaluatePolynomial(shifted, check);
      check.data.forEach((year, k) => near(values.data[k]!, f((year - 2000) / 10), 1e-8));
    });
  }

  it('takes the lowest degree that does as well where there is noise', () => assert.equal(fit(curve((x) => 2 * x + 1, { noise: 0.3, m: 80 })).degree, 1));

  it('has products of features', () => {
    const { degree, ...found } = fit(surface(2, ([a, b]) => 2 * a! * b! - b! * b! + 0.5));
    assert.equal(degree, 2);
    near(coefficient({ degree, ...found }, { x1: 1, x2: 1 }), 2);
    near(coefficient({ degree, ...found }, { x2: 2 }), -1);
    assert.equal(found.outputs[0]!.text, 'y = 2·x1·x2 - x2² + 0.5');
    assert.equal(found.outputs[0]!.tex, String.raw`y = 2 \cdot \text{x1} \cdot \text{x2} - \text{x2}^{2} + 0.5`);
  });

  it('writes powers of ten as people do', () => {
    const term = (coefficient: number): string => formulaText('y', [{ coefficient, powers: { x: 2 } }]).tex;
    assert.equal(term(-2.5e-14), String.raw`y = -2.5 \cdot 10^{-14} \cdot x^{2}`);
    assert.equal(term(3e21), String.raw`y = 3 \cdot 10^{21} \cdot x^{2}`);
  });

  it('gives a column of two values no square, and many features no products', () => {
    const two = fit({ X: Array.from({ length: 40 }, (_, i) => [i % 2, i]), Y: Array.from({ length: 40 }, (_, i) => [3 * (i % 2) + i]) });
    assert.ok(two.powers.every(([power]) => power! <= 1));
    const many = fit(surface(12, (x) => x[0]! + x[1]! ** 2, { m: 200 }));
    assert.equal(many.degree, 2);
    assert.ok(many.powers.length <= 36 && many.powers.every((term) => term.filter((power) => power > 0).length <= 1));
  });

  it('leaves constant columns out, and gives up without features or with too few samples', () => {
    const constant = fit({ X: Array.from({ length: 20 }, (_, i) => [4, i]), Y: Array.from({ length: 20 }, (_, i) => [i]) });
    assert.deepEqual(constant.features.map(({ name }) => name), ['x2']);
    const only = (X: number[][], Y: number[][]): unknown => fitPolynomial(matrixFromRows(X), matrixFromRows(Y), ['x'], ['y']);
    assert.equal(only([[1], [1], [1]], [[1], [2], [3]]), null);
    assert.equal(only([[1], [2]], [[1], [2]]), null);
  });

  it('judges by samples that the fit did not see', () => {
    const noise = fit(curve(() => 0, { noise: 1, m: 30 }));
    assert.ok(noise.crossValidated > noise.error);
    assert.ok(noise.explained < 0.2);
  });

  it('predicts as its formula in the units of the file says', () => {
    const data = curve((x) => x ** 3 - x, { low: 2, high: 9 });
    const found = fit(data);
    const X: Matrix = matrixFromRows(data.X);
    const predictions = evaluatePolynomial(found, X);
    data.X.forEach(([x], s) => {
      const value = found.outputs[0]!.terms.reduce((sum, term) => sum + term.coefficient * x! ** (term.powers['x'] ?? 0), 0);
      near(value, predictions.data[s]!, 1e-7);
      near(value, x! ** 3 - x!, 1e-6);
    });
  });
});
