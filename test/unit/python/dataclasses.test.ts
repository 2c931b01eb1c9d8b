// Layers that are dataclasses, are told once more what went in and what came out, and give the gradients of their parameters back as a list.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const source = `from dataclasses import dataclass, field
from typing import List, Tuple

import numpy as np


@dataclass
class Model:
    layers: List[object]
    outputs: List[np.ndarray] = field(default_factory=list)

    def forward(self, inputs: np.ndarray) -> np.ndarray:
        self.outputs = [inputs]
        for layer in self.layers:
            self.outputs.append(layer.forward(self.outputs[-1]))
        return self.outputs[-1]

    def backward(self, delta: np.ndarray):
        tape = []
        for i in reversed(range(len(self.layers))):
            grads, delta = self.layers[i].backward(self.outputs[i], self.outputs[i + 1], delta)
            tape.insert(0, grads)
        return tape, delta


@dataclass
class ELULayer:
    alpha: float = 0.5

    def forward(self, inputs: np.ndarray) -> np.ndarray:
        return np.where(inputs > 0.0, inputs, self.alpha * (np.exp(inputs) - 1.0))

    def backward(self, orig_inputs: np.ndarray, orig_outputs: np.ndarray, delta: np.ndarray) -> Tuple[List[np.ndarray], np.ndarray]:
        return [], np.where(orig_inputs > 0.0, delta, self.alpha * np.exp(orig_inputs) * delta)


class SigmoidLayer:
    def forward(self, inputs: np.ndarray) -> np.ndarray:
        return 1.0 / (1.0 + np.exp(inputs * -1.0))

    def backward(self, orig_inputs: np.ndarray, orig_outputs: np.ndarray, delta: np.ndarray) -> Tuple[List[np.ndarray], np.ndarray]:
        return [], orig_outputs * (1.0 - orig_outputs) * delta


@dataclass
class DenseLayer:
    output_dims: int
    weights: np.ndarray = field(init=False)
    biases: np.ndarray = field(init=False)

    def compile(self, input_dims: int):
        self.weights = np.random.normal(0.0, 0.1, (input_dims, self.output_dims))
        self.biases = np.zeros((1, self.output_dims))

    def forward(self, inputs: np.ndarray) -> np.ndarray:
        return np.matmul(inputs, self.weights) + self.biases

    def backward(self, orig_inputs: np.ndarray, orig_outputs: np.ndarray, delta: np.ndarray) -> Tuple[List[np.ndarray], np.ndarray]:
        weight_grads = np.matmul(np.transpose(orig_inputs), delta)
        bias_grads = np.sum(delta, axis=0)
        return [weight_grads, bias_grads], np.matmul(delta, np.transpose(self.weights))


class MSELoss:
    def loss(self, y_pred: np.ndarray, y_true: np.ndarray) -> float:
        return np.mean(np.sum(np.power(y_pred - y_true, 2), axis=1))

    def loss_delta(self, y_pred: np.ndarray, y_true: np.ndarray) -> np.ndarray:
        return 2 * (y_pred - y_true) / y_pred.shape[0]
`;

describe('python: layers that are dataclasses', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('are put together, and right', async () => {
    const result = await check(source);
    assert.equal(result.verdict, 'correct', say(result));
  });

  it('may name themselves in annotations that are not evaluated', async () => {
    const later = `from __future__ import annotations\n${source}`.replace('    def compile(self, input_dims: int):', '    def above(self, other: DenseLayer) -> DenseLayer:\n        return other\n\n    def compile(self, input_dims: int):');
    assert.match(later, /-> DenseLayer/);
    const result = await check(later);
    assert.equal(result.verdict, 'correct', say(result));
  });

  it('are wrong where one is', async () => {
    for (const [from, to] of [['orig_outputs * (1.0 - orig_outputs) * delta', 'orig_inputs * (1.0 - orig_inputs) * delta'], ['np.matmul(np.transpose(orig_inputs), delta)', 'np.matmul(np.abs(np.transpose(orig_inputs)), delta)']] as const) {
      const wrong = source.replace(from, to);
      const result = await check(wrong);
      assert.equal(result.verdict, 'wrong', say(result));
      assert.equal(result.findings[0]?.line, lineOf(wrong, to));
    }
  });
});
