// Networks whose parts lie in several classes and modules, so that each is plain and none is whole.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bindsEach, lineOf, pythonChecks, say, type Shape } from './support';

/** One part a module; a notebook puts them together. */
const parts: Record<string, string> = {
  'initialize_parameters.py': `import numpy as np

def initialize_parameters_he(layer_dims):
    return {name + str(l): np.random.randn(layer_dims[l], layer_dims[l - 1] if name == "W" else 1) for l in range(1, len(layer_dims)) for name in "Wb"}
`,
  'forward_propagation.py': `import numpy as np

def forward(X, parameters):
    A, caches, L = X, [], len(parameters) // 2
    for l in range(1, L + 1):
        Z = np.dot(parameters["W" + str(l)], A) + parameters["b" + str(l)]
        caches.append((A, parameters["W" + str(l)], Z))
        A = 1 / (1 + np.exp(-Z)) if l == L else np.maximum(0, Z)
    return A, caches
`,
  'loss.py': `import numpy as np

def binary_cross_entropy_loss(AL, Y):
    return -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / Y.shape[1]
`,
  'backward_propagation.py': `import numpy as np

def relu_backward(dA, Z):
    dZ = dA * (Z > 0)
    return dZ

def backward(AL, Y, caches):
    grads, m = {}, Y.shape[1]
    dZ = AL - Y
    for l in reversed(range(len(caches))):
        A_prev, W, Z = caches[l]
        grads["dW" + str(l + 1)] = np.dot(dZ, A_prev.T) / m
        grads["db" + str(l + 1)] = np.sum(dZ, axis=1, keepdims=True) / m
        if l > 0:
            dZ = relu_backward(np.dot(W.T, dZ), caches[l - 1][2])
    return grads
`,
};

const bends = `import numpy as np

class Squash:
    def apply(self, Z):
        return 1 / (1 + np.exp(-Z)), Z

    def apply_backward(self, dA, cache):
        s = 1 / (1 + np.exp(-cache))
        return dA * s * (1 - s)

class Bends:
    def __init__(self):
        self.squash = Squash()
`;

const start = `import numpy as np

class Start(object):
    def __init__(self, dims):
        pass

    def initialize(self, dims):
        out = {}
        for l in range(1, len(dims)):
            out["W" + str(l)] = np.random.randn(dims[l], dims[l - 1])
            out["b" + str(l)] = np.zeros((dims[l], 1))
        return out

    def compute_cost(self, AL, Y):
        return float(-np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / Y.shape[1])
`;

const upwards = `class Upwards(object):
    def __init__(self):
        self.bends = Bends()

    def L_model_forward(self, X, parameters):
        caches, A = [], X
        for l in range(1, len(parameters) // 2 + 1):
            linear = (A, parameters["W" + str(l)], parameters["b" + str(l)])
            A, kept = self.bends.squash.apply(parameters["W" + str(l)] @ A + parameters["b" + str(l)])
            caches.append((linear, kept))
        return A, caches
`;

const downwards = `class Downwards(object):
    def __init__(self):
        self.bends = Bends()

    def layer_backward(self, dA, cache):
        (A_prev, W, b), Z = cache
        dZ = self.bends.squash.apply_backward(dA, Z)
        m = A_prev.shape[1]
        return W.T @ dZ, dZ @ A_prev.T / m, np.sum(dZ, axis=1, keepdims=True) / m

    def L_model_backward(self, AL, Y, caches):
        grads = {}
        dA = -(Y / AL - (1 - Y) / (1 - AL))
        for l in reversed(range(len(caches))):
            dA, grads["dW" + str(l + 1)], grads["db" + str(l + 1)] = self.layer_backward(dA, caches[l])
        return grads
`;

/** A package with a class in each module, and the one that has them all. */
const modules: Record<string, string> = {
  'deep/__init__.py': '',
  'deep/bends.py': bends,
  'deep/start.py': start,
  'deep/upwards.py': `import numpy as np\nfrom deep.bends import Bends\n\n${upwards}`,
  'deep/downwards.py': `import numpy as np\nfrom deep.bends import Bends\n\n${downwards}`,
  'deep/model.py': `from deep.start import Start
from deep.upwards import Upwards
from deep.downwards import Downwards

class Model:
    def __init__(self, dims, rate=0.1):
        self.dims, self.rate = dims, rate
        self.start, self.up, self.down = Start(dims), Upwards(), Downwards()

    def train(self, X, Y):
        parameters = self.start.initialize(self.dims)
        for i in range(100):
            AL, caches = self.up.L_model_forward(X, parameters)
            cost = self.start.compute_cost(AL, Y)
            grads = self.down.L_model_backward(AL, Y, caches)
            for key in parameters:
                parameters[key] = parameters[key] - self.rate * grads["d" + key]
`,
};

const shapes: readonly Shape[] = [
  { what: 'classes of methods that keep nothing, each with one part of the network', source: [bends, start, upwards, downwards].join('\n'), mistake: ['W.T @ dZ,', 'W.T @ dA,'] },
];

describe('networks whose parts lie in several places', function () {
  this.timeout(30_000);
  const check = pythonChecks();
  bindsEach(shapes, check);

  it('a module is found whose name differs in case alone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gradient-case-'));
    try {
      writeFileSync(join(folder, 'Start.py'), start);
      const file = join(folder, 'rest.py');
      writeFileSync(file, `from start import Start\n\n${[bends, upwards, downwards].join('\n')}`);
      const right = await check('', '.py', { file });
      assert.equal(right.verdict, 'correct', say(right));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('a file imports a module of its package, which has the name of the file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gradient-named-'));
    try {
      mkdirSync(join(folder, 'network'));
      writeFileSync(join(folder, 'network/start.py'), start);
      const file = join(folder, 'network/network.py');
      writeFileSync(file, `import network.start as st\n\n${[bends, upwards, downwards].join('\n')}\ndef train(X, Y, dims):\n    parameters = st.Start(dims).initialize(dims)\n`);
      const right = await check('', '.py', { file });
      assert.equal(right.verdict, 'correct', say(right));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('a class with the backward pass alone is completed by those that the package uses with it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gradient-apart-'));
    try {
      const file = join(folder, 'deep/downwards.py');
      for (const [name, text] of Object.entries(modules)) {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), text);
      }
      const right = await check('', '.py', { file });
      assert.equal(right.verdict, 'correct', say(right));
      const broken = modules['deep/downwards.py']!.replace('W.T @ dZ,', 'W.T @ dA,');
      writeFileSync(file, broken);
      const wrong = await check('', '.py', { file });
      assert.equal(wrong.verdict, 'wrong', say(wrong));
      assert.equal(wrong.findings[0]?.function, 'layer_backward');
      assert.equal(wrong.findings[0]?.line, lineOf(broken, 'return W.T @ dA'));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('a backward pass that no module uses is completed by those that are named as the other parts', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gradient-parts-'));
    try {
      const file = join(folder, 'backward_propagation.py');
      for (const [name, text] of Object.entries(parts)) writeFileSync(join(folder, name), text);
      const right = await check('', '.py', { file });
      assert.equal(right.verdict, 'correct', say(right));
      const broken = parts['backward_propagation.py']!.replace('dA * (Z > 0)', 'dA * Z');
      writeFileSync(file, broken);
      const wrong = await check('', '.py', { file });
      assert.equal(wrong.verdict, 'wrong', say(wrong));
      assert.equal(wrong.findings[0]?.line, lineOf(broken, 'dZ = dA * Z'));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
