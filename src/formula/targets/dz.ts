// dZ = dA * g'(Z), and g'(Z) alone.

import { activate, activateBackward, activationNames, type ActivationName } from '../../core/activations';
import { isStablePair, lossPerSample } from '../../core/losses';
import { matrix, type Matrix } from '../../core/matrix';
import { copyMatrix, inner, numericDerivative } from '../tensors';
import type { World } from '../world';
import { lossDerivative } from './dal';
import { ACTIVATION_TITLES, LOSS_TITLES, type Mistake, type Target, type Writing } from './target';

export const dZ: Target = {
  meaning: 'the derivative of the loss by Z',
  holds: 'samples',
  right: (world) => world.dZ,
  numeric({ activation, loss, output, Z, Y, dA }) {
    const moved = copyMatrix(Z);
    const A = matrix(Z.rows, Z.columns);
    const losses = new Float64Array(Z.rows);
    return numericDerivative(moved, () => {
      activate(activation!, moved, A);
      if (!output) return inner(dA, A);
      lossPerSample(loss!, 'linear', moved, A, Y, losses);
      return losses.reduce((sum, each) => sum + each, 0);
    });
  },
  written(writing) {
    const { names, activation, loss, output } = writing;
    const A = names('A');
    if (output && isStablePair(loss!, activation!)) return `${A} - ${names('Y')}`;
    const upstream = output && !names.uses('dA') ? `(${lossDerivative(loss!, A, names('Y'))})` : names.uses('W_next') && !names.uses('dA') ? `np.dot(${names('W_next')}.T, ${names('dZ_next')})` : names('dA');
    if (activation === 'linear') return upstream.replace(/^\((.*)\)$/, '$1');
    if (activation === 'softmax') return `${A} * (${upstream} - np.sum(${upstream} * ${A}, axis=${writing.layout === 'columns' ? 0 : 1}, keepdims=True))`;
    if (activation === 'relu') return `${upstream} * (${names('Z')} > 0)`;
    return `${upstream} * ${bracketed(activationDerivative(writing))}`;
  },
  mistakes: (writing) => [
    ...upstreamMistakes(writing),
    ...derivativeMistakes(writing, 'dA * '),
    ...derivativeMistakes(writing, '').map((mistake) => ({ ...mistake, explanation: `${mistake.explanation} And ${writing.names('dA')}, which comes from above, has to be a factor.` })),
  ],
};

export const derivative: Target = {
  meaning: "the derivative of the activation, g'(Z)",
  // the Jacobian of softmax is square and symmetric, the others are entry by entry
  holds: 'samples',
  right: ({ activation, Z, A }) => (activation === 'softmax' ? jacobian(A) : vectorJacobian(activation!, ones(Z), Z, A)),
  numeric({ activation, Z }) {
    const moved = copyMatrix(Z);
    const A = matrix(Z.rows, Z.columns);
    if (activation !== 'softmax') {
      return numericDerivative(moved, () => {
        activate(activation!, moved, A);
        return inner(ones(A), A);
      });
    }
    const n = Z.columns;
    const result = matrix(n, n);
    for (let i = 0; i < n; i++) {
      const row = numericDerivative(moved, () => {
        activate('softmax', moved, A);
        return A.data[i]!;
      });
      result.data.set(row.data, i * n);
    }
    return result;
  },
  written: activationDerivative,
  mistakes: (writing) => derivativeMistakes(writing, ''),
};

function vectorJacobian(activation: ActivationName, dA: Matrix, Z: Matrix, A: Matrix): Matrix {
  const result = matrix(Z.rows, Z.columns);
  activateBackward(activation, dA, Z, A, result);
  return result;
}

/** ∂A[i]/∂Z[j] of one sample, n × n. */
function jacobian(A: Matrix): Matrix {
  const n = A.columns;
  const result = matrix(n, n);
  for (let i = 0; i < n; i++) {
    const unit = matrix(1, n);
    unit.data[i] = 1;
    result.data.set(vectorJacobian('softmax', unit, A, A).data, i * n);
  }
  return result;
}

function ones({ rows, columns }: Matrix): Matrix {
  const result = matrix(rows, columns);
  result.data.fill(1);
  return result;
}

/** g'(Z) as people write it, from A where the text has A and that is the usual form. */
export function activationDerivative({ activation, names }: Pick<Writing, 'activation' | 'names'>): string {
  const Z = names('Z');
  const A = names('A');
  const fromZ = names.uses('Z') && !names.uses('A');
  const sigmoid = `1 / (1 + np.exp(-${Z}))`;
  switch (activation!) {
    case 'linear':
      return `np.ones_like(${Z})`;
    case 'relu':
      return `(${Z} > 0).astype(float)`;
    case 'leaky-relu':
      return `np.where(${Z} > 0, 1, 0.01)`;
    case 'sigmoid':
      return fromZ ? `${sigmoid} * (1 - ${sigmoid})` : `${A} * (1 - ${A})`;
    case 'tanh':
      return fromZ ? `1 - np.tanh(${Z}) ** 2` : `1 - ${A} ** 2`;
    case 'swish':
      return `${A} + ${sigmoid} * (1 - ${A})`;
    case 'gelu':
      return `norm.cdf(${Z}) + ${Z} * norm.pdf(${Z})`;
    case 'elu':
      return `np.where(${Z} > 0, 1, np.exp(${Z}))`;
    case 'softplus':
      return sigmoid;
    case 'softmax':
      return `np.diagflat(${A}) - np.dot(${A}, ${A}.T)`;
  }
}

