// dAL, the derivative of the per-sample loss by the prediction: no activation, no sum, no 1/m.

import { lossBackward, lossNames, lossPerSample, type LossName } from '../../core/losses';
import { matrix } from '../../core/matrix';
import { copyMatrix, numericDerivative } from '../tensors';
import { LOSS_TITLES, type Mistake, type Target, type Writing } from './target';

export const dAL: Target = {
  meaning: 'the derivative of the loss by the prediction',
  holds: 'samples',
  right({ loss, A, Y }) {
    const result = matrix(A.rows, A.columns);
    lossBackward(loss!, A, Y, result);
    return result;
  },
  numeric({ loss, A, Y, Z }) {
    const moved = copyMatrix(A);
    const losses = new Float64Array(A.rows);
    return numericDerivative(moved, () => {
      // 'linear' and not the layer's own activation: the loss as a function of A, not of Z
      lossPerSample(loss!, 'linear', Z, moved, Y, losses);
      return losses.reduce((sum, each) => sum + each, 0);
    });
  },
  written: ({ loss, names }) => lossDerivative(loss!, names('A'), names('Y')),
  mistakes,
};

/** As people write it. */
export function lossDerivative(loss: LossName, A: string, Y: string): string {
  switch (loss) {
    case 'mse':
      return `${A} - ${Y}`;
    case 'mae':
      return `np.sign(${A} - ${Y})`;
    case 'huber':
      return `np.clip(${A} - ${Y}, -1, 1)`;
    case 'binary-cross-entropy':
      return `-(np.divide(${Y}, ${A}) - np.divide(1 - ${Y}, 1 - ${A}))`;
    case 'cross-entropy':
      return `-np.divide(${Y}, ${A})`;
  }
}

function mistakes({ loss, names, asked }: Writing): Mistake[] {
  const A = names('A');
  const right = lossDerivative(loss!, A, names('Y'));
  const title = LOSS_TITLES[loss!];
  const later = `The derivative of the activation belongs one link later, in ${names('dZ')} = ${names('dA')} * g'(${names('Z')}).`;
  return [
    ...lossNames.filter((name) => asked.loss && name !== loss).map((name): Mistake => ({
      rule: 'other-loss',
      formula: `dAL_${name.replaceAll('-', '_')}`,
      message: `This is the dAL of ${LOSS_TITLES[name]}, and the loss is ${title}.`,
      explanation: `Each loss has its own derivative: for ${title} it is ${right}.${otherLoss(loss!, name, names('dZ'))}`,
    })),
    ...(loss === 'binary-cross-entropy'
      ? [
          {
            rule: 'sign' as const,
            formula: 'Y / A + (1 - Y) / (1 - A)',
            message: 'A sign between the two parts is wrong.',
            explanation: `Of log(1 - A) the derivative is -1 / (1 - A), so the two parts have opposite signs: ${right}.`,
          },
        ]
      : []),
    {
      rule: 'loss-itself',
      formula: `loss_${loss!.replaceAll('-', '_')}`,
      message: 'This is the loss itself, not its derivative.',
      explanation: `The backward pass begins with how the loss changes when ${A} does: ${right}.`,
    },
    ...['relu', 'sigmoid', 'tanh', 'leaky_relu'].flatMap((g): Mistake[] =>
      ['Z', 'A'].flatMap((of): Mistake[] =>
        ['', ...(loss === 'mse' || !asked.loss ? [] : ['_mse'])].map((other): Mistake => ({
          rule: 'activation-in-dAL',
          formula: `dAL${other} * ${derivativeName(g, of)}`,
          message: `This has the derivative of ${title2(g)} in it, which does not belong into ${names('dA')}.`,
          explanation: `${names('dA')} is the derivative of the loss by ${A} alone, ${right}. ${later}`,
        })),
      ),
    ),
    ...['relu', 'leaky_relu', 'sigmoid', 'tanh'].flatMap((g): Mistake[] =>
      ['A', 'Z', 'A_prev', 'Z_prev'].map((of): Mistake => ({
        rule: 'activation-instead-of-loss',
        formula: derivativeName(g, of),
        message: `This is the derivative of ${title2(g)}, the activation, where the derivative of the loss is meant.`,
        explanation: `${names('dA')} tells how the loss changes with ${A}: ${right}, for ${title}. It holds nothing of the activation. ${later}`,
      })),
    ),
  ];
}

function otherLoss(loss: LossName, theirs: LossName, dZ: string): string {
  if (theirs === 'mse' && loss === 'binary-cross-entropy') return ` A - Y is ${dZ} under a sigmoid output, one link later: there the sigmoid's derivative A (1 - A) cancels the denominators.`;
  if (theirs === 'mse' && loss === 'cross-entropy') return ` A - Y is ${dZ} under a softmax output, one link later.`;
  if (theirs === 'cross-entropy' && loss === 'binary-cross-entropy') return ' The part of the samples with Y = 0 is missing.';
  return '';
}

/** Sigmoid and tanh as people write them from A; the others by the sign of what they are given. */
export function derivativeName(g: string, of: string): string {
  const fromA = (g === 'sigmoid' || g === 'tanh') && of.startsWith('A');
  return `${fromA ? 'dform' : 'dg'}_${g}_${of}`;
}

export function title2(g: string): string {
  return { relu: 'ReLU', leaky_relu: 'leaky ReLU' }[g] ?? g;
}
