// Files in which a part stands elsewhere or is hidden: modules that use the file, private methods, bare objects, gradients that
// the forward pass keeps. Each correct source must be recognised as such, and the same with one mistake as wrong.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lineOf, pythonChecks, say } from './support';

interface Shape {
  readonly what: string;
  readonly source: string;
  /** Must occur once. */
  readonly mistake: readonly [from: string, to: string];
}

const shapes: readonly Shape[] = [
  {
    what: 'objects without data at the top level, and one width under the name of a list',
    source: `import numpy as np

class Rectify:
    def forward(self, z):
        return np.maximum(z, 0)

    def backward(self, z):
        return np.where(z > 0, 1, 0)

bend = Rectify()

class Net:
    def __init__(self, input_size, layer_size, output_size):
        self.w1 = np.random.randn(input_size, layer_size)
        self.b1 = np.zeros((1, layer_size))
        self.w2 = np.random.randn(layer_size, output_size)
        self.b2 = np.zeros((1, output_size))

    def forward(self, X):
        self.z1 = X @ self.w1 + self.b1
        self.a1 = bend.forward(self.z1)
        e = np.exp(self.a1 @ self.w2 + self.b2)
        self.a2 = e / e.sum(axis=1, keepdims=True)
        return self.a2

    def loss(self, y_pred, y):
        return -np.mean(np.log(np.sum(y_pred * y, axis=1)))

    def backward(self, X, y):
        d = (self.a2 - y) / len(X)
        self.dw2 = self.a1.T @ d
        self.db2 = d.sum(axis=0, keepdims=True)
        d1 = d @ self.w2.T * bend.backward(self.z1)
        self.dw1 = X.T @ d1
        self.db1 = d1.sum(axis=0, keepdims=True)
`,
    mistake: ['* bend.backward(self.z1)', '* bend.backward(self.a1 - 1)'],
  },
  {
    what: 'private methods, and samples that the constructor is given and has no default for',
    source: `import numpy as np

class Deep:
    def __init__(self, X_orig=None, Y_orig=None, dims=None):
        self._X = self.__flatten(X_orig)
        self._Y = Y_orig
        self._dims = dims
        self._parameters = self.__start()

    def __flatten(self, raw):
        return raw.reshape(raw.shape[0], -1).T

    def __start(self):
        out = {}
        for l in range(1, len(self._dims)):
            out["W" + str(l)] = np.random.randn(self._dims[l], self._dims[l - 1]) * 0.1
            out["b" + str(l)] = np.zeros((self._dims[l], 1))
        return out

    def __linear_forward(self, A, l):
        return 1 / (1 + np.exp(-(self._parameters["W" + str(l)] @ A + self._parameters["b" + str(l)])))

    def model_forward(self):
        caches = [self._X]
        for l in range(1, len(self._parameters) // 2 + 1):
            caches.append(self.__linear_forward(caches[-1], l))
        return caches[-1], caches

    def compute_cost(self, AL):
        return -np.sum(self._Y * np.log(AL) + (1 - self._Y) * np.log(1 - AL)) / self._Y.shape[1]

    def model_backward(self, AL, caches):
        grads, dZ = {}, (AL - self._Y) / self._Y.shape[1]
        for l in reversed(range(1, len(caches))):
            grads["dW" + str(l)] = dZ @ caches[l - 1].T
            grads["db" + str(l)] = np.sum(dZ, axis=1, keepdims=True)
            dZ = self._parameters["W" + str(l)].T @ dZ * caches[l - 1] * (1 - caches[l - 1])
        return grads
`,
    mistake: ['* (1 - caches[l - 1])', ''],
  },
  {
    what: 'a forward pass that gives the loss and keeps the gradients, with numbers of classes',
    source: `import numpy as np

class Twice:
    def __init__(self, input_size=784, num_classes=10, hidden_size=128):
        self.weights, self.gradients = {}, {}
        self.weights["W1"] = 0.001 * np.random.randn(input_size, hidden_size)
        self.weights["b1"] = np.zeros(hidden_size)
        self.weights["W2"] = 0.001 * np.random.randn(hidden_size, num_classes)
        self.weights["b2"] = np.zeros(num_classes)

    def forward(self, X, y):
        A1 = np.tanh(X @ self.weights["W1"] + self.weights["b1"])
        e = np.exp(A1 @ self.weights["W2"] + self.weights["b2"])
        A2 = e / e.sum(axis=1, keepdims=True)
        loss = -np.sum(np.log(A2[range(len(y)), y])) / len(y)
        accuracy = np.mean(np.argmax(A2, axis=1) == y)
        A2[range(len(y)), y] -= 1
        d = A2 / len(y)
        self.gradients["W2"] = A1.T @ d
        self.gradients["b2"] = np.sum(d, axis=0)
        d1 = d @ self.weights["W2"].T * (1 - A1 ** 2)
        self.gradients["W1"] = X.T @ d1
        self.gradients["b1"] = np.sum(d1, axis=0)
        return loss, accuracy
`,
    mistake: ['* (1 - A1 ** 2)', '* (1 - A1)'],
  },
  {
    what: 'a list of activations whose entries are called',
    source: `import numpy as np

class Help:
    @staticmethod
    def sigmoid(z):
        return 1 / (1 + np.exp(-z))

class Chosen:
    def __init__(self, layers, activ):
        self.layers, self.activ = layers, activ
        self.W = [np.random.randn(a, b) * 0.1 for a, b in zip(layers, layers[1:])]
        self.b = [np.zeros((1, b)) for b in layers[1:]]

    def forward(self, X):
        self.A = [X]
        for l in range(len(self.W)):
            self.A.append(self.activ[l](self.A[l] @ self.W[l] + self.b[l]))
        return self.A[-1]

    def cost(self, A, Y):
        return np.sum((A - Y) ** 2) / (2 * len(Y))

    def backward(self, Y):
        dW, db, d = [None] * len(self.W), [None] * len(self.W), (self.A[-1] - Y) / len(Y)
        for l in reversed(range(len(self.W))):
            d = d * self.A[l + 1] * (1 - self.A[l + 1])
            dW[l], db[l] = self.A[l].T @ d, d.sum(axis=0, keepdims=True)
            d = d @ self.W[l].T
        return dW, db
`,
    mistake: ['* (1 - self.A[l + 1])', ''],
  },
  {
    what: 'one sample at a time at widths that are written down, with a unit for the bias and a momentum',
    source: `import numpy as np

class Perceptron:
    def __init__(self, nhidden, eta, momentum):
        self.nhidden, self.eta, self.momentum = nhidden, eta, momentum
        self.hidden = np.zeros(nhidden + 1)
        self.hidden[-1] = 1
        self.weights1 = np.random.rand(65, nhidden) - .5
        self.delta1 = np.zeros((65, nhidden))
        self.weights2 = np.random.rand(nhidden + 1, 10) - .5
        self.delta2 = np.zeros((nhidden + 1, 10))

    def forwardProp(self, input):
        self.hidden[:self.nhidden] = 1 / (1 + np.exp(-np.dot(input, self.weights1)))
        self.output = 1 / (1 + np.exp(-np.dot(self.hidden, self.weights2)))

    def backProp(self, input, label):
        d = self.output * (1 - self.output) * (label - self.output)
        h = self.hidden[:self.nhidden]
        d1 = h * (1 - h) * np.dot(self.weights2[:self.nhidden], d)
        self.delta2 = self.eta * np.outer(self.hidden, d) + self.momentum * self.delta2
        self.weights2 = self.weights2 + self.delta2
        self.delta1 = self.eta * np.dot(input.reshape(65, 1), d1.reshape(1, -1)) + self.momentum * self.delta1
        self.weights1 = self.weights1 + self.delta1
`,
    mistake: ['d1 = h * (1 - h) *', 'd1 = h * (1 - d[0] - h) *'],
  },
];

