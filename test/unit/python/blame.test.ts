// Who is at fault: helper or caller, cost or backward pass, the code itself or only our understanding of it.

import assert from 'node:assert/strict';
import { changed, lineOf, pythonChecks, say, type Changes } from './support';

interface Case {
  readonly what: string;
  readonly file: string;
  readonly changes: Changes;
  readonly in: string;
  readonly at: string;
  readonly rule: RegExp;
}

const slope = 'def slope(z):\n    return sigmoid(z) * (1 - sigmoid(z))\n\n\ndef layer_sizes';

const cases: readonly Case[] = [
  {
    what: 'the caller that gives A to a derivative which is right for Z',
    file: 'two_layers.py',
    changes: [['def layer_sizes', slope], ['A1 = np.tanh(Z1)', 'A1 = sigmoid(Z1)'], ['1 - np.power(A1, 2))', 'slope(A1))']],
    in: 'backward_propagation',
    at: 'dZ1 = np.multiply(dA1, slope(A1))',
    rule: /activation-derivative/,
  },
  {
    what: 'the derivative that is wrong for its own activation',
    file: 'two_layers.py',
    changes: [['def layer_sizes', slope.replace('(1 - ', '(2 - ')], ['A1 = np.tanh(Z1)', 'A1 = sigmoid(Z1)'], ['1 - np.power(A1, 2))', 'slope(cache["Z1"]))']],
    in: 'slope',
    at: 'return sigmoid(z) * (2 -',
    rule: /activation-derivative/,
  },
  {
    what: 'a helper that is wrong in the hidden layers only, though its caller computes the output layer at the same line',
    file: 'deep_layers.py',
    changes: [['dZ[Z <= 0] = 0', 'dZ[dA <= 0] = 0']],
    in: 'relu_backward',
    at: 'dZ[dA <= 0] = 0',
    rule: /mask/,
  },
  {
    what: 'the helper whose return has the sign flipped',
    file: 'lista_de_pesos.py',
    changes: [['def costo', 'def diferencia(a, y):\n    return y - a\n\n\ndef costo'], ['delta = activaciones[-1] - salida', 'delta = diferencia(activaciones[-1], salida)']],
    in: 'diferencia',
    at: 'return y - a',
    rule: /sign/,
  },
  {
    what: 'the helper whose return has 1/m already',
    file: 'lista_de_pesos.py',
    changes: [['def costo', 'def diferencia(a, y):\n    return (a - y) / y.shape[1]\n\n\ndef costo'], ['delta = activaciones[-1] - salida', 'delta = diferencia(activaciones[-1], salida)']],
    in: 'diferencia',
    at: 'return (a - y) / y.shape[1]',
    rule: /factor/,
  },
  {
    what: 'the caller that uses an activation in place of its derivative',
    file: 'two_layers.py',
    changes: [['A1 = np.tanh(Z1)', 'A1 = sigmoid(Z1)'], ['1 - np.power(A1, 2))', 'sigmoid(cache["Z1"]))']],
    in: 'backward_propagation',
    at: 'dZ1 = np.multiply(dA1, sigmoid',
    rule: /activation-derivative/,
  },
  {
    what: 'the derivative of the loss, though the slope beside it is wrong too',
    file: 'network_class.py',
    changes: [
      ['    def compute_loss', '    def loss_slope(self, y_pred, y):\n        return (y_pred - y) / y_pred\n\n    def compute_loss'],
      ['        d_output = output - y\n', ''],
      ['delta2 = d_output * self.sigmoid_derivative(output)', 'delta2 = self.loss_slope(output, y) * self.sigmoid_derivative(self.sigmoid(output))'],
    ],
    in: 'loss_slope',
    at: 'return (y_pred - y) / y_pred',
    rule: /loss-derivative/,
  },
  {
    what: 'the cost with a bracket slip in its L2 term',
    file: 'two_layers.py',
    changes: [['(np.sum(np.square(W1)) + np.sum(np.square(W2)))', '(np.sum(np.square(W1) + np.sum(np.square(W2))))']],
    in: 'compute_cost',
    at: 'L2_cost = lambd',
    rule: /cost-l2/,
  },
  {
    what: 'the cost that compares every prediction with every target',
    file: 'network_class.py',
    changes: [['0.5 * np.sum((y - output) ** 2)', '0.5 * np.sum((y.T - output) ** 2)']],
    in: 'compute_loss',
    at: 'return 0.5 * np.sum',
    rule: /cost-broadcast/,
  },
];

