// A scalar autograd engine, `class Value` with closures that go back: each of its operations is compared by itself.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

const engine = `import math


class Value:
    def __init__(self, data, _children=(), _op=''):
        self.data = data
        self.grad = 0.0
        self._backward = lambda: None
        self._prev = set(_children)
        self._op = _op

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other), '+')

        def _backward():
            self.grad += out.grad
            other.grad += 1.0 * out.grad
        out._backward = _backward
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other), '*')

        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad
        out._backward = _backward
        return out

    def __pow__(self, other):
        assert isinstance(other, (int, float))
        out = Value(self.data ** other, (self,), '**')

        def _backward():
            self.grad += other * self.data ** (other - 1) * out.grad
        out._backward = _backward
        return out

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + (-other)

    def __truediv__(self, other):
        return self * other ** -1

    def __radd__(self, other):
        return self + other

    def tanh(self):
        t = math.tanh(self.data)
        out = Value(t, (self,), 'tanh')

        def _backward():
            self.grad += (1 - t ** 2) * out.grad
        out._backward = _backward
        return out

    def log(self):
        out = Value(math.log(self.data), (self,), 'log')

        def _backward():
            self.grad += out.grad / self.data
        out._backward = _backward
        return out

`;

const pass = `    def backward(self):
        topo, visited = [], set()

        def build(v):
            if v not in visited:
                visited.add(v)
                for child in v._prev:
                    build(child)
                topo.append(v)
        build(self)
        self.grad = 1.0
        for v in reversed(topo):
            v._backward()
`;

const network = `

class Neuron:
    def __init__(self, n):
        self.w = [Value(0.1 * i) for i in range(n)]
        self.b = Value(0.0)

    def __call__(self, x):
        return sum((w * each for w, each in zip(self.w, x)), self.b).tanh()
`;

/** What is wrong, with the text on whose line it is told and a part of what is said. */
const mistakes: readonly (readonly [what: string, from: string, to: string, name: string, at: string, says: RegExp])[] = [
  ['a gradient that is overwritten', 'self.grad += (1 - t ** 2) * out.grad', 'self.grad = (1 - t ** 2) * out.grad', 'tanh', 'self.grad = (1 - t', /overwrites the gradient.*\+=/],
  ['one that is overwritten in a sum', 'other.grad += 1.0 * out.grad', 'other.grad = out.grad', '__add__', 'other.grad = out', /overwrites the gradient/],
  ['a wrong derivative', '(1 - t ** 2)', '(1 + t ** 2)', 'tanh', '(1 + t', /does not give the derivative by its input: 1\.365 where 0\.6347 is meant/],
  ['a wrong factor of a product', 'self.grad += other.data * out.grad', 'self.grad += self.data * out.grad', '__mul__', 'self.grad += self.data', /does not give the derivative by self: 1\.3 where 0\.7 is meant/],
  ['a power whose quotient is wrong because of it', 'other * self.data ** (other - 1)', 'self.data ** (other - 1)', '__pow__', 'self.data ** (other - 1)', /does not give the derivative/],
  ['what comes from above left out', 'out.grad / self.data', '1 / self.data', 'log', '1 / self.data', /from above/],
  ['the same of a sum', 'other.grad += 1.0 * out.grad', 'other.grad += 1.0', '__add__', 'other.grad += 1.0', /from above/],
  ['a negative that leads nowhere', 'return self * -1', 'return Value(-self.data)', '__neg__', 'def __neg__', /0 where -1 is meant/],
];

describe('python: a scalar autograd engine', function () {
  this.timeout(120_000);
  const check = pythonChecks();

  it('is right where each of its operations is', async () => {
    const result = await check(engine + pass + network);
    assert.equal(result.verdict, 'correct', say(result));
    assert.match(result.summary, /^Each operation of Value gives the derivative of what it computes: __add__, __mul__, .*tanh, log\.$/);
    assert.ok(result.notChecked.some((each) => each.includes('Neuron')), say(result));
  });

  for (const [what, from, to, name, at, says] of mistakes) {
    it(`tells ${what}`, async () => {
      assert.equal(engine.split(from).length, 2, from);
      const source = engine.replace(from, () => to) + pass;
      const result = await check(source);
      assert.equal(result.verdict, 'wrong', say(result));
      assert.deepEqual(result.findings.map((each) => each.function), [name], say(result));
      assert.equal(result.findings[0]?.line, lineOf(source, at), say(result));
      assert.match(result.findings[0]?.message ?? '', says);
    });
  }

  it('is gone through here where it has closures only', async () => {
    const right = await check(engine);
    assert.equal(right.verdict, 'correct', say(right));
    assert.ok(right.notChecked.some((each) => each.includes('the file has none')), say(right));
    const wrong = await check(engine.replace('(1 - t ** 2)', '(1 - t)'));
    assert.equal(wrong.findings[0]?.function, 'tanh', say(wrong));
  });

  it('is told where the way back does not wait for all that use a value', async () => {
    const result = await check(`${engine}    def backward(self, first=True):
        if first:
            self.grad = 1.0
        self._backward()
        for child in self._prev:
            child.backward(False)
`);
    assert.equal(result.verdict, 'wrong', say(result));
    assert.deepEqual(result.findings.map((each) => each.function), ['backward'], say(result));
  });

  it('is none where sums and products have other meanings', async () => {
    const result = await check(engine.replace('Value(self.data * other.data', 'Value(self.data + 2 * other.data') + pass);
    assert.equal(result.verdict, 'not bound', say(result));
  });
});
