// Networks that are given their layers one by one: the ends of each, and its activation.

import assert from 'node:assert/strict';
import { bindsEach, pythonChecks, say } from './support';

const triples = `import numpy as np

class Net:
    def __init__(self, layers):
        self.layers = layers
        self.params, self.kinds = {}, [None]
        self.start()

    def start(self):
        for idx, (in_nodes, out_nodes, act_fn) in enumerate(self.layers):
            self.params['W' + str(idx + 1)] = np.random.randn(out_nodes, in_nodes)
            self.params['b' + str(idx + 1)] = np.zeros((out_nodes, 1))
            self.kinds.append(act_fn)

    def forward(self, X):
        self.A, self.Z = [X], [None]
        for l in range(1, len(self.layers) + 1):
            Z = self.params['W' + str(l)] @ self.A[-1] + self.params['b' + str(l)]
            self.Z.append(Z)
            self.A.append(np.maximum(Z, 0) if self.kinds[l] == 'relu' else 1 / (1 + np.exp(-Z)))
        return self.A[-1]

    def loss_function(self, AL, Y):
        return -np.mean(np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL), axis=0))

    def backward(self, Y):
        grads, m = {}, Y.shape[1]
        dA = (1 - Y) / (1 - self.A[-1]) - Y / self.A[-1]
        for l in reversed(range(1, len(self.layers) + 1)):
            dZ = dA * (self.Z[l] > 0) if self.kinds[l] == 'relu' else dA * self.A[l] * (1 - self.A[l])
            grads['dW' + str(l)] = dZ @ self.A[l - 1].T / m
            grads['db' + str(l)] = dZ.sum(axis=1, keepdims=True) / m
            dA = self.params['W' + str(l)].T @ dZ
        return grads
`;

/** The same without words: every layer is a sigmoid, and each entry is a pair of widths. */
const pairs = triples
  .replace('for idx, (in_nodes, out_nodes, act_fn) in enumerate(self.layers)', 'for (n_in, n_out) in self.layers')
  .replace("            self.params['W' + str(idx + 1)] = np.random.randn(out_nodes, in_nodes)", "            l = str(len(self.params) // 2 + 1)\n            self.params['W' + l] = np.random.randn(n_out, n_in)")
  .replace("self.params['b' + str(idx + 1)] = np.zeros((out_nodes, 1))", "self.params['b' + l] = np.zeros((n_out, 1))")
  .replace('self.kinds.append(act_fn)', "self.kinds.append('sigmoid')");

/** A last layer that gives 0, of which no logarithm is there; and no cost. */
const dead = triples.replace("else 1 / (1 + np.exp(-Z))", "else np.maximum(Z, 0)").replace(/ {4}def loss_function[\s\S]*?\n\n/, '').replace('dA * self.A[l] * (1 - self.A[l])', 'dA * (self.Z[l] > 0)');

describe('Layers that are described one by one', function () {
  this.timeout(60_000);
  const check = pythonChecks();
  bindsEach([
    { what: 'triples of inputs, units and activation', source: triples, mistake: ['dA * (self.Z[l] > 0)', 'dA * self.A[l]'] },
    { what: 'pairs of inputs and units', source: pairs, mistake: ['dA * self.A[l] * (1 - self.A[l])', 'dA * (1 - self.A[l])'] },
  ], check);

  it('of the networks that differ in their layers alone, the deepest is checked', async () => {
    const words = triples
      .replace('for idx, (in_nodes, out_nodes, act_fn) in enumerate(self.layers)', 'for idx, layer in enumerate(self.layers)')
      .replaceAll('out_nodes', 'layer["nodes"]')
      .replace('in_nodes', 'layer["inputs"]')
      .replace('act_fn', 'layer["activation"]');
    const script = `

if __name__ == "__main__":
    one = [{"inputs": 9, "nodes": 1, "activation": "sigmoid"}]
    alone = Net(one)
    two = [{"inputs": 9, "nodes": 4, "activation": "relu"}, {"inputs": 4, "nodes": 1, "activation": "sigmoid"}]
    net = Net(two)
`;
    // the input layer's mistake is in no network of one layer
    const wrong = await check((words + script).replace('dA * (self.Z[l] > 0)', 'dA * self.A[l]'));
    assert.equal(wrong.verdict, 'wrong', say(wrong));
    const right = await check(words + script);
    assert.equal(right.verdict, 'correct', say(right));
    assert.match(right.checked.join(), /2 layers/);
  });

  it('a gradient that is no number proves nothing where the cost is not there', async () => {
    const result = await check(dead);
    assert.notEqual(result.verdict, 'wrong', say(result));
  });
});
