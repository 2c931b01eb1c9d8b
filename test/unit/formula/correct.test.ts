// Right formulas in the spellings that people use: each is called correct, and for the right reason.

import assert from 'node:assert/strict';
import { activationNames, type ActivationName } from '../../../src/core/activations';
import { lossNames, type LossName } from '../../../src/core/losses';
import { checkFormula, type FormulaOptions } from '../../../src/formula/check';
import { targetNames } from '../../../src/formula/finding';
import { createNaming } from '../../../src/formula/naming';
import { targets } from '../../../src/formula/targets';

const dAL: Record<LossName, string[]> = {
  mse: ['AL - Y', '-(Y - AL)', 'np.subtract(AL, Y)', '(AL - Y)', '-Y + AL', '1.0 * (AL - Y)', '2 * 0.5 * (AL - Y)', 'AL - Y.reshape(AL.shape)', 'np.add(AL, -Y)'],
  mae: ['np.sign(AL - Y)', 'np.where(AL > Y, 1, -1)', '(AL > Y).astype(float) - (AL < Y)', '(AL - Y) / np.abs(AL - Y)', '2. * (AL > Y) - 1'],
  huber: ['np.clip(AL - Y, -1, 1)', 'np.where(np.abs(AL - Y) <= 1, AL - Y, np.sign(AL - Y))', 'np.maximum(-1, np.minimum(1, AL - Y))'],
  'binary-cross-entropy': [
    '-(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))',
    '- (np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))',
    '-Y / AL + (1 - Y) / (1 - AL)',
    '(1 - Y) / (1 - AL) - Y / AL',
    '(AL - Y) / (AL * (1 - AL))',
    'np.divide(AL - Y, (1 - AL) * AL)',
    '-np.divide(Y, AL) + np.divide(1. - Y, 1. - AL)',
    'np.where(Y == 1, -1 / AL, 1 / (1 - AL))',
    '-(Y * 1/AL + (1-Y) * 1/(1-AL) * -1)',
    '-(np.divide(Y, AL + 1e-8) - np.divide(1 - Y, 1 - AL + 1e-8))',
    '(AL - Y) / np.maximum(AL * (1 - AL), 1e-12)',
    '(AL - Y) / (AL * (1 - AL) + epsilon)',
  ],
  'cross-entropy': ['-Y / AL', '-np.divide(Y, AL)', '-(Y / AL)', '-Y * AL**-1', 'np.where(Y == 1, -1 / AL, 0)', '-Y / (AL + 1e-9)', '-Y / np.clip(AL, 1e-7, 1 - 1e-7)'],
};

