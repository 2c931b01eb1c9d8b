// The one thing that changes parameters. Each optimizer keeps its own state, one number (or two) a parameter.

export const optimizerNames = ['sgd', 'momentum', 'rmsprop', 'adam'] as const;

export type OptimizerSettings =
  | { readonly name: 'sgd'; readonly learningRate: number }
  | { readonly name: 'momentum'; readonly learningRate: number; readonly momentum: number }
  | { readonly name: 'rmsprop'; readonly learningRate: number; readonly decay: number; readonly epsilon: number }
  | { readonly name: 'adam'; readonly learningRate: number; readonly beta1: number; readonly beta2: number; readonly epsilon: number };

/** Changes `parameters` in place by one step against `gradients`, both flat and of the same length. */
export type Update = (parameters: Float64Array, gradients: Float64Array, learningRate: number) => void;

export function createOptimizer(settings: OptimizerSettings, size: number): Update {
  switch (settings.name) {
    case 'sgd':
      return (parameters, gradients, learningRate) => {
        for (let p = 0; p < size; p++) parameters[p]! -= learningRate * gradients[p]!;
      };
    case 'momentum':
      return momentum(settings, size);
    case 'rmsprop':
      return rmsprop(settings, size);
    case 'adam':
      return adam(settings, size);
  }
}

/** v := momentum · v + dW, as PyTorch has it (Sutskever et al., 2013). */
function momentum({ momentum }: Extract<OptimizerSettings, { name: 'momentum' }>, size: number): Update {
  const v = new Float64Array(size);
  return (parameters, gradients, learningRate) => {
    for (let p = 0; p < size; p++) {
      v[p] = momentum * v[p]! + gradients[p]!;
      parameters[p]! -= learningRate * v[p]!;
    }
  };
}

/** Tieleman and Hinton, 2012; epsilon outside the root, as in PyTorch. */
function rmsprop({ decay, epsilon }: Extract<OptimizerSettings, { name: 'rmsprop' }>, size: number): Update {
  const s = new Float64Array(size);
  return (parameters, gradients, learningRate) => {
    for (let p = 0; p < size; p++) {
      s[p] = decay * s[p]! + (1 - decay) * gradients[p]! * gradients[p]!;
      parameters[p]! -= (learningRate * gradients[p]!) / (Math.sqrt(s[p]!) + epsilon);
    }
  };
}

/** Kingma and Ba, 2015, algorithm 1. */
function adam({ beta1, beta2, epsilon }: Extract<OptimizerSettings, { name: 'adam' }>, size: number): Update {
  const v = new Float64Array(size);
  const s = new Float64Array(size);
  // β^t as products: the engine's own power may differ in its last bit
  let power1 = 1;
  let power2 = 1;
  return (parameters, gradients, learningRate) => {
    power1 *= beta1;
    power2 *= beta2;
    const vCorrection = 1 - power1;
    const sCorrection = 1 - power2;
    for (let p = 0; p < size; p++) {
      const g = gradients[p]!;
      v[p] = beta1 * v[p]! + (1 - beta1) * g;
      s[p] = beta2 * s[p]! + (1 - beta2) * g * g;
      parameters[p]! -= (learningRate * (v[p]! / vCorrection)) / (Math.sqrt(s[p]! / sCorrection) + epsilon);
    }
  };
}
