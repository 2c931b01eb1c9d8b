import assert from 'node:assert/strict';
import { activationNames, type ActivationName } from '../../../src/core/activations';
import { checkGradients, verdictOf } from '../../../src/core/gradient-check';
import { initialize } from '../../../src/core/initializations';
import type { LossName } from '../../../src/core/losses';
import { matrix, type Matrix } from '../../../src/core/matrix';
import type { Network } from '../../../src/core/network';
import { createRandom } from '../../../src/core/random';

function normal(rows: number, columns: number, seed: number): Matrix {
  const random = createRandom(seed);
  const result = matrix(rows, columns);
  for (let k = 0; k < result.data.length; k++) result.data[k] = random.normal();
  return result;
}

/** Targets that a loss takes, for outputs of any activation. */
function targets(loss: LossName, rows: number, columns: number): Matrix {
  const Y = normal(rows, columns, 5);
  if (loss === 'binary-cross-entropy') Y.data.forEach((y, k) => (Y.data[k] = y > 0 ? 1 : 0));
  if (loss === 'cross-entropy') Y.data.forEach((_, k) => (Y.data[k] = k % columns === Math.floor(k / columns) % columns ? 1 : 0));
  return Y;
}

describe('gradient check', () => {
  for (const hidden of activationNames.filter((name) => name !== 'softmax')) {
    for (const [output, loss] of [
      ['linear', 'mse'],
      ['linear', 'mae'],
      ['linear', 'huber'],
      ['sigmoid', 'binary-cross-entropy'],
      ['softmax', 'cross-entropy'],
      ['softmax', 'mse'],
    ] as [ActivationName, LossName][]) {
      it(`agrees for ${hidden} under ${output} and ${loss}`, () => {
        const network: Network = { activations: [hidden, hidden, output], loss, l2: 0.3 };
        const parameters = initialize('he', [3, 6, 5, 3], createRandom(2));
        const before = parameters.flat.slice();
        const check = checkGradients(network, parameters, normal(13, 3, 3), targets(loss, 13, 3), 1);
        assert.equal(check.verdict, 'agrees', JSON.stringify(check));
        assert.deepEqual(parameters.flat, before, 'the parameters are the same bits as before');
        for (const { dW, db } of check.layers) {
          assert.equal(dW.checked + dW.kinks, dW.of);
          assert.equal(db.checked + db.kinks, db.of);
        }
      });
    }
  }

  it('is vacuous, never a pass, where every output is dead', () => {
    const parameters = initialize('he', [2, 4, 1], createRandom(1));
    parameters.layers[1]!.b[0] = -100;
    const check = checkGradients({ activations: ['relu', 'relu'], loss: 'mse', l2: 0 }, parameters, normal(9, 2, 1), targets('mse', 9, 1), 1);
    assert.equal(check.verdict, 'vacuous');
    for (const layer of check.layers) {
      assert.equal(layer.verdict, 'vacuous');
      assert.equal(layer.dW.relativeDifference, null);
    }
  });

  it('sets kinks apart: a pre-activation of exactly 0 has no derivative to compare with', () => {
    const parameters = initialize('he', [1, 3, 1], createRandom(4));
    const X = matrix(2, 1);
    X.data.set([0, 1]);
    const check = checkGradients({ activations: ['relu', 'linear'], loss: 'mse', l2: 0 }, parameters, X, targets('mse', 2, 1), 1);
    // x = 0 and b = 0 put Z[1] of the first sample on the corner, for each of the 3 units
    assert.equal(check.layers[0]!.db.kinks, 3);
    assert.equal(check.layers[0]!.db.verdict, 'only kinks');
    assert.equal(check.layers[1]!.verdict, 'agrees');
  });

  it('tells rounding from a wrong gradient when the cost is at its minimum', () => {
    const parameters = initialize('he', [1, 1], createRandom(1));
    parameters.flat.set([3, 1]);
    const X = normal(50, 1, 8);
    const Y = matrix(50, 1);
    X.data.forEach((x, k) => (Y.data[k] = 3 * x + 1 + (k % 2 ? 1e-15 : -1e-15)));
    const check = checkGradients({ activations: ['linear'], loss: 'mse', l2: 0 }, parameters, X, Y, 1);
    assert.ok(['ill-conditioned', 'vacuous', 'agrees'].includes(check.verdict), JSON.stringify(check));
  });

  it('states its share when not everything fits', function () {
    this.timeout(20_000);
    const parameters = initialize('he', [20, 150, 150, 1], createRandom(1));
    const X = normal(3000, 20, 1);
    const check = checkGradients({ activations: ['tanh', 'tanh', 'linear'], loss: 'mse', l2: 0 }, parameters, X, targets('mse', 3000, 1), 1);
    assert.ok(check.samples < 3000 && check.of === 3000);
    assert.ok(check.layers[1]!.dW.checked < check.layers[1]!.dW.of);
    assert.equal(check.verdict, 'agrees', JSON.stringify(check));
  });

  it('has the bounds of the course', () => {
    const verdicts = [1e-8, 5e-6, 5e-4, 2e-3, NaN, null].map((difference) => verdictOf(difference));
    assert.deepEqual(verdicts, ['agrees', 'look closer', 'suspicious', 'wrong', 'wrong', 'vacuous']);
  });
});
