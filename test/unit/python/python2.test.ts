// Files of Python 2: read as they are meant there, lines kept, and what neither Python reads cannot run.

import assert from 'node:assert/strict';
import { lineOf, pythonChecks, say } from './support';

/** A network of the course as people wrote it for Python 2, with tabs and blanks mixed as it allowed. */
const old = `import numpy as np
import cPickle

def sigmoid(z): return 1.0 / (1 + np.exp(-z))

def load(name):
    try:
        return cPickle.load(open(name))
    except IOError, problem:
        print >>sys.stderr, "no file", \`problem\`
        raise ValueError, "no data"

class Network(object):
	def __init__(self, sizes):
		self.layers = range(1, len(sizes)) + []
		self.W = {l: np.random.randn(b, a) for l, (a, b) in zip(self.layers, zip(sizes[:-1], sizes[1:]))}
		self.b = {l: np.zeros((n, 1)) for l, n in zip(self.layers, sizes[1:])}
	        print "layers", self.layers,

	def forward(self, X):
		A = {0: X}
		for l in xrange(1, len(self.W) + 1):
			A[l] = sigmoid(np.dot(self.W[l], A[l - 1]) + self.b[l])
		return A

	def cost(self, A, Y):
		return np.sum((A[self.layers[-1]] - Y) ** 2) / (2.0 * Y.shape[1])

	def backward(self, A, Y):
		m = Y.shape[1]
		grads = {}
		order = self.W.keys()
		order.sort(key=lambda (l): -l)
		if order[0] <> len(order): print "order"
		dZ = (A[order[0]] - Y) * A[order[0]] * (1 - A[order[0]])
		for l, W in sorted(self.W.iteritems(), key=lambda (l, W): -l):
			grads["dW%d" % l] = np.dot(dZ, A[l - 1].T) / m
			grads["db%d" % l] = dZ.sum(axis=1, keepdims=True) / m
			if self.W.has_key(l - 1):
				dZ = np.dot(W.T, dZ) * A[l - 1] * (1 - A[l - 1])
		return grads

if __name__ == "__main__":
    print "train", 0777, 10L
    exec "answer = 42"
`;

describe('a file of Python 2', function () {
  this.timeout(30_000);
  const check = pythonChecks();

  it('is checked as Python 2 runs it', async () => {
    const result = await check(old);
    assert.equal(result.verdict, 'correct', say(result));
  });

  it('has its mistakes at the lines of the person', async () => {
    const source = old.replace('np.dot(W.T, dZ) * A[l - 1] * (1 - A[l - 1])', 'np.dot(W.T, dZ) * A[l - 1]');
    const result = await check(source);
    assert.deepEqual([result.verdict, result.findings[0]?.function, result.findings[0]?.line], ['wrong', 'backward', lineOf(source, 'dZ = np.dot(W.T')], say(result));
  });

  it('divides whole numbers as Python 2 does', async () => {
    const whole = await check(old.replace('np.dot(dZ, A[l - 1].T) / m', '1 / m * np.dot(dZ, A[l - 1].T)'));
    assert.equal(whole.verdict, 'wrong', say(whole));
    const future = await check(`from __future__ import division\n${old.replace('np.dot(dZ, A[l - 1].T) / m', '1 / m * np.dot(dZ, A[l - 1].T)')}`);
    assert.equal(future.verdict, 'correct', say(future));
  });

  it('cannot run where neither Python reads it', async () => {
    const source = old.replace('print "train", 0777, 10L', 'print f"{old}"');
    const result = await check(source);
    assert.deepEqual([result.verdict, result.findings[0]?.line], ['cannot run', lineOf(source, 'except IOError,')], say(result));
  });
});
