// Layers and losses that the network which is checked does not use: each is checked by itself, and told with its own line.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say, type Changes } from './support';

const classes = `import numpy as np


class Dense:
    def __init__(self, n_inputs, n_neurons, weight_regularizer_l2=0.0):
        self.weights = 0.1 * np.random.randn(n_inputs, n_neurons)
        self.biases = np.zeros((1, n_neurons))
        self.weight_regularizer_l2 = weight_regularizer_l2

    def forward(self, inputs):
        self.inputs = inputs
        self.output = np.dot(inputs, self.weights) + self.biases

    def backward(self, dvalues):
        self.dweights = np.dot(self.inputs.T, dvalues)
        self.dbiases = np.sum(dvalues, axis=0, keepdims=True)
        if self.weight_regularizer_l2 > 0:
            self.dweights += 2 * self.weight_regularizer_l2 * self.weights
        self.dinputs = np.dot(dvalues, self.weights.T)


class ReLU:
    def forward(self, inputs):
        self.inputs = inputs
        self.output = np.maximum(0, inputs)

    def backward(self, dvalues):
        self.dinputs = dvalues.copy()
        self.dinputs[self.inputs <= 0] = 0


class Tanh:
    def forward(self, inputs):
        self.output = np.tanh(inputs)

    def backward(self, dvalues):
        self.dinputs = dvalues * (1 - self.output ** 2)


class Sigmoid:
    def forward(self, inputs):
        self.output = 1 / (1 + np.exp(-inputs))

    def backward(self, dvalues):
        # its derivative is in that of the loss
        self.dinputs = dvalues


class Dropout:
    def __init__(self, rate):
        self.rate = 1 - rate

    def forward(self, inputs, training=False):
        if not training:
            self.output = inputs.copy()
            return
        self.mask = np.random.binomial(1, self.rate, size=inputs.shape) / self.rate
        self.output = inputs * self.mask

    def backward(self, dvalues):
        self.dinputs = dvalues * self.mask


class BatchNorm:
    def __init__(self, n_features, eps=1e-5):
        self.gamma = np.ones(n_features)
        self.beta = np.zeros(n_features)
        self.eps = eps

    def forward(self, inputs):
        self.mean, self.var, self.inputs = inputs.mean(axis=0), inputs.var(axis=0), inputs
        self.normal = (inputs - self.mean) / np.sqrt(self.var + self.eps)
        self.output = self.gamma * self.normal + self.beta

    def backward(self, dvalues):
        samples = len(dvalues)
        self.dgamma = np.sum(dvalues * self.normal, axis=0)
        self.dbeta = np.sum(dvalues, axis=0)
        dnormal = dvalues * self.gamma
        centred = self.inputs - self.mean
        dvar = np.sum(dnormal * centred, axis=0) * -0.5 * (self.var + self.eps) ** -1.5
        dmean = -np.sum(dnormal, axis=0) / np.sqrt(self.var + self.eps)
        self.dinputs = dnormal / np.sqrt(self.var + self.eps) + dvar * 2 * centred / samples + dmean / samples


class SoftmaxCrossEntropy:
    def forward(self, inputs, y_true):
        exps = np.exp(inputs - np.max(inputs, axis=1, keepdims=True))
        self.output = exps / np.sum(exps, axis=1, keepdims=True)
        return np.mean(-np.log(self.output[range(len(inputs)), y_true]))

    def backward(self, dvalues, y_true):
        self.dinputs = dvalues.copy()
        self.dinputs[range(len(dvalues)), y_true] -= 1
        self.dinputs = self.dinputs / len(dvalues)


class MeanSquaredError:
    def forward(self, y_pred, y_true):
        return np.mean((y_true - y_pred) ** 2)

    def backward(self, dvalues, y_true):
        self.dinputs = -2 * (y_true - dvalues) / dvalues.size


class SGD:
    def __init__(self, learning_rate=0.5):
        self.learning_rate = learning_rate

    def update_params(self, layer):
        weight_updates = -self.learning_rate * layer.dweights
        bias_updates = -self.learning_rate * layer.dbiases
        layer.weights += weight_updates
        layer.biases += bias_updates
`;

