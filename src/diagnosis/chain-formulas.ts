// The links of the chain rule as TeX, in the letters of the course, with numbers put in where there is one of each.

import type { ActivationName } from '../core/activations';
import type { LossName } from '../core/losses';

/** A letter of layer l: Z^{[2]}. */
export function letter(name: string, l: number): string {
  return `${name}^{[${l}]}`;
}

/** A number of at most seven significant digits. */
export function tex(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? '\\text{NaN}' : value > 0 ? '\\infty' : '-\\infty';
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e6 || size < 1e-3)) {
    const [digits, power] = value.toExponential(4).split('e') as [string, string];
    return `${Number(digits)} \\cdot 10^{${Number(power)}}`;
  }
  return String(Number(value.toPrecision(7)));
}

/** The same with brackets around a negative number, as a factor or after a minus. */
export function factor(value: number): string {
  return value < 0 ? `(${tex(value)})` : tex(value);
}

/** On one line: braces over several need a mathematical font. */
function where(z: string, above: string, below: string): string {
  return `${above} \\text{ where } ${z} > 0, \\text{ else } ${below}`;
}

/** g(z), with `z` and `a` as they are written; `slope` is of leaky ReLU. */
export function activationFormula(name: ActivationName, z: string, slope: number): string {
  switch (name) {
    case 'linear':
      return z;
    case 'relu':
      return `\\max(0, ${z})`;
    case 'leaky-relu':
      return where(z, z, `${tex(slope)}\\,${z}`);
    case 'sigmoid':
      return `\\frac{1}{1 + e^{-${z}}}`;
    case 'tanh':
      return `\\tanh(${z})`;
    case 'swish':
      return `${z}\\,\\sigma(${z})`;
    case 'gelu':
      return `${z}\\,\\Phi(${z})`;
    case 'elu':
      return where(z, z, `e^{${z}} - 1`);
    case 'softplus':
      return `\\log(1 + e^{${z}})`;
    case 'softmax':
      return `\\frac{e^{${z}}}{\\sum e^{${z}}}`;
  }
}

/** g'(z); softmax has a Jacobian instead. */
export function derivativeFormula(name: Exclude<ActivationName, 'softmax'>, z: string, a: string, slope: number): string {
  switch (name) {
    case 'linear':
      return '1';
    case 'relu':
      return where(z, '1', '0');
    case 'leaky-relu':
      return where(z, '1', tex(slope));
    case 'sigmoid':
      return `${a}\\,(1 - ${a})`;
    case 'tanh':
      return `1 - (${a})^2`;
    case 'swish':
      return `${a} + \\sigma(${z})\\,(1 - ${a})`;
    case 'gelu':
      return `\\Phi(${z}) + ${z}\\,\\varphi(${z})`;
    case 'elu':
      return where(z, '1', `${a} + 1`);
    case 'softplus':
      return `\\sigma(${z})`;
  }
}

/** The loss of one output; `sum` where there are several. */
export function lossFormula(name: LossName, a: string, y: string, sum: boolean): string {
  const one = {
    mse: `\\tfrac12 (${a} - ${y})^2`,
    mae: `|${a} - ${y}|`,
    huber: `\\tfrac12 (${a} - ${y})^2 \\text{ where } |${a} - ${y}| \\le 1, \\text{ else } |${a} - ${y}| - \\tfrac12`,
    'binary-cross-entropy': `-${y} \\log ${a} - (1 - ${y}) \\log(1 - ${a})`,
    'cross-entropy': `-${y} \\log ${a}`,
  }[name];
  if (!sum) return one;
  return name === 'cross-entropy' ? `-\\textstyle\\sum ${y} \\log ${a}` : `\\textstyle\\sum \\left(${one}\\right)`;
}

/** dAL, the derivative of the loss by A[L]. */
export function lossDerivativeFormula(name: LossName, a: string, y: string): string {
  return {
    mse: `${a} - ${y}`,
    mae: `\\operatorname{sign}(${a} - ${y})`,
    huber: `\\max(-1, \\min(1, ${a} - ${y}))`,
    'binary-cross-entropy': `-\\frac{${y}}{${a}} + \\frac{1 - ${y}}{1 - ${a}}`,
    'cross-entropy': `-\\frac{${y}}{${a}}`,
  }[name];
}

/** One factor of the whole chain: what it is, what it came to here, and whether it is 0. */
export interface ChainFactor {
  readonly symbol: string;
  readonly value: string;
  readonly zero: boolean;
}

/** ∂L/∂W[1] as the product of all factors, each with its value beneath it; those that are 0 in red. */
export function wholeChain(factors: readonly ChainFactor[]): string {
  const product = factors.map(({ symbol, value, zero }) => {
    const link = `\\underset{${value}}{${symbol}}`;
    return zero ? `\\textcolor{red}{${link}}` : link;
  });
  return `\\frac{\\partial \\mathcal{L}}{\\partial ${letter('W', 1)}} = ${product.join(' \\cdot ')}`;
}

export function partial(of: string, by: string): string {
  return `\\frac{\\partial ${of}}{\\partial ${by}}`;
}
