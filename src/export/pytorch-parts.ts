// Activations, losses and optimizers as PyTorch source: its own, and written out where its own round differently.

import { LEAKY_SLOPE, type ActivationName } from '../core/activations';
import type { LossName } from '../core/losses';
import type { Optimizer } from '../experiment/schema';
import { fdlibm } from './numpy-fdlibm';
import { activationName, activations as numpyActivations } from './numpy-parts';
import { float } from './python-text';

/** As modules and functions of PyTorch that are g of ours to the last digits, with the same g' at corners. */
export const activations: Record<ActivationName, string> = {
  linear: 'lambda Z: Z',
  relu: 'torch.relu',
  'leaky-relu': `lambda Z: F.leaky_relu(Z, negative_slope=${float(LEAKY_SLOPE)})`,
  sigmoid: 'torch.sigmoid',
  tanh: 'torch.tanh',
  swish: 'F.silu',
  gelu: 'F.gelu',
  elu: 'F.elu',
  // F.softplus turns into Z itself above 20
  softplus: 'lambda Z: -F.logsigmoid(-Z)',
  softmax: 'lambda Z: torch.softmax(Z, dim=1)',
};

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

/** Those whose functions round differently in PyTorch, by the NumPy functions that round as ours; none where there are none. */
export function sameActivations(used: readonly ActivationName[]): string[] {
  const names = used.filter((name) => !['linear', 'relu', 'leaky-relu', 'softmax'].includes(name));
  if (names.length === 0) return [];
  const parts = [...new Set(names.flatMap((name) => numpyActivations[name]))];
  return [...fdlibm(parts.join('\n')), ...parts, `
class SameRounding(torch.autograd.Function):
    """g and its derivative by the NumPy functions above, which round as the run does; PyTorch's own round differently."""

    functions = {${names.map((name) => `"${name}": (${activationName(name)}, ${activationName(name)}_backward)`).join(', ')}}

    @staticmethod
    def forward(ctx, Z, name):
        ctx.name = name
        A = torch.from_numpy(SameRounding.functions[name][0](Z.numpy()))
        ctx.save_for_backward(Z, A)
        return A

    @staticmethod
    def backward(ctx, dA):
        Z, A = ctx.saved_tensors
        return torch.from_numpy(SameRounding.functions[ctx.name][1](dA.numpy(), Z.numpy(), A.numpy())), None
`];
}

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
      return { state: '', body: 'parameter -= learning_rate * gradient' };
    case 'momentum':
      return { state: 'v', body: `state["v"] = ${float(optimizer.momentum)} * state["v"] + gradient\n            parameter -= learning_rate * state["v"]` };
    case 'rmsprop':
      return {
        state: 's',
        body: `state["s"] = ${float(optimizer.decay)} * state["s"] + (1 - ${float(optimizer.decay)}) * gradient * gradient
            parameter -= learning_rate * gradient / (torch.sqrt(state["s"]) + ${float(optimizer.epsilon)})`,
      };
    case 'adam':
      return {
        state: 'vs',
        body: `state["v"] = ${float(optimizer.beta1)} * state["v"] + (1 - ${float(optimizer.beta1)}) * gradient
            state["s"] = ${float(optimizer.beta2)} * state["s"] + (1 - ${float(optimizer.beta2)}) * gradient * gradient
            v_corrected = state["v"] / (1 - self.beta1_t)
            s_corrected = state["s"] / (1 - self.beta2_t)
            parameter -= learning_rate * v_corrected / (torch.sqrt(s_corrected) + ${float(optimizer.epsilon)})`,
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
${state === '' ? '' : `        self.states = [{${[...state].map((name) => `"${name}": torch.zeros_like(parameter)`).join(', ')}} for parameter in self.parameters]\n`}${optimizer.name === 'adam' ? '        self.beta1_t = self.beta2_t = 1.0  # beta1 and beta2 to the power of t\n' : ''}
    @torch.no_grad()
    def step(self):
${optimizer.name === 'adam' ? `        self.beta1_t *= ${float(optimizer.beta1)}\n        self.beta2_t *= ${float(optimizer.beta2)}\n` : ''}        for ${state === '' ? 'parameter in self.parameters' : 'parameter, state in zip(self.parameters, self.states)'}:
            gradient = parameter.grad
            ${body}


def optimizer_of(parameters):
    if same_rounding:
        return WrittenOut(parameters)
    return torch.optim.${optimizerOf(optimizer)}
`;
}
