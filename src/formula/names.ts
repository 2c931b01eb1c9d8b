// Which value of the pass a person's name stands for: `dZ2`, `self.W1`, `y_hat`, `delta`, each seen from
// the layer that is checked.

/** What a name can be, relative to the checked layer l. */
export type Role =
  | 'A' | 'A_prev' | 'A_next' | 'Z' | 'Z_prev' | 'Z_next' | 'W' | 'W_next' | 'b'
  | 'dA' | 'dA_prev' | 'dZ' | 'dZ_next' | 'dW' | 'db'
  | 'Y' | 'm' | 'n' | 'n_prev' | 'learning_rate' | 'lambd' | 'alpha' | 'eps' | 'l' | 'L';

export type Level = number | 'this' | 'prev' | 'next' | 'output';
type Base = 'A' | 'Z' | 'W' | 'b' | 'dA' | 'dZ' | 'dW' | 'db';

/** A name that belongs to a layer. */
export interface LayerName {
  readonly base: Base;
  readonly level: Level | null;
}

const LETTERS: Readonly<Record<string, Base>> = { a: 'A', z: 'Z', w: 'W', b: 'b' };

/** Words for the letters, without regard to case. */
const WORDS: Readonly<Record<string, Base>> = {
  activation: 'A', activations: 'A', act: 'A', layer: 'A', output: 'A', outputs: 'A', out: 'A', hidden: 'A',
  yhat: 'A', ypred: 'A', ypredicted: 'A', pred: 'A', preds: 'A', prediction: 'A', predictions: 'A', probs: 'A', probabilities: 'A', softmaxoutput: 'A',
  linear: 'Z', preactivation: 'Z', logits: 'Z', scores: 'Z', activationcache: 'Z',
  weights: 'W', weight: 'W', theta: 'W', bias: 'b', biases: 'b',
  delta: 'dZ', deltas: 'dZ', upstream: 'dA', dout: 'dA', gradoutput: 'dA', outputgradient: 'dA', outputgrad: 'dA', dyhat: 'dA', dypred: 'dA', dpred: 'dA',
  dweights: 'dW', dweight: 'dW', weightsgradient: 'dW', weightgradient: 'dW', gradweights: 'dW', nablaw: 'dW', nablab: 'db', dbias: 'db', dbiases: 'db', gradbias: 'db',
  dlogits: 'dZ', dscores: 'dZ',
};

const PLAIN: Readonly<Record<string, Role>> = {
  Y: 'Y', y: 'Y', T: 'Y', ytrue: 'Y', y_true: 'Y', Y_true: 'Y', target: 'Y', targets: 'Y', label: 'Y', labels: 'Y', y_train: 'Y', Y_train: 'Y', Y_batch: 'Y', y_batch: 'Y', expected: 'Y', Y_onehot: 'Y', one_hot_Y: 'Y', Y_one_hot: 'Y', y_onehot: 'Y', y_one_hot: 'Y',
  m: 'm', N: 'm', M: 'm', n_samples: 'm', num_samples: 'm', batch_size: 'm', m_train: 'm', num_examples: 'm', n_examples: 'm', num_train: 'm', samples: 'm',
  C: 'n', K: 'n', n_y: 'n', num_classes: 'n', n_classes: 'n', nb_classes: 'n', classes: 'n', n_out: 'n', n_l: 'n', n_L: 'n', n_x: 'n_prev', n_in: 'n_prev',
  X: 'A_prev', x: 'A_prev', X_train: 'A_prev', x_train: 'A_prev', X_batch: 'A_prev', inputs: 'A_prev', input: 'A_prev', A_prev: 'A_prev', Aprev: 'A_prev', a_prev: 'A_prev',
  dX: 'dA_prev', dx: 'dA_prev', dA_prev: 'dA_prev', dAprev: 'dA_prev', da_prev: 'dA_prev', input_gradient: 'dA_prev', grad_input: 'dA_prev',
  learning_rate: 'learning_rate', lr: 'learning_rate', eta: 'learning_rate', learningRate: 'learning_rate',
  lambd: 'lambd', lmbda: 'lambd', lambda_: 'lambd', lam: 'lambd', reg: 'lambd', reg_lambda: 'lambd', regularization: 'lambd', l2_lambda: 'lambd', weight_decay: 'lambd',
  alpha: 'alpha', slope: 'alpha', negative_slope: 'alpha', leak: 'alpha',
  eps: 'eps', epsilon: 'eps', EPS: 'eps', EPSILON: 'eps',
  l: 'l', layer_index: 'l', L: 'L', num_layers: 'L', n_layers: 'L',
};

