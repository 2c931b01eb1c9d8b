// Seeded random numbers: the same seed gives the same sequence on every platform.

import { log } from './math';

export interface Random {
  /** Uniform in [0, 1), with 32 random bits. */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** Uniform integer in 0 … n - 1. */
  below(n: number): number;
  /** The four words of the generator: with them another program goes on with the same uniform numbers. */
  state(): readonly [a: number, b: number, c: number, counter: number];
}

/**
 * sfc32 (Chris Doty-Humphrey, PractRand), its state filled by splitmix32 from one 32-bit seed.
 * Normals by Marsaglia's polar method.
 */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const split = (): number => {
    state = (state + 0x9e3779b9) | 0;
    let t = state ^ (state >>> 16);
    t = Math.imul(t, 0x21f0aaad);
    t ^= t >>> 15;
    t = Math.imul(t, 0x735a2d97);
    return (t ^ (t >>> 15)) | 0;
  };
  let a = split();
  let b = split();
  let c = split();
  let counter = 1;
  let spare: number | null = null;

  const next = (): number => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t >>> 0;
  };
  const uniform = (): number => next() / 4294967296;

  return {
    uniform,
    below: (n) => Math.floor(uniform() * n),
    state: () => [a >>> 0, b >>> 0, c >>> 0, counter >>> 0],
    normal() {
      if (spare !== null) {
        const kept = spare;
        spare = null;
        return kept;
      }
      for (;;) {
        const u = 2 * uniform() - 1;
        const v = 2 * uniform() - 1;
        const s = u * u + v * v;
        if (s === 0 || s >= 1) continue;
        const scale = Math.sqrt((-2 * log(s)) / s);
        spare = v * scale;
        return u * scale;
      }
    },
  };
}

/** 0 … n - 1 in random order (Fisher-Yates). */
export function permutation(n: number, random: Random): Uint32Array {
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const held = order[i]!;
    order[i] = order[j]!;
    order[j] = held;
  }
  return order;
}
