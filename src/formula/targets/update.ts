// One step of gradient descent, W := W - α dW: not a gradient, but where right gradients come to nothing.

import type { Matrix } from '../../core/matrix';
import type { Naming } from '../naming';
import type { Holds } from '../tensors';
import { CONSTANTS, type World } from '../world';
import { db, dW } from './affine';
import type { Mistake, Target } from './target';

/** Gradients without the share of L2, which is not the update's matter. */
const withoutL2 = (names: Naming): Naming => Object.assign((role: Parameters<Naming>[0]) => names(role), { uses: () => false });

function update(parameter: 'W' | 'b', gradient: Target, holds: Holds): Target {
  const step = (world: World, derivative: Matrix): Matrix => ({
    ...derivative,
    data: derivative.data.map((d, k) => world[parameter].data[k]! - CONSTANTS.learningRate * d),
  });
  const d = `d${parameter}` as const;
  return {
    meaning: `${parameter} after one step of gradient descent`,
    holds,
    right: (world, names) => step(world, gradient.right(world, withoutL2(names))),
    numeric: (world, names) => step(world, gradient.numeric(world, withoutL2(names))),
    written: ({ names }) => `${names(parameter)} - ${names('learning_rate')} * ${names(d)}`,
    mistakes(writing) {
      const { names } = writing;
      const right = `${names(parameter)} = ${this.written(writing)}`;
      const mistake = (formula: string, message: string, explanation: string): Mistake => ({ rule: 'update', formula, message, explanation: `${explanation} ${right}.` });
      return [
        mistake(d, `This sets ${names(parameter)} to its gradient.`, `The gradient says where to go from ${names(parameter)}, so a small step of it is taken away:`),
        mistake(`${parameter} + alpha * ${d}`, 'This adds the gradient: it climbs, and the cost rises.', 'The gradient points to where the cost grows, so it is subtracted:'),
        mistake(`${parameter} - ${d}`, 'The learning rate is missing.', 'The whole gradient is too large a step:'),
        mistake(`${parameter} - alpha * ${d} / m`, `This divides by m once more.`, `1/m is in ${names(d)} already:`),
        mistake(`alpha * ${d}`, `${names(parameter)} itself is missing: this is the step alone.`, 'The step is taken away from the old value:'),
        mistake(parameter, `Nothing changes: this is ${names(parameter)} as it was.`, 'A step of gradient descent takes the gradient away:'),
      ];
    },
  };
}

export const W = update('W', dW, 'weights');
export const b = update('b', db, 'bias');
