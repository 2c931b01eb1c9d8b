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

/** Dictionaries that nothing in the file makes; gradients that are put beside the parameters. */
const dictionaries = `import numpy as np

def init_layers(nn_arch, seed=83):
    np.random.seed(seed)
    params = {}
    for idx, layer in enumerate(nn_arch):
        params["W" + str(idx)] = np.random.randn(layer["output"], layer["input_dim"]) * 0.1
        params["B" + str(idx)] = np.random.randn(layer["output"], 1) * 0.1
    return params

def relu_backward(dA, Z):
    dZ = np.copy(dA)
    dZ[Z <= 0] = 0
    return dZ

def full_forward(X, params, nn_arch):
    memory, A = {}, X
    for idx, layer in enumerate(nn_arch):
        A_prev = A
        Z = np.dot(params["W" + str(idx)], A_prev) + params["B" + str(idx)]
        A = np.maximum(0, Z) if layer["activation"] == "relu" else 1 / (1 + np.exp(-Z))
        memory["A" + str(idx)], memory["Z" + str(idx)] = A_prev, Z
    return A, memory

def error_cost(output, target):
    return np.squeeze(-(np.dot(target, np.log(output).T) + np.dot(1 - target, np.log(1 - output).T)) / target.shape[1])

def full_backward(params, memory, nn_arch, output, target):
    dA, m = (1 - target) / (1 - output) - target / output, target.shape[1]
    for idx, layer in reversed(list(enumerate(nn_arch))):
        Z = memory["Z" + str(idx)]
        s = 1 / (1 + np.exp(-Z))
        dZ = relu_backward(dA, Z) if layer["activation"] == "relu" else dA * s * (1 - s)
        params["dW" + str(idx)] = np.dot(dZ, memory["A" + str(idx)].T) / m
        params["dB" + str(idx)] = np.sum(dZ, axis=1, keepdims=True) / m
        dA = np.dot(params["W" + str(idx)].T, dZ)
    return params
`;

describe('Layers that are described one by one', function () {
  this.timeout(60_000);
  const check = pythonChecks();
  bindsEach([
    { what: 'triples of inputs, units and activation', source: triples, mistake: ['dA * (self.Z[l] > 0)', 'dA * self.A[l]'] },
    { what: 'dictionaries by the words that are asked of them', source: dictionaries, mistake: ['dZ[Z <= 0] = 0', 'dZ[dA <= 0] = 0'] },
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