/** g'(Z), each from Z or from A. */
const derivatives: Record<ActivationName, string[]> = {
  linear: ['np.ones_like(Z)', 'np.ones(Z.shape)', 'Z * 0 + 1'],
  relu: [
    '(Z > 0)', '(Z >= 0)', '1. * (Z > 0)', '1*(Z>0)', '(Z > 0).astype(float)', '(Z > 0).astype(int)', "(Z > 0).astype('float32')", 'np.int64(Z > 0)', 'np.array(Z > 0, dtype=float)',
    'np.where(Z > 0, 1, 0)', 'np.where(Z <= 0, 0, 1)', 'np.heaviside(Z, 0)', 'np.heaviside(Z, 1)', 'np.greater(Z, 0)', 'np.sign(np.maximum(0, Z))', '(np.sign(Z) + 1) / 2', '(A > 0)', 'np.maximum(0, Z) / Z', '1 - (Z <= 0)', '~(Z <= 0)', 'relu_derivative(Z)', '(np.maximum(Z, 0) > 0)',
  ],
  'leaky-relu': ['np.where(Z > 0, 1, 0.01)', '(Z > 0) + 0.01 * (Z <= 0)', 'np.where(Z < 0, alpha, 1)', 'np.maximum(0.01, Z > 0)', 'np.where(A > 0, 1, 0.01)', '1 - 0.99 * (Z < 0)', 'leaky_relu_prime(Z)'],
  sigmoid: [
    'A * (1 - A)', 'A*(1.-A)', 'A - A**2', 'np.multiply(A, 1 - A)', 's * (1 - s)', '1/(1+np.exp(-Z)) * (1 - 1/(1+np.exp(-Z)))', 'np.exp(-Z) / (1 + np.exp(-Z))**2', 'np.exp(Z) / np.power(1 + np.exp(Z), 2)', 'sigmoid(Z) * (1 - sigmoid(Z))', 'sigmoid(Z) * sigmoid(-Z)',
    'A - np.power(A, 2)', 'A - np.square(A)', 'expit(Z) * (1 - expit(Z))', '(1 - np.tanh(Z / 2)**2) / 4', 'sigmoid_derivative(Z)',
  ],
  tanh: ['1 - A**2', '1 - np.power(A, 2)', '1 - np.square(A)', '(1 - A) * (1 + A)', '1 - A * A', '1 - np.tanh(Z)**2', '1. - np.power(np.tanh(Z), 2)', 'np.cosh(Z)**-2', '1 / np.cosh(Z)**2', '1 - t**2', '4 / (np.exp(Z) + np.exp(-Z))**2', 'tanh_prime(Z)'],
  swish: ['A + sigmoid(Z) * (1 - A)', 'sigmoid(Z) + Z * sigmoid(Z) * (1 - sigmoid(Z))', 'sigmoid(Z) * (1 + Z * (1 - sigmoid(Z)))'],
  gelu: ['norm.cdf(Z) + Z * norm.pdf(Z)', '0.5 * (1 + erf(Z / np.sqrt(2))) + Z * np.exp(-Z**2 / 2) / np.sqrt(2 * np.pi)'],
  elu: ['np.where(Z > 0, 1, np.exp(Z))', 'np.where(Z > 0, 1, A + 1)', 'np.where(Z > 0, 1, alpha * np.exp(Z))', 'np.minimum(1, np.exp(Z))'],
  softplus: ['1 / (1 + np.exp(-Z))', 'sigmoid(Z)', 'np.exp(Z) / (1 + np.exp(Z))', '1 - np.exp(-A)'],
  softmax: ['np.diagflat(A) - np.dot(A, A.T)', 'np.diag(A[:, 0]) - A @ A.T', 'np.diagflat(A) - np.outer(A, A)'],
};

function assertCorrect(text: string, options: FormulaOptions = {}): ReturnType<typeof checkFormula> {
  const check = checkFormula(text, options);
  assert.equal(check.verdict, 'correct', `${check.summary}\n${JSON.stringify(check.findings, null, 1)}`);
  for (const { theirs, right, numeric } of check.values) {
    assert.ok(Math.abs(theirs! - right) < 1e-5 * Math.max(1, Math.abs(right)));
    assert.ok(Math.abs(numeric - right) < 1e-6 * Math.max(1, Math.abs(right)));
  }
  return check;
}

