// Seeded data for experiments: each function gives X and Y as an experiment file holds them.

import { createRandom, type Random } from '../../../../src/core/random';

export interface Samples {
  readonly X: number[][];
  readonly Y: number[][];
}

function make(m: number, seed: number, sample: (random: Random, s: number) => [x: number[], y: number[]]): Samples {
  const random = createRandom(seed);
  const rows = Array.from({ length: m }, (_, s) => sample(random, s));
  return { X: rows.map(([x]) => x), Y: rows.map(([, y]) => y) };
}

const within = (random: Random, low: number, high: number): number => low + (high - low) * random.uniform();

/** y = f(x) + noise for x in low … high. */
export function curve(f: (x: number) => number, { m = 60, low = -2, high = 2, noise = 0, seed = 1 } = {}): Samples {
  return make(m, seed, (random) => {
    const x = within(random, low, high);
    return [[x], [f(x) + noise * random.normal()]];
  });
}

/** y = f(x) + noise for n features in -1 … 1. */
export function surface(n: number, f: (x: number[]) => number, { m = 100, noise = 0, seed = 2 } = {}): Samples {
  return make(m, seed, (random) => {
    const x = Array.from({ length: n }, () => within(random, -1, 1));
    return [x, [f(x) + noise * random.normal()]];
  });
}

/** Two classes: inside and outside of a circle. */
export function circles({ m = 150, seed = 3 } = {}): Samples {
  return make(m, seed, (random, s) => {
    const radius = s % 2 === 0 ? within(random, 0, 0.8) : within(random, 1.2, 2);
    const angle = within(random, 0, 2 * Math.PI);
    return [[radius * Math.cos(angle), radius * Math.sin(angle)], [s % 2]];
  });
}

/** Two classes around two centers; `share` of the second one. */
export function blobs({ m = 120, distance = 2, share = 0.5, seed = 4 } = {}): Samples {
  return make(m, seed, (random, s) => {
    const second = s % Math.round(1 / share) === 0;
    const center = second ? distance / 2 : -distance / 2;
    return [[center + random.normal(), center + random.normal()], [second ? 1 : 0]];
  });
}

/** Three classes, one-hot. */
export function threeBlobs({ m = 150, seed = 5 } = {}): Samples {
  return make(m, seed, (random, s) => {
    const angle = ((s % 3) * 2 * Math.PI) / 3;
    return [
      [2 * Math.cos(angle) + 0.5 * random.normal(), 2 * Math.sin(angle) + 0.5 * random.normal()],
      [0, 1, 2].map((c) => Number(s % 3 === c)),
    ];
  });
}

/** Two classes, each a half circle around the other's end. */
export function moons({ m = 160, noise = 0.12, seed = 8 } = {}): Samples {
  return make(m, seed, (random, s) => {
    const angle = within(random, 0, Math.PI);
    const second = s % 2;
    const [x, y] = second ? [1 - Math.cos(angle), 0.5 - Math.sin(angle)] : [Math.cos(angle), Math.sin(angle)];
    return [[x + noise * random.normal(), y + noise * random.normal()], [second]];
  });
}

/** Two classes wound around each other once. */
export function spirals({ m = 200, noise = 0.03, seed = 9 } = {}): Samples {
  return make(m, seed, (random, s) => {
    const radius = within(random, 0.1, 1);
    const angle = 2 * Math.PI * radius + (s % 2) * Math.PI;
    return [[radius * Math.cos(angle) + noise * random.normal(), radius * Math.sin(angle) + noise * random.normal()], [s % 2]];
  });
}

/** Friedman's first function (1991) of five features, about 0 … 30. */
export function friedman({ m = 120, noise = 0.5, seed = 10 } = {}): Samples {
  return make(m, seed, (random) => {
    const x = Array.from({ length: 5 }, () => random.uniform());
    return [x, [10 * Math.sin(Math.PI * x[0]! * x[1]!) + 20 * (x[2]! - 0.5) ** 2 + 10 * x[3]! + 5 * x[4]! + noise * random.normal()]];
  });
}

/** How often something happens in an hour: Poisson, mostly small. */
export function counts({ m = 200, seed = 11 } = {}): Samples {
  return make(m, seed, (random) => {
    const [hour, warmth] = [within(random, -1, 1), within(random, -1, 1)];
    const mean = Math.exp(1.7 + 1.2 * Math.sin(3 * hour) + 0.8 * warmth);
    let count = 0;
    for (let product = random.uniform(); product > Math.exp(-mean); product *= random.uniform()) count += 1;
    return [[hour, warmth], [count]];
  });
}

/** The sign of x1 x2. */
export function xor({ m = 120, seed = 6 } = {}): Samples {
  return make(m, seed, (random) => {
    const x = [within(random, -1, 1), within(random, -1, 1)];
    return [x, [Number(x[0]! * x[1]! > 0)]];
  });
}

/** Normal W times `deviation` and b (one for all layers, or one a layer), as an experiment file gives them. */
export function normalParameters(units: readonly number[], deviation: number, bias: number | readonly number[] = 0, seed = 7): { W: number[][]; b: number[] }[] {
  const random = createRandom(seed);
  return units.slice(1).map((rows, k) => ({
    W: Array.from({ length: rows }, () => Array.from({ length: units[k]! }, () => deviation * random.normal())),
    b: new Array<number>(rows).fill(typeof bias === 'number' ? bias : bias[k]!),
  }));
}

export function constantParameters(units: readonly number[], value: number): { W: number[][]; b: number[] }[] {
  return units.slice(1).map((rows, k) => ({ W: Array.from({ length: rows }, () => new Array<number>(units[k]!).fill(value)), b: new Array<number>(rows).fill(0) }));
}
