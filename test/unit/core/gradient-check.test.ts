import assert from 'node:assert/strict';
import fc from 'fast-check';
import { activationNames, type ActivationName } from '../../../src/core/activations';
import { checkGradients, verdictOf } from '../../../src/core/gradient-check';
import { initialize } from '../../../src/core/initializations';
import type { LossName } from '../../../src/core/losses';
import { matrix, type Matrix } from '../../../src/core/matrix';
import { createRandom } from '../../../src/core/random';
import { pairs, randomCase } from './support/networks';

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

const hiddenNames = activationNames.filter((name) => name !== 'softmax');

describe('gradient check', () => {
  for (const pair of pairs) {
    it(`agrees, as does the exact derivative, for ${pair.output} and ${pair.loss} over any hidden layers`, () => {
      fc.assert(
        fc.property(fc.nat(), fc.array(fc.constantFrom<ActivationName>(...hiddenNames), { maxLength: 3 }), fc.integer({ min: 1, max: 25 }), (seed, hidden, samples) => {
          const { network, parameters, X, Y } = randomCase(seed, { ...pair, hidden, samples });
          const before = parameters.flat.slice();
          const check = checkGradients(network, parameters, X, Y, 1);
          assert.deepEqual(parameters.flat, before, 'the parameters are the same bits as before');
          for (const layer of check.layers) {
            for (const part of [layer.dW, layer.db]) {
              // derivatives that cancel exactly, as signs do under mae, leave nothing but rounding to compare
              assert.ok(['agrees', 'vacuous', 'only kinks', 'ill-conditioned'].includes(part.verdict), JSON.stringify(part));
              assert.equal(part.checked + part.kinks, part.of);
              if (part.verdict === 'agrees') assert.ok(part.exact!.toAnalytic! < 1e-12 && part.exact!.toNumeric! < 1e-7, JSON.stringify(part));
            }
          }
        }),
        // a few for each of so many pairs
        { seed: 20261124, numRuns: 12 },
      );
    });
  }

  it('agrees for every hidden activation', () => {
    for (const hidden of hiddenNames) {
      const { network, parameters, X, Y } = randomCase(8, { loss: 'mse', output: 'linear', hidden: [hidden, hidden], samples: 30 });
      assert.equal(checkGradients(network, parameters, X, Y, 1).verdict, 'agrees', hidden);
    }
  });

  it('is of the same bits without WebAssembly', () => {
    for (const hidden of ['relu', 'tanh'] as const) {
      const { network, parameters, X, Y } = randomCase(9, { loss: 'huber', output: 'linear', hidden: [hidden, hidden], samples: 70 });
      assert.deepEqual(checkGradients(network, parameters, X, Y, 1, { kind: 'kernels' }), checkGradients(network, parameters, X, Y, 1, { kind: 'typescript' }));
    }
  });

  it('is vacuous, never a pass, where every output is dead', () => {
    const parameters = initialize('he', [2, 4, 1], createRandom(1));
    parameters.layers[1]!.b[0] = -100;
    const check = checkGradients({ activations: ['relu', 'relu'], loss: 'mse', l2: 0 }, parameters, normal(9, 2, 1), targets('mse', 9, 1), 1);
    assert.equal(check.verdict, 'vacuous');
    for (const layer of check.layers) {
      assert.equal(layer.verdict, 'vacuous');
      assert.equal(layer.dW.relativeDifference, null);
      assert.deepEqual(layer.dW.vacuous, [{ reason: 'dead outputs', entries: layer.dW.of }]);
    }
  });

  it('says why single entries are vacuous', () => {
    const { network, parameters, X, Y } = randomCase(1, { loss: 'mse', output: 'linear', hidden: ['relu'], samples: 20 });
    const [first, second] = parameters.layers;
    const inputs = first!.W.columns;
    first!.b[0] = -1000;
    for (let s = 0; s < X.rows; s++) X.data[s * inputs] = 0;
    const check = checkGradients({ ...network, l2: 0 }, parameters, X, Y, 1);
    const units = first!.b.length;
    assert.deepEqual(new Map(check.layers[0]!.dW.vacuous.map(({ reason, entries }) => [reason, entries])), new Map([['dead unit', inputs], ['zero input', units - 1]]));
    assert.deepEqual(check.layers[1]!.dW.vacuous, [{ reason: 'zero input', entries: second!.b.length }]);
    assert.equal(check.verdict, 'agrees');
  });

  it('says that nothing arrives where no layer above passes anything down', () => {
    const { network, parameters, X, Y } = randomCase(2, { loss: 'mse', output: 'linear', hidden: ['tanh'], samples: 20 });
    parameters.layers[1]!.W.data.fill(0);
    const [below] = checkGradients({ ...network, l2: 0 }, parameters, X, Y, 1).layers;
    assert.deepEqual(below!.dW.vacuous, [{ reason: 'nothing arrives', entries: below!.dW.of }]);
  });

  it('sets kinks apart: a pre-activation of exactly 0 has no derivative to compare with', () => {
    const parameters = initialize('he', [1, 3, 1], createRandom(4));
    const X = matrix(2, 1);
    X.data.set([0, 1]);
    const check = checkGradients({ activations: ['relu', 'linear'], loss: 'mse', l2: 0 }, parameters, X, targets('mse', 2, 1), 1);
    // x = 0 and b = 0 put Z[1] of the first sample on the corner, for each of the 3 units
    assert.equal(check.layers[0]!.db.kinks, 3);
    assert.equal(check.layers[0]!.db.verdict, 'only kinks');
    // on one side the unit is dead for that sample: the two derivatives differ, and the analytic one is one of them
    const close = (one: number, other: number): boolean => Math.abs(one - other) < 1e-6 * Math.max(1, Math.abs(one));
    for (const { analytic, left, right } of check.layers[0]!.db.kinkEntries) {
      assert.ok(!close(left, right), `${left} and ${right}`);
      assert.ok(close(analytic, left) || close(analytic, right), `${analytic} between ${left} and ${right}`);
    }
    assert.equal(check.layers[0]!.db.kinkEntries.length, 3);
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
    const parameters = initialize('he', [20, 300, 300, 300, 1], createRandom(1));
    const X = normal(3000, 20, 1);
    const check = checkGradients({ activations: ['tanh', 'tanh', 'tanh', 'linear'], loss: 'mse', l2: 0 }, parameters, X, targets('mse', 3000, 1), 1);
    assert.ok(check.samples < 3000 && check.of === 3000);
    assert.ok(check.layers[1]!.dW.checked < check.layers[1]!.dW.of);
    assert.equal(check.verdict, 'agrees', JSON.stringify(check));
  });

  it('has the bounds of the course', () => {
    const verdicts = [1e-8, 5e-6, 5e-4, 2e-3, NaN, null].map((difference) => verdictOf(difference));
    assert.deepEqual(verdicts, ['agrees', 'look closer', 'suspicious', 'wrong', 'wrong', 'vacuous']);
  });
});
