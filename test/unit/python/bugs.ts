// The mistakes that people make in backprop, each as a small replacement in a correct file: what the check must answer.

export interface Bug {
  readonly what: string;
  readonly file: string;
  /** Must occur exactly once in the correct file. */
  readonly from: string;
  readonly to: string;
  /** The function that is named; its line is that of `at`, by default of `to`. */
  readonly in: string;
  readonly at?: string;
  readonly verdict?: 'wrong' | 'convention' | 'cannot run';
  readonly rule?: RegExp;
}

const deep = 'deep_layers.py';
const two = 'two_layers.py';
const cs = 'cs231n.py';
const net = 'network_class.py';
const lists = 'lista_de_pesos.py';
const book = 'global_m.ipynb';
const script = 'guion_xor.py';
const fit = 'fit_only.py';
const single = 'one_by_one.py';
const vector = 'unrolled_theta.py';
const layers = 'layer_objects.py';
const handed = 'handed_down.py';
const loop = 'nur_eine_schleife.py';
const reader = 'reads_its_data.py';

export const bugs: readonly Bug[] = [
  // factors
  { what: '1/m missing in dW', file: deep, from: 'dW = np.dot(dZ, A_prev.T) / m', to: 'dW = np.dot(dZ, A_prev.T)', in: 'linear_backward', rule: /factor/ },
  { what: '1/m missing in db', file: two, from: 'db2 = np.sum(dZ2, axis=1, keepdims=True) / m', to: 'db2 = np.sum(dZ2, axis=1, keepdims=True)', in: 'backward_propagation', rule: /factor/ },
  { what: '1/m missing in db', file: lists, from: 'grad_sesgos[i] = np.sum(delta, axis=1, keepdims=True) / m', to: 'grad_sesgos[i] = np.sum(delta, axis=1, keepdims=True)', in: 'retropropagacion', rule: /factor/ },
  { what: '1/m twice', file: deep, from: 'dAL = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))', to: 'dAL = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL)) / Y.shape[1]', in: 'L_model_backward', rule: /factor/ },
  { what: '1/m twice', file: lists, from: 'delta = activaciones[-1] - salida', to: 'delta = (activaciones[-1] - salida) / m', in: 'retropropagacion', rule: /factor/ },
  { what: '1/m twice in one layer', file: net, from: 'd_weights1 = np.dot(X.T, delta1) / m', to: 'd_weights1 = np.dot(X.T, delta1) / m / m', in: 'backward', rule: /factor/ },
  { what: 'a factor 2 on the way', file: two, from: 'dA1 = np.dot(W2.T, dZ2)', to: 'dA1 = 2 * np.dot(W2.T, dZ2)', in: 'backward_propagation', rule: /factor/ },
  { what: 'a factor 2 on the way', file: net, from: 'd_hidden = np.dot(delta2, self.weights2.T)', to: 'd_hidden = 2 * np.dot(delta2, self.weights2.T)', in: 'backward', rule: /factor/ },
  { what: 'a mean over the units', file: cs, from: 'db = np.sum(dout, axis=0)', to: 'db = np.mean(dout, axis=0)', in: 'affine_backward', rule: /factor/ },
  { what: 'a mean over the classes', file: book, from: 'dA1 = W2.T.dot(dZ2)', to: 'dA1 = W2.T.dot(dZ2) / 4', in: 'backward_prop', rule: /factor/ },
  // conventions
  { what: 'MSE with a 2 in the gradient only', file: net, from: 'd_output = output - y', to: 'd_output = 2 * (output - y)', in: 'backward', at: 'def backward', verdict: 'convention' },
  { what: 'MSE without the ½ in the cost', file: net, from: '0.5 * np.sum((y - output) ** 2)', to: 'np.sum((y - output) ** 2)', in: 'backward', at: 'def backward', verdict: 'convention' },
  { what: 'a cost that is summed', file: deep, from: 'np.log(1 - AL)) / m', to: 'np.log(1 - AL))', in: 'L_model_backward', at: 'def L_model_backward', verdict: 'convention' },
  { what: 'L2 in the gradient only', file: two, from: 'L2_cost = lambd / (2 * m) * (np.sum(np.square(W1)) + np.sum(np.square(W2)))\n    return cross_entropy + L2_cost', to: 'return cross_entropy', in: 'backward_propagation', at: 'def backward_propagation', verdict: 'convention' },
  // what was cached
  { what: 'Z cached where A_prev is meant', file: deep, from: 'cache = (A, W, b)', to: 'cache = (Z, W, b)', in: 'linear_forward' },
  { what: 'Z1 cached as A1', file: two, from: '"A1": A1', to: '"A1": Z1', in: 'forward_propagation' },
  { what: "the next layer's Z", file: lists, from: 'delta = error * (zetas[i - 1] > 0)', to: 'delta = error * (zetas[i] > 0)', in: 'retropropagacion' },
  // derivatives of activations
  { what: '1 - exp(-Z)', file: deep, from: 's = 1/(1+np.exp(-Z))\n    dZ', to: 's = 1/(1-np.exp(-Z))\n    dZ', in: 'sigmoid_backward' },
  { what: 'the derivative of Z instead of A', file: net, from: 'delta1 = d_hidden * self.sigmoid_derivative(self.a1)', to: 'delta1 = d_hidden * self.sigmoid_derivative(self.z1)', in: 'backward' },
  { what: 'the derivative of Z instead of A', file: two, from: '1 - np.power(A1, 2))', to: '1 - np.power(cache["Z1"], 2))', in: 'backward_propagation' },
  { what: 'a derivative that is missing', file: net, from: 'delta2 = d_output * self.sigmoid_derivative(output)', to: 'delta2 = d_output', in: 'backward', rule: /derivative/ },
  { what: 'a derivative that is missing', file: two, from: 'dZ1 = np.multiply(dA1, 1 - np.power(A1, 2))', to: 'dZ1 = dA1', in: 'backward_propagation', rule: /derivative/ },
  { what: 'a derivative twice', file: net, from: 'delta1 = d_hidden * self.sigmoid_derivative(self.a1)', to: 'delta1 = d_hidden * self.sigmoid_derivative(self.a1) * self.sigmoid_derivative(self.a1)', in: 'backward', rule: /derivative/ },
  { what: 'a derivative twice', file: deep, from: 'dZ = dA * s * (1-s)', to: 'dZ = dA * s * (1-s) * s * (1-s)', in: 'sigmoid_backward', rule: /derivative/ },
  { what: 'relu_backward drops the upstream dA', file: deep, from: 'dZ[Z <= 0] = 0', to: 'dZ[Z <= 0] = 0; dZ[Z > 0] = 1', in: 'relu_backward', rule: /upstream/ },
  { what: 'relu_backward drops the upstream dout', file: cs, from: 'dx = dout * (x > 0)', to: 'dx = 1.0 * (x > 0)', in: 'relu_backward', rule: /upstream/ },
  { what: 'relu_backward masks by dA', file: deep, from: 'dZ[Z <= 0] = 0', to: 'dZ[dA <= 0] = 0', in: 'relu_backward', rule: /mask/ },
  { what: 'relu_backward masks by dout', file: cs, from: 'dx = dout * (x > 0)', to: 'dx = dout * (dout > 0)', in: 'relu_backward', rule: /mask/ },
  { what: 'the derivative of ReLU upside down', file: book, from: 'return Z > 0', to: 'return Z < 0', in: 'ReLU_deriv' },
  { what: 'dA2 = 1 if A1 > 0', file: two, from: 'dA1 = np.dot(W2.T, dZ2)', to: 'dA1 = np.where(A1 > 0, 1.0, 0.0)', in: 'backward_propagation' },
  { what: 'dA = 1 where Z > 0', file: lists, from: 'delta = error * (zetas[i - 1] > 0)', to: 'delta = 1.0 * (zetas[i - 1] > 0)', in: 'retropropagacion', rule: /upstream/ },
  // axes and shapes
  { what: 'np.sum without axis', file: deep, from: 'db = np.sum(dZ, axis=1, keepdims=True) / m', to: 'db = np.sum(dZ) / m', in: 'linear_backward', rule: /axis/ },
  { what: 'np.sum without axis', file: book, from: 'db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)', to: 'db1 = 1 / m * np.sum(dZ1)', in: 'backward_prop', rule: /axis/ },
  { what: 'not summed', file: cs, from: 'db = np.sum(dout, axis=0)', to: 'db = dout[0]', in: 'affine_backward' },
  { what: 'not summed', file: two, from: 'db1 = np.sum(dZ1, axis=1, keepdims=True) / m', to: 'db1 = dZ1 / m', in: 'backward_propagation' },
  { what: 'keepdims forgotten', file: deep, from: 'db = np.sum(dZ, axis=1, keepdims=True) / m', to: 'db = np.sum(dZ, axis=1) / m', in: 'linear_backward', rule: /keepdims/ },
  { what: 'keepdims forgotten', file: two, from: 'db1 = np.sum(dZ1, axis=1, keepdims=True) / m', to: 'db1 = np.sum(dZ1, axis=1) / m', in: 'backward_propagation', rule: /keepdims/ },
  { what: 'W for W.T', file: deep, from: 'dA_prev = np.dot(W.T, dZ)', to: 'dA_prev = np.dot(W, dZ)', in: 'linear_backward' },
  { what: 'W for W.T', file: lists, from: 'error = np.dot(pesos[i].T, delta)', to: 'error = np.dot(pesos[i], delta)', in: 'retropropagacion' },
  // the loss
  { what: 'the diagonal of the softmax Jacobian only', file: cs, from: 'dx /= N\n', to: 'dx = probs * (1 - probs) * (dx / N) / probs\n', in: 'softmax_loss' },
  { what: 'the diagonal of the softmax Jacobian only', file: lists, from: 'delta = activaciones[-1] - salida', to: 'delta = -salida / activaciones[-1] * activaciones[-1] * (1 - activaciones[-1])', in: 'retropropagacion' },
  { what: 'dAL summed', file: deep, from: 'dAL = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))', to: 'dAL = np.sum(AL - Y) / AL.shape[1] * np.ones(AL.shape)', in: 'L_model_backward' },
  { what: 'the output delta summed', file: net, from: 'd_output = output - y', to: 'd_output = np.sum(output - y) / m', in: 'backward' },
  { what: 'the cross-entropy dAL under MSE', file: net, from: 'd_output = output - y', to: 'd_output = -(y / output - (1 - y) / (1 - output))', in: 'backward' },
  { what: 'the cross-entropy dAL under MSE', file: deep, from: 'cost = -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / m', to: 'cost = 0.5 * np.sum((AL - Y) ** 2) / m', in: 'L_model_backward', at: 'dAL = -(np.divide' },
  { what: 'a bracket slip that makes a tuple', file: deep, from: 'dAL = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))', to: 'dAL = -(np.divide(Y, AL) - np.divide(1 - Y), (1 - AL))', in: 'L_model_backward', verdict: 'cannot run' },
  { what: 'a bracket slip that makes a tuple', file: net, from: 'd_output = output - y', to: 'd_output = -((y - output), 1)', in: 'backward', verdict: 'cannot run' },
  // L2, dropout
  { what: 'L2 missing in the gradient', file: two, from: 'dW2 = np.dot(dZ2, A1.T) / m + lambd / m * W2', to: 'dW2 = np.dot(dZ2, A1.T) / m', in: 'backward_propagation', rule: /l2/ },
  { what: 'L2 missing in the gradient', file: cs, from: 'grads["W2"] += self.reg * self.params["W2"]', to: 'grads["W2"] += 0', in: 'loss', rule: /l2/ },
  { what: 'L2 with another scale', file: two, from: 'dW1 = np.dot(dZ1, X.T) / m + lambd / m * W1', to: 'dW1 = np.dot(dZ1, X.T) / m + lambd * W1', in: 'backward_propagation', rule: /l2/ },
  { what: 'L2 with another scale', file: cs, from: 'grads["W1"] += self.reg * self.params["W1"]', to: 'grads["W1"] += 2 * self.reg * self.params["W1"]', in: 'loss', rule: /l2/ },
  { what: 'the dropout mask not applied backward', file: lists, from: 'error = error * mascaras[i - 1]', to: 'error = error * 1', in: 'retropropagacion', at: 'delta = error' },
  // signs
  { what: 'a sign flipped', file: deep, from: 'dAL = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))', to: 'dAL = (np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))', in: 'L_model_backward', rule: /sign/ },
  { what: 'a sign flipped', file: lists, from: 'delta = activaciones[-1] - salida', to: 'delta = salida - activaciones[-1]', in: 'retropropagacion', rule: /sign/ },
  { what: 'the sign of one derivative', file: deep, from: 'np.divide(1 - Y, 1 - AL))', to: 'np.divide(1 - Y, AL - 1))', in: 'L_model_backward' },
  // a training loop at the top level, a step that changes everything in place, one sample at a time, one vector of parameters
  { what: "another layer's derivative", file: script, from: '* derivada_sigmoide(camada_oculta)', to: '* derivada_sigmoide(camada_saida)', in: '<module>', at: 'delta_oculta = ' },
  { what: 'a bias that is not summed', file: script, from: 'np.sum(delta_saida, axis=0, keepdims=True) * taxa', to: 'np.sum(delta_saida) / 2 * taxa', in: '<module>', at: 'bias_1 +=' },
  { what: 'L2 missing in the gradient', file: fit, from: 'dW2 = A1.T @ dZ2 + self.l2 * self.W2', to: 'dW2 = A1.T @ dZ2', in: 'fit', rule: /l2/ },
  { what: 'np.sum without axis', file: fit, from: 'db1 = np.sum(dZ1, axis=0, keepdims=True)', to: 'db1 = np.sum(dZ1)', in: 'fit', rule: /axis/ },
  { what: 'half a derivative', file: single, from: 'delta_output) * hidden * (1 - hidden)', to: 'delta_output) * (1 - hidden)', in: 'train_one_epoch' },
  { what: 'L2 with another scale', file: vector, from: 'theta2_grad[:, 1:] += lmd / m * theta2[:, 1:]', to: 'theta2_grad[:, 1:] += lmd * theta2[:, 1:]', in: 'nn_cost_function', at: 'grad = np.concatenate' },
  { what: 'a mask of the upstream gradient', file: layers, from: 'self.dinputs[self.inputs <= 0] = 0', to: 'self.dinputs[dvalues <= 0] = 0', in: 'backward' },
  { what: 'the diagonal of the softmax Jacobian only', file: layers, from: 'self.output * (dvalues - np.sum(dvalues * self.output, axis=1, keepdims=True))', to: 'dvalues * self.output * (1 - self.output)', in: 'backward' },
  { what: 'an attribute that nothing sets', file: net, from: 'self.weights1 -= self.learning_rate', to: 'self.weights1 -= self.learn_rate', in: 'backward', verdict: 'cannot run' },
  // the update
  { what: 'W set to dW', file: deep, from: 'parameters["W" + str(l+1)] = parameters["W" + str(l+1)] - learning_rate * grads', to: 'parameters["W" + str(l+1)] = learning_rate * grads', in: 'update_parameters', rule: /update/ },
  { what: 'the step added', file: two, from: 'parameters[key] = parameters[key] - learning_rate', to: 'parameters[key] = parameters[key] + learning_rate', in: 'update_parameters', rule: /update/ },
  // code that is bound by what one run of it writes down
  { what: 'ReLU masked by dA, the layers handed down as dictionaries', file: handed, from: 'dZ = dA * (kept[number - 1] > 0)', to: 'dZ = dA * (dA > 0)', in: 'backward', rule: /mask/ },
  { what: '1/m missing in db, the layers handed down as dictionaries', file: handed, from: 'np.sum(dZ, axis=1, keepdims=True) / m', to: 'np.sum(dZ, axis=1, keepdims=True)', in: 'backward', rule: /factor/ },
  { what: 'half of a derivative in a loop over the samples', file: loop, from: 'fehler = kanten[k].T.dot(fehler) * werte[k] * (1 - werte[k])', to: 'fehler = kanten[k].T.dot(fehler) * werte[k]\n', at: 'fehler = kanten[k].T.dot(fehler) * werte[k]', in: 'lernen' },
  { what: 'a derivative that is missing in a loop over the samples', file: loop, from: 'fehler = kanten[k].T.dot(fehler) * werte[k] * (1 - werte[k])', to: 'fehler = kanten[k].T.dot(fehler)\n', at: 'fehler = kanten[k].T.dot(fehler)', in: 'lernen' },
  { what: '1 - A for 1 - A² in a class that reads its samples', file: reader, from: '(1 - self.h ** 2)', to: '(1 - self.h)', in: 'train', rule: /activation/ },
  { what: 'an updated W that is used for the next dA', file: reader, from: 'dh = (d @ self.w2.T) * (1 - self.h ** 2)\n            self.w2 -= self.lr * self.h.T @ d', to: 'self.w2 -= self.lr * self.h.T @ d\n            dh = (d @ self.w2.T) * (1 - self.h ** 2)', at: 'dh = (d @ self.w2.T)', in: 'train' },
];