const course: Record<string, string> = {
  'start.py': 'import numpy as np\n\ndef initialize_parameters(n_x, n_h, n_y):\n    return {"W1": np.random.randn(n_h, n_x), "b1": np.zeros((n_h, 1)), "W2": np.random.randn(n_y, n_h), "b2": np.zeros((n_y, 1))}\n',
  'upwards.py':
    'import numpy as np\n\ndef forward(X, parameters):\n    A1 = np.tanh(parameters["W1"] @ X + parameters["b1"])\n    A2 = 1 / (1 + np.exp(-(parameters["W2"] @ A1 + parameters["b2"])))\n    return A2, {"A1": A1, "A2": A2}\n\ndef compute_cost(A2, Y):\n    return -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / Y.shape[1]\n',
  'downwards.py':
    'import numpy as np\n\ndef backward(parameters, cache, X, Y):\n    m = X.shape[1]\n    dZ2 = cache["A2"] - Y\n    dZ1 = parameters["W2"].T @ dZ2 * (1 - cache["A1"] ** 2)\n    return {"dW2": dZ2 @ cache["A1"].T / m, "db2": np.sum(dZ2, axis=1, keepdims=True) / m, "dW1": dZ1 @ X.T / m, "db1": np.sum(dZ1, axis=1, keepdims=True) / m}\n',
  'together.py':
    'from start import initialize_parameters\nfrom upwards import forward, compute_cost\nfrom downwards import backward\n\ndef model(X, Y):\n    parameters = initialize_parameters(len(X), 4, 1)\n    for i in range(100):\n        A2, cache = forward(X, parameters)\n        cost = compute_cost(A2, Y)\n        grads = backward(parameters, cache, X, Y)\n        for key in parameters:\n            parameters[key] = parameters[key] - 0.1 * grads["d" + key]\n',
};

