// A network of single numbers, written out unit by unit in a script: w1 … w6, and not an array among them.

import assert from 'node:assert/strict';
import { bindsEach, lineOf, pythonChecks, say, type Shape } from './support';

const script = (error: string, more = ''): string => `import math

i1, i2 = 0.05, 0.10
target_o1, target_o2 = 0.01, 0.99
w1, w2, w3, w4 = 0.15, 0.20, 0.25, 0.30
w5, w6, w7, w8 = 0.40, 0.45, 0.50, 0.55
b1, b2 = 0.35, 0.60
rate, v1 = 0.5, 0.0


def sigmoid(x):
    return 1 / (1 + math.exp(-x))


for epoch in range(1000):
    out_h1 = sigmoid(w1 * i1 + w2 * i2 + b1)
    out_h2 = sigmoid(w3 * i1 + w4 * i2 + b1)
    out_o1 = sigmoid(w5 * out_h1 + w6 * out_h2 + b2)
    out_o2 = sigmoid(w7 * out_h1 + w8 * out_h2 + b2)
    left_1, left_2 = target_o1 - out_o1, target_o2 - out_o2
    error = ${error}
    d_o1 = -left_1 * out_o1 * (1 - out_o1)
    d_o2 = -left_2 * out_o2 * (1 - out_o2)
    d_h1 = (d_o1 * w5 + d_o2 * w7) * out_h1 * (1 - out_h1)
    d_h2 = (d_o1 * w6 + d_o2 * w8) * out_h2 * (1 - out_h2)
    w5 -= rate * d_o1 * out_h1
    w6 -= rate * d_o1 * out_h2
    w7 -= rate * d_o2 * out_h1
    w8 -= rate * d_o2 * out_h2
    w2 -= rate * d_h1 * i2
    w3 -= rate * d_h2 * i1
    w4 -= rate * d_h2 * i2
    b1 -= rate * (d_h1 + d_h2)
    ${more || 'w1 -= rate * d_h1 * i1'}
`;
const squares = '0.5 * left_1 ** 2 + 0.5 * left_2 ** 2';
const mistake = ['d_o1 * w6 + d_o2 * w8', 'd_o1 * w7 + d_o2 * w8'] as const;

const shapes: readonly Shape[] = [
  { what: 'single numbers with their cost', source: script(squares), mistake },
  { what: 'single numbers beside whose squares absolute values say when to stop', source: script('abs(left_1) + abs(left_2)'), mistake },
  { what: 'single numbers of which the mean difference is printed', source: script('(left_1 + left_2) / 2'), mistake },
  { what: 'a line of two numbers', source: 'x, y = 2.0, 4.0\nw, b = 0.3, 0.0\nlr = 0.01\nfor epoch in range(100):\n    y_pred = w * x + b\n    loss = (y_pred - y) ** 2\n    dw = 2 * x * (y_pred - y)\n    db = 2 * (y_pred - y)\n    w -= lr * dw\n    b -= lr * db\n    print("epoch", epoch, "loss", loss, w, b)\n', mistake: ['dw = 2 * x', 'dw = -2 * x'] },
];

describe('python: networks of single numbers', function () {
  this.timeout(60_000);
  const check = pythonChecks();
  bindsEach(shapes, check);

  it('are told in the line that takes the weight of another unit', async () => {
    const source = script(squares).replace(mistake[0], mistake[1]);
    const result = await check(source);
    assert.equal(result.findings[0]?.line, lineOf(source, 'd_h2 = '), say(result));
  });

  it('are not judged by a step that has momentum', async () => {
    const result = await check(script(squares, 'v1 = 0.9 * v1 + rate * d_h1 * i1\n    w1 -= v1'));
    assert.equal(result.verdict, 'not bound', say(result));
  });
});
