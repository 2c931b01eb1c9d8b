// What one can try against a finding: a change of the experiment, as data that another part runs and compares.

import type { ActivationName } from '../core/activations';
import type { InitializationName } from '../core/initializations';
import type { LossName } from '../core/losses';
import type { CompleteExperiment } from '../experiment/schema';
import type { Settings } from '../experiment/settings';
import { number } from './format';
import type { Polynomial } from './polynomial';

/** Settings over those of the run; every part that is an object is given whole. */
export type Change = Settings;

export interface Remedy {
  /** The same for the same change, for instance "output-leaky-relu". */
  readonly id: string;
  readonly label: string;
  /** One sentence: what it would change. It is not claimed to help before it was run. */
  readonly why: string;
  readonly change: Change;
  /** Nothing needs to be trained: this model takes the place of the network. `change` is then empty. */
  readonly polynomial?: Polynomial;
}

/** Whether a remedy would change anything of this experiment. */
export function changes(experiment: CompleteExperiment, { change, polynomial: fit }: Remedy): boolean {
  if (fit) return true;
  const { outputActivation, hidden, learningRate: rate, initialization: start, ...rest } = change;
  const now = experiment as unknown as Readonly<Record<string, unknown>>;
  const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
  return (
    (outputActivation !== undefined && outputActivation !== experiment.layers.at(-1)!.activation) ||
    (hidden !== undefined && !same(hidden, experiment.layers.slice(0, -1))) ||
    (rate !== undefined && rate !== experiment.optimizer.learningRate) ||
    (start !== undefined && (start !== experiment.initialization || experiment.parameters !== undefined)) ||
    Object.entries(rest).some(([key, value]) => !same(value, now[key]))
  );
}

const outputReasons: Partial<Record<ActivationName, string>> = {
  'leaky-relu': "Its derivative is small but not 0 for Z < 0, so that dead samples learn again.",
  swish: 'It is smooth and lets a gradient through for moderately negative Z.',
  softplus: 'It is positive everywhere like the target, and its derivative is nowhere 0.',
  linear: 'Without an activation every prediction can be reached and every sample has a gradient.',
  sigmoid: 'Its predictions lie between 0 and 1, as probabilities do.',
  softmax: 'Its predictions are positive and sum to 1, as the probabilities of classes do.',
};

/** `loss` is kept unless another is given: a new output would otherwise choose its own. */
export function output(experiment: CompleteExperiment, activation: ActivationName, loss: LossName = experiment.loss): Remedy {
  const also = loss === experiment.loss ? '' : ` and loss ${loss}`;
  return {
    id: `output-${activation}${loss === experiment.loss ? '' : `-${loss}`}`,
    label: `Output activation ${activation === 'linear' ? 'linear (none)' : activation}${also}`,
    why: outputReasons[activation] ?? 'Another range of predictions.',
    change: { outputActivation: activation, loss },
  };
}

export function loss(name: LossName, why: string): Remedy {
  return { id: `loss-${name}`, label: `Loss ${name}`, why, change: { loss: name } };
}

export function initialization(name: InitializationName): Remedy {
  const why = {
    he: 'Its variance 2 / n[l-1] keeps the size of the signal through layers of ReLU.',
    xavier: 'Its variance 1 / n[l-1] keeps the size of the signal through layers of tanh and sigmoid.',
    small: 'Small random values break the symmetry and keep every unit away from its flat ends.',
  }[name];
  return { id: `initialization-${name}`, label: `Initialization ${name}`, why, change: { initialization: name } };
}

export function seed(experiment: CompleteExperiment, by = 1): Remedy {
  const value = (experiment.seed + by) >>> 0;
  return { id: `seed-${value}`, label: `Seed ${value}`, why: 'Another random start may leave more samples and units alive; it also shows how much was chance.', change: { seed: value } };
}

export function learningRate(experiment: CompleteExperiment, factor: number): Remedy {
  const value = Number((experiment.optimizer.learningRate * factor).toPrecision(3));
  const [sign, by] = factor < 1 ? ['÷', number(1 / factor)] : ['×', number(factor)];
  return {
    id: `learning-rate-${factor < 1 ? 'divided-by' : 'times'}-${by}`,
    label: `Learning rate ${sign} ${by} = ${value}`,
    why: factor < 1 ? 'Smaller steps do not overshoot.' : 'Larger steps get further in as many iterations.',
    change: { learningRate: value },
  };
}

export function adam(value = 0.01): Remedy {
  return {
    id: 'optimizer-adam',
    label: `Adam with learning rate ${value}`,
    why: 'It scales the step of each parameter by its own gradients, so that small gradients also move.',
    change: { optimizer: { name: 'adam', learningRate: value, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }, learningRate: value },
  };
}

/**
 * A remedy and Adam at once, for where one change alone leaves the next obstacle standing: a learning rate that was chosen for
 * exploding or unscaled values is far too small without them. Nothing where Adam is at that rate already.
 */
export function withAdam({ optimizer }: CompleteExperiment, remedy: Remedy): Remedy[] {
  const second = adam();
  if (optimizer.name === 'adam' && optimizer.learningRate === second.change.learningRate) return [];
  return [both(remedy, second)];
}

