// Which losses and activations a formula is tried for, the likeliest first, where the caller names none.

import { activationNames, type ActivationName } from '../core/activations';
import { isStablePair, lossNames, type LossName } from '../core/losses';
import type { TargetName } from './finding';
import type { Part } from './infer';
import type { Setting } from './world';

/** More pairs than this are only looked through for one that is right. */
export const MAX_EXPLAINED = 12;

export interface Wanted {
  readonly loss: LossName | null;
  readonly activation: ActivationName | null;
}

/** @param text the person's, for what its functions and signs speak of */
export function candidates(part: Part & { readonly target: TargetName }, wanted: Wanted, text: string): Setting[] {
  const losses = wanted.loss ? [wanted.loss] : lossNames;
  const activation = wanted.activation ?? part.activation;
  const activations = activation ? [activation] : byHints(text);
  switch (part.target) {
    case 'dAL':
      // A on its own, whatever the activation: under a ReLU output it would be 0, where another loss's dAL is infinite
      return losses.map((loss) => ({ loss, activation: null, output: true }));
    case 'derivative':
      return activations.map((each) => ({ loss: null, activation: each, output: false }));
    case 'dZ':
    case 'dW':
    case 'db':
    case 'dA_prev':
    case 'W':
    case 'b':
      if (isOfOutput(part, wanted)) return pairs(losses, activations);
      // the affine step is the same under every activation; tanh leaves no entry 0
      return part.target === 'dZ' ? activations.map((each) => ({ loss: null, activation: each, output: false })) : [{ loss: null, activation: activation ?? 'tanh', output: false }];
  }
}

/** Whether dA has to be that of a loss: the formula says so by Y, or the caller by a loss and no dA to start from. */
function isOfOutput(part: Part, { loss }: Wanted): boolean {
  const { roles, target } = part;
  if (isBelowOutput(part)) return false;
  if (roles.has('Y')) return true;
  return target === 'dZ' && loss !== null && !roles.has('dA') && !roles.has('W_next');
}

/** Whether Y is compared with the layer above: dZ1 = np.dot(W2.T, A2 - Y) * … */
export function isBelowOutput({ roles, target }: Pick<Part, 'roles' | 'target'>): boolean {
  return target === 'dZ' && roles.has('Y') && (roles.has('W_next') || roles.has('A_next'));
}

function pairs(losses: readonly LossName[], activations: readonly ActivationName[]): Setting[] {
  const all = losses.flatMap((loss) => activations.map((activation): Setting => ({ loss, activation, output: true })));
  const natural = ({ loss, activation }: Setting): number => (isStablePair(loss!, activation!) ? 0 : loss === 'mse' ? 1 : (loss === 'binary-cross-entropy' || loss === 'cross-entropy') ? 3 : 2);
  return all.toSorted((one, other) => natural(one) - natural(other));
}

const HINTS: readonly [pattern: RegExp, activation: ActivationName][] = [
  [/leaky|0\.01\b/i, 'leaky-relu'],
  [/tanh|1\.?\s*-\s*(np\.(power|square)|\(?\w+\)?\s*\*\*\s*2)/, 'tanh'],
  [/exp\b|sigmoid|expit|\*\s*\(\s*1\.?\s*-/i, 'sigmoid'],
  [/[<>]|maximum|heaviside|relu/i, 'relu'],
];

/** A linear layer last: under it a forgotten derivative would look right. */
const USUAL: readonly ActivationName[] = ['relu', 'sigmoid', 'tanh', 'leaky-relu', 'softmax'];

function byHints(text: string): ActivationName[] {
  const hinted = HINTS.filter(([pattern]) => pattern.test(text)).map(([, activation]) => activation);
  const rest = activationNames.filter((name) => name !== 'linear');
  return [...new Set([...hinted, ...USUAL, ...rest, 'linear' as const])];
}
