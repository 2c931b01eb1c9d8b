// Right code that the check itself may spoil: by the order of what is returned, by widths that are written down, by what the file calls first or refuses.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPython } from '../../../src/python/check';
import { bindsEach, interpreter, lineOf, pythonChecks, say, type Shape } from './support';
import { backwards, beside, checked, emptied, rate, unrolled } from './trusted';

const shapes: readonly Shape[] = [
  { what: 'gradients that are given back from the last to the first, with the loss', source: backwards, mistake: ['dW2 = dZ2 @ A1.T / m', 'dW2 = dZ2 @ A2.T / m'] },
  { what: 'a vector of all parameters whose features and classes are written down', source: unrolled, mistake: ['(lower @ x.T / m)', '(lower @ x.T)'] },
  { what: 'a constructor that refuses all but one number of nodes', source: checked, mistake: ['* A1 * (1 - A1)', '* (1 - A1)'] },
  { what: 'gradients that zero_grad makes, in a file whose last call after the training does not fit', source: emptied, mistake: ['dl = self.forward(x) - y', 'dl = self.forward(x) * y'] },
  { what: 'a step that reads the global rate beside the one that is kept', source: rate, verdict: 'convention', mistake: ['dW = X.T.dot(beta)', 'dW = X.T.dot(beta ** 2)'] },
  { what: 'a forward pass that gives back its cost beside the prediction', source: beside, verdict: 'convention', mistake: ['* (1 - self.h ** 2)', '* (1 - self.h)'] },
];

describe('right code that the check itself may spoil', function () {
  this.timeout(60_000);
  const check = pythonChecks();
  bindsEach(shapes, check);

  it('is not said to be unable to run where it refuses what it is given', async () => {
    const result = await check(checked.replace('def __init__(self, nx, nodes):', 'def __init__(self, nx, nodes, quirk):\n        if quirk != "odd" + str(nx):\n            raise ValueError("no such quirk")'));
    assert.equal(result.verdict, 'not bound', say(result));
  });

  it('is not said to be unable to run for an attribute that waits for another method', async () => {
    const waiting = emptied.replace('def zero_grad(self):', 'def zero_grad(self, sizes):').replaceAll('zip(self.sizes[:-1], self.sizes[1:])]\n        self.dbs', 'zip(sizes[:-1], sizes[1:])]\n        self.dbs').replace('net.zero_grad()', 'net.zero_grad(ODD)');
    const result = await check(waiting);
    assert.notEqual(result.verdict, 'cannot run', say(result));
  });

  it('has both signs right where the cost never reads its targets, which is said', async () => {
    const deaf = emptied.replace('-np.sum(y * np.log(y_hat) + (1 - y) * np.log(1 - y_hat)) / len(y)', '-np.sum(np.log(y_hat)) / len(y_hat)').replace('self.forward(x) - y', 'self.forward(x) - 1');
    const result = await check(deaf);
    assert.equal(result.verdict, 'correct', say(result));
    assert.ok(result.findings.some((each) => each.severity === 'information' && each.message.includes('never reads them')), say(result));
  });

  it('finds the module of its base class in models/, and says nothing of attributes of a base class that is not here', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gradient-models-'));
    try {
      const file = join(folder, 'regression.py');
      const source = `from base_network import BaseNetwork
import numpy as np

class Regression(BaseNetwork):
    def __init__(self, n_inputs, n_outputs):
        super().__init__(n_inputs, n_outputs)
        self.W = np.random.randn(self.n_inputs, self.n_outputs)

    def forward(self, X):
        return self.softmax(X @ self.W)

    def loss(self, P, Y):
        return -np.mean(np.sum(Y * np.log(P), axis=1))

    def backward(self, X, Y, P):
        self.dW = X.T @ (P - Y) / len(X)
        return self.dW
`;
      writeFileSync(file, source);
      const probe = join(process.cwd(), 'dist/python/probe.py');
      assert.notEqual((await checkPython({ file, probe, interpreter: interpreter! })).result.verdict, 'cannot run');
      mkdirSync(join(folder, 'models'));
      writeFileSync(join(folder, 'models', 'base_network.py'), 'import numpy as np\n\nclass BaseNetwork:\n    def __init__(self, n_inputs, n_outputs):\n        self.n_inputs, self.n_outputs = n_inputs, n_outputs\n\n    def softmax(self, Z):\n        e = np.exp(Z)\n        return e / np.sum(e, axis=1, keepdims=True)\n');
      const { result } = await checkPython({ file, probe, interpreter: interpreter! });
      assert.equal(result.verdict, 'correct', say(result));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('has a cost that stops where a whole shape is taken as one number', async () => {
    const whole = checked.replace('return -np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A))', 'm = Y.shape\n        return -(1 / m) * np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A))');
    const result = await check(whole);
    assert.deepEqual([result.verdict, result.findings[0]?.function, result.findings[0]?.line], ['cannot run', 'cost', lineOf(whole, 'return -(1 / m)')], say(result));
    const counted = await check(whole.replace('m = Y.shape', 'm = Y.shape[1]'));
    assert.equal(counted.verdict, 'correct', say(counted));
  });

  it('is not compared entry by entry where a derivative is the Jacobian of one column', async () => {
    const source = 'import numpy as np\n\ndef relu(x):\n    return np.maximum(0, x)\n\ndef relu_derivative(x):\n    slope = (x > 0) * 1.0\n    return np.diag(slope.T[0])\n\ndef layer_backprop(dA, Z, A_prev):\n    return (relu_derivative(Z) @ dA) @ A_prev.T\n';
    assert.equal((await check(source)).verdict, 'not bound');
    const wrong = source.replace('np.diag(slope.T[0])', 'slope * x');
    const result = await check(wrong);
    assert.deepEqual([result.verdict, result.findings[0]?.line], ['wrong', lineOf(wrong, 'return slope * x')], say(result));
  });
});
