// Modules of a package: which one a name means, what stops whoever imports them, and what their activations give back.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { lineOf, pythonChecks, say } from './support';

const activations = (returned: string): string => `import numpy as np


def sigmoid(Z):
    A = 1 / (1 + np.exp(-Z))
    return ${returned}
`;

const passes = `

def initialize(dims):
    return {k + str(l): np.random.randn(dims[l], dims[l - 1] if k == "W" else 1) for l in range(1, len(dims)) for k in "Wb"}


def forward_propagation(X, parameters):
    cache = {"A0": X}
    for l in range(1, len(parameters) // 2 + 1):
        Z = np.dot(parameters["W" + str(l)], cache["A" + str(l - 1)]) + parameters["b" + str(l)]
        cache["A" + str(l)] = sigmoid(Z)
    return cache["A" + str(l)], cache


def compute_cost(AL, Y):
    return -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / Y.shape[1]


def backward_propagation(AL, Y, parameters, cache):
    grads, m, dZ = {}, Y.shape[1], AL - Y
    for l in range(len(parameters) // 2, 0, -1):
        A_prev = cache["A" + str(l - 1)]
        grads["dW" + str(l)] = np.dot(dZ, A_prev.T) / m
        grads["db" + str(l)] = np.sum(dZ, axis=1, keepdims=True) / m
        dZ = np.dot(parameters["W" + str(l)].T, dZ) * A_prev * (1 - A_prev)
    return grads
`;

describe('python: modules of a package', function () {
  this.timeout(60_000);
  const check = pythonChecks();

  /** Checks the first of some files that stand beside each other. */
  async function checked(files: Record<string, string>): Promise<Awaited<ReturnType<typeof check>>> {
    const folder = mkdtempSync(join(tmpdir(), 'gradient-package-'));
    try {
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), text);
      }
      return await check('', '.py', { file: join(folder, Object.keys(files)[0]!) });
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  it('a package is meant, and not its module of the same name', async () => {
    const right = await checked({
      'network/functions/passes.py': `import numpy as np\nfrom network.functions.activations import sigmoid\n${passes}`,
      'network/functions/activations.py': activations('A'),
      'network/functions/__init__.py': '',
      'network/__init__.py': '',
      'network/network.py': 'from network.functions.passes import forward_propagation\n',
    });
    assert.equal(right.verdict, 'correct', say(right));
  });

  it('one that Python cannot read stops whoever imports it', async () => {
    const files = (indent: string): Record<string, string> => ({ 'main.py': 'import losses\nfrom data import batches\n\nfor X, Y in batches():\n    print(losses.mse(X, Y))\n', 'losses.py': `def mse(a, y):\n    """Mean of squares."""\n${indent}return ((a - y) ** 2).mean()\n` });
    const stopped = await checked(files('\t'));
    assert.equal(stopped.verdict, 'cannot run', say(stopped));
    assert.match(stopped.summary, /TabError/);
    assert.ok(stopped.findings[0]?.file.endsWith('losses.py'), say(stopped));
    assert.equal(stopped.findings[0]?.line, 3);
    const runs = await checked(files('    '));
    assert.equal(runs.verdict, 'not bound', say(runs));
  });

  it('one that has not the name that is imported from it stops whoever imports it; one that has it under two names does not', async () => {
    const files = (module: string): Record<string, string> => ({ 'net.py': `import numpy as np\nfrom activations import sigmoid\n${passes}`, 'activations.py': module });
    const stopped = await checked(files(activations('A').replace('def sigmoid', 'def logistic')));
    assert.deepEqual([stopped.verdict, stopped.findings[0]?.line], ['cannot run', 2], say(stopped));
    assert.match(stopped.summary, /cannot import name 'sigmoid' from 'activations'/);
    const made = await checked(files(`${activations('A').replace('def sigmoid', 'def logistic')}\nsigmoid = logistic\n`));
    assert.equal(made.verdict, 'correct', say(made));
  });

  it('a pair that an activation gives back stops the pass that takes it for an array, also of another module', async () => {
    const files = (returned: string): Record<string, string> => ({ 'train.py': 'from passes import *\n\nparameters = initialize([4, 3, 1])\n', 'passes.py': `from activations import *\n${passes}`, 'activations.py': activations(returned) });
    const stopped = await checked(files('A, Z'));
    assert.equal(stopped.verdict, 'cannot run', say(stopped));
    assert.deepEqual([stopped.findings[0]?.function, stopped.findings[0]?.line], ['forward_propagation', lineOf(files('A')['passes.py']!, '        Z = np.dot')]);
    const right = await checked(files('A'));
    assert.equal(right.verdict, 'correct', say(right));
  });

  it('looks at the step of another module, where the file calls it', async () => {
    const step = (given: string): Promise<Awaited<ReturnType<typeof check>>> =>
      checked({
        'train.py': `from steps import update_parameters
${activations('A')}${passes}

def train(X, Y, dims):
    parameters = initialize(dims)
    AL, cache = forward_propagation(X, parameters)
    return update_parameters(parameters, backward_propagation(AL, Y, parameters, cache), 0.1)
`,
        'steps.py': `def update_parameters(parameters, grads, learning_rate):
    for l in range(1, len(parameters) // 2 + 1):
        parameters["W" + str(l)] -= learning_rate * grads["dW" + str(l)]
        parameters["b" + str(l)] -= learning_rate * grads["db" + str(l)]${given}
    return parameters
`,
      });
    const right = await step('');
    assert.equal(right.verdict, 'correct', say(right));
    const first = await step('[0]');
    assert.equal(first.verdict, 'wrong', say(first));
    assert.equal(first.findings[0]!.function, 'update_parameters', say(first));
    assert.equal(first.findings[0]!.line, 4, say(first));
  });
});
