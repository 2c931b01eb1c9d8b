// The prediction among what a person's code returns or keeps, and what is said where no cost fits the gradient.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

/** Takes one sample, gives its prediction as a plain list, and keeps a bias that has the shape of a prediction. */
const listed = `import numpy as np

def squash(x):
    return 1 / (1 + np.exp(-x))

class Brain:
    def __init__(self, inputs, hidden, outputs):
        self.inputs = inputs
        self.weights_ih = np.random.uniform(-1, 1, (hidden, inputs))
        self.weights_ho = np.random.uniform(-1, 1, (outputs, hidden))
        self.bias_h = np.random.uniform(-1, 1, (hidden, 1))
        self.bias_o = np.random.uniform(-1, 1, (outputs, 1))
        self.learning_rate = 0.1

    def predict(self, input_array):
        x = np.array(input_array).reshape((self.inputs, 1))
        hidden = squash(np.dot(self.weights_ih, x) + self.bias_h)
        return squash(np.dot(self.weights_ho, hidden) + self.bias_o).tolist()[0]

    def train(self, input_array, target_array):
        x = np.array(input_array).reshape((self.inputs, 1))
        hidden = squash(np.dot(self.weights_ih, x) + self.bias_h)
        outputs = squash(np.dot(self.weights_ho, hidden) + self.bias_o)
        error = np.array(target_array) - outputs
        slope = error * outputs * (1 - outputs)
        back = np.dot(self.weights_ho.T, slope)
        self.weights_ho = self.weights_ho + self.learning_rate * np.dot(slope, hidden.T)
        self.bias_o = self.bias_o + self.learning_rate * slope
        hidden_slope = back * hidden * (1 - hidden)
        self.weights_ih = self.weights_ih + self.learning_rate * np.dot(hidden_slope, x.T)
        self.bias_h = self.bias_h + self.learning_rate * hidden_slope
`;

describe('the prediction in a Python file', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  it('is found in a list of numbers, and is never a bias', async () => {
    const result = await check(listed);
    assert.equal(result.verdict, 'correct', say(result));
    assert.deepEqual(result.layers.map(({ dW }) => dW?.name), ['weights_ih', 'weights_ho']);
  });

  it('shows an error that goes back without the slope of the output', async () => {
    const source = listed.replace('self.weights_ho.T, slope', 'self.weights_ho.T, error');
    const result = await check(source);
    assert.equal(result.verdict, 'wrong', say(result));
    assert.equal(result.findings[0]?.line, lineOf(source, 'back = '), say(result));
    assert.equal(result.findings[0]?.function, 'train');
  });

  // one number is proportional to any other: only further samples show these
  for (const [what, error] of [
    ['that has the slope of the output twice', '(np.array(target_array) - outputs) * outputs * (1 - outputs)'],
    ['that is of another power', 'np.array(target_array) - outputs ** 5'],
    ['that is summed over the hidden units', 'np.array(target_array) - hidden.sum()'],
  ] as const) {
    it(`shows an error ${what}, at one sample with one output`, async () => {
      const source = listed.replace('error = np.array(target_array) - outputs', `error = ${error}`);
      const result = await check(source);
      assert.equal(result.verdict, 'wrong', say(result));
      assert.equal(result.findings[0]?.line, lineOf(source, 'error = '), say(result));
      assert.ok(result.layers.every(({ verdict }) => verdict === 'wrong'), say(result));
    });
  }

  it('takes the scale of one sample for what it is: twice the cost', async () => {
    const result = await check(listed.replace('error = np.array(target_array) - outputs', 'error = 2 * (np.array(target_array) - outputs)'));
    assert.equal(result.verdict, 'correct', say(result));
    assert.match(result.summary, /2 · ½ Σ/);
  });

  it('has no numbers beside it where no cost fits the gradient', async () => {
    // each step is something else again
    const result = await check(listed.replace(/self\.learning_rate \* (.+)/g, 'self.learning_rate * np.cbrt($1)'));
    assert.equal(result.verdict, 'not bound', say(result));
    assert.match(result.summary, /^No cost was found/);
    assert.deepEqual([result.layers, result.chain, result.findings], [[], [], []]);
  });
});
