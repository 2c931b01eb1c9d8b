// Which columns of a table are features and which are the target: what a person chose, or what is likely.

import { closest } from '../closest';
import { ProblemError } from '../problem';
import { quote } from './columns';
import { forEachMissing } from './missing';
import type { Column, Table, UsableColumn } from './table';

export interface ColumnChoice {
  /** Names of columns; by default all that are usable and not the target. */
  readonly features?: readonly string[];
  /** Names of columns; by default the last numeric one. */
  readonly target?: readonly string[];
}

export interface ChosenColumns {
  readonly features: readonly UsableColumn[];
  readonly targets: readonly UsableColumn[];
}

/** A column with more empty cells than this share is no feature unless a person chooses it: it would cost most rows. */
export const MOSTLY_MISSING = 0.5;

/** @throws ProblemError if a column does not exist, is not usable, or is chosen twice, or if none is left for a role. */
export function chooseColumns(table: Table, choice: ColumnChoice): ChosenColumns {
  const chosenFeatures = choice.features && [...new Set(choice.features)].map((name) => columnNamed(table, name));
  const targets = choice.target ? [...new Set(choice.target)].map((name) => columnNamed(table, name)) : [defaultTarget(table, chosenFeatures ?? [])];
  const both = chosenFeatures?.find((column) => targets.includes(column));
  if (both) {
    throw problem(table, `The column ${quote(both.name)} is chosen as the target and as a feature.`, 'Choose it for one of the two.');
  }
  if (targets.length > 1) {
    const text = targets.find((column) => column.kind === 'category');
    if (text) throw problem(table, `The text column ${quote(text.name)} cannot be a target together with others.`, 'Choose it alone, or numeric columns only.');
  }
  const features = chosenFeatures ?? table.columns.filter(isUsable).filter((column) => !targets.includes(column) && !isMostlyMissing(column));
  if (targets.length === 0) throw problem(table, 'No target is chosen.', `Choose one of the columns: ${listUsable(table)}.`);
  if (features.length === 0) {
    throw problem(table, `No feature is left beside the target ${quote(targets[0]!.name)}.`, `At least one more column of numbers, dates or categories is needed.${listUnusable(table)}`);
  }
  return { features, targets };
}

function columnNamed(table: Table, name: string): UsableColumn {
  const column = table.columns.find((each) => each.name === name);
  if (!column) {
    const names = table.columns.map((each) => each.name);
    const near = closest(name, names);
    throw problem(table, `There is no column ${quote(name)}.`, `${near === undefined ? '' : `Did you mean ${quote(near)}? `}The file has: ${list(names)}.`);
  }
  if (!isUsable(column)) {
    throw problem(table, `The column ${quote(name)} cannot be used: ${column.reason}.`, `Choose one of: ${listUsable(table)}.`);
  }
  return column;
}

function defaultTarget(table: Table, features: readonly UsableColumn[]): UsableColumn {
  const numeric = table.columns.filter((column) => column.kind === 'number');
  if (numeric.length === 0) {
    const category = table.columns.findLast((column) => column.kind === 'category');
    throw problem(
      table,
      'The file has no numeric column.',
      category ? `Choose ${quote(category.name)} as the target to predict its categories, or add a column of numbers.` : `Add a column of numbers to predict.${listUnusable(table)}${spaced(table)}`,
    );
  }
  const target = numeric.findLast((column) => !features.includes(column));
  if (!target) throw problem(table, 'Every numeric column is a feature, so none is left as the target.', 'Choose the target, or fewer features.');
  return target;
}

/** A table of one column whose name has a space may be one of several columns. */
function spaced({ columns }: Table): string {
  return columns.length === 1 && /\S\s+\S/.test(columns[0]!.name) ? ' If spaces separate its cells, write commas in their place.' : '';
}

function isUsable(column: Column): column is UsableColumn {
  return column.kind !== 'unusable';
}

/** Whether a column is no feature unless a person chooses it. */
export function isMostlyMissing(column: UsableColumn): boolean {
  let missing = 0;
  forEachMissing(column, () => missing++);
  return missing > MOSTLY_MISSING * column.values.length;
}

const LISTED_NAMES = 20;

function list(names: readonly string[]): string {
  const shown = names.slice(0, LISTED_NAMES).map(quote).join(', ');
  return names.length > LISTED_NAMES ? `${shown} and ${names.length - LISTED_NAMES} more` : shown;
}

function listUsable(table: Table): string {
  const names = table.columns.filter(isUsable).map((column) => column.name);
  return names.length === 0 ? 'none is usable' : list(names);
}

/** Why the others are not: a person looks for them first. */
function listUnusable(table: Table): string {
  const column = table.columns.find((each) => each.kind === 'unusable');
  return column?.kind === 'unusable' ? ` The column ${quote(column.name)} cannot be used: ${column.reason}.` : '';
}

function problem(table: Table, what: string, todo: string): ProblemError {
  return new ProblemError({ what, todo, file: table.file, ...(table.headerLine === null ? {} : { line: table.headerLine }) });
}
