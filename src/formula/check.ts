// Checks one pasted formula of a backward pass against the derivative that it should be. Nothing pasted is
// executed: it is parsed, and an interpreter of our own computes with small arrays.

import type { ActivationName } from '../core/activations';
import type { LossName } from '../core/losses';
import { FormulaError } from './error';
import { errorFinding } from './explain';
import type { FormulaCheck, FormulaFinding, TargetName } from './finding';
import { partsOfText, type Part } from './infer';
import { checkPart } from './check-part';
import { parse } from './parse';
import { balanced, movedBrackets } from './brackets';
import { withPythonSigns } from './syntax';
import { bare, everyExpression, type Statement } from './syntax-tree';
import type { Layout } from './tensors';
import { createWorld } from './world';

export interface FormulaOptions {
  /** What it is to be, where the text does not say. */
  readonly of?: TargetName;
  readonly loss?: LossName;
  readonly activation?: ActivationName;
  /** Which way samples lie; default: columns, as in the course. */
  readonly samples?: Layout;
}

/** @param text one line of NumPy, or the few that belong to it */
export function checkFormula(text: string, options: FormulaOptions = {}): FormulaCheck {
  let statements: Statement[];
  try {
    statements = parse(text);
  } catch (error) {
    if (error instanceof FormulaError) return unreadable(text, error, options);
    throw error;
  }
  const slip = comparisonForAssignment(text, statements) ?? caretForPower(text, statements);
  if (slip) return withFinding(checkFormula(slip.meant, options), slip.error, text, 'wrong', slip.meant);
  const parts = partsOfText(statements, options.of ?? null).filter((part) => !isBareName(part));
  if (parts.length === 0) return nothingToCheck(text, options);
  const checks = parts.map((part) => checkOne(text, part, options));
  if (checks.length === 1) return checks[0]!;
  const worst = checks.find(({ verdict }) => verdict === 'wrong') ?? checks.find(({ verdict }) => verdict === 'cannot read') ?? checks.at(-1)!;
  return {
    ...worst,
    summary: worst.verdict === 'correct' ? `Correct: ${checks.map(({ name }) => name).join(', ')}.` : worst.summary,
    findings: checks.flatMap(({ findings }) => findings),
    undecided: [...new Set(checks.flatMap(({ undecided }) => undecided))],
    parts: checks,
  };
}

function checkOne(text: string, part: Part, options: FormulaOptions): FormulaCheck {
  const { target } = part;
  if (target === null) return nothingToCheck(text, options);
  const check = checkPart(text, { ...part, target }, options);
  const refused = check.findings.find(({ rule }) => rule === 'tuple' || rule === 'type');
  return refused && check.verdict === 'wrong' ? withBracketMoved(text, check, options) : check;
}

/** Where a value is refused: whether one bracket at another place makes the whole right. */
function withBracketMoved(text: string, check: FormulaCheck, options: FormulaOptions): FormulaCheck {
  if (!/\btuple\b|arguments?\b/.test(check.findings.map(({ message }) => message).join())) return check;
  const asked = firstCorrect(movedBrackets(text), options);
  // with a loss or activation other than the one that is asked for, there is more to say than the bracket
  const moved = asked ?? firstCorrect(movedBrackets(text), { ...options, loss: undefined, activation: undefined });
  if (!moved) return check;
  const whole = { from: 0, to: text.length };
  const more = asked ? [] : checkFormula(moved.text, options).findings.map((finding) => ({ ...finding, at: whole }));
  const [first, ...others] = check.findings;
  const findings = [first!, ...others.filter(({ rule }) => rule !== 'tuple' && rule !== 'type'), ...more].map((finding, k): FormulaFinding =>
    k === 0
      ? { ...finding, rule: 'tuple', message: `A bracket closes too early${finding.rule === 'tuple' ? ', and the comma behind it makes a tuple' : ''}. ${finding.message}`, explanation: `With one bracket moved it is ${asked ? 'right' : `the formula for ${moved.check.loss?.name ?? moved.check.activation?.name ?? 'another case'}`}: ${moved.text.trim()}. ${finding.explanation}`, at: { from: moved.at, to: moved.at + 1 } }
      : finding,
  );
  const { loss, activation } = asked ? moved.check : check;
  return { ...check, loss, activation, findings, summary: `Wrong: ${findings[0]!.message}`, shouldBe: asked ? moved.text.trim() : check.shouldBe };
}

