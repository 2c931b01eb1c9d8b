// A backward pass that hands each gradient to an optimizer and gives what comes back the same name: the gradient is what the name stood for before. Its count of steps is called t, beside targets called y.

import { bindsEach, pythonChecks, type Shape } from './support';

const source = `import numpy as np

def relu(x, derivative=False):
    return (x > 0).astype(float) if derivative else np.maximum(0, x)

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def mse_loss(y_true, y_pred, derivative=False):
    if derivative:
        return (y_pred - y_true) / y_true.size
    return np.mean((y_pred - y_true) ** 2) / 2

class NN:
    def __init__(self):
        self.layer_1 = self.made(2, 16)
        self.layer_2 = self.made(16, 8)
        self.layer_3 = self.made(8, 1)
        self.kept = {}

    def made(self, inputs, outputs):
        return {"weights": np.random.normal(0, 1 / inputs, (inputs, outputs)), "biases": np.zeros((1, outputs))}

    def forward(self, X):
        self.z1 = X @ self.layer_1["weights"] + self.layer_1["biases"]
        self.a1 = relu(self.z1)
        self.z2 = self.a1 @ self.layer_2["weights"] + self.layer_2["biases"]
        self.a2 = relu(self.z2)
        self.a3 = sigmoid(self.a2 @ self.layer_3["weights"] + self.layer_3["biases"])
        return self.a3

    def adam(self, layer, dw, db, t, rate, beta1=0.9, beta2=0.999):
        steps = []
        for name, grad in ((layer + "w", dw), (layer + "b", db)):
            m, v = self.kept.get(name, (0, 0))
            m, v = beta1 * m + (1 - beta1) * grad, beta2 * v + (1 - beta2) * grad ** 2
            self.kept[name] = m, v
            steps.append(rate * m / (1 - beta1 ** t) / (np.sqrt(v / (1 - beta2 ** t)) + 1e-8))
        return steps

    def backward(self, X, y, t, rate=0.003):
        dz3 = mse_loss(y, self.a3, derivative=True) * self.a3 * (1 - self.a3)
        dw3 = self.a2.T @ dz3
        db3 = np.sum(dz3, axis=0, keepdims=True)
        dw3, db3 = self.adam("layer_3", dw3, db3, t, rate)
        dz2 = dz3 @ self.layer_3["weights"].T * relu(self.z2, derivative=True)
        dw2 = self.a1.T @ dz2
        db2 = np.sum(dz2, axis=0, keepdims=True)
        dw2, db2 = self.adam("layer_2", dw2, db2, t, rate)
        dz1 = dz2 @ self.layer_2["weights"].T * relu(self.z1, derivative=True)
        dw1 = X.T @ dz1
        db1 = np.sum(dz1, axis=0, keepdims=True)
        dw1, db1 = self.adam("layer_1", dw1, db1, t, rate)
        self.layer_3["weights"] -= dw3
        self.layer_3["biases"] -= db3
        self.layer_2["weights"] -= dw2
        self.layer_2["biases"] -= db2
        self.layer_1["weights"] -= dw1
        self.layer_1["biases"] -= db1
`;

/** What was summed is divided below, before the optimizer takes it. */
const divided = source.replace('(y_pred - y_true) / y_true.size', 'y_pred - y_true').replace(/ {8}dw(\d), db\d = self\.adam/g, (call, layer: string) => `        dw${layer} /= y.size\n        db${layer} = db${layer} / y.size\n${call}`);

const shapes: readonly Shape[] = [
  { what: 'one whose slope is right', source, mistake: ['* self.a3 * (1 - self.a3)', '* (1 - self.a3)'] },
  { what: 'one whose sum is divided further down', source: divided, mistake: ['        dw2 /= y.size\n', ''] },
  { what: 'one whose sum is a convention', source: source.replace('(y_pred - y_true) / y_true.size', 'y_pred - y_true'), verdict: 'convention', mistake: ['relu(self.z2, derivative=True)', 'relu(self.z2)'] },
];

describe('python: gradients that an optimizer takes within the backward pass', function () {
  this.timeout(60_000);
  bindsEach(shapes, pythonChecks());
});