const pairs = `import numpy as np


def affine_forward(x, w, b):
    return x.dot(w) + b, (x, w, b)


def affine_backward(dout, cache):
    x, w, b = cache
    return dout.dot(w.T), x.T.dot(dout), dout.sum(axis=0)


def relu_forward(x):
    return np.maximum(0, x), x


def relu_backward(dout, cache):
    return dout * (cache > 0)


def layernorm_forward(x, gamma, beta, ln_param):
    eps = ln_param.get('eps', 1e-5)
    scale = np.sqrt(x.var(axis=1, keepdims=True) + eps)
    normal = (x - x.mean(axis=1, keepdims=True)) / scale
    return gamma * normal + beta, (normal, gamma, scale)


def layernorm_backward(dout, cache):
    normal, gamma, scale = cache
    dgamma, dbeta = (dout * normal).sum(axis=0), dout.sum(axis=0)
    dnormal = dout * gamma
    dx = (dnormal - dnormal.mean(axis=1, keepdims=True) - normal * (dnormal * normal).mean(axis=1, keepdims=True)) / scale
    return dx, dgamma, dbeta


def dropout_forward(x, dropout_param):
    p, mode = dropout_param['p'], dropout_param['mode']
    mask = None
    if mode == 'train':
        mask = (np.random.rand(*x.shape) < p) / p
        x = x * mask
    return x, (dropout_param, mask)


def dropout_backward(dout, cache):
    dropout_param, mask = cache
    if dropout_param['mode'] == 'train':
        return dout * mask
    return dout


def conv_forward_naive(x, w, b, conv_param):
    stride, pad = conv_param['stride'], conv_param['pad']
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    N, F, HH, WW = x.shape[0], w.shape[0], w.shape[2], w.shape[3]
    H, W = 1 + (x.shape[2] + 2 * pad - HH) // stride, 1 + (x.shape[3] + 2 * pad - WW) // stride
    out = np.zeros((N, F, H, W))
    for i in range(H):
        for j in range(W):
            window = padded[:, :, i * stride:i * stride + HH, j * stride:j * stride + WW]
            out[:, :, i, j] = np.tensordot(window, w, axes=((1, 2, 3), (1, 2, 3))) + b
    return out, (x, w, b, conv_param)


def conv_backward_naive(dout, cache):
    x, w, b, conv_param = cache
    stride, pad = conv_param['stride'], conv_param['pad']
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    dpadded, dw, db = np.zeros_like(padded), np.zeros_like(w), dout.sum(axis=(0, 2, 3))
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            rows, columns = slice(i * stride, i * stride + w.shape[2]), slice(j * stride, j * stride + w.shape[3])
            dw += np.tensordot(dout[:, :, i, j], padded[:, :, rows, columns], axes=(0, 0))
            dpadded[:, :, rows, columns] += np.tensordot(dout[:, :, i, j], w, axes=(1, 0))
    dx = dpadded[:, :, pad:-pad, pad:-pad]
    return dx, dw, db


def max_pool_forward_naive(x, pool_param):
    size, stride = pool_param['pool_height'], pool_param['stride']
    out = np.zeros(x.shape[:2] + (x.shape[2] // stride, x.shape[3] // stride))
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            out[:, :, i, j] = x[:, :, i * stride:i * stride + size, j * stride:j * stride + size].max(axis=(2, 3))
    return out, (x, pool_param)


def max_pool_backward_naive(dout, cache):
    x, pool_param = cache
    size, stride = pool_param['pool_height'], pool_param['stride']
    dx = np.zeros_like(x)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            window = x[:, :, i * stride:i * stride + size, j * stride:j * stride + size]
            mask = window == window.max(axis=(2, 3), keepdims=True)
            dx[:, :, i * stride:i * stride + size, j * stride:j * stride + size] += mask * dout[:, :, i:i + 1, j:j + 1]
    return dx


def softmax_loss(x, y):
    probs = np.exp(x - x.max(axis=1, keepdims=True))
    probs /= probs.sum(axis=1, keepdims=True)
    loss = -np.mean(np.log(probs[np.arange(len(x)), y]))
    dx = probs.copy()
    dx[np.arange(len(x)), y] -= 1
    dx /= len(x)
    return loss, dx
`;

interface Slip {
  readonly what: string;
  readonly change: Changes[number];
  readonly function: string;
  /** Part of the line that is told. */
  readonly at?: string;
}

