// What the chain rule on one sample consists of: links with values, and what the sample adds to each dW.

import type { Matrix } from '../core/matrix';
import type { Pass } from '../core/network';
import type { Parameters } from '../core/parameters';
import type { Run } from '../training/run';

/** Values of one link, as the course writes them: a column for the one sample, n[l] × n[l-1] for dW. */
export interface ChainValues {
  readonly rows: number;
  readonly columns: number;
  /** The first rows and columns, row by row. */
  readonly shown: readonly (readonly number[])[];
  /** ‖·‖₂ over all of them. */
  readonly norm: number;
  /** How many of all are 0. */
  readonly zeros: number;
}

export interface ChainLink {
  /** `A[0]`, `Z[1]`, `loss`, `dA[2]`, `g'(Z[2])`, `dZ[2]`, `dW[2]`, `db[2]`. */
  readonly name: string;
  readonly direction: 'forward' | 'backward';
  /** 0 for the input; the loss belongs to layer L. */
  readonly layer: number;
  /** TeX. */
  readonly formula: string;
  readonly values: ChainValues;
  /** What this link is, where it is easily taken for something else; else empty. */
  readonly meaning: string;
  /** Why a factor is 0 or nearly so, with its numbers; else empty. */
  readonly note: string;
  /** Whether everything is 0 from here on because of this link. */
  readonly stops: boolean;
}

/** What one sample adds to dW[l] of the cost. */
export interface LayerShare {
  readonly layer: number;
  /** ‖dZ[l] A[l-1]ᵀ / m‖ of this sample. */
  readonly norm: number;
  /** Of the sum of these norms over all training samples; null where that is 0, or the sample is no training sample. */
  readonly share: number | null;
  /** ‖dW[l]‖ of the whole cost without its L2 part, in which shares of opposite sign cancel. */
  readonly gradient: number;
}

export interface SampleChain {
  readonly sample: number;
  readonly line: number;
  /** n[L] of each, in the units of the file. */
  readonly target: readonly number[];
  readonly prediction: readonly number[];
  /** Whether it is of the development set, which nothing is learned from. */
  readonly development: boolean;
  /** m: the number of training samples. */
  readonly m: number;
  /** TeX: the product of all factors from the loss to W[1]. */
  readonly formula: string;
  readonly links: readonly ChainLink[];
  /** One a layer, 1 … L. */
  readonly shares: readonly LayerShare[];
}

/** What the links are made of: the passes and parameters of one sample. */
export interface ChainMaterial {
  readonly run: Run;
  readonly pass: Pass;
  readonly parameters: Parameters;
  /** 1 × n[L], as the network sees it. */
  readonly Y: Matrix;
  /** g'(Z[l]) of layers 1 … L; null for softmax, which has a Jacobian. */
  readonly derivatives: readonly (Matrix | null)[];
  /** What the sample adds to dW and db. */
  readonly added: Parameters;
  readonly m: number;
  readonly development: boolean;
}

export function normOf(values: Float64Array): number {
  let squares = 0;
  for (const value of values) squares += value * value;
  return Math.sqrt(squares);
}
