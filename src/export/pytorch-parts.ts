// Activations, losses and optimizers as PyTorch source: its own, and written out where its own round differently.

import { LEAKY_SLOPE, type ActivationName } from '../core/activations';
import { isStablePair, type LossName } from '../core/losses';
import type { CompleteExperiment, Layer, Optimizer } from '../experiment/schema';
import { mathFunctions } from './numpy-math';
import { activationName, activations as numpyActivations, losses as numpyLosses, stablePairs } from './numpy-parts';
import { float } from './python-text';

/** As functions of PyTorch that are g of ours to the last digits, with the same g' at corners. */
const activations: Record<Exclude<ActivationName, 'leaky-relu'>, string> = {
  linear: 'lambda Z: Z',
  relu: 'torch.relu',
  sigmoid: 'torch.sigmoid',
  tanh: 'torch.tanh',
  swish: 'F.silu',
  gelu: 'F.gelu',
  elu: 'F.elu',
  // F.softplus turns into Z itself above 20
  softplus: 'lambda Z: -F.logsigmoid(-Z)',
  softmax: 'lambda Z: torch.softmax(Z, dim=1)',
};

export function layerActivation({ activation, slope = LEAKY_SLOPE }: Layer): string {
  return activation === 'leaky-relu' ? `lambda Z: F.leaky_relu(Z, negative_slope=${float(slope)})` : activations[activation];
}

export const losses: Record<LossName, string> = {
  mse: 'return (0.5 * (A - Y) ** 2).sum(dim=1)',
  mae: 'return (A - Y).abs().sum(dim=1)',
  huber: 'return F.huber_loss(A, Y, reduction="none").sum(dim=1)',
  // 1 instead of A where its logarithm counts nothing: otherwise 0 times infinity would make the gradient NaN
  'binary-cross-entropy': 'return -(Y * torch.where(Y == 0, 1.0, A).log() + (1 - Y) * torch.where(Y == 1, 1.0, 1 - A).log()).sum(dim=1)',
  'cross-entropy': 'return -(Y * torch.where(Y == 0, 1.0, A).log()).sum(dim=1)',
};

/** From Z, because log(A) is -∞ as soon as A rounds to 0. */
export const stableLosses: Partial<Record<LossName, string>> = {
  'binary-cross-entropy': 'return F.binary_cross_entropy_with_logits(Z, Y, reduction="none").sum(dim=1)  # from Z: log(A) is -inf as soon as A rounds to 0',
  'cross-entropy': 'return -(Y * torch.log_softmax(Z, dim=1)).sum(dim=1)  # from Z: log(A) is -inf as soon as A rounds to 0',
};

export const meanings: Record<LossName, string> = {
  mse: 'Half the squared error',
  mae: 'Absolute error',
  huber: 'Huber loss',
  'binary-cross-entropy': 'Binary cross-entropy',
  'cross-entropy': 'Cross-entropy',
};

/** Activations and the loss that round differently in PyTorch, by the NumPy functions that round as ours. */
export interface SameRounding {
  readonly activations: boolean;
  readonly loss: boolean;
  readonly parts: readonly string[];
}

export function sameRounding({ layers, loss }: CompleteExperiment): SameRounding {
  const names = [...new Set(layers.map(({ activation }) => activation))].filter((name) => !['linear', 'relu', 'leaky-relu'].includes(name));
  const logarithmic = loss === 'binary-cross-entropy' || loss === 'cross-entropy';
  const output = layers.at(-1)!.activation;
  const stable = isStablePair(loss, output) ? stablePairs[loss] : undefined;
  const functions = [
    ...names.flatMap((name) => numpyActivations[name]),
    ...(logarithmic ? [(stable?.losses ?? numpyLosses[loss]).replace('def losses(', 'def losses_of(')] : []),
  ];
  const parts = [
    ...new Set(functions),
    ...(names.length > 0 ? [sameActivation(names)] : []),
    ...(logarithmic ? [sameLosses(stable?.dZ.replace('A[L]', 'A'))] : []),
  ];
  return { activations: names.length > 0, loss: logarithmic, parts: parts.length > 0 ? [...mathFunctions(functions.join('\n')), IN_ORDER, ...parts] : [] };
}

const IN_ORDER = `
def in_order(values):
    """Sums over the outputs of each sample."""
    return np.cumsum(values, axis=0)[-1]
`;