/** What holds named values: `parameters["W1"]`, `self.W1`. */
export const HOLDERS: ReadonlySet<string> = new Set(['self', 'parameters', 'params', 'cache', 'caches', 'grads', 'gradients', 'grad', 'model', 'ctx', 'memory', 'store', 'values', 'forward', 'linear_cache', 'current_cache', 'layers']);

/** `dZ2`, `dL_dZ2`, `W_1`, `y_hat`: its letter and layer; null if it is no such name. */
export function layerName(name: string): LayerName | null {
  const parts = /^(?:(d[LJCE]_?d|grad_?|d_?))?([A-Za-z])_?(\d+|prev|next|curr|current|out|output|last|final|[Ll])?_?$/.exec(name);
  const letter = parts && LETTERS[parts[2]!.toLowerCase()];
  if (letter) return { base: (parts[1] ? `d${letter}` : letter) as Base, level: levelOf(parts[3]) };
  const previous = /^(d?)([AaZz])_?prev_?\d*$/.exec(name);
  if (previous) return { base: `${previous[1]!}${previous[2]!.toUpperCase()}` as Base, level: 'prev' };
  const letters = (word: string): Base | undefined => WORDS[word.toLowerCase().replaceAll('_', '')];
  const whole = letters(name);
  if (whole) return { base: whole, level: null };
  const word = /^(.*?)_?(\d+|prev|next|out|last)$/.exec(name);
  const known = word && letters(word[1]!);
  return known ? { base: known, level: levelOf(word[2]) } : null;
}

function levelOf(word: string | undefined): Level | null {
  switch (word) {
    case undefined:
      return null;
    case 'prev':
    case 'next':
      return word;
    case 'l':
    case 'curr':
    case 'current':
      return 'this';
    case 'L':
    case 'out':
    case 'output':
    case 'last':
    case 'final':
      return 'output';
    default:
      return Number(word);
  }
}

/** How far above the checked layer a name lies: -1, 0, 1; NaN if farther. `layer`: the number of the checked one, where numbers are used. */
export function distance(level: Level | null, layer: number | null): number {
  if (level === 'prev') return -1;
  if (level === 'next') return 1;
  if (typeof level !== 'number' || layer === null) return 0;
  const far = level - layer;
  return Math.abs(far) <= 1 ? far : NaN;
}

const ROLES: Readonly<Record<Base, readonly [below: Role | null, here: Role, above: Role | null]>> = {
  A: ['A_prev', 'A', 'A_next'],
  Z: ['Z_prev', 'Z', 'Z_next'],
  W: [null, 'W', 'W_next'],
  b: [null, 'b', null],
  dA: ['dA_prev', 'dA', 'dA'],
  dZ: [null, 'dZ', 'dZ_next'],
  dW: [null, 'dW', null],
  db: [null, 'db', null],
};

/** The role of a name, or null. */
export function roleOf(name: string, layer: number | null): Role | null {
  const plain = PLAIN[name];
  if (plain) return plain === 'A_prev' && name === 'X' && layer !== null && layer > 1 ? null : plain;
  const known = layerName(name);
  if (!known) return null;
  // A[0] is X
  const far = distance(known.level, layer);
  return Number.isNaN(far) ? null : ROLES[known.base][(far + 1) as 0 | 1 | 2];
}

/** The names that a message may propose for a mistyped one. */
export const COMMON_NAMES: readonly string[] = ['AL', 'A', 'A_prev', 'y_hat', 'Y_hat', 'y_pred', 'Y', 'y_true', 'Z', 'W', 'b', 'X', 'dA', 'dAL', 'dZ', 'dW', 'db', 'dA_prev', 'm', 'np', 'learning_rate', 'lambd', 'sigmoid', 'relu', 'tanh', 'softmax'];
