// The affine step Z = W A_prev + b backward: dW, db and dA_prev.

import { matrix, type Matrix } from '../../core/matrix';
import type { Naming } from '../naming';
import { copyMatrix, inner, numericDerivative } from '../tensors';
import { CONSTANTS, type World } from '../world';
import type { Mistake, Target } from './target';

const MEAN = 'The cost is the mean of the losses over the m samples, so its derivative has 1/m, here and nowhere else.';

export const dW: Target = {
  meaning: 'the derivative of the cost by W',
  holds: 'weights',
  right({ sizes: { m, n, previous }, dZ, A_prev, W }, names) {
    const result = matrix(n, previous);
    const l2 = names.uses('lambd') ? CONSTANTS.lambda / m : 0;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < previous; j++) {
        let sum = 0;
        for (let s = 0; s < m; s++) sum += dZ.data[s * n + i]! * A_prev.data[s * previous + j]!;
        result.data[i * previous + j] = sum / m + l2 * W.data[i * previous + j]!;
      }
    }
    return result;
  },
  numeric(world, names) {
    const W = copyMatrix(world.W);
    const l2 = names.uses('lambd') ? CONSTANTS.lambda / (2 * world.sizes.m) : 0;
    return numericDerivative(W, () => inner(world.dZ, forward({ ...world, W })) / world.sizes.m + l2 * inner(W, W));
  },
  written({ names, layout }) {
    const [dZ, A_prev] = [names('dZ'), names('A_prev')];
    const product = layout === 'columns' ? `np.dot(${dZ}, ${A_prev}.T)` : `np.dot(${A_prev}.T, ${dZ})`;
    return `${product} / ${names('m')}${names.uses('lambd') ? ` + (${names('lambd')} / ${names('m')}) * ${names('W')}` : ''}`;
  },
  mistakes(writing) {
    const { names } = writing;
    const [A, A_prev] = [names('A'), names('A_prev')];
    const right = dW.written(writing);
    const l2 = names.uses('lambd') ? ' + lambd / m * W' : '';
    return [
      {
        rule: 'wrong-input',
        formula: 'np.dot(dZ, A.T) / m',
        message: `${A} stands where ${A_prev} is meant.`,
        explanation: `Z = W A_prev + b: a weight is multiplied by what comes into the layer, ${A_prev}, so that is its derivative. With ${A} the result is n[l] × n[l], which fits W only in a square layer.`,
      },
      {
        rule: 'wrong-input',
        formula: `np.dot(dZ, Z_prev.T) / m${l2}`,
        message: `The pre-activation of the layer before stands where ${A_prev} is meant.`,
        explanation: 'The layer sees what the one before puts out, after its activation.',
      },
      dAInstead(names, `np.dot(dA, A_prev.T) / m${l2}`),
      ...(names.uses('lambd')
        ? ['lambd * W', '2 * lambd * W', '2 * lambd * W / m', 'lambd * W / (2 * m)', 'lambd * W / 2', '-lambd * W / m'].map((share): Mistake => ({
            rule: 'l2-scale',
            formula: `np.dot(dZ, A_prev.T) / m + ${share}`,
            message: 'The share of L2 has another scale than the cost.',
            explanation: `For a cost with ${names('lambd')} / (2 m) · ΣW² it is (${names('lambd')} / m) W: ${right}. If your cost has another scale, this one has to be its derivative.`,
          }))
        : []),
    ];
  },
};

