// The core's own functions against values of 300 digits, and their WebAssembly form against them, bit for bit.

import assert from 'node:assert/strict';
import { erfc } from '../../../src/core/erf';
import * as math from '../../../src/core/math';
import { createRandom } from '../../../src/core/random';
import * as big from './support/big';

const random = createRandom(11);
/** Points of both signs and many sizes, up to `most`. */
function points(most: number, count: number): number[] {
  return Array.from({ length: count }, (_, k) => (k % 2 === 0 ? 1 : -1) * most * 10 ** (-8 * random.uniform() * random.uniform()) * random.uniform());
}

function worst(actual: (x: number) => number, exact: (x: bigint) => bigint, at: readonly number[]): number {
  return Math.max(...at.map((x) => big.ulps(actual(x), exact(big.fixed(x)))));
}

describe('math', () => {
  const sigmoid = (x: bigint): bigint => big.divide(big.one, big.one + big.exp(-x));
  const tanh = (x: bigint): bigint => big.divide(big.exp(2n * x) - big.one, big.exp(2n * x) + big.one);

  // the bounds are what the functions promise: measured, rounded up
  it('exp is within 1 ulp', () => assert.ok(worst(math.exp, big.exp, points(150, 400)) < 1));
  it('expm1 is within 2 ulp', () => assert.ok(worst(math.expm1, (x) => big.exp(x) - big.one, points(30, 400)) < 2));
  it('log is within 1 ulp', () => assert.ok(worst(math.log, big.log, points(1e6, 200).map(Math.abs)) < 1));
  it('log1plus is within 2 ulp on 0 … 1', () => assert.ok(worst(math.log1plus, (x) => big.log(big.one + x), points(1, 200).map(Math.abs)) < 2));
  it('sigmoid is within 3 ulp', () => assert.ok(worst(math.sigmoid, sigmoid, points(40, 400)) < 3));
  it('tanh is within 5 ulp', () => assert.ok(worst(math.tanh, tanh, points(20, 400)) < 5));
  it('erfc is within 3 ulp', () => assert.ok(worst(erfc, big.erfc, points(3, 200)) < 3));

  it('keeps to the limits', () => {
    assert.deepEqual([math.exp(-Infinity), math.exp(0), math.exp(Infinity), math.exp(710), math.exp(NaN)], [0, 1, Infinity, Infinity, NaN]);
    assert.deepEqual([math.expm1(-Infinity), math.expm1(0), math.expm1(NaN)], [-1, 0, NaN]);
    assert.deepEqual([math.log(0), math.log(1), math.log(-1), math.log(Infinity), math.log(NaN)], [-Infinity, 0, NaN, Infinity, NaN]);
    // log of 2^-1074
    assert.ok(big.ulps(math.log(5e-324), -1074n * big.log(2n * big.one)) < 2);
    assert.deepEqual([math.log1plus(0), math.log1plus(1e-300), math.log1plus(NaN)], [0, 1e-300, NaN]);
    assert.deepEqual([math.sigmoid(-1e9), math.sigmoid(0), math.sigmoid(1e9), math.sigmoid(NaN)], [math.sigmoid(-708), 0.5, 1, NaN]);
    assert.ok(math.sigmoid(-1e9) < 1e-307);
    assert.deepEqual([math.tanh(-Infinity), math.tanh(0), math.tanh(400), math.tanh(NaN)], [-1, 0, 1, NaN]);
    assert.deepEqual([erfc(-30), erfc(0), erfc(30), erfc(NaN)], [2, 1, 0, NaN]);
  });
});