describe('parts of a network that stand elsewhere', function () {
  this.timeout(30_000);
  const check = pythonChecks();
  for (const { what, source, mistake } of shapes) {
    it(`${what}: right, and wrong with one mistake`, async () => {
      const right = await check(source);
      assert.equal(right.verdict, 'correct', say(right));
      assert.equal(source.split(mistake[0]).length, 2, `"${mistake[0]}" must occur once`);
      const wrong = await check(source.replace(mistake[0], () => mistake[1]));
      assert.equal(wrong.verdict, 'wrong', say(wrong));
      assert.ok(wrong.findings.length > 0, say(wrong));
    });
  }

  it('a file with the backward pass alone is completed by the modules that use it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gradient-beside-'));
    try {
      const file = join(folder, 'downwards.py');
      for (const [name, text] of Object.entries(course)) writeFileSync(join(folder, name), text);
      const right = await check('', '.py', { file });
      assert.equal(right.verdict, 'correct', say(right));
      const broken = course['downwards.py']!.replace('(1 - cache["A1"] ** 2)', '(1 - cache["A1"])');
      writeFileSync(file, broken);
      const wrong = await check('', '.py', { file });
      assert.equal(wrong.verdict, 'wrong', say(wrong));
      assert.equal(wrong.findings[0]?.function, 'backward');
      assert.equal(wrong.findings[0]?.line, lineOf(broken, 'dZ1 ='));
      rmSync(join(folder, 'together.py'));
      assert.notEqual((await check('', '.py', { file })).verdict, 'correct', 'nothing leads to the other parts then');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('tabs mixed with spaces cannot run where nothing else is known', async () => {
    const result = await check('import numpy as np\n\ndef affine_backward(dout, cache):\n\tx, w, b = cache\n    dx = dout @ w.T\n    return dx\n');
    assert.equal(result.verdict, 'cannot run', say(result));
    assert.match(result.findings[0]?.message ?? '', /IndentationError|TabError/);
    assert.equal(result.findings[0]?.line, 5);
  });

  const updates = (start: string): string =>
    `def update(p, y, o, a, x):\n    p["W2"][0][0] = p["W2"][0][0] + 0.1 * (y - o) * a[0]\n    p["W2"][1][0] = p["W2"][1][0] + 0.1 * (y - o) * a[1]\n    p["b2"][0][0] = ${start} + 0.1 * (y - o)\n`;

  it('a step that is added to another parameter is told by reading', async () => {
    const wrong = await check(updates('p["W2"][1][0]'));
    assert.equal(wrong.verdict, 'wrong', say(wrong));
    assert.deepEqual([wrong.findings[0]?.function, wrong.findings[0]?.line], ['update', 4]);
    assert.notEqual((await check(updates('p["b2"][0][0]'))).verdict, 'wrong');
  });

  const kept = (given: string): string =>
    `import numpy as np\n\ndef sigmoid(x):\n    return 1 / (1 + np.exp(-x))\n\ndef sigmoid_deriv(x):\n    return sigmoid(x) * (1 - sigmoid(x))\n\nclass Net:\n    def __init__(self, secret):\n        self.act, self.secret = None, secret.q\n        self.slope = sigmoid_deriv\n\n    def backward(self, secret):\n        z1 = np.dot(secret.w, secret.x)\n        a1 = sigmoid(z1)\n        return secret.up * self.slope(${given})\n`;

  it('a derivative that an attribute stands for takes Z, too', async () => {
    const wrong = await check(kept('a1'));
    assert.equal(wrong.verdict, 'wrong', say(wrong));
    assert.equal(wrong.findings[0]?.rule, 'activation-derivative');
    assert.notEqual((await check(kept('z1'))).verdict, 'wrong');
  });
});
