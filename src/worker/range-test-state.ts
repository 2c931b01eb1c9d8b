// What a range test says: in a sentence, and as a remedy like the others.

import type { Remedy } from '../diagnosis/remedy';
import { number } from '../diagnosis/format';
import type { RangeTestState } from '../protocol';
import type { RangeTest } from '../training/range-test';
import type { Run } from '../training/run';

/** Null where nothing else than the rate of the run is suggested. */
export function suggestedRate({ experiment }: Run, { suggestion }: Pick<RangeTest, 'suggestion'>): Remedy | null {
  if (suggestion === null || suggestion === experiment.optimizer.learningRate) return null;
  return {
    id: `learning-rate-${suggestion}`,
    label: `Learning rate ${suggestion}, from the range test`,
    why: 'In the range test the cost fell most steeply at this rate.',
    change: { learningRate: suggestion },
  };
}

export function rangeTestState(run: Run, test: RangeTest): Extract<RangeTestState, { kind: 'done' }> {
  const { rates, costs, suggestion } = test;
  const current = run.experiment.optimizer.learningRate;
  const remedy = suggestedRate(run, test);
  // the suggestion is rounded: the nearest of the rates that were tested
  const at = suggestion === null ? -1 : rates.reduce((best, rate, k) => (Math.abs(Math.log(rate / suggestion)) < Math.abs(Math.log(rates[best]! / suggestion)) ? k : best), 0);
  return { kind: 'done', rates, costs, current, suggestion: suggestion === null ? null : { rate: suggestion, cost: costs[at]!, remedy: remedy?.id ?? null }, text: textOf(suggestion, current, rates) };
}

function textOf(suggestion: number | null, current: number, rates: Float64Array): string {
  if (suggestion === null) return `The cost fell at none of the rates up to ${number(rates.at(-1) ?? 0)}: something else than the learning rate holds it up.`;
  const by = current / suggestion;
  const against = by > 1.5 ? `that of the run, ${number(current)}, is ${times(by)} times larger` : by < 1 / 1.5 ? `that of the run, ${number(current)}, is ${times(1 / by)} times smaller` : `that of the run, ${number(current)}, is about the same`;
  return `The cost falls most steeply at a learning rate of ${suggestion}; ${against}.`;
}

function times(by: number): string {
  return number(Number(by.toPrecision(2)));
}
