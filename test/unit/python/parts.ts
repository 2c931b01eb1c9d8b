// Classes and pairs of functions whose layers and losses are checked by themselves: the sources of parts.test.ts.

export const classes = `import numpy as np


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

export const pairs = `import numpy as np


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

/** Layers whose gradients are nowhere but in the step that they make, with a penalty in it. */
export const stepping = `import numpy as np

STEP_SIZE = 0.05
REG = 0.01


class HiddenLayer:
    def __init__(self, N, M):
        self.w = np.random.randn(N, M) / np.sqrt(N)
        self.b = np.zeros((1, M))

    def fwd(self, x):
        self.x = x
        self.y = np.maximum(0, np.dot(x, self.w) + self.b)
        self.on = self.y > 0
        return self.y

    def backprop(self, ds):
        dx = (ds * self.on).dot(self.w.T)
        dw = np.dot(self.x.T, ds * self.on)
        db = np.sum(ds * self.on, axis=0, keepdims=True)
        dw += REG * self.w
        self.w -= dw * STEP_SIZE
        self.b -= db * STEP_SIZE
        return dx


class OutLayer:
    def __init__(self, N, M):
        self.w = np.random.randn(N, M) / np.sqrt(N)
        self.b = np.zeros((1, M))

    def fwd(self, x):
        self.x = x
        self.y = np.dot(x, self.w) + self.b
        return self.y

    def backprop(self, ds):
        dx = np.dot(ds, self.w.T)
        dw = np.dot(self.x.T, ds)
        db = np.sum(ds, axis=0, keepdims=True)
        dw += REG * self.w
        self.w -= dw * STEP_SIZE
        self.b -= db * STEP_SIZE
        return dx
`;
