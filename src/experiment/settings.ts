// What a person changes over an experiment without writing it out: the form of the panel and the
// options of the command line. Hidden layers and output activation stand apart here, because the
// number of output units follows from the target.

import type { ActivationName } from '../core/activations';
import type { InitializationName } from '../core/initializations';
import type { LossName } from '../core/losses';
import type { OptimizerSettings } from '../core/optimizers';

export interface Settings {
  readonly features?: readonly string[];
  readonly target?: readonly string[];
  readonly missing?: 'skip' | 'mean' | 'median';
  readonly hidden?: readonly { readonly units: number; readonly activation: ActivationName; readonly slope?: number | undefined }[];
  readonly outputActivation?: ActivationName;
  /** Of a leaky ReLU output. */
  readonly outputSlope?: number;
  readonly loss?: LossName;
  readonly optimizer?: OptimizerSettings;
  /** Over that of the optimizer, whichever it is. */
  readonly learningRate?: number;
  readonly iterations?: number;
  readonly batchSize?: number | null;
  readonly initialization?: InitializationName;
  readonly seed?: number;
  readonly normalize?: { readonly features?: 'none' | 'standard' | 'minmax'; readonly target?: 'none' | 'standard' | 'scale' };
  readonly l2?: number;
  readonly clip?: number | null;
  readonly learningRateDecay?: number;
  readonly earlyStop?: { readonly patience: number } | null;
  readonly split?: number | null;
}

/**
 * The settings after a change. A new target makes an output activation and loss that were chosen
 * for the old one meaningless, so unless they are part of the change they are decided anew.
 */
export function changeSettings(before: Settings, change: Settings): Settings {
  if (change.target === undefined) return { ...before, ...change };
  const { outputActivation: _, loss: __, features: ___, outputSlope: ____, ...kept } = before;
  return { ...kept, ...change };
}
