import assert from 'node:assert/strict';
import { matrixFromRows } from '../../../src/core/matrix';
import { fitScaling, scale, unscale, type ScalingName } from '../../../src/training/scaling';

const source = matrixFromRows([
  [1, 5],
  [3, 5],
  [-5, 5],
]);
const all = [0, 1, 2];

describe('scaling', () => {
  const expected: [ScalingName, number[]][] = [
    ['standard', [4 / 3, 0, 10 / 3, 0, -14 / 3, 0].map((value) => value / Math.sqrt((16 + 100 + 196) / 27))],
    ['minmax', [0.75, 0, 1, 0, 0, 0]],
    ['scale', [0.2, 1, 0.6, 1, -1, 1]],
  ];
  for (const [name, values] of expected) {
    it(`${name}, and back again`, () => {
      const scaling = fitScaling(name, source, all);
      const scaled = scale(source, scaling);
      scaled.data.forEach((value, k) => assert.ok(Math.abs(value - values[k]!) < 1e-12, `${value} instead of ${values[k]}`));
      unscale(scaled, scaling);
      scaled.data.forEach((value, k) => assert.ok(Math.abs(value - source.data[k]!) < 1e-12));
    });
  }

  it('learns from the given rows only', () => {
    assert.equal(fitScaling('scale', source, [0, 1])!.factor[0], 3);
  });

  it('none leaves the very same matrix', () => assert.equal(scale(source, fitScaling('none', source, all)), source));
});
