// A network whose base class is in another file: the base keeps what it is handed, makes the dictionaries that are filled, and has the activations and the cost.

import assert from 'node:assert/strict';
import { bindsEach, pythonChecks, say, type Shape } from './support';

const net = (shortcut: string): string => `import numpy as np
from ._course_base import _CourseBase


class TwoLayers(_CourseBase):
    def __init__(self, input_size=784, num_classes=10, hidden_size=32):
        super().__init__(input_size, num_classes)
        self.hidden_size = hidden_size
        self.fill()

    def fill(self):
        self.weights["W1"] = 0.1 * np.random.randn(self.input_size, self.hidden_size)
        self.weights["b1"] = np.zeros(self.hidden_size)
        self.weights["W2"] = 0.1 * np.random.randn(self.hidden_size, self.num_classes)
        self.weights["b2"] = np.zeros(self.num_classes)

    def forward(self, X, y, mode="train"):
        Z1 = X @ self.weights["W1"] + self.weights["b1"]
        A1 = self.${shortcut}(Z1)
        Z2 = A1 @ self.weights["W2"] + self.weights["b2"]
        P = self.softmax(Z2)
        loss, accuracy = self.cross_entropy_loss(P, y), self.compute_accuracy(P, y)
        if mode != "train":
            return loss, accuracy
        dZ2 = P.copy()
        dZ2[np.arange(len(y)), y] -= 1
        dZ2 /= len(y)
        self.gradients["W2"] = A1.T @ dZ2
        self.gradients["b2"] = dZ2.sum(axis=0)
        dZ1 = dZ2 @ self.weights["W2"].T * self.sigmoid_dev(Z1)
        self.gradients["W1"] = X.T @ dZ1
        self.gradients["b1"] = dZ1.sum(axis=0)
        return loss, accuracy
`;

const shapes: readonly Shape[] = [
  { what: 'a network that asks its absent base for its dictionaries, activations and cost', source: net('sigmoid'), mistake: ['dZ2[np.arange(len(y)), y] -= 1', 'dZ2[np.arange(len(y)), y] += 1'], unchecked: 'cross_entropy_loss' },
];

describe('python: a base class that is not here', function () {
  this.timeout(60_000);
  const check = pythonChecks();
  bindsEach(shapes, check);

  it('gives no activation of a name that says none', async () => {
    const result = await check(net('bend'));
    assert.equal(result.verdict, 'not bound', say(result));
  });
});