function bracketed(text: string): string {
  return /^np\.\w+\([^()]*\)$/.test(text) || /^\(.*\)\.astype/.test(text) ? text : `(${text})`;
}

/** What goes wrong with the factor from above. */
function upstreamMistakes(writing: Writing): Mistake[] {
  const { names, activation, loss, output, asked } = writing;
  const right = dZ.written(writing);
  const title = ACTIVATION_TITLES[activation!];
  const mistakes: Mistake[] = [
    {
      rule: 'upstream-dropped',
      formula: 'dg',
      message: `${names('dA')} is missing: this is g'(${names('Z')}) alone.`,
      explanation: `By the chain rule the derivative that comes from above is multiplied by that of the activation: ${names('dZ')} = ${right}.`,
    },
  ];
  if (activation !== 'linear') {
    mistakes.push({
      rule: 'derivative-missing',
      formula: 'dA',
      message: `The derivative of ${title} is missing: this is ${names('dA')} alone.`,
      explanation: `Between ${names('A')} and ${names('Z')} stands the activation, and its derivative is a factor: ${names('dZ')} = ${right}.`,
    });
  }
  if (output && asked.loss) {
    mistakes.push({
      rule: 'other-loss',
      formula: 'A - Y',
      message: `${names('A')} - ${names('Y')} is dZ for another pair of loss and activation.`,
      explanation: `It holds for binary cross-entropy with sigmoid, cross-entropy with softmax, and MSE with a linear output. For ${LOSS_TITLES[loss!]} with ${title} it is ${right}.`,
    });
  }
  return mistakes;
}

/** What goes wrong with g'(Z); `before` is put before each formula: `dA * `, or nothing. */
function derivativeMistakes(writing: Writing, before: string): Mistake[] {
  const { names, activation, asked } = writing;
  const Z = names('Z');
  const A = names('A');
  const title = ACTIVATION_TITLES[activation!];
  const right = activationDerivative(writing);
  const usual = `g'(${Z}) of ${title} is ${right}.`;
  const mistake = (rule: Mistake['rule'], formula: string, message: string, explanation: string): Mistake => ({ rule, formula: `${before}${formula}`, message, explanation: `${explanation} ${usual}` });
  if (activation === 'softmax') {
    return [
      mistake(
        'diagonal-only',
        'A * (1 - A)',
        'This is only the diagonal of the Jacobian of softmax.',
        `Every output of softmax depends on every ${Z} of its sample, so each sample needs the whole matrix. Multiplied by dA it is A * (dA - np.sum(dA * A, axis=0, keepdims=True)).`,
      ),
    ];
  }
  return [
    mistake('derivative-twice', 'dg * dg', `The derivative of ${title} is multiplied in twice.`, 'Each link of the chain has it once.'),
    mistake('derivative-of-A', 'dg_of_A', `The derivative is taken of ${A} instead of ${Z}.`, `${A} is already g(${Z}): g' has to be taken at ${Z}.`),
    mistake('derivative-of-dA', 'dg_of_dA', `The derivative is taken of ${names('dA')} instead of ${Z}.`, `${names('dA')} is what comes from above; where the activation bends is decided by ${Z}, of the forward pass.`),
    mistake('derivative-of-Z', 'dform_of_Z', `The form that takes ${A} is given ${Z}.`, `Written with the activation itself, it needs ${A} = g(${Z}), not ${Z}.${Z === 'x' ? ' (Where x already is the activation, because the function is called with A, it is right.)' : ''}`),
    mistake('derivative-of-dA', 'dform_of_dA', `The derivative is taken of ${names('dA')} instead of ${A}.`, `${names('dA')} is what comes from above; the derivative is that of the forward pass.`),
    mistake('exp-sign', 'bad * (1 - bad)', `The sigmoid in it has 1 - exp(-${Z}) in the place of 1 + exp(-${Z}).`, `Sigmoid is 1 / (1 + exp(-${Z})), which lies between 0 and 1.`),
    mistake('activation-itself', 'A', `This is the activation itself, not its derivative.`, 'Backward goes how much A changes with Z.'),
    ...(activation === 'sigmoid' ? [mistake('half-derivative', '(1 - A)', 'The factor A is missing.', 'The derivative of sigmoid has two factors.')] : []),
    ...(activation === 'relu' || activation === 'leaky-relu' ? [mistake('wrong-mask', 'dg_inverted', 'The mask is the wrong way round.', `The gradient passes where ${Z} is above 0.`)] : []),
    ...activationNames.filter((name) => asked.activation && name !== activation && name !== 'softmax' && name !== 'linear').map((name) => mistake('other-activation', `dg_${name.replaceAll('-', '_')}_Z`, `This is the derivative of ${ACTIVATION_TITLES[name]}, and the activation is ${title}.`, 'Each activation has its own derivative.')),
    ...['sigmoid', 'tanh'].filter((name) => asked.activation && name !== activation).map((name) => mistake('other-activation', `dform_${name}_A`, `This is the derivative of ${name}, and the activation is ${title}.`, 'Each activation has its own derivative.')),
  ];
}

/** The worlds of `derivative` under softmax hold one sample: see world.ts. */
export function isOfOneSample(activation: World['activation']): boolean {
  return activation === 'softmax';
}
