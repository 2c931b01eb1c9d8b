// Variations that are no mistake, or no more than a convention: none of them may be called wrong.

export interface Harmless {
  readonly what: string;
  readonly file: string;
  readonly changes: readonly (readonly [from: string, to: string])[];
  readonly verdict?: 'convention';
}

export const harmless: readonly Harmless[] = [
  { what: '>= where ReLU has no derivative', file: 'deep_layers.py', changes: [['dZ[Z <= 0] = 0', 'dZ[Z < 0] = 0']] },
  { what: '>= in a product', file: 'cs231n.py', changes: [['dx = dout * (x > 0)', 'dx = dout * (x >= 0)']] },
  { what: 'an epsilon in the logarithm', file: 'deep_layers.py', changes: [['np.log(AL) + (1 - Y) * np.log(1 - AL)', 'np.log(AL + 1e-8) + (1 - Y) * np.log(1 - AL + 1e-8)']] },
  { what: 'clipped probabilities', file: 'deep_layers.py', changes: [['    m = Y.shape[1]\n    cost', '    m = Y.shape[1]\n    AL = np.clip(AL, 1e-7, 1 - 1e-7)\n    cost']] },
  { what: 'grads["dA"] numbered the other way', file: 'deep_layers.py', changes: [['grads["dA" + str(L-1)], grads["dW" + str(L)]', 'grads["dA" + str(L)], grads["dW" + str(L)]'], ['(grads["dA" + str(l + 1)], caches[l], "relu")', '(grads["dA" + str(l + 2)], caches[l], "relu")'], ['grads["dA" + str(l)] = dA', 'grads["dA" + str(l + 1)] = dA']] },
  { what: 'MSE in the mean over samples and outputs, 2 in the gradient', file: 'network_class.py', changes: [['0.5 * np.sum((y - output) ** 2) / y.shape[0]', 'np.mean((y - output) ** 2)'], ['d_output = output - y', 'd_output = 2 * (output - y) / y.shape[1]']] },
  { what: 'a gradient of the sum under a mean', file: 'network_class.py', changes: [['        m = X.shape[0]\n', '        m = 1\n']], verdict: 'convention' },
  { what: 'no cost function at all', file: 'network_class.py', changes: [['    def compute_loss(self, y, output):\n        return 0.5 * np.sum((y - output) ** 2) / y.shape[0]\n', ''], ['            loss = self.compute_loss(y, output)\n', '            loss = 0\n']] },
  { what: 'the opposite sign, added', file: 'network_class.py', changes: [['d_output = output - y', 'd_output = y - output'], ['self.weights1 -=', 'self.weights1 +='], ['self.bias1 -=', 'self.bias1 +='], ['self.weights2 -=', 'self.weights2 +='], ['self.bias2 -=', 'self.bias2 +=']] },
  { what: 'the cost of an accuracy', file: 'network_class.py', changes: [['return 0.5 * np.sum((y - output) ** 2) / y.shape[0]', 'return np.mean(np.round(output) == y)']] },
  { what: 'db of shape (n,) with rows', file: 'cs231n.py', changes: [['db = np.sum(dout, axis=0)', 'db = np.sum(dout, axis=0, keepdims=True)[0]']] },
  { what: 'float(m) and 1./m', file: 'two_layers.py', changes: [['dW2 = np.dot(dZ2, A1.T) / m', 'dW2 = (1. / float(m)) * np.dot(dZ2, A1.T)']] },
  { what: 'parameters taken in another order', file: 'two_layers.py', changes: [['def compute_cost(A2, Y, parameters, lambd)', 'def compute_cost(parameters, Y, A2, lambd)'], ['cost = compute_cost(A2, Y, parameters, 0.1)', 'cost = compute_cost(parameters, Y, A2, 0.1)']] },
  { what: 'everything in one training function', file: 'two_layers.py', changes: [['    for i in range(num_iterations):\n        A2, cache', '    for i in range(num_iterations):\n        if i > 5:\n            break\n        A2, cache']] },
  { what: 'a regression without output activation', file: 'network_class.py', changes: [['self.a2 = self.sigmoid(self.z2)', 'self.a2 = self.z2'], ['delta2 = d_output * self.sigmoid_derivative(output)', 'delta2 = d_output']] },
  { what: 'gradients that are clipped', file: 'network_class.py', changes: [['d_weights1 = np.dot(X.T, delta1) / m', 'd_weights1 = np.clip(np.dot(X.T, delta1) / m, -0.004, 0.004)']] },
  { what: 'gradients of the sum under a mean that are clipped', file: 'network_class.py', changes: [['        m = X.shape[0]\n', '        m = 1\n'], ['d_weights1 = np.dot(X.T, delta1) / m', 'd_weights1 = np.dot(X.T, delta1) / m\n        d_weights1 = np.clip(d_weights1, -0.004, 0.004)']], verdict: 'convention' },
  { what: 'one-hot targets under another name', file: 'layer_objects.py', changes: [['def backward(self, dvalues, y_true)', 'def backward(self, dvalues, y_onehot)'], ['-y_true / dvalues', '-y_onehot / dvalues']] },
  { what: 'data kept by the instance', file: 'network_class.py', changes: [['def forward(self, X):\n', 'def forward(self, X):\n        self.X = X\n'], ['d_weights1 = np.dot(X.T, delta1) / m', 'd_weights1 = np.dot(self.X.T, delta1) / m']] },
];