function firstCorrect(edits: Iterable<{ text: string; at: number }>, options: { [K in keyof FormulaOptions]: FormulaOptions[K] | undefined }): { text: string; at: number; check: FormulaCheck } | null {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as FormulaOptions;
  for (const edit of edits) {
    // brackets around a lone name come from a bracket put where none belongs
    if (/(?<![\w\])])\(\s*\w+\s*\)/.test(edit.text)) continue;
    try {
      const parts = partsOfText(parse(edit.text), given.of ?? null);
      const [part] = parts;
      if (parts.length !== 1 || !part?.target) continue;
      const check = checkPart(edit.text, { ...part, target: part.target }, given, true);
      if (check.verdict === 'correct') return { ...edit, check };
    } catch (error) {
      if (!(error instanceof FormulaError)) throw error;
    }
  }
  return null;
}

/** What is no Python: said so, and what it is once the sign or bracket in question is put right. */
function unreadable(text: string, error: FormulaError, options: FormulaOptions): FormulaCheck {
  const written = withPythonSigns(text);
  if (written !== text) return withFinding(checkFormula(written, options), error, text, 'cannot read', written);
  const fixed = error.rule === 'syntax' && /never closed|closes nothing/.test(error.message) ? firstCorrect(balanced(text), { ...options }) : null;
  if (fixed) return withFinding(fixed.check, error, text, 'cannot read', fixed.text);
  return { ...withFinding(nothingToCheck(text, options), error, text, 'cannot read', null), undecided: [] };
}

/** A check of what was meant, with what Python objects to first. */
function withFinding(check: FormulaCheck, error: FormulaError, text: string, verdict: 'wrong' | 'cannot read', meant: string | null): FormulaCheck {
  const finding = errorFinding(error, createWorld({ loss: null, activation: 'tanh', output: false }, 0).sizes, { from: 0, to: text.length });
  // places in another text than the person's say nothing
  const rest = check.findings.filter(({ rule }) => rule !== 'no-formula').map((each) => ({ ...each, at: { from: 0, to: text.length } }));
  const right = check.verdict === 'correct' && meant !== null;
  return {
    ...check,
    verdict,
    summary: `${verdict === 'wrong' ? 'Wrong' : 'Cannot read this'}: ${finding.message}`,
    findings: [right ? { ...finding, explanation: `${finding.explanation} With that it is right: ${meant.trim()}` } : finding, ...rest],
    shouldBe: right ? meant.trim() : check.shouldBe,
  };
}

interface Slip {
  readonly meant: string;
  readonly error: FormulaError;
}

/** `dAL == AL - Y` */
function comparisonForAssignment(text: string, [statement, ...rest]: readonly Statement[]): Slip | null {
  const value = statement?.kind === 'expression' && rest.length === 0 ? bare(statement.value) : null;
  if (value?.kind !== 'binary' || value.operator !== '==' || bare(value.left).kind !== 'name') return null;
  const { from, to } = value.operatorAt;
  return { meant: `${text.slice(0, from)}=${text.slice(to)}`, error: new FormulaError('syntax', '"==" compares; it assigns nothing.', 'Write a single =.', { from, to }) };
}

/** `1 - A^2` */
function caretForPower(text: string, statements: readonly Statement[]): Slip | null {
  const carets = [...everyExpression(statements)].filter((part) => part.kind === 'binary' && part.operator === '^').flatMap((part) => (part.kind === 'binary' ? [part.operatorAt] : []));
  const [first] = carets;
  if (!first) return null;
  let meant = text;
  for (const { from, to } of carets.toSorted((one, other) => other.from - one.from)) meant = `${meant.slice(0, from)}**${meant.slice(to)}`;
  return { meant, error: new FormulaError('type', '"^" is not a power in Python: it joins bits, and NumPy refuses it for decimal numbers.', 'A power is written **.', first) };
}

/** A name alone computes nothing. */
function isBareName({ statements }: Part): boolean {
  const [only] = statements;
  return statements.length === 1 && only?.kind === 'expression' && bare(only.value).kind === 'name';
}

function nothingToCheck(text: string, { of, samples = 'columns' }: FormulaOptions): FormulaCheck {
  const message = text.trim() === '' ? 'There is no formula yet.' : 'Nothing in this says which gradient it is to be.';
  return {
    verdict: 'cannot read',
    summary: message,
    of: of ?? null,
    name: null,
    loss: null,
    activation: null,
    samples,
    undecided: of === undefined ? ['of'] : [],
    findings: [{ rule: 'no-formula', severity: 'error', message, explanation: 'Write it with its left side, such as dAL = AL - Y, dZ = dA * (Z > 0) or dW = np.dot(dZ, A_prev.T) / m.', at: { from: 0, to: text.length } }],
    shouldBe: null,
    values: [],
    parts: [],
  };
}
