// What a constant factor, an overwritten value or an ε means, in words.

import type { LossName } from '../core/losses';
import type { FormulaError, Range } from './error';
import type { FormulaFinding, FormulaRule, TargetName } from './finding';
import type { Role } from './names';
import type { Naming } from './naming';
import type { Tensor } from './value';
import { shapeText } from './value';
import type { Sizes } from './world';

/** Whether a gradient is of the loss of one sample, without 1/m. */
const PER_SAMPLE: ReadonlySet<TargetName> = new Set(['dAL', 'dZ', 'derivative', 'dA_prev']);

export function factorFinding(factor: string, target: TargetName, loss: LossName | null, names: Naming, at: Range): FormulaFinding {
  return { rule: 'constant-factor', severity: 'error', factor, message: factor === '-1' ? 'The sign is turned round: every value is -1 times the right one.' : `The values are ${described(factor)} times the right ones.`, explanation: factorExplanation(factor, target, loss, names), at };
}

function described(factor: string): string {
  return { '1/2': '½', '-1/2': '-½' }[factor] ?? factor;
}

function factorExplanation(factor: string, target: TargetName, loss: LossName | null, names: Naming): string {
  const size = factor.replace(/^-/, '');
  const said: string[] = [];
  if (factor.startsWith('-')) said.push('With a turned sign gradient descent would climb, and the cost rise.');
  if (size === '1') return said.join(' ');
  const overM = /\/\(?(\d·)?m²?\b/.test(size) || size.includes('/m');
  if (PER_SAMPLE.has(target)) {
    if (overM) said.push(`1/m belongs to the cost, not to the loss of one sample: it comes in with ${names('dW')} and ${names('db')}, and nowhere before. With it here the gradients are divided by m twice.`);
    else if (/\bm/.test(size)) said.push(`${names('m')} has no place here: this is the derivative for one sample.`);
  } else if (overM) said.push('1/m is in it twice: once is right, because the cost is the mean over the m samples.');
  else if (size === 'm') said.push(`1/m is missing: the cost is the mean of the losses over the ${names('m')} samples. (Where your dAL already has 1/m it must not come again, but it belongs here.)`);
  if (/(^|\()2|·2|^2/.test(size) && target === 'dAL' && loss === 'mse') said.push('The 2 is that of (A - Y)². MSE here is ½ (A - Y)², whose ½ cancels it: if your cost has no ½, the 2 is right.');
  if (/\/C|·C\)/.test(size)) said.push('1/C is a mean over the outputs; the loss of a sample is their sum.');
  if (size.includes('α')) said.push('The learning rate belongs into the update, W := W - α dW, not into the gradient.');
  if (said.length === 0) said.push('A gradient of the wrong size trains with another learning rate than you set, and a gradient check fails.');
  return said.join(' ');
}

export function overwrittenFinding(roles: readonly Role[], target: TargetName, names: Naming, at: Range): FormulaFinding[] {
  return roles.filter((role) => role !== target).flatMap((role): FormulaFinding[] => {
    const name = names(role);
    // nothing reads dA after this; all else belongs to the forward pass
    const harmless = role === 'dA';
    return [
      {
        rule: 'overwritten',
        severity: harmless ? 'info' : 'error',
        message: `This overwrites ${name}.`,
        explanation: `"=" makes no copy: both names mean the same array, so an assignment into it changes ${name} too.${harmless ? '' : ' What is computed from it later, or a second backward pass from the same cache, is wrong.'} Start from np.array(${name}, copy=True).`,
        at,
      },
    ];
  });
}

/** Sizes in braces as n[l] × m. */
export function withSizes(text: string, { m, n, previous, next }: Sizes): string {
  const names = new Map([[String(m), 'm'], [String(n), 'n[l]'], [String(previous), 'n[l-1]'], [String(next), 'n[l+1]']]);
  return text.replace(/\{(\d+)\}/g, (_, size: string) => names.get(size) ?? size);
}

export function errorFinding(error: FormulaError, sizes: Sizes, otherwise: Range): FormulaFinding {
  return { rule: error.rule, severity: 'error', message: withSizes(error.message, sizes), explanation: withSizes(error.explanation, sizes), at: error.at ?? otherwise };
}

/** Where nothing known explains the values. */
export function unexplained(theirs: Tensor, right: Tensor, sizes: Sizes, at: Range, shouldBe: string): FormulaFinding {
  const finding = (rule: FormulaRule, message: string, explanation: string): FormulaFinding => ({ rule, severity: 'error', message: withSizes(message, sizes), explanation: withSizes(explanation, sizes), at });
  if (theirs.data.some((x) => !Number.isFinite(x))) return finding('not-finite', 'Some values are not finite: a division by 0, or the logarithm of a number that is not positive.', `It should be ${shouldBe}.`);
  if (theirs.shape.join() !== right.shape.join()) {
    return finding('shapes', `The result is ${shapeText(theirs.shape)}, where ${shapeText(right.shape)} is needed.`, `A gradient has the shape of what it is the derivative of. It should be ${shouldBe}.`);
  }
  if (theirs.data.every((x) => x === 0)) return finding('all-zero', 'Every value is 0.', `Nothing would be learnt. It should be ${shouldBe}.`);
  if (theirs.data.every((x) => x === theirs.data[0])) return finding('summed', 'Every entry has the same value, where each sample has its own.', `It should be ${shouldBe}.`);
  return finding('unexplained', 'The values are not those of the derivative.', `It is none of the mistakes that the check knows. Compare the values below, and with ${shouldBe}.`);
}