describe('blame in a Python file', function () {
  this.timeout(30_000);
  const check = pythonChecks();

  for (const each of cases) {
    it(`finds ${each.what}`, async () => {
      const source = changed(each.file, each.changes);
      const result = await check(source);
      assert.equal(result.verdict, 'wrong', say(result));
      const [finding] = result.findings;
      assert.deepEqual([finding?.function, finding?.line], [each.in, lineOf(source, each.at)], say(result));
      assert.match(finding!.rule, each.rule, say(result));
    });
  }

  it('tells a slope of another activation from one that is given the wrong value', async () => {
    const relu = 'def relu_slope(z):\n    return (z > 0).astype(float)\n\n\ndef layer_sizes';
    const other = await check(changed('two_layers.py', [['def layer_sizes', relu], ['1 - np.power(A1, 2))', 'relu_slope(A1))']]));
    assert.deepEqual([other.findings[0]?.function, other.findings[0]?.message], ['backward_propagation', 'relu_slope is right for relu, but the activation of this layer is tanh.'], say(other));
    const given = await check(changed('two_layers.py', [['def layer_sizes', slope.replace('slope(z)', 'sigmoid_slope(z)')], ['A1 = np.tanh(Z1)', 'A1 = sigmoid(Z1)'], ['1 - np.power(A1, 2))', 'sigmoid_slope(A1))']]));
    assert.match(given.findings[0]!.message, /^sigmoid_slope is right by itself, but is given the wrong value here/, say(given));
  });

  it('lets the L2 of the cost be scaled as it likes where the gradient follows it', async () => {
    const source = changed('two_layers.py', [['np.sum(np.square(W1)) + np.sum(np.square(W2))', '3 * np.sum(np.square(W1)) + np.sum(np.square(W2))'], ['lambd / m * W1', '3 * lambd / m * W1']]);
    const result = await check(source);
    assert.equal(result.verdict, 'correct', say(result));
  });

  it('tells a small L2 term of one weight from an epsilon', async () => {
    const small = [['lambd / (2 * m)', '1e-3 / (2 * m)'], ['lambd / m * W1', '1e-3 / m * W1']] as const;
    const right = await check(changed('two_layers.py', [...small, ['lambd / m * W2', '1e-3 / m * W2']]));
    assert.equal(right.verdict, 'correct', say(right));
    const result = await check(changed('two_layers.py', [...small, [' + lambd / m * W2', '']]));
    assert.deepEqual([result.verdict, result.findings[0]?.rule, result.findings[0]?.function], ['wrong', 'l2', 'backward_propagation'], say(result));
  });
});