export const db: Target = {
  meaning: 'the derivative of the cost by b',
  holds: 'bias',
  right({ sizes: { m, n }, dZ }) {
    const result = matrix(1, n);
    for (let s = 0; s < m; s++) for (let i = 0; i < n; i++) result.data[i]! += dZ.data[s * n + i]! / m;
    return result;
  },
  numeric(world) {
    const b = copyMatrix(world.b);
    return numericDerivative(b, () => inner(world.dZ, forward({ ...world, b })) / world.sizes.m);
  },
  written: ({ names, layout }) => `np.sum(${names('dZ')}, axis=${layout === 'columns' ? 1 : 0}, keepdims=True) / ${names('m')}`,
  mistakes(writing) {
    const { names, layout } = writing;
    const dZ = names('dZ');
    const right = db.written(writing);
    const axis = layout === 'columns' ? 1 : 0;
    const perUnit = `Each unit has its own bias, so the sum runs over the samples only (axis=${axis}): ${right}.`;
    return [
      { rule: 'missing-axis', formula: 'np.sum(dZ) / m', message: `The sum runs over all of ${dZ}: axis=${axis} is missing.`, explanation: `This gives one number for all units; it is right only for a layer with one unit. ${perUnit}` },
      {
        rule: 'missing-keepdims',
        formula: 'np.sum(dZ, axis=1) / m',
        message: 'The values are right, but keepdims=True is missing.',
        explanation: `The result is a vector of n[l] entries and not n[l] × 1 as b is: b - α db would become n[l] × n[l] by broadcasting, without any error. It has to be ${right}.`,
      },
      ...['np.sum(dZ, axis=0, keepdims=True)', 'np.sum(dZ, axis=0)'].map((formula): Mistake => ({
        rule: 'wrong-axis',
        formula: `${formula} / m`,
        message: `The sum runs over the units (axis=${1 - axis}) instead of the samples.`,
        explanation: perUnit,
      })),
      { rule: 'not-summed', formula: 'dZ / m', message: `${dZ} is not summed over the samples.`, explanation: `The same bias is added to every sample, so its derivative is the sum over them. ${perUnit}` },
      ...['np.sum(dA, axis=1, keepdims=True) / m', 'np.sum(dA) / m'].map((formula) => dAInstead(names, formula)),
    ];
  },
};

export const dA_prev: Target = {
  meaning: 'the derivative of the loss by A of the layer before',
  holds: 'samples',
  right({ sizes: { m, n, previous }, W, dZ }) {
    const result = matrix(m, previous);
    for (let s = 0; s < m; s++) {
      for (let j = 0; j < previous; j++) {
        let sum = 0;
        for (let i = 0; i < n; i++) sum += dZ.data[s * n + i]! * W.data[i * previous + j]!;
        result.data[s * previous + j] = sum;
      }
    }
    return result;
  },
  numeric(world) {
    const A_prev = copyMatrix(world.A_prev);
    return numericDerivative(A_prev, () => inner(world.dZ, forward({ ...world, A_prev })));
  },
  written: ({ names, layout }) => (layout === 'columns' ? `np.dot(${names('W')}.T, ${names('dZ')})` : `np.dot(${names('dZ')}, ${names('W')}.T)`),
  mistakes(writing) {
    const { names } = writing;
    return [
      dAInstead(names, 'np.dot(W.T, dA)'),
      ...['relu_Z', 'sigmoid_A', 'tanh_A'].map((each): Mistake => ({
        rule: 'activation-in-dA',
        formula: `np.dot(W.T, dZ) * ${each.endsWith('A') ? 'dform' : 'dg'}_${each}_prev`,
        message: 'This has the derivative of the activation of the layer before in it.',
        explanation: `dA is the derivative by A, before it goes through the activation: ${dA_prev.written(writing)}. With that derivative it is dZ of the layer before.`,
      })),
    ];
  },
};

function dAInstead(names: Naming, formula: string): Mistake {
  return {
    rule: 'dA-for-dZ',
    formula,
    message: `${names('dA')} stands where ${names('dZ')} is meant.`,
    explanation: `W and b act on Z, so it is the derivative by Z that goes on, after the derivative of the activation. ${formula.includes('/ m') ? MEAN : ''}`.trim(),
  };
}

/** Z = A_prev Wᵀ + b, one row a sample. */
function forward({ sizes: { m, n, previous }, A_prev, W, b }: World): Matrix {
  const Z = matrix(m, n);
  for (let s = 0; s < m; s++) {
    for (let i = 0; i < n; i++) {
      let z = b.data[i]!;
      for (let j = 0; j < previous; j++) z += W.data[i * previous + j]! * A_prev.data[s * previous + j]!;
      Z.data[s * n + i] = z;
    }
  }
  return Z;
}
