// Gradients in a dictionary under the names of the parameters: `return loss, {'W1': X.T @ dhidden, …}`.

import assert from 'node:assert/strict';
import { bindsEach, lineOf, pythonChecks, say } from './support';

const net = (penalty: string, step: string): string => `import numpy as np


class TwoLayerNet:
    def __init__(self, n_in, n_hidden, n_out):
        self.params = {'W1': np.random.randn(n_in, n_hidden), 'b1': np.zeros(n_hidden), 'W2': np.random.randn(n_hidden, n_out), 'b2': np.zeros(n_out)}

    def loss(self, X, y, reg=0.0):
        W1, b1, W2, b2 = (self.params[k] for k in ('W1', 'b1', 'W2', 'b2'))
        N = X.shape[0]
        hidden = np.maximum(0, X @ W1 + b1)
        scores = hidden @ W2 + b2
        scores -= scores.max(axis=1, keepdims=True)
        probs = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
        loss = -np.log(probs[range(N), y]).mean()
        loss += 0.5 * reg * (${penalty})
        dscores = probs.copy()
        dscores[range(N), y] -= 1
        dscores /= N
        dhidden = (dscores @ W2.T) * (hidden > 0)
        return loss, {'W1': X.T @ dhidden + reg * W1, 'b1': dhidden.sum(axis=0), 'W2': hidden.T @ dscores + reg * W2, 'b2': dscores.sum(axis=0)}

    def train(self, X, y, rate=0.1, reg=1e-3, steps=10):
        for _ in range(steps):
            loss, grads = self.loss(X, y, reg=reg)
            for name in self.params:
                self.params[name] = self.params[name] - rate * grads[name]${step}
`;

const PENALTY = 'np.sum(W1 ** 2) + np.sum(W2 ** 2)';
const MASKED = 'dhidden = (dscores @ W2.T) * (hidden > 0)';

/** The gradients in a method of their own, beside the loss; `given` is what it returns them as. */
const apart = (given: (table: string) => string): string => {
  const [whole, table] = net(PENALTY, '').split('        return loss, ') as [string, string];
  const gradients = whole
    .slice(whole.indexOf('    def loss'))
    .replace('def loss', 'def gradients')
    .replace(/ {8}loss .*\n/g, '');
  // what the loss does not need stands in the gradients alone
  return `${whole.slice(0, whole.indexOf('        dscores ='))}        return loss\n\n${gradients}${given(table.split('\n')[0]!)}`;
};

describe('Gradients in a dictionary under the names of the parameters', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  const mistake = [MASKED, 'dhidden = dscores @ W2.T'] as const;
  bindsEach(
    [
      { what: 'one beside the loss', source: net(PENALTY, ''), mistake },
      // with L2 they are not far from the weights, and are no weights after a step
      { what: 'one alone', source: apart((table) => `        return ${table}\n`), mistake },
      { what: 'one in a variable', source: apart((table) => `        found = ${table}\n        return found\n`), mistake },
    ],
    check,
  );

  it('no such dictionary holds gradients where it holds the parameters after a step', async () => {
    const moved = apart((table) => `        grads = ${table}\n        return {'W1': W1 - 0.1 * grads['W1'], 'b1': b1 - 0.1 * grads['b1'], 'W2': W2 - 0.1 * grads['W2'], 'b2': b2 - 0.1 * grads['b2']}\n`);
    const right = await check(moved.replace('def gradients', 'def train_step'));
    assert.notEqual(right.verdict, 'wrong', say(right));
  });

  it('are wrong where the cost counts one weight twice, whatever a training adds to its step', async () => {
    for (const step of ['', ' - reg * self.params[name]']) {
      const source = net('np.sum(W1 ** 2) + np.sum(W1 ** 2)', step);
      const twice = await check(source);
      assert.deepEqual([twice.verdict, twice.findings[0]?.function, twice.findings[0]?.line], ['wrong', 'loss', lineOf(source, 'loss += 0.5 * reg')], say(twice));
      assert.match(twice.findings[0]!.message, /counts W1 2, W2 0 times/);
    }
  });
});