describe('right formulas', () => {
  for (const loss of lossNames) {
    for (const form of dAL[loss]) {
      it(`dAL of ${loss}: ${form}`, () => {
        const check = assertCorrect(`dAL = ${form}`, { loss });
        assert.equal(check.of, 'dAL');
        const alone = assertCorrect(`dA2 = ${form.replaceAll('AL', 'A2')}`);
        assert.deepEqual(alone.loss, { name: loss, how: 'inferred' });
        assert.ok(alone.undecided.includes('loss'));
        for (const other of lossNames.filter((name) => name !== loss)) {
          // -Y/A is the derivative of both where Y is 1, but not where it is 0
          assert.equal(checkFormula(`dAL = ${form}`, { loss: other }).verdict, 'wrong', other);
        }
      });
    }
  }

  for (const activation of activationNames) {
    for (const form of derivatives[activation]) {
      it(`g'(Z) of ${activation}: ${form}`, () => {
        assertCorrect(`dg = ${form}`, { activation });
        const alone = assertCorrect(form, { of: 'derivative' });
        assert.equal(alone.activation?.name, activation);
        if (activation === 'softmax') return;
        const { activation: inferred } = assertCorrect(`dZ = dA * (${form})`);
        assert.equal(inferred?.name, activation);
        assertCorrect(`dZ1 = np.multiply(np.dot(W2.T, dZ2), ${form.replace(/\b[ZA]\b/g, '$&1')})`, { activation });
      });
    }
  }

  const others: [text: string, options?: FormulaOptions][] = [
    ['np.where(Z > 0, dA, 0)'],
    ['dZ = np.where(Z <= 0, 0, dA)'],
    ['dZ = np.array(dA, copy=True)\ndZ[Z <= 0] = 0'],
    ['dZ = dA.copy(); dZ[Z < 0] = 0'],
    ['dZ[Z <= 0] = 0'],
    ['dZ = dA.copy(); dZ *= Z > 0'],
    ['s = 1/(1+np.exp(-Z)); dZ = dA * s * (1-s)'],
    ['s = 1 / (1 + np.exp(-cache["Z1"]))\ndZ1 = dA1 * s * (1 - s)'],
    ['A, _ = sigmoid(Z)\ndZ = dA * A * (1 - A)'],
    ['def relu_backward(dA, cache):\n    """Backward of ReLU."""\n    Z = cache\n    dZ = np.array(dA, copy=True)  # a copy\n    dZ[Z <= 0] = 0\n    assert (dZ.shape == Z.shape)\n    return dZ'],
    ['def sigmoid_backward(dA, cache):\n    Z = cache\n    s = 1/(1+np.exp(-Z))\n    return dA * s * (1-s)'],
    ['def sigmoid(z):\n    return 1/(1+np.exp(-z))\n\ndef sigmoid_prime(z):\n    return sigmoid(z)*(1-sigmoid(z))'],
    ['tanh_derivative = lambda x: 1 - np.tanh(x)**2'],
    ['dx = dout * (x > 0)'],
    ['dZ = A * (dA - np.sum(dA * A, axis=0, keepdims=True))', { activation: 'softmax' }],
    ['dZ2 = A2 - Y', { loss: 'binary-cross-entropy', activation: 'sigmoid' }],
    ['dZ2 = A2 - Y', { loss: 'cross-entropy', activation: 'softmax' }],
    ['dZ2 = A2 - Y', { loss: 'mse', activation: 'linear' }],
    ['delta = (A - Y) * A * (1 - A)', { loss: 'mse', activation: 'sigmoid' }],
    ['dZL = (AL - Y) * (ZL > 0)', { loss: 'mse', activation: 'relu' }],
    ['dZ1 = np.dot(W2.T, dZ2) * (1 - np.power(A1, 2))', { activation: 'tanh' }],
    ['dZ1 = np.dot(parameters["W2"].T, grads["dZ2"]) * (cache["A1"] > 0)', { activation: 'relu' }],
    ['dZ1 = np.dot(W2.T, A2 - Y) * (1 - A1**2)', { activation: 'tanh' }],
    ['dZ1 = np.dot(W2.T, A2 - Y) * (Z1 > 0)'],
    ['dA1 = np.dot(W2.T, A2 - Y)', { loss: 'binary-cross-entropy', activation: 'sigmoid' }],
    ['one_hot_Y = one_hot(Y)\ndZ2 = A2 - one_hot_Y', { loss: 'cross-entropy', activation: 'softmax' }],
    ['dW = np.dot(dZ, A_prev.T)/m'],
    ['dW = 1./m * np.dot(dZ, A_prev.T)'],
    ['dW1 = (1 / m) * dZ1 @ X.T'],
    ['dW2 = dZ2.dot(A1.T) / A1.shape[1]'],
    ['m = Y.shape[1]; dW2 = np.matmul(dZ2, np.transpose(A1)) / m'],
    ['grads["dW" + str(l + 1)] = np.dot(dZ, caches["A" + str(l)].T) / m'],
    ['grads[f"dW{l}"] = np.dot(grads[f"dZ{l}"], cache[f"A{l-1}"].T) / m'],
    ['self.dW[l] = np.dot(self.dZ[l], self.A[l-1].T) / m'],
    ['dW = np.dot(dZ, A_prev.T)/m + (lambd/m)*W'],
    ['dW2 = 1/m * np.dot(A2 - Y, A1.T)', { loss: 'binary-cross-entropy', activation: 'sigmoid' }],
    ['db = np.sum(dZ, axis=1, keepdims=True)/m'],
    ['db = 1/m * np.sum(dZ, axis=1, keepdims=True)'],
    ['db = dZ.mean(axis=1, keepdims=True)'],
    ['db2 = np.dot(dZ2, np.ones((m, 1))) / m'],
    ['db = np.sum(dZ, axis=1).reshape(-1, 1) / m'],
    ['db = np.sum(dZ, 1)[:, None] / m'],
    ['dA_prev = np.dot(W.T, dZ)'],
    ['dA1 = W2.T @ dZ2'],
    ['dw1 = X.T.dot(dz1) / N', { samples: 'rows' }],
    ['db1 = np.sum(dz1, axis=0) / N', { samples: 'rows' }],
    ['dx = dout.dot(w.T)', { samples: 'rows' }],
    ['W1 = W1 - learning_rate * dW1'],
    ['b2 -= learning_rate * db2'],
    ['parameters["W" + str(l+1)] = parameters["W" + str(l+1)] - learning_rate * grads["dW" + str(l+1)]'],
    ['A_prev, W, b = cache\nm = A_prev.shape[1]\n\ndW = np.dot(dZ, A_prev.T) / m\ndb = np.sum(dZ, axis=1, keepdims=True) / m\ndA_prev = np.dot(W.T, dZ)'],
  ];
  for (const [text, options] of others) {
    it(text.replaceAll('\n', ' ⏎ '), () => {
      const { findings, values } = assertCorrect(text, options);
      assert.ok(values.length > 0);
      assert.deepEqual(findings, []);
    });
  }

  it('knows which pairs A - Y is dZ of', () => {
    const { summary, undecided } = assertCorrect('dZ2 = A2 - Y');
    assert.match(summary, /binary cross-entropy with sigmoid, cross-entropy \(one-hot Y\) with softmax, or MSE .* with a linear layer/);
    assert.deepEqual(undecided, ['loss', 'activation']);
  });

  it('says that dZ = dA holds for a linear layer only, and asks', () => {
    const { summary, undecided } = assertCorrect('dZ = dA');
    assert.match(summary, /a linear layer/);
    assert.deepEqual(undecided, ['activation']);
    assert.equal(checkFormula('dZ = dA', { activation: 'relu' }).verdict, 'wrong');
  });

  it('accepts another slope of leaky ReLU, and says so', () => {
    const { findings, activation, values } = assertCorrect('dZ = dA * np.where(Z > 0, 1, 0.2)');
    assert.deepEqual(values, []);
    assert.equal(activation?.name, 'leaky-relu');
    assert.deepEqual(findings.map(({ rule, severity }) => [rule, severity]), [['slope', 'info']]);
    assert.equal(checkFormula('dZ = dA * np.where(Z > 0, 1, 0.2)', { activation: 'relu' }).verdict, 'wrong');
  });

  it('accepts an ε against division by 0, and says so', () => {
    const { findings } = assertCorrect('dAL = -(Y / (AL + 1e-6) - (1 - Y) / (1 - AL + 1e-6))');
    assert.deepEqual(findings.map(({ rule, severity }) => [rule, severity]), [['epsilon', 'info']]);
  });

  it('notes that dZ = dA makes no copy', () => {
    const { findings } = assertCorrect('dZ = dA\ndZ[Z <= 0] = 0');
    assert.deepEqual(findings.map(({ rule, severity }) => [rule, severity]), [['overwritten', 'info']]);
  });
});

describe('the formulas that it proposes', () => {
  for (const of of targetNames) {
    for (const samples of ['columns', 'rows'] as const) {
      for (const activation of activationNames) {
        // of one sample, a column
        if (of === 'derivative' && activation === 'softmax' && samples === 'rows') continue;
        for (const loss of of === 'dAL' || of === 'dZ' ? lossNames : [null]) {
          it(`${of} for ${activation}${loss ? `, ${loss}` : ''} with samples as ${samples} are right`, () => {
            const names = createNaming([], () => null, null, null);
            const output = of === 'dAL' || loss !== null;
            const written = targets[of].written({ names, loss, activation, output, layout: samples, asked: { loss: true, activation: true } });
            assertCorrect(written, { of, samples, ...(loss && { loss }), ...(of !== 'dAL' && { activation }) });
          });
        }
      }
    }
  }
});
