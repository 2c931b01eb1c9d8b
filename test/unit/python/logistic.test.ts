// Logistic regression by one function for its cost and its gradients: what stops with all samples, and a step that has no gradient.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const regression = `import numpy as np


def initialize(n):
    return {"w": np.zeros((n, 1)), "b": np.zeros((1, 1))}


def propagate(w, b, X, Y):
    m = X.shape[1]
    A = 1 / (1 + np.exp(-(np.dot(w.T, X) + b)))
    cost = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    dw = np.dot(X, (A - Y).T) / m
    db = np.sum(A - Y, axis=1, keepdims=True) / m
    return {"w": dw, "b": db}, cost


def optimize(X, Y, rounds=100, rate=0.009):
    params = initialize(X.shape[0])
    for i in range(rounds):
        grads, cost = propagate(params["w"], params["b"], X, Y)
        for key in params:
            params[key] -= rate * grads[key]
        print(cost)
    return params
`;

describe('a logistic regression', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  for (const [what, from, to, verdict] of [
    ['is right', '', '', 'correct'],
    ['stops with all samples, whatever one alone may do', 'np.dot(X, (A - Y).T)', 'np.dot(X, A - Y)', 'cannot run'],
    ['moves every parameter by the learning rate alone', '-= rate * grads[key]', '-= rate', 'wrong'],
  ] as const) {
    it(what, async () => {
      const source = regression.replace(from, to);
      const result = await check(source);
      assert.equal(result.verdict, verdict, say(result));
      if (to) assert.equal(result.findings[0]?.line, lineOf(source, to), say(result));
    });
  }
});
