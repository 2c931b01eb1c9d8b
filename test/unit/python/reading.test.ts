// What is told of a Python file by reading alone, where its functions cannot be run together: each mistake beside its correct twin.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPython } from '../../../src/python/check';
import type { PythonResult } from '../../../src/python/result';
import { hasNumPy } from '../../support/python-fixtures';

const probe = join(process.cwd(), 'dist/python/probe.py');

/** Nothing says what the parameters are, so that nothing binds. */
const head = `import numpy as np

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def tanh(x):
    return np.tanh(x)

def sigmoid_prime(x):
    return sigmoid(x) * (1 - sigmoid(x))

def prime_of_output(x):
    return x * (1 - x)

`;

const moved = '    for i in range(2):\n        for j in range(3):\n            w[i][j] += lr * delta[i] * secret.h[j]\n';
const summed = '    total = [0] * 3\n    for i in range(3):\n        for j in range(2):\n            total[i] += delta[j] * w[j][i]\n';

const cases: { what: string; wrong: string; right: string; rule: string; verdict?: string }[] = [
  {
    what: 'a derivative for Z that is given A',
    wrong: 'def backward(secret):\n    z1 = np.dot(secret.w, secret.x)\n    a1 = sigmoid(z1)\n    return secret.up * sigmoid_prime(a1)',
    right: 'def backward(secret):\n    z1 = np.dot(secret.w, secret.x)\n    a1 = sigmoid(z1)\n    return secret.up * sigmoid_prime(z1)',
    rule: 'activation-derivative',
  },
  {
    what: 'a return inside the loop over the layers',
    wrong: 'def backward(secret):\n    grads = {}\n    for l in reversed(range(secret.layers)):\n        grads["dW" + str(l)] = secret.up @ secret.a[l].T\n        return grads',
    right: 'def backward(secret):\n    grads = {}\n    for l in reversed(range(secret.layers)):\n        grads["dW" + str(l)] = secret.up @ secret.a[l].T\n    return grads',
    rule: 'wrong-gradient',
  },
  {
    what: 'two values that are taken as one number',
    wrong: 'def bent(z):\n    return 1 / (1 + np.exp(-z)), z\n\ndef backward(secret):\n    return secret.up * (1 - bent(secret.z))',
    right: 'def bent(z):\n    return 1 / (1 + np.exp(-z)), z\n\ndef backward(secret):\n    return secret.up * (1 - bent(secret.z)[0])',
    rule: 'cannot-run',
    verdict: 'cannot run',
  },
  {
    what: 'a derivative for A that is given Z',
    wrong: 'def backward(secret):\n    z1 = secret.w @ secret.x + secret.b\n    a1 = sigmoid(z1)\n    return secret.up * prime_of_output(z1)',
    right: 'def backward(secret):\n    z1 = secret.w @ secret.x + secret.b\n    a1 = sigmoid(z1)\n    return secret.up * prime_of_output(a1)',
    rule: 'activation-derivative',
  },
  {
    what: "tanh's derivative of a sigmoid",
    wrong: 'def backward(secret):\n    A1 = sigmoid(secret.z)\n    return secret.up * (1 - np.power(A1, 2))',
    right: 'def backward(secret):\n    A1 = tanh(secret.z)\n    return secret.up * (1 - np.power(A1, 2))',
    rule: 'activation-derivative',
  },
  {
    what: "tanh's derivative of a sigmoid that comes out of a cache",
    wrong: 'def forward(secret):\n    A1 = sigmoid(secret.z)\n    return {"A1": A1}, secret.q\n\ndef backward(cache, secret):\n    A1 = cache["A1"]\n    return secret.up * (1 - A1 * A1)',
    right: 'def forward(secret):\n    A1 = sigmoid(secret.z)\n    return {"A1": A1}, secret.q\n\ndef backward(cache, secret):\n    A1 = cache["A1"]\n    return secret.up * A1 * (1 - A1)',
    rule: 'activation-derivative',
  },
  {
    what: '1/m twice',
    wrong: 'def backward(secret, AL, Y, m):\n    dZ = (AL - Y) / m\n    dW = secret.x @ dZ / m\n    return dW',
    right: 'def backward(secret, AL, Y, m):\n    dZ = AL - Y\n    dW = secret.x @ dZ / m\n    return dW',
    rule: 'factor',
  },
  {
    what: 'db of a hidden layer as one number',
    wrong: 'def backward(secret):\n    dZ2, dZ1 = secret.z\n    db2 = np.sum(dZ2)\n    db1 = np.sum(dZ1)\n    return db1, db2',
    right: 'def backward(secret):\n    dZ2, dZ1 = secret.z\n    db2 = np.sum(dZ2)\n    db1 = np.sum(dZ1, axis=1, keepdims=True)\n    return db1, db2',
    rule: 'axis',
  },
  {
    what: 'db in a loop over layers as one number',
    wrong: 'def backward(secret, W):\n    for l in range(3):\n        dA = W[l].T @ secret.dZ[l]\n        db = np.sum(secret.dZ[l])\n    return dA, db',
    right: 'def backward(secret, W):\n    for epoch in range(3):\n        dA = W.T @ secret.dZ\n        db = np.sum(secret.dZ)\n    return dA, db',
    rule: 'axis',
  },
  {
    what: 'weights that are updated before the error goes down through them',
    wrong: 'def backward(secret, W2, lr):\n    W2 -= lr * secret.dW2\n    delta1 = np.dot(W2.T, secret.delta2)\n    return delta1',
    right: 'def backward(secret, W2, lr):\n    delta1 = np.dot(W2.T, secret.delta2)\n    W2 -= lr * secret.dW2\n    return delta1',
    rule: 'order',
  },
  {
    what: 'weights that are updated before the error of the layer below, dOutput, is made of them',
    wrong: 'def backward(secret, W2, lr):\n    W2 -= lr * secret.dW2\n    dOutput = secret.distance.dot(W2.T) * (secret.h > 0)\n    return dOutput',
    right: 'def backward(secret, W2, lr):\n    dOutput = secret.distance.dot(W2.T) * (secret.h > 0)\n    W2 -= lr * secret.dW2\n    return dOutput',
    rule: 'order',
  },
  {
    what: 'weights that are updated entry by entry before the error is summed through them',
    wrong: `def backward(secret, w, delta, lr):\n${moved}${summed}    return total`,
    right: `def backward(secret, w, delta, lr):\n${summed}${moved}    return total`,
    rule: 'order',
  },
  {
    what: 'the same, which a prediction of after the step is not',
    wrong: `def backward(secret, w, delta, lr):\n${moved}${summed}    return total`,
    right: `def backward(secret, w, delta, lr):\n${moved}${summed.replace('delta[j]', 'secret.h[j]')}    return total`,
    rule: 'order',
  },
  {
    what: 'weights that the round before has updated',
    wrong: 'def backward(secret, W, lr):\n    delta = secret.delta\n    for i in reversed(range(2)):\n        delta = np.dot(W[i + 1].T, delta) * secret.slope[i]\n        W[i] -= lr * secret.dW[i]\n    return delta',
    right: 'def backward(secret, W, lr):\n    delta = secret.delta\n    for i in reversed(range(2)):\n        delta = np.dot(W[i + 1].T, delta) * secret.slope[i]\n    for i in range(2):\n        W[i] -= lr * secret.dW[i]\n    return delta',
    rule: 'order',
  },
  {
    what: 'weights reshaped where they should be transposed',
    wrong: 'def backward(secret, weights):\n    return np.dot(weights.reshape(4, 3), secret.delta)',
    right: 'def backward(secret, weights):\n    return np.dot(weights.T, secret.delta.reshape(4, 3))',
    rule: 'transpose',
  },
  {
    what: 'the activation in the place of its derivative',
    wrong: 'def backward(secret, output_gradient):\n    return np.multiply(output_gradient, sigmoid(secret.x))',
    right: 'def backward(secret, output_gradient):\n    return np.multiply(output_gradient, sigmoid_prime(secret.x))',
    rule: 'activation-derivative',
  },
  {
    what: 'a minus in the sigmoid',
    wrong: 'def backward(secret):\n    s = 1 / (1 - np.exp(-secret.z))\n    return secret.up * s * (1 - s)',
    right: 'def backward(secret):\n    s = 1 / (1 + np.exp(-secret.z))\n    return secret.up * s * (1 - s)',
    rule: 'activation',
  },
  {
    what: 'a list that is appended to itself',
    wrong: 'def backward(secret):\n    caches = []\n    cache = secret.z\n    caches.append(caches)\n    return caches',
    right: 'def backward(secret):\n    caches = []\n    cache = secret.z\n    caches.append(cache)\n    return caches',
    rule: 'cannot-run',
    verdict: 'cannot run',
  },
  {
    what: 'a bracket that closes too early',
    wrong: 'def backward(secret, Y, AL):\n    return -(np.divide(Y, AL) - np.divide(1 - Y), (1 - AL)) * secret.x',
    right: 'def backward(secret, Y, AL):\n    return -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL)) * secret.x',
    rule: 'cannot-run',
    verdict: 'cannot run',
  },
];

describe('a Python file that is only read', function () {
  this.timeout(30_000);
  let folder: string;
  before(function () {
    if (!hasNumPy()) this.skip();
    folder = mkdtempSync(join(tmpdir(), 'gradient-reading-'));
  });
  after(() => folder && rmSync(folder, { recursive: true }));

  async function check(text: string): Promise<PythonResult> {
    const file = join(folder, 'network.py');
    writeFileSync(file, head + text + '\n');
    return (await checkPython({ file, probe })).result;
  }

  for (const { what, wrong, right, rule, verdict } of cases) {
    it(`tells ${what}, and nothing of its correct twin`, async () => {
      const found = await check(wrong);
      assert.equal(found.verdict, verdict ?? 'wrong', JSON.stringify(found));
      assert.deepEqual([found.findings[0]!.rule, found.findings[0]!.function], [rule, 'backward']);
      assert.ok(found.notChecked.length > 0, 'it says that nothing was run');
      const twin = await check(right);
      assert.deepEqual([twin.verdict, twin.findings], ['not bound', []], JSON.stringify(twin));
    });
  }
});