/** Two changes at once; the second wins where they disagree. */
export function both(one: Remedy, other: Remedy): Remedy {
  return {
    id: `${one.id}-and-${other.id}`,
    label: `${one.label}, and ${other.label.startsWith('Adam') ? other.label : other.label[0]!.toLowerCase() + other.label.slice(1)}`,
    why: `${one.why} ${other.why}`,
    change: { ...one.change, ...other.change },
  };
}

export function iterations(experiment: CompleteExperiment, factor: number): Remedy {
  const value = Math.max(1, Math.round(experiment.iterations * factor));
  return { id: `iterations-times-${factor}`, label: `${value.toLocaleString('en-US')} iterations`, why: 'The cost was still falling when the training ended.', change: { iterations: value } };
}

export function scaleFeatures({ normalize }: CompleteExperiment): Remedy {
  return { id: 'scale-features', label: 'Standardize the features', why: 'All features then pull equally, and one learning rate suits them all.', change: { normalize: { ...normalize, features: 'standard' } } };
}

export function scaleBoth(experiment: CompleteExperiment): Remedy {
  const { change } = scaleTarget(experiment);
  return { id: 'scale-both', label: 'Standardize the features, and scale the target', why: 'Both first updates and first predictions are then of size 1.', change: { normalize: { ...change.normalize, features: 'standard' } } };
}

/** The scaling that suits the output: one that keeps 0 where the output cannot be negative. */
export function scaleTarget({ normalize, layers }: CompleteExperiment): Remedy {
  const target = ['linear', 'leaky-relu', 'elu', 'swish', 'gelu'].includes(layers.at(-1)!.activation) ? 'standard' : 'scale';
  return { id: `scale-target-${target}`, label: target === 'standard' ? 'Standardize the target' : 'Scale the target to at most 1', why: 'dAL is then of size 1, and so are the first updates.', change: { normalize: { ...normalize, target } } };
}

export function linearAndScaled({ normalize, loss: kept }: CompleteExperiment): Remedy {
  return {
    id: 'output-linear-scaled',
    label: 'Linear output and standardized target',
    why: 'Every prediction can be reached, every sample has a gradient, and the first updates are of size 1.',
    change: { outputActivation: 'linear', loss: kept, normalize: { ...normalize, target: 'standard' } },
  };
}

export function clip(value = 1): Remedy {
  return { id: `clip-${value}`, label: `Clip the gradient to norm ${value}`, why: 'No single update can then be longer than the learning rate times that.', change: { clip: value } };
}

/** Every hidden layer with so many times its units, at least one. */
export function units({ layers }: CompleteExperiment, factor: number): Remedy {
  const hidden = layers.length > 1 ? layers.slice(0, -1).map((layer) => ({ ...layer, units: Math.max(1, Math.round(layer.units * factor)) })) : [{ units: 16, activation: 'relu' as const }];
  return {
    id: factor > 1 ? 'more-units' : 'fewer-units',
    label: layers.length > 1 ? `Hidden layers of ${hidden.map((layer) => layer.units).join(', ')} units` : 'One hidden layer of 16 units',
    why: factor > 1 ? 'A larger network can follow more of the data.' : 'A smaller network can follow less of the noise.',
    change: { hidden },
  };
}

export function hiddenActivation({ layers }: CompleteExperiment, activation: ActivationName): Remedy {
  return {
    id: `hidden-${activation}`,
    label: `Hidden activation ${activation}`,
    why: activation === 'relu' ? 'Its derivative is 1 wherever a unit is active, so the gradient does not shrink from layer to layer.' : activation === 'leaky-relu' ? 'Its derivative is nowhere 0, so that no unit can die.' : 'Its derivative is largest around 0, where it starts.',
    change: { hidden: layers.slice(0, -1).map((layer) => ({ ...layer, activation })) },
  };
}

/** As deep as needed for most tables. */
export function fewerLayers({ layers }: CompleteExperiment): Remedy {
  return { id: 'fewer-layers', label: 'Two hidden layers instead of ' + (layers.length - 1), why: 'The gradient passes fewer factors on its way down.', change: { hidden: layers.slice(0, 2) } };
}

export function l2(value: number): Remedy {
  return { id: `l2-${value}`, label: value === 0 ? 'No L2' : `L2 with λ = ${value}`, why: value === 0 ? 'Nothing then holds the weights at 0.' : 'Large weights cost, so the network becomes smoother.', change: { l2: value } };
}

/** `split` where no development set was there to watch. */
export function earlyStop(patience = 10, split?: number): Remedy {
  return { id: 'early-stop', label: 'Stop early', why: 'Training ends when the development cost no longer falls.', change: { earlyStop: { patience }, ...(split === undefined ? {} : { split }) } };
}

export function developmentSet(share = 0.2): Remedy {
  return { id: 'split', label: `Set ${share * 100} % aside as development set`, why: 'Only samples that did not train tell how well it predicts new ones.', change: { split: share } };
}

export function withoutFeatures({ features }: CompleteExperiment, left: readonly string[]): Remedy {
  return { id: `without-${left.join('-')}`, label: `Leave out ${left.join(', ')}`, why: 'Nothing is lost, and fewer weights have to be learned.', change: { features: features.filter((name) => !left.includes(name)) } };
}

export function polynomial(fit: Polynomial): Remedy {
  return { id: 'polynomial', label: `Polynomial of degree ${fit.degree}`, why: 'It is fitted exactly in one step, has no learning rate, and can be read.', change: {}, polynomial: fit };
}
