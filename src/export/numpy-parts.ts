// Activations, losses and optimizers as NumPy source, each derivative straight under the function that it derives.

import { LEAKY_SLOPE, type ActivationName } from '../core/activations';
import type { LossName } from '../core/losses';
import type { Layer, Optimizer } from '../experiment/schema';
import { float } from './python-text';

const SIGMOID = `
def sigmoid(Z):
    return sigmoid_of(Z)
`;

const NORMAL_DISTRIBUTION = `
def normal_distribution(Z):
    return erfc(-Z / math.sqrt(2)) / 2
`;

const softmax = `
def softmax(Z):
    e = exp(Z - Z.max(axis=0))  # less the largest, against overflow
    return e / in_order(e)
`;

/** A name in Python: g is called so, its derivative `name_backward(dA, Z, A)`, which gives dZ = dA * g'(Z). */
export function activationName(name: ActivationName): string {
  return name.replace('-', '_');
}

/** What a layer's g is called in the lists of a script: leaky ReLUs of several slopes are several. */
export function layerKey({ activation, slope = LEAKY_SLOPE }: Layer): string {
  return activation === 'leaky-relu' ? `${activation} ${slope}` : activation;
}

/** Python that is the function of a layer, or with `_backward` its derivative. */
export function layerFunction({ activation, slope = LEAKY_SLOPE }: Layer, ending: '' | '_backward'): string {
  const name = `${activationName(activation)}${ending}`;
  const words = ending === '' ? 'Z' : 'dA, Z, A';
  return activation === 'leaky-relu' ? `lambda ${words}: ${name}(${words}, slope=${float(slope)})` : name;
}

/** Each activation with what it needs, in an order in which one may use those before it. */
export const activations: Record<ActivationName, readonly string[]> = {
  linear: [`
def linear(Z):
    return Z


def linear_backward(dA, Z, A):
    return dA
`],
  relu: [`
def relu(Z):
    return np.where(Z <= 0, 0.0, Z)


def relu_backward(dA, Z, A):
    return dA * np.where(Z <= 0, 0.0, 1.0)  # g'(Z) = 0 where Z <= 0: nothing flows back there
`],
  'leaky-relu': [`
def leaky_relu(Z, slope):
    return np.where(Z <= 0, slope * Z, Z)


def leaky_relu_backward(dA, Z, A, slope):
    return dA * np.where(Z <= 0, slope, 1.0)
`],
  sigmoid: [SIGMOID, `
def sigmoid_backward(dA, Z, A):
    return dA * (A * (1 - A))
`],
  tanh: [`
def tanh(Z):
    return tanh_of(Z)


def tanh_backward(dA, Z, A):
    return dA * (1 - A * A)
`],
  swish: [SIGMOID, `
def swish(Z):
    return Z * sigmoid(Z)


def swish_backward(dA, Z, A):
    return dA * (A + sigmoid(Z) * (1 - A))
`],
  gelu: [NORMAL_DISTRIBUTION, `
def gelu(Z):
    return Z * normal_distribution(Z)


def gelu_backward(dA, Z, A):
    return dA * (normal_distribution(Z) + Z * exp(-Z * Z / 2) / math.sqrt(2 * math.pi))
`],
  elu: [`
def elu(Z):
    return np.where(Z <= 0, expm1(Z), Z)


def elu_backward(dA, Z, A):
    return dA * np.where(Z <= 0, A + 1, 1.0)
`],
  softplus: [SIGMOID, `
def softplus(Z):
    return np.maximum(Z, 0) + log1plus(exp(-np.abs(Z)))


def softplus_backward(dA, Z, A):
    return dA * sigmoid(Z)
`],
  softmax: [softmax, `
def softmax_backward(dA, Z, A):
    return A * (dA - in_order(dA * A))  # every output depends on every Z of its sample
`],
};

/** Of a stable pair: \`losses\` from Z, and dZ[L] straight from A and Y. */
export const stablePairs: Partial<Record<LossName, { readonly losses: string; readonly dZ: string; readonly why: string }>> = {
  'binary-cross-entropy': {
    losses: `
def losses(A, Z, Y):
    """Binary cross-entropy of each sample, summed over its outputs: -Y log(A) - (1 - Y) log(1 - A), written in Z,
    because log(A) is -inf as soon as A rounds to 0."""
    return in_order(np.maximum(Z, 0) - Z * Y + log1plus(exp(-np.abs(Z))))
`,
    dZ: 'A[L] - Y',
    why: 'dAL * g\'(Z[L]) = A[L] - Y for sigmoid and binary cross-entropy; dAL by itself is -Y / A[L] + (1 - Y) / (1 - A[L])',
  },
  'cross-entropy': {
    losses: `
def losses(A, Z, Y):
    """Cross-entropy of each sample: -sum(Y log(A)), written in Z, because log(A) is -inf as soon as A rounds to 0."""
    largest = Z.max(axis=0)
    log_sum = largest + log(in_order(exp(Z - largest)))
    return in_order(np.where(Y == 0, 0, Y * (log_sum - Z)))
`,
    dZ: 'in_order(Y) * A[L] - Y',
    why: 'dAL times the Jacobian of softmax is A[L] - Y where Y sums to 1; dAL by itself is -Y / A[L]',
  },
};

