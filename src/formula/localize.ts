// Which single edit of the text makes it right: that is where the mistake stands.

import { attempt, withoutEpsilon, type KnownPart } from './attempt';
import { FormulaError, type Range } from './error';
import { partsOfText } from './infer';
import type { Matcher } from './match';
import { parse } from './parse';
import { repairs, type Repair, type RepairSetting } from './repairs';
import type { Layout } from './tensors';
import type { World } from './world';

export interface Localized {
  readonly repair: Repair;
  /** By what constant the edited formula still differs: '' for none. */
  readonly factor: string;
  /** The lines after the edit. */
  readonly written: string;
}

/** The part of a text that computes the same gradient as `like`; null if the text cannot be read. */
export function samePart(text: string, like: KnownPart): KnownPart | null {
  try {
    const parts = partsOfText(parse(text), like.name === null ? like.target : null);
    const found = parts.find(({ name }) => name === like.name) ?? parts.at(-1);
    // an edit may change what the names suggest, not what is asked
    const part = found && { ...found, target: like.target, layer: like.layer };
    return part ? (withoutEpsilon(part)?.part ?? part) : null;
  } catch (error) {
    if (error instanceof FormulaError) return null;
    throw error;
  }
}

function writtenIn(text: string, at: Range | undefined): string | null {
  return at ? text.slice(at.from, at.to) : null;
}

/** The first edit that makes the formula right; else the first that leaves a constant factor only. */
export function localize(setting: RepairSetting, part: KnownPart, worlds: readonly World[], layout: Layout, matcher: Matcher): Localized | null {
  let almost: Localized | null = null;
  for (const repair of repairs(setting)) {
    const edited = samePart(repair.text, part);
    if (!edited) continue;
    const { values, problems } = attempt(edited, worlds, layout);
    const match = values && problems.length === 0 ? matcher.plain(values) : null;
    if (!match) continue;
    // from the first line that is another than before
    const first = edited.statements.find((statement, k) => k === edited.statements.length - 1 || writtenIn(repair.text, statement) !== writtenIn(setting.text, setting.statements[k]))!;
    const localized = { repair, factor: match.factor, written: repair.text.slice(first.from, edited.statements.at(-1)!.to) };
    if (match.factor === '') return localized;
    if (!repair.onlyFactor) almost ??= localized;
  }
  return almost;
}
