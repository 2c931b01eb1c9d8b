// Layers and losses that the network which is checked does not use: each is checked by itself, and told with its own line.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say, type Changes } from './support';
import { classes, pairs, stepping } from './parts';

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
  [
    'layers that make their own step',
    stepping,
    [
      { what: 'a bias without the mask of its ReLU', change: ['np.sum(ds * self.on, axis=0', 'np.sum(ds, axis=0'], function: 'backprop', at: 'db = np.sum(ds, axis=0' },
      { what: 'weights without the mask of their ReLU', change: ['np.dot(self.x.T, ds * self.on)', 'np.dot(self.x.T, ds)'], function: 'backprop' },
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

  it('takes what the softmax in a loss keeps for the prediction that its derivative is given', async () => {
    const held = classes.replace(
      /class SoftmaxCrossEntropy:[\s\S]*?(?=    def backward)/,
      'class Softmax:\n    def forward(self, inputs):\n        exps = np.exp(inputs - np.max(inputs, axis=1, keepdims=True))\n        self.output = exps / np.sum(exps, axis=1, keepdims=True)\n\n\nclass SoftmaxCrossEntropy:\n    def __init__(self):\n        self.activation = Softmax()\n\n    def forward(self, inputs, y_true):\n        self.activation.forward(inputs)\n        return np.mean(-np.log(self.activation.output[range(len(inputs)), y_true]))\n\n',
    ).replace(/class MeanSquaredError[\s\S]*?(?=class SGD)/, '');
    assert.notEqual(held, classes);
    const right = await check(held);
    assert.equal(right.verdict, 'correct', say(right));
    const wrong = await check(held.replace('y_true] -= 1', 'y_true] -= 2'));
    assert.equal(wrong.verdict, 'wrong', say(wrong));
  });
});
