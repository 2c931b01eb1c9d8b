// The data that the experiment file beside a Python file names, as samples for its gradient check.

import { namesData } from '../experiment/python-binding';
import type { Settings } from '../experiment/settings';
import { checkSamples, type CheckSamples } from '../training/check-samples';

/** Undefined where `text`, the experiment file `companion`, names no data. @throws ProblemError for whatever is wrong with them. */
export async function companionSamples(text: string, companion: string, settings: Settings = {}): Promise<CheckSamples | undefined> {
  return namesData(text) ? checkSamples(companion, settings) : undefined;
}