describe('what cannot run and what is not understood', function () {
  this.timeout(30_000);
  const check = pythonChecks();
  const unknown = 'import numpy as np\n\n\ndef schritt(a, b):\n    c = a @ b\n    return c\n';

  const outdated: readonly (readonly [what: string, source: string, line: string, message: RegExp, within: string | null])[] = [
    ['a print statement', unknown.replace('    return c', '    print "c"\n    return c'), 'print "c"', /SyntaxError/, 'schritt'],
    ['xrange', unknown.replace('    c = a @ b', '    for i in xrange(3):\n        c = a @ b'), 'for i in xrange', /NameError: name 'xrange' is not defined/, 'schritt'],
    ['a global statement that comes too late', `${unknown}\nzahl = 1\nglobal zahl\n`, 'global zahl', /SyntaxError: name 'zahl' is assigned to before global declaration/, null],
  ];
  for (const [what, source, line, message, within] of outdated) {
    it(`tells ${what} of a file that cannot be bound`, async () => {
      const result = await check(source);
      const [finding] = result.findings;
      assert.deepEqual([result.verdict, finding?.function ?? null, finding?.line], ['cannot run', within, lineOf(source, line)], say(result));
      assert.match(finding!.message, message);
    });
  }

  it('tells a script whose own widths do not fit', async () => {
    const source = `import numpy as np
from data import load

X, Y = load()
w1 = np.random.randn(40, 200) * 0.1
b1 = np.zeros((40, 1))
w2 = np.random.randn(30, 40) * 0.1
b2 = np.zeros((30, 1))
w3 = np.random.randn(20, 30) * 0.1
b3 = np.zeros((20, 1))

for epoch in range(10):
    for x, y in zip(X, Y):
        x = x.reshape(-1, 1)
        y = y.reshape(-1, 1)
        a1 = 1 / (1 + np.exp(-(w1 @ x + b1)))
        a2 = 1 / (1 + np.exp(-(w2 @ x + b2)))
        a3 = 1 / (1 + np.exp(-(w3 @ a2 + b3)))
        delta3 = (a3 - y) * a3 * (1 - a3)
        delta2 = w3.T @ delta3 * a2 * (1 - a2)
        delta1 = w2.T @ delta2 * a1 * (1 - a1)
        w3 -= 0.1 * delta3 @ a2.T
        b3 -= 0.1 * delta3
        w2 -= 0.1 * delta2 @ a1.T
        b2 -= 0.1 * delta2
        w1 -= 0.1 * delta1 @ x.T
        b1 -= 0.1 * delta1
`;
    const slip = await check(source);
    assert.deepEqual([slip.verdict, slip.findings[0]?.line], ['cannot run', lineOf(source, 'a2 = 1 /')], say(slip));
    const right = await check(source.replace('w2 @ x', 'w2 @ a1'));
    assert.equal(right.verdict, 'correct', say(right));
  });

  it('says "not bound" of code that would run', async () => {
    const result = await check(unknown);
    assert.equal(result.verdict, 'not bound', say(result));
  });

  it('checks a file that only Python 2 reads where it can be bound', async () => {
    const result = await check(`${changed('two_layers.py', [])}\n\ndef main():\n    print "done"\n`);
    assert.equal(result.verdict, 'correct', say(result));
  });
});

describe('an activation that keeps what it gives', function () {
  this.timeout(30_000);
  const check = pythonChecks();

  it('is no fault by itself: its derivative takes that for Z', async () => {
    const source = changed('deep_layers.py', [['A = 1/(1+np.exp(-Z))\n    cache = Z', 'A = 1/(1+np.exp(-Z))\n    cache = A']]);
    const result = await check(source);
    assert.deepEqual([result.verdict, result.findings[0]?.function], ['wrong', 'sigmoid_backward'], say(result));
  });

  it('is found where the network must be square and an optimizer has an initializer of its own', async () => {
    const memory = 'def initialize_adam(parameters):\n    v = {}\n    for key in parameters.keys():\n        v["d" + key] = np.zeros(parameters[key].shape)\n    return v\n\n';
    const source = changed('deep_layers.py', [['def initialize_parameters_deep(', `${memory}def initialize_parameters_deep(`], ['    return AL, caches\n', '    assert AL.shape == (X.shape[0], X.shape[1])\n    return AL, caches\n']]);
    const right = await check(source);
    assert.equal(right.verdict, 'correct', say(right));
  });

  it('is checked at the number of outputs that an assertion has', async () => {
    const right = await check(changed('deep_layers.py', [['    return AL, caches\n', '    assert AL.shape == (10, X.shape[1])\n    return AL, caches\n']]));
    assert.deepEqual([right.verdict, right.bound?.widths.at(-1)], ['correct', 10], say(right));
  });
});

describe('an inferred cost', function () {
  this.timeout(30_000);
  const check = pythonChecks();
  const sides = (result: Awaited<ReturnType<typeof check>>) => result.layers.flatMap(({ dW, db }) => [dW, db!]);

  it('is at the scale of the file: a right gradient agrees', async () => {
    const result = await check(changed('global_m.ipynb', []), '.ipynb');
    assert.equal(result.verdict, 'correct', say(result));
    for (const each of sides(result)) {
      assert.deepEqual([each.verdict, each.factorName], ['agrees', '1'], say(result));
      assert.ok(each.relativeDifference! < 1e-6, say(result));
    }
    assert.match(result.bound!.cost!, /^the mean of /);
    assert.deepEqual(result.bound!.widths, [12, 10, 4]);
  });

  it('shows the right gradients beside a wrong one as right', async () => {
    const result = await check(changed('global_m.ipynb', [['db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)', 'db1 = 1 / m * np.sum(dZ1)']]), '.ipynb');
    assert.deepEqual(sides(result).map(({ verdict }) => verdict), ['agrees', 'wrong', 'agrees', 'agrees'], say(result));
  });
});
