// What a range test suggests, as a remedy like the others.

import type { Remedy } from '../diagnosis/remedy';
import type { RangeTest } from '../training/range-test';

export function suggestedRate({ suggestion }: RangeTest): Remedy | null {
  if (suggestion === null) return null;
  return {
    id: `learning-rate-${suggestion}`,
    label: `Learning rate ${suggestion}, from the range test`,
    why: 'In the range test the cost fell most steeply at this rate.',
    change: { learningRate: suggestion },
  };
}
