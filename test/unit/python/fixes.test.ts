// The replacement that is offered for a wrong derivative of an activation: put in place, it is right.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const network = (activation: string, slope: string): string => `import numpy as np


def forward(X, params):
    Z1 = params["W1"] @ X + params["b1"]
    A1 = ${activation}
    A2 = 1 / (1 + np.exp(-(params["W2"] @ A1 + params["b2"])))
    return A2, {"A1": A1, "A2": A2, "Z1": Z1}


def init(n_x, n_h, n_y):
    return {"W1": np.random.randn(n_h, n_x), "b1": np.zeros((n_h, 1)), "W2": np.random.randn(n_y, n_h), "b2": np.zeros((n_y, 1))}


def cost(A2, Y):
    return -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / Y.shape[1]


def backward(X, Y, params, cache):
    m = X.shape[1]
    A1, A2 = cache["A1"], cache["A2"]
    dZ2 = A2 - Y
    dZ1 = params["W2"].T @ dZ2 * ${slope}
    return {"dW2": dZ2 @ A1.T / m, "db2": dZ2.sum(axis=1, keepdims=True) / m, "dW1": dZ1 @ X.T / m, "db1": dZ1.sum(axis=1, keepdims=True) / m}
`;

describe('a replacement of the derivative of an activation', function () {
  this.timeout(60_000);
  const check = pythonChecks();
  const [tanh, sigmoid, relu] = ['np.tanh(Z1)', '1 / (1 + np.exp(-Z1))', 'np.maximum(0, Z1)'];

  const cases: readonly (readonly [activation: string, slope: string, replacement: string, message: string])[] = [
    [tanh, '(1 - A1)', '1 - A1 ** 2', '1 - A1 is not the derivative of the activation'],
    [tanh, 'A1', 'params["W2"].T @ dZ2 * (1 - A1 ** 2)', 'dZ1 is not dA times the derivative of the activation'],
    [tanh, '(cache["Z1"] > 0)', '1 - np.tanh(cache["Z1"]) ** 2', 'cache["Z1"] > 0 is not the derivative of the activation'],
    [sigmoid, '(1 - A1 ** 2)', 'A1 * (1 - A1)', '1 - A1 ** 2 is not the derivative of the activation'],
    [relu, '(A1 < 0.5)', 'A1 > 0', 'A1 < 0.5 is masked by the wrong values'],
  ];
  for (const [activation, slope, replacement, message] of cases) {
    it(`is ${replacement} for ${slope} behind ${activation}`, async () => {
      const source = network(activation, slope);
      const { findings } = await check(source);
      const [finding] = findings;
      assert.equal(finding?.line, lineOf(source, 'dZ1 = '));
      assert.ok(finding.message.startsWith(message), finding.message);
      assert.equal(finding.replacement, replacement);
      const lines = source.split('\n');
      const line = lines[finding.line - 1]!;
      lines[finding.line - 1] = line.slice(0, finding.column! - 1) + replacement + line.slice(finding.endColumn! - 1);
      const right = await check(lines.join('\n'));
      assert.equal(right.verdict, 'correct', say(right));
    });
  }
});
