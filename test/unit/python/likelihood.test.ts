// A cost that rises as the predictions get better: a likelihood, which is right where the file adds its gradient, and where it takes no step at all.

import assert from 'node:assert/strict';
import { bindsEach, pythonChecks, say } from './support';

/** A derivative for each parameter, and a prediction that is returned under a letter and called so only by who asks for it. */
const likelihood = (steps: string): string => `import numpy as np

def forward(X, W1, b1, W2, b2):
    Z = np.tanh(X @ W1 + b1)
    e = np.exp(Z @ W2 + b2)
    Y = e / e.sum(axis=1, keepdims=True)
    return Y, Z

def derivative_w2(Z, T, Y):
    return Z.T @ (T - Y)

def derivative_b2(T, Y):
    return np.sum(T - Y, axis=0)

def derivative_w1(X, Z, T, Y, W2):
    return X.T @ ((T - Y) @ W2.T * (1 - Z * Z))

def derivative_b1(T, Y, W2, Z):
    return np.sum((T - Y) @ W2.T * (1 - Z * Z), axis=0)

def cost(T, Y):
    return np.sum(T * np.log(Y))

def main(X, T):
    features, hidden_units, classes = 2, 3, 3
    W1, b1 = np.random.randn(features, hidden_units), np.random.randn(hidden_units)
    W2, b2 = np.random.randn(hidden_units, classes), np.random.randn(classes)
    for epoch in range(1000):
        output, hidden = forward(X, W1, b1, W2, b2)
        print(cost(T, output))
        gW2, gb2 = derivative_w2(hidden, T, output), derivative_b2(T, output)
        gW1, gb1 = derivative_w1(X, hidden, T, output, W2), derivative_b1(T, output, W2, hidden)
${steps}`;

const added = ['W2', 'b2', 'W1', 'b1'].map((each) => `        ${each} += 0.001 * g${each}\n`).join('');

describe('A likelihood in place of a cost', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  bindsEach([
    { what: 'derivatives of a likelihood that are added', source: likelihood(added), mistake: ['np.sum((T - Y) @ W2.T * (1 - Z * Z)', 'np.sum((T - Y) @ W2.T * (1 - Z)'] },
    { what: 'derivatives of a likelihood with which no step is taken', source: likelihood(''), mistake: ['X.T @ ((T - Y)', 'X.T @ ((Y - T)'] },
  ], check);

  it('is wrong where they are taken away', async () => {
    const result = await check(likelihood(added.replaceAll('+=', '-=')));
    assert.equal(result.verdict, 'wrong', say(result));
    assert.match(result.summary, /both have their sign flipped/);
  });
});
