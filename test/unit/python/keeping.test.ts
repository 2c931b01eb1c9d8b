// Layers that keep nothing: what the backward pass needs is given back by the forward pass, and the gradients come under the keys of the parameters. Their base is another file's.

import assert from 'node:assert/strict';
import { bindsEach, lineOf, pythonChecks, say, type Shape } from './support';

const layers = `import numpy as np
from course_framework.layer import Layer


class Affine(Layer):
    def __init__(self, n_in, n_out):
        self.params = {"w": np.random.randn(n_out, n_in), "b": np.zeros(n_out)}
        super().__init__()

    def forward(self, x):
        y = x @ self.params["w"].T + self.params["b"]
        return y, x

    def backward(self, output_grad, cache):
        grads = {"w": output_grad.T @ cache, "b": np.sum(output_grad, axis=0)}
        return output_grad @ self.params["w"], grads


class Sigmoid(Layer):
    def forward(self, x):
        y = 1 / (1 + np.exp(-x))
        return y, y

    def backward(self, output_grad, cache):
        return output_grad * cache * (1 - cache), None
`;

const normalized = (below: string): string => `${layers}

class BatchNorm(Layer):
    def __init__(self, size):
        self.params = {"gamma": np.ones(size), "beta": np.zeros(size)}
        self.mean, self.variance = np.zeros(size), np.zeros(size)

    def forward(self, x):
        mean, variance = (np.mean(x, 0), np.var(x, 0)) if self.is_training() else (self.mean, self.variance)
        hat = (x - mean) / np.sqrt(variance + 1e-9)
        return self.params["gamma"] * hat + self.params["beta"], (hat, variance)

    def backward(self, output_grad, cache):
        hat, variance = cache
        d = output_grad * self.params["gamma"]
        return ${below}, {"gamma": np.sum(output_grad * hat, 0), "beta": np.sum(output_grad, 0)}
`;
const right = '(d - np.mean(d, 0) - hat * np.mean(d * hat, 0)) / np.sqrt(variance + 1e-9)';

const shapes: readonly Shape[] = [
  { what: 'layers whose forward pass gives back what the backward pass is given', source: layers, mistake: ['cache * (1 - cache)', 'cache * (1 + cache)'] },
  { what: 'their gradients, which come in a dictionary', source: layers, mistake: ['output_grad.T @ cache', 'output_grad.T @ (cache * cache)'] },
];

describe('python: layers that keep nothing', function () {
  this.timeout(60_000);
  const check = pythonChecks();
  bindsEach(shapes, check);

  it('are looked at one by one, also what asks its absent base whether it trains', async () => {
    const fine = await check(normalized(right));
    assert.equal(fine.verdict, 'correct', say(fine));
    const source = normalized('np.zeros_like(d)');
    const result = await check(source);
    assert.deepEqual([result.verdict, result.findings[0]?.line], ['wrong', lineOf(source, 'hat, variance = cache') - 1], say(result));
  });
});