export const losses: Record<LossName, string> = {
  mse: `
def losses(A, Z, Y):
    """Half the squared error of each sample, summed over its outputs."""
    return in_order(0.5 * (A - Y) ** 2)


def losses_backward(A, Y):
    """dAL: derivative of each sample's loss by A[L]. It holds nothing of the activation, no sum, no 1/m."""
    return A - Y
`,
  mae: `
def losses(A, Z, Y):
    """Absolute error of each sample, summed over its outputs."""
    return in_order(np.abs(A - Y))


def losses_backward(A, Y):
    """dAL: derivative of each sample's loss by A[L]. It holds nothing of the activation, no sum, no 1/m."""
    return np.sign(A - Y)
`,
  huber: `
def losses(A, Z, Y):
    """Huber loss of each sample, summed over its outputs: a parabola up to an error of 1, then a line."""
    error = np.abs(A - Y)
    return in_order(np.where(error <= 1, 0.5 * error**2, error - 0.5))


def losses_backward(A, Y):
    """dAL: derivative of each sample's loss by A[L]. It holds nothing of the activation, no sum, no 1/m."""
    return np.clip(A - Y, -1, 1)
`,
  'binary-cross-entropy': `
def losses(A, Z, Y):
    """Binary cross-entropy of each sample, summed over its outputs; 0 log(0) counts as 0."""
    return in_order(-np.where(Y == 0, 0, Y * log(A)) - np.where(Y == 1, 0, (1 - Y) * log(1 - A)))


def losses_backward(A, Y):
    """dAL: derivative of each sample's loss by A[L]. It holds nothing of the activation, no sum, no 1/m."""
    return np.where(Y == 0, 0, -Y / A) + np.where(Y == 1, 0, (1 - Y) / (1 - A))
`,
  'cross-entropy': `
def losses(A, Z, Y):
    """Cross-entropy of each sample; 0 log(0) counts as 0."""
    return in_order(np.where(Y == 0, 0, -Y * log(A)))


def losses_backward(A, Y):
    """dAL: derivative of each sample's loss by A[L]. It holds nothing of the activation, no sum, no 1/m."""
    return np.where(Y == 0, 0, -Y / A)
`,
};

/** `state` is what an optimizer remembers between updates; sgd remembers nothing. */
export function updateParameters(optimizer: Optimizer): string {
  switch (optimizer.name) {
    case 'sgd':
      return `
def update_parameters(parameters, gradients, learning_rate):
    """Gradient descent: W := W - learning_rate dW (never W := dW)."""
    return {name: value - learning_rate * gradients["d" + name] for name, value in parameters.items()}
`;
    case 'momentum':
      return withState(['v'], `
    """Momentum: v := ${float(optimizer.momentum)} v + dW; W := W - learning_rate v."""
    updated = {}
    for name, value in parameters.items():
        v = state["v"][name] = ${float(optimizer.momentum)} * state["v"][name] + gradients["d" + name]
        updated[name] = value - learning_rate * v
    return updated`);
    case 'rmsprop':
      return withState(['s'], `
    """RMSprop: s := ${float(optimizer.decay)} s + (1 - ${float(optimizer.decay)}) dW^2; W := W - learning_rate dW / (sqrt(s) + epsilon)."""
    decay, epsilon = ${float(optimizer.decay)}, ${float(optimizer.epsilon)}
    updated = {}
    for name, value in parameters.items():
        gradient = gradients["d" + name]
        s = state["s"][name] = decay * state["s"][name] + (1 - decay) * gradient * gradient
        updated[name] = value - learning_rate * gradient / (np.sqrt(s) + epsilon)
    return updated`);
    case 'adam':
      return withState(['v', 's'], `
    """Adam (Kingma and Ba, 2015) with bias correction."""
    beta1, beta2, epsilon = ${float(optimizer.beta1)}, ${float(optimizer.beta2)}, ${float(optimizer.epsilon)}
    state["beta1_t"] *= beta1  # beta1 to the power of t
    state["beta2_t"] *= beta2
    updated = {}
    for name, value in parameters.items():
        gradient = gradients["d" + name]
        v = state["v"][name] = beta1 * state["v"][name] + (1 - beta1) * gradient
        s = state["s"][name] = beta2 * state["s"][name] + (1 - beta2) * gradient * gradient
        v_corrected = v / (1 - state["beta1_t"])
        s_corrected = s / (1 - state["beta2_t"])
        updated[name] = value - learning_rate * v_corrected / (np.sqrt(s_corrected) + epsilon)
    return updated`);
  }
}

function withState(names: readonly string[], body: string): string {
  return `
def initialize_optimizer(parameters):
    zeros = {name: np.zeros_like(value) for name, value in parameters.items()}
    return {${[...names.map((name) => `"${name}": dict(zeros)`), ...(names.length > 1 ? ['"beta1_t": 1.0', '"beta2_t": 1.0'] : [])].join(', ')}}


def update_parameters(parameters, gradients, state, learning_rate):${body}
`;
}
