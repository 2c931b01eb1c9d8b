import assert from 'node:assert/strict';
import { erfc } from '../../../src/core/erf';

/** Python's math.erfc. */
const reference: [number, number][] = [
  [-6, 2],
  [-1, 1.842700792949715],
  [-0.1, 1.1124629160182848],
  [0, 1],
  [1e-9, 0.9999999988716208],
  [0.5, 0.4795001221869535],
  [1, 0.15729920705028513],
  [2.9, 4.109787809945886e-5],
  [3.1, 1.1648657367199589e-5],
  [5, 1.5374597944280351e-12],
  [10, 2.088487583762545e-45],
  [26, 5.663192408856143e-296],
];

describe('erfc', () => {
  for (const [x, expected] of reference) {
    it(`of ${x}`, () => assert.ok(Math.abs(erfc(x) - expected) <= 2e-15 + 1e-11 * Math.min(expected, 1e-4), `${erfc(x)} instead of ${expected}`));
  }
});
