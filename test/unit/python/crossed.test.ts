// Steps beside a right backward pass: which parameter's gradient they take, and which way they go, also where no comparison reaches them.

import assert from 'node:assert/strict';
import { changed, lineOf, pythonChecks, say } from './support';

/** An update that takes every gradient out of the dictionary by itself. */
const unpacking = changed('two_layers.py', [['    for key in ("W1", "b1", "W2", "b2"):\n        parameters[key] = parameters[key] - learning_rate * grads["d" + key]\n    return parameters\n', `    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    dW1 = grads["dW1"]
    db1 = grads["db1"]
    dW2 = grads["dW2"]
    db2 = grads["db2"]
    W1 = W1 - learning_rate * dW1
    b1 = b1 - learning_rate * db1
    W2 = W2 - learning_rate * dW2
    b2 = b2 - learning_rate * db2
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
`]]);

/** A second step that the comparison does not come to: an optimizer's, and one of an older training. */
const unreached = `${unpacking}

class RMSprop:
    def update_params(self, layer):
        layer.weight_cache = 0.9 * layer.weight_cache + 0.1 * layer.dW ** 2
        layer.bias_cache = 0.9 * layer.bias_cache + 0.1 * layer.db ** 2
        layer.W += -self.rate * layer.dW / (np.sqrt(layer.weight_cache) + self.epsilon)
        layer.b += -self.rate * layer.db / (np.sqrt(layer.bias_cache) + self.epsilon)
`;

const edit = (source: string, from: string, to: string): string => {
  assert.equal(source.split(from).length, 2, from);
  return source.replace(from, () => to);
};

const loop = changed('deep_layers.py', []);

describe('steps beside a right backward pass', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  for (const [name, source] of Object.entries({ unpacking, unreached })) {
    it(`leaves ${name} correct`, async () => {
      const result = await check(source);
      assert.equal(result.verdict, 'correct', say(result));
    });
  }

  const edits: readonly (readonly [what: string, source: string, in_: string, at: string])[] = [
    ['a gradient that is taken from the key of another', edit(unpacking, 'db2 = grads["db2"]', 'db2 = grads["db1"]'), 'update_parameters', 'db2 = grads'],
    ['a parameter that is moved by the gradient of another', edit(unpacking, 'b2 - learning_rate * db2', 'b2 - learning_rate * db1'), 'update_parameters', 'b2 = b2 -'],
    ['a parameter that starts from another', edit(unpacking, 'W1 = W1 -', 'W1 = W2 -'), 'update_parameters', 'W1 = W2 -'],
    ['a key that is there twice', edit(unpacking, '"db1": db1, "dW2"', '"db2": db1, "dW2"'), 'backward_propagation', '    grads = {"dW1"'],
    ['a bias that is moved by the gradient of the layer below', edit(loop, 'learning_rate * grads["db" + str(l+1)]', 'learning_rate * grads["db" + str(l)]'), 'update_parameters', '        parameters["b" + str(l+1)] ='],
    ['the one branch of an optimizer that goes up', edit(unreached, 'layer.b += -self', 'layer.b -= -self'), 'update_params', '        layer.b -='],
  ];
  for (const [what, source, in_, at] of edits) {
    it(`tells ${what}`, async () => {
      const result = await check(source);
      const first = result.findings.find((each) => each.severity === 'error');
      assert.equal(result.verdict, 'wrong', say(result));
      assert.equal(first?.function, in_, say(result));
      assert.equal(first.line, lineOf(source, at), say(result));
    });
  }
});
