import assert from 'node:assert/strict';
import { createRandom, permutation } from '../../../src/core/random';

describe('random numbers', () => {
  it('repeat for the same seed and differ for another', () => {
    const draw = (seed: number): number[] => Array.from({ length: 100 }, createRandom(seed).normal);
    assert.deepEqual(draw(3), draw(3));
    assert.notDeepEqual(draw(3), draw(4));
  });

  it('are standard normal', () => {
    const random = createRandom(1);
    const n = 100_000;
    let sum = 0;
    let squares = 0;
    let beyond2 = 0;
    for (let k = 0; k < n; k++) {
      const value = random.normal();
      sum += value;
      squares += value * value;
      if (Math.abs(value) > 2) beyond2 += 1;
    }
    // four standard errors of each
    assert.ok(Math.abs(sum / n) < 4 / Math.sqrt(n));
    assert.ok(Math.abs(squares / n - 1) < 4 * Math.sqrt(2 / n));
    assert.ok(Math.abs(beyond2 / n - 0.0455) < 4 * Math.sqrt(0.0455 / n));
  });

  it('make permutations that hold every number once', () => {
    const order = permutation(1000, createRandom(9));
    assert.deepEqual([...order].sort((a, b) => a - b), Array.from({ length: 1000 }, (_, i) => i));
    assert.notEqual(order[0], order[1]! - 1);
  });
});