const slips: readonly (readonly [string, string, readonly Slip[]])[] = [
  [
    'classes',
    classes,
    [
      { what: 'a dropout layer without its mask', change: ['dvalues * self.mask', 'dvalues'], function: 'backward', at: '        self.dinputs = dvalues\n\n\nclass BatchNorm' },
      { what: 'an activation that is not in the network', change: ['(1 - self.output ** 2)', '(1 - self.output)'], function: 'backward', at: 'self.dinputs = dvalues * (1 - self.output)' },
      { what: 'an activation that hands down what it gets', change: ['dvalues * (1 - self.output ** 2)', 'dvalues'], function: 'backward', at: '        self.dinputs = dvalues\n\n\nclass Sigmoid' },
      { what: 'a 2 lost in batch normalization', change: ['dvar * 2 * centred', 'dvar * centred'], function: 'backward', at: 'self.dinputs = dnormal' },
      { what: 'the scale of batch normalization', change: ['self.dgamma = np.sum(dvalues * self.normal', 'self.dgamma = np.sum(dvalues * self.inputs'], function: 'backward', at: 'self.dgamma = ' },
      { what: 'a loss that has lost its sign', change: ['-2 * (y_true', '2 * (y_true'], function: 'backward', at: 'self.dinputs = 2 * (y_true' },
    ],
  ],
  [
    'pairs of functions',
    pairs,
    [
      { what: 'a term of layer normalization', change: ['dnormal - dnormal.mean(axis=1, keepdims=True) - ', 'dnormal - '], function: 'layernorm_backward', at: 'dx = (dnormal' },
      { what: 'a dropout mask', change: ['return dout * mask', 'return dout'], function: 'dropout_backward' },
      { what: 'the padding of a convolution', change: ['[:, :, pad:-pad, pad:-pad]', '[:, :, :-2 * pad, :-2 * pad]'], function: 'conv_backward_naive' },
      { what: 'the weights of a convolution', change: ['padded[:, :, rows, columns], axes=(0, 0)', 'dpadded[:, :, rows, columns], axes=(0, 0)'], function: 'conv_backward_naive' },
      { what: 'the mask of a pool', change: ['+= mask * dout', '+= window * dout'], function: 'max_pool_backward_naive' },
    ],
  ],
];

describe('layers and losses that the network does not use', function () {
  this.timeout(30_000);
  const check = pythonChecks();

  for (const [what, source, each] of slips) {
    it(`says nothing of right ones: ${what}`, async () => {
      const result = await check(source);
      assert.equal(result.verdict, 'correct', say(result));
      assert.deepEqual(result.findings.filter((one) => one.severity === 'error'), []);
    });

    for (const slip of each) {
      it(`tells ${slip.what}`, async () => {
        const wrong = source.replace(slip.change[0], () => slip.change[1]);
        assert.notEqual(wrong, source);
        const result = await check(wrong);
        assert.equal(result.verdict, 'wrong', say(result));
        const told = result.findings.find((one) => one.severity === 'error');
        assert.equal(told?.function, slip.function, say(result));
        if (slip.at) assert.equal(told?.line, lineOf(wrong, slip.at), say(result));
      });
    }
  }

  it('lets a pair that keeps nothing be given what came out', async () => {
    const given = 'def tanh_forward(x):\n    return np.tanh(x)\n\n\ndef tanh_backward(dout, cache):\n    return dout * (1 - cache ** 2)\n';
    const right = await check(`${pairs}\n\n${given}`);
    assert.equal(right.verdict, 'correct', say(right));
    const wrong = await check(`${pairs}\n\n${given.replace('1 - cache', '1 + cache')}`);
    assert.equal(wrong.verdict, 'wrong', say(wrong));
    assert.equal(wrong.findings.find((one) => one.severity === 'error')?.function, 'tanh_backward', say(wrong));
  });

  it('takes a step that is named with its minus as one that goes down', async () => {
    const result = await check(classes.replace('self.dinputs[range(len(dvalues)), y_true] -= 1', 'self.dinputs = -self.dinputs\n        self.dinputs[range(len(dvalues)), y_true] += 1').replace(/class MeanSquaredError[\s\S]*?(?=class SGD)/, ''));
    assert.equal(result.verdict, 'wrong', say(result));
    assert.equal(result.findings.find((one) => one.severity === 'error')?.rule, 'sign', say(result));
  });
});
