// Networks that are put together of a file's own layers: which layers there are, which stands on top, and what one alone shows.

import assert from 'node:assert/strict';
import { pythonChecks, say } from './support';

const script = (body: string): string => `import numpy as np\n\n${body}`;

describe('networks put together of layers', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  const agrees = async (source: string): Promise<void> => {
    const result = await check(source);
    assert.equal(result.verdict, 'correct', say(result));
  };

  const modules = (top: string): string =>
    script(`
class Module:
    def forward(self, x):
        self.output = self.apply(x)
        return self.output
    def weights(self):
        return []
    def grads(self):
        return []

class Linear(Module):
    def __init__(self, n_in, n_out):
        self.W = np.random.randn(n_in, n_out) * 0.3
        self.b = np.zeros(n_out)
    def apply(self, x):
        return x @ self.W + self.b
    def backward(self, x, grad):
        self.gradW = x.T @ grad
        self.gradb = grad.sum(axis=0)
        return grad @ self.W.T
    def weights(self):
        return [self.W, self.b]
    def grads(self):
        return [self.gradW, self.gradb]

class Relu(Module):
    def apply(self, x):
        return np.maximum(0, x)
    def backward(self, x, grad):
        return grad * (x > 0)
${top}
class Stack(Module):
    def __init__(self):
        self.parts = []
    def add(self, part):
        self.parts.append(part)
    def apply(self, x):
        for part in self.parts:
            x = part.forward(x)
        return x
    def backward(self, x, grad):
        inputs = [x] + [part.output for part in self.parts[:-1]]
        for part, given in zip(reversed(self.parts), reversed(inputs)):
            grad = part.backward(given, grad)
        return grad

class CrossEntropy:
    def forward(self, p, y):
        return -np.sum(y * np.log(np.clip(p, 1e-12, 1 - 1e-12))) / len(p)
    def backward(self, p, y):
        return -y / np.clip(p, 1e-12, 1 - 1e-12) / len(p)
`);

  it('what is read of layers is read of activations too, and one layer is no network', () =>
    agrees(
      modules(`
class SoftMax(Module):
    def apply(self, x):
        e = np.exp(x - x.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)
    def backward(self, x, grad):
        s = self.output
        return s * (grad - np.sum(grad * s, axis=1, keepdims=True))
`),
    ));

  it('an activation layer is made of the softmax whose derivative the loss has', () =>
    agrees(
      script(`
class Dense:
    def __init__(self, n_in, n_out):
        self.W = np.random.randn(n_in, n_out) * 0.1
        self.b = np.zeros((1, n_out))
    def forward(self, x):
        self.x = x
        return x @ self.W + self.b
    def backward(self, grad, rate):
        down = grad @ self.W.T
        self.W -= rate * self.x.T @ grad
        self.b -= rate * grad.sum(axis=0, keepdims=True)
        return down

class Activation:
    def __init__(self, function, prime):
        self.function = function
        self.prime = prime
    def forward(self, x):
        self.x = x
        return self.function(x)
    def backward(self, grad, rate):
        return grad if self.prime is None else grad * self.prime(self.x)

def tanh(x):
    return np.tanh(x)

def tanh_prime(x):
    return 1 - np.tanh(x) ** 2

def softmax(x):
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

def cross_entropy(y, p):
    return -np.sum(y * np.log(np.clip(p, 1e-12, 1 - 1e-12)))

def cross_entropy_prime(y, p):
    return p - y
`),
    ));

  it('a Dense(6) is a layer of six units', () =>
    agrees(
      script(`
class Dense:
    def __init__(self, neurons):
        self.neurons = neurons
    def forward(self, x, W, b, last):
        Z = x @ W + b
        if not last:
            return np.maximum(0, Z), Z
        e = np.exp(Z - Z.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True), Z

class Network:
    def __init__(self):
        self.layers, self.params = [], []
    def add(self, layer):
        self.layers.append(layer)
    def init_weights(self, data):
        width = data.shape[1]
        for layer in self.layers:
            self.params.append({"W": np.random.uniform(-1, 1, (width, layer.neurons)), "b": np.zeros((1, layer.neurons))})
            width = layer.neurons
    def forward(self, data):
        self.kept, x = [], data
        for i, layer in enumerate(self.layers):
            out, Z = layer.forward(x, self.params[i]["W"], self.params[i]["b"], i == len(self.layers) - 1)
            self.kept.append((x, Z))
            x = out
        return x
    def loss(self, predicted, actual):
        return -np.mean(np.log(predicted[range(len(actual)), actual]))
    def backprop(self, predicted, actual):
        count = len(actual)
        delta = predicted.copy()
        delta[range(count), actual] -= 1
        delta /= count
        self.gradients = []
        for i in reversed(range(len(self.layers))):
            x, Z = self.kept[i]
            if i < len(self.layers) - 1:
                delta = delta * (Z > 0)
            self.gradients.insert(0, {"dW": x.T @ delta, "db": delta.sum(axis=0, keepdims=True)})
            delta = delta @ self.params[i]["W"].T

model = Network()
model.add(Dense(6))
model.add(Dense(3))
`),
    ));

  const handing = script(`
class Linear:
    def __init__(self, n_in, n_out):
        self.weights, self.bias = np.random.randn(n_in, n_out), np.zeros((1, n_out))
    def forward(self, x):
        self.x = x
        return x @ self.weights + self.bias
    def backward(self, dy):
        self.dw, self.db = self.x.T @ dy, dy.sum(axis=0, keepdims=True)
        return dy @ self.weights.T

class ReLU:
    def forward(self, x):
        self.x = x
        return np.maximum(0, x)
    def backward(self, dy):
        return dy * (self.x > 0)

class CrossEntropy:
    def forward(self, x, target):
        e = np.exp(x - x.max(axis=1, keepdims=True))
        probs = e / e.sum(axis=1, keepdims=True)
        return -np.log(probs[range(len(x)), target]).sum() / len(x), probs
    def backward(self, probs, target):
        dy = probs
        dy[range(len(dy)), target] -= 1
        return dy / len(dy)

class Net:
    def __init__(self, features=784, classes=10, hidden=(512,)):
        self.first, self.bend, self.last = Linear(features, hidden[0]), ReLU(), Linear(hidden[0], classes)
    def forward(self, x):
        return self.last.forward(self.bend.forward(self.first.forward(x)))
    def backward(self, dy):
        return self.first.backward(self.bend.backward(self.last.backward(dy)))

def train(net, criterion, images, labels):
    loss, probs = criterion.forward(net.forward(images), labels)
    net.backward(criterion.backward(probs, labels))
`);

  it('gives the loss of the layers its own probabilities, whatever the file hands to a backward pass', async () => agrees(handing));

  it('finds what is wrong in such a loss', async () => {
    const result = await check(handing.replace('-= 1', '-= 2'));
    assert.equal(result.verdict, 'wrong', say(result));
    assert.equal(result.findings[0]?.function, 'backward');
  });

  it('takes the network that is made of a list of hidden widths, and no layer of it with what it has kept empty so far', async () => {
    const source = script(`
class Stack:
    def __init__(self, inputs, hidden):
        self.weight, self.bias, self.kept, self.length = [], [], [0] * len(hidden), len(hidden)
        self.weight_grad, self.bias_grad, self.out_grad = [0] * len(hidden), [0] * len(hidden), [0] * len(hidden)
        for width in hidden:
            self.weight.append(np.random.randn(inputs, width))
            self.bias.append(np.zeros(width))
            inputs = width
    def forward(self, data):
        self.data = data
        for i in range(self.length):
            data = self.kept[i] = np.tanh(data @ self.weight[i] + self.bias[i])
        return data
    def backprop(self, data, out_grad):
        grad = out_grad
        for i in range(self.length - 1, -1, -1):
            grad = grad * (1 - self.kept[i] ** 2)
            self.weight_grad[i] = (self.kept[i - 1] if i else data).T @ grad
            self.bias_grad[i] = grad.sum(axis=0)
            self.out_grad[i] = grad = grad @ self.weight[i].T
    def get_input_gradient(self):
        return self.out_grad[0]

class Mse:
    def loss_value(self, data, target):
        self.data, self.target = data, target
        return 0.5 * np.sum((data - target) ** 2) / len(data)
    def gradient(self):
        return (self.data - self.target) / len(self.data)

class Net:
    def __init__(self, input_dim, output_dim, hidden):
        self.parts = [Stack(input_dim, hidden), Stack(hidden[-1], [output_dim])]
    def forward(self, data):
        for part in self.parts:
            data = part.forward(data)
        return data
    def backprop(self, grad_of_loss):
        grad = grad_of_loss
        for i in range(len(self.parts) - 1, -1, -1):
            self.parts[i].backprop(self.parts[i].data, grad)
            grad = self.parts[i].get_input_gradient()
`);
    await agrees(source);
    const wrong = await check(source.replace('self.kept[i] ** 2)', 'self.kept[i])'));
    assert.equal(wrong.verdict, 'wrong', say(wrong));
    assert.equal(wrong.findings[0]?.function, 'backprop');
  });
});