const sameActivation = (names: readonly ActivationName[]): string => `
class SameRounding(torch.autograd.Function):
    """g and its derivative by the NumPy functions above, which round as the run does; PyTorch's own round differently.
    There a column is a sample."""

    functions = {${names.map((name) => `"${name}": (${activationName(name)}, ${activationName(name)}_backward)`).join(', ')}}

    @staticmethod
    def forward(ctx, Z, name):
        ctx.name = name
        A = torch.from_numpy(SameRounding.functions[name][0](Z.numpy().T).T)
        ctx.save_for_backward(Z, A)
        return A

    @staticmethod
    def backward(ctx, dA):
        Z, A = ctx.saved_tensors
        return torch.from_numpy(SameRounding.functions[ctx.name][1](dA.numpy().T, Z.numpy().T, A.numpy().T).T), None
`;

/** `dZ`: of a stable pair, straight from A and Y. */
const sameLosses = (dZ: string | undefined): string => `
class SameLosses(torch.autograd.Function):
    """The losses, and ${dZ === undefined ? 'dAL' : 'dZ[L] straight from A[L] and Y'}, by the NumPy functions above."""

    @staticmethod
    def forward(ctx, A, Z, Y):
        ctx.save_for_backward(A, Y)
        return torch.from_numpy(losses_of(A.numpy().T, Z.numpy().T, Y.numpy().T))

    @staticmethod
    def backward(ctx, derivative):
        A, Y = (value.numpy().T for value in ctx.saved_tensors)
        result = derivative[:, None] * torch.from_numpy((${dZ ?? 'losses_backward(A, Y)'}).T)
        return ${dZ === undefined ? 'result, None, None' : 'None, result, None'}
`;

function optimizerOf(optimizer: Optimizer): string {
  switch (optimizer.name) {
    case 'sgd':
      return 'SGD(parameters, lr=learning_rate)';
    case 'momentum':
      return `SGD(parameters, lr=learning_rate, momentum=${float(optimizer.momentum)})`;
    case 'rmsprop':
      return `RMSprop(parameters, lr=learning_rate, alpha=${float(optimizer.decay)}, eps=${float(optimizer.epsilon)})`;
    case 'adam':
      return `Adam(parameters, lr=learning_rate, betas=(${float(optimizer.beta1)}, ${float(optimizer.beta2)}), eps=${float(optimizer.epsilon)})`;
  }
}

/** The update written out: PyTorch's fuses a multiplication with an addition, which rounds once instead of twice. */
function writtenOut(optimizer: Optimizer): { readonly state: string; readonly body: string } {
  switch (optimizer.name) {
    case 'sgd':
      return { state: '', body: 'parameter -= rate * gradient' };
    case 'momentum':
      return { state: 'v', body: `state["v"] = ${float(optimizer.momentum)} * state["v"] + gradient\n            parameter -= rate * state["v"]` };
    case 'rmsprop':
      return {
        state: 's',
        body: `state["s"] = ${float(optimizer.decay)} * state["s"] + (1 - ${float(optimizer.decay)}) * gradient * gradient
            parameter -= rate * gradient / (torch.sqrt(state["s"]) + ${float(optimizer.epsilon)})`,
      };
    case 'adam':
      return {
        state: 'vs',
        body: `state["v"] = ${float(optimizer.beta1)} * state["v"] + (1 - ${float(optimizer.beta1)}) * gradient
            state["s"] = ${float(optimizer.beta2)} * state["s"] + (1 - ${float(optimizer.beta2)}) * gradient * gradient
            v_corrected = state["v"] / (1 - self.beta1_t)
            s_corrected = state["s"] / (1 - self.beta2_t)
            parameter -= rate * v_corrected / (torch.sqrt(s_corrected) + ${float(optimizer.epsilon)})`,
      };
  }
}

export function update(optimizer: Optimizer): string {
  const { state, body } = writtenOut(optimizer);
  return `
class WrittenOut:
    """The update that torch.optim makes too; that one fuses a product with a sum, which rounds differently."""

    def __init__(self, parameters):
        self.parameters = list(parameters)
        self.param_groups = [{"lr": learning_rate}]  # as those of torch.optim have it
${state === '' ? '' : `        self.states = [{${[...state].map((name) => `"${name}": torch.zeros_like(parameter)`).join(', ')}} for parameter in self.parameters]\n`}${optimizer.name === 'adam' ? '        self.beta1_t = self.beta2_t = 1.0  # beta1 and beta2 to the power of t\n' : ''}
    @torch.no_grad()
    def step(self):
        rate = self.param_groups[0]["lr"]
${optimizer.name === 'adam' ? `        self.beta1_t *= ${float(optimizer.beta1)}\n        self.beta2_t *= ${float(optimizer.beta2)}\n` : ''}        for ${state === '' ? 'parameter in self.parameters' : 'parameter, state in zip(self.parameters, self.states)'}:
            gradient = parameter.grad
            ${body}


def optimizer_of(parameters):
    if same_rounding:
        return WrittenOut(parameters)
    return torch.optim.${optimizerOf(optimizer)}
`;
}
