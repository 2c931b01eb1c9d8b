// The check of the lines that compute one gradient: tried for every loss and activation that may be meant,
// and what explains the values best is said.

import type { ActivationName } from '../core/activations';
import { attempt, withoutEpsilon, worldsOf, type Attempt, type KnownPart } from './attempt';
import { candidates, MAX_EXPLAINED } from './candidates';
import { FormulaError } from './error';
import { errorFinding, factorFinding, overwrittenFinding, unexplained } from './explain';
import type { FormulaOptions } from './check';
import type { Chosen, FormulaCheck, FormulaFinding } from './finding';
import { localize, type Localized } from './localize';
import { createMatcher, type Match, type Matcher } from './match';
import { createNaming, type Naming } from './naming';
import { roleIn } from './scope';
import { sampleValues } from './sample-values';
import { slopeOf } from './slope';
import { bare, everyExpression } from './syntax-tree';
import { targets } from './targets';
import { ACTIVATION_TITLES, LOSS_TITLES, type Writing } from './targets/target';
import type { Setting, World } from './world';

/** One setting tried. */
interface Trial {
  readonly setting: Setting;
  readonly worlds: readonly World[];
  readonly writing: Writing;
  readonly matcher: Matcher;
  readonly attempt: Attempt;
  readonly match: Match | null;
}

/** @param onlyExact nothing is explained: for texts that are tried in search of a right one */
export function checkPart(text: string, written: KnownPart, options: FormulaOptions, onlyExact = false): FormulaCheck {
  const layout = options.samples ?? 'columns';
  const names = createNaming(written.used, (name) => roleIn(written.target, name, written.layer), written.name, written.layer);
  const wanted = { loss: options.loss ?? null, activation: options.activation ?? null };
  const asked = { loss: wanted.loss !== null, activation: wanted.activation !== null || written.activation !== null };
  const settings = candidates(written, wanted, text);
  const target = targets[written.target];
  const attemptIn = (part: KnownPart, setting: Setting): Trial => {
    const worlds = worldsOf(part.target, setting);
    const writing: Writing = { names, layout, asked, ...setting };
    const matcher = createMatcher(target, writing, worlds);
    const tried = attempt(part, worlds, layout);
    return { setting, worlds, writing, matcher, attempt: tried, match: tried.values && matcher.plain(tried.values) };
  };
  const isRight = ({ match }: Trial): boolean => match?.factor === '';

  const first = settings.map((setting) => attemptIn(written, setting));
  let exact = first.filter(isRight);
  const remarks: FormulaFinding[] = [];
  const tiny = exact.length === 0 ? withoutEpsilon(written) : null;
  const trials = tiny ? settings.map((setting) => attemptIn(tiny.part, setting)) : first;
  if (tiny) {
    exact = trials.filter(isRight);
    if (exact.length > 0) remarks.push({ rule: 'epsilon', severity: 'info', message: `Right up to ε = ${tiny.epsilon}.`, explanation: 'The small number guards against a division by 0 or log(0). A gradient check with a very small tolerance sees it.', at: written.at });
  }
  if (exact.length === 0 && (written.target === 'dZ' || written.target === 'derivative')) {
    for (const trial of trials) {
      const slope = trial.setting.activation === 'leaky-relu' && trial.attempt.values ? slopeOf(trial.attempt.values, written.target, trial.worlds) : null;
      if (slope === null) continue;
      exact = [trial];
      remarks.push({ rule: 'slope', severity: 'info', message: `Right for leaky ReLU with the slope ${slope}.`, explanation: 'Gradient Debugger itself uses 0.01. Use the same slope forward and backward.', at: written.at });
      break;
    }
  }
  const part = tiny?.part ?? written;

  if (exact.length > 0) {
    const [trial] = exact as [Trial, ...Trial[]];
    const said = [...trial.attempt.problems.map((problem) => errorFinding(problem, trial.worlds[0]!.sizes, part.at)), ...overwrittenFinding(trial.attempt.overwritten, part.target, names, part.at)];
    return result(text, part, options, trial, exact, [...said, ...remarks], null);
  }
  const explained = onlyExact ? trials : trials.filter(({ setting }) => asked.activation || setting.activation !== 'linear').slice(0, MAX_EXPLAINED).map((trial): Trial => ({ ...trial, match: trial.attempt.values && trial.matcher.known(trial.attempt.values) }));
  const cost = ({ match }: Trial): number => match?.cost ?? 9;
  const best = explained.reduce((one, other) => (cost(other) < cost(one) ? other : one));
  if (onlyExact) return result(text, part, options, best, [], [unexplainedIn(best, part)], null);

  const located = locate(text, part, best.match ? [best] : explained, names);
  const trial = located?.trial ?? best;
  const findings = explain(trial, part, located?.found ?? null, names);
  // right for a person whose samples are rows: said, because the course's columns are only a convention
  const turned = options.samples === undefined ? checkPart(text, written, { ...options, samples: 'rows' }, true) : null;
  if (turned?.verdict === 'correct' && !findings.some(({ rule }) => rule === 'incomplete-conditional')) {
    findings.push({ rule: 'samples-as-rows', severity: 'info', message: 'With one row a sample it would be right.', explanation: 'This is checked with one column a sample, as in the course. If your arrays have one row a sample (as in CS231n), choose that.', at: part.at });
  }
  return result(text, part, options, trial, [], findings, located?.found ?? null);
}

/** The first setting for which one edit makes the text right, or right up to a factor. */
function locate(text: string, part: KnownPart, trials: readonly Trial[], names: Naming): { trial: Trial; found: Localized } | null {
  let almost: { trial: Trial; found: Localized } | null = null;
  for (const trial of trials) {
    const { matcher, writing, worlds } = trial;
    const found = localize({ text, statements: part.statements, target: part.target, layer: part.layer, layout: writing.layout, names, used: part.used }, part, worlds, writing.layout, matcher);
    if (found?.factor === '') return { trial, found };
    if (found) almost ??= { trial, found };
  }
  return almost;
}

function explain({ attempt: tried, match, matcher, setting, worlds, writing }: Trial, part: KnownPart, found: Localized | null, names: Naming): FormulaFinding[] {
  const { sizes } = worlds[0]!;
  const findings = tried.problems.map((problem) => errorFinding(problem, sizes, part.at));
  const factorOf = (factor: string, at = part.at): FormulaFinding[] => (factor === '' ? [] : [factorFinding(factor, part.target, setting.loss, names, at)]);
  if (match) {
    const fits = (repair: Localized['repair']): boolean => found?.factor === '' || match.mistakes.some(({ rule }) => rule === repair.rule);
    const place = found && fits(found.repair) ? found.repair : null;
    for (const { rule, message, explanation } of match.mistakes) findings.push({ rule, severity: 'error', message, explanation, at: place && match.mistakes.length === 1 ? place.at : part.at });
    findings.push(...factorOf(match.factor, place?.onlyFactor ? place.at : part.at));
  } else if (found) {
    const { rule, message, explanation } = found.repair;
    const consequence = tried.error ? ` As it stands: ${errorFinding(tried.error, sizes, part.at).message}` : '';
    findings.push({ rule, severity: 'error', message, explanation: `${explanation}${consequence}`, at: found.repair.at }, ...factorOf(found.factor));
  } else if (tried.error) {
    findings.push(errorFinding(tupleIn(part) ?? tried.error, sizes, part.at));
    if (tupleIn(part) && tried.error.rule !== 'tuple') findings.push(errorFinding(tried.error, sizes, part.at));
  } else findings.push(unexplained(tried.values![0]!, matcher.right[0]!, sizes, part.at, targets[part.target].written(writing)));
  return [...findings, ...overwrittenFinding(tried.overwritten, part.target, names, part.at)];
}

function unexplainedIn({ attempt: tried, matcher, worlds, writing }: Trial, part: KnownPart): FormulaFinding {
  const { sizes } = worlds[0]!;
  if (!tried.values) return errorFinding(tried.error!, sizes, part.at);
  return unexplained(tried.values[0]!, matcher.right[0]!, sizes, part.at, targets[part.target].written(writing));
}

/** A tuple that is computed with, found without evaluating: an error inside of it would come first. */
function tupleIn(part: KnownPart): FormulaError | null {
  for (const expression of everyExpression(part.statements)) {
    const operands = expression.kind === 'unary' ? [expression.operand] : expression.kind === 'binary' ? [expression.left, expression.right] : [];
    for (const operand of operands.map(bare)) {
      if (operand.kind !== 'tuple') continue;
      const operator = expression.kind === 'unary' || expression.kind === 'binary' ? expression.operator : '';
      return new FormulaError('tuple', `"${operator}" is applied to a tuple of ${operand.items.length} parts, not to an array.`, 'A comma outside of a call makes a tuple. Look for a bracket that closes too early.', operand);
    }
  }
  return null;
}

/** What Python objects to first, and then what would be wrong even if it did not. */
function summaryOf(errors: readonly FormulaFinding[]): string {
  const [first] = errors;
  const last = first && REFUSED.has(first.rule) ? errors.find(({ rule }) => !REFUSED.has(rule)) : undefined;
  return [first, last].flatMap((finding) => (finding ? [finding.message] : [])).join(' ');
}

const REFUSED = new Set(['incomplete-conditional', 'truth-value', 'type', 'tuple', 'syntax']);
const UNREADABLE = new Set(['syntax', 'unknown-name', 'unknown-function', 'unsupported']);

function result(text: string, part: KnownPart, options: FormulaOptions, trial: Trial, exact: readonly Trial[], findings: readonly FormulaFinding[], found: Localized | null): FormulaCheck {
  const { writing, worlds, matcher } = trial;
  const errors = findings.filter(({ severity }) => severity === 'error');
  const verdict = errors.length === 0 ? 'correct' : errors.some(({ rule }) => UNREADABLE.has(rule)) && !trial.match ? 'cannot read' : 'wrong';
  // a function of x alone cannot be given A by one edit
  const edited = found?.factor === '' && !(part.target === 'derivative' && found.repair.rule === 'derivative-of-Z' && !writing.names.uses('A')) ? found.written : null;
  const canonical = `${part.name === null ? '' : `${part.name} = `}${targets[part.target].written(writing)}`;
  const chosen = choices(part, options, trial, exact);
  const named = part.name ?? (part.target === 'derivative' ? "g'(Z)" : part.target);
  return {
    verdict,
    summary: verdict === 'correct' ? `Correct: this is ${named}${context(part, exact)}.` : `${verdict === 'wrong' ? 'Wrong' : 'Cannot read this'}: ${summaryOf(errors)}`,
    of: part.target,
    name: part.name,
    ...chosen,
    samples: writing.layout,
    findings,
    shouldBe: verdict === 'correct' ? text.trim() : (edited ?? canonical),
    // of another slope the core has no values
    values: findings.some(({ rule }) => rule === 'slope') ? [] : sampleValues(targets[part.target], worlds[0]!, writing.names, trial.attempt.values?.[0] ?? null, matcher.right[0]!, writing.layout),
    parts: [],
  };
}

/** " for MSE", " for binary cross-entropy with sigmoid, or …". */
function context({ target }: KnownPart, exact: readonly Trial[]): string {
  const said = exact.flatMap(({ setting: { loss, activation, output } }) => {
    const parts = [...(loss && output ? [LOSS_TITLES[loss]] : []), ...(activation && target !== 'dAL' && (output || target === 'dZ' || target === 'derivative') ? [ACTIVATION_TITLES[activation]] : [])];
    return parts.length === 0 ? [] : [parts.join(' with ')];
  });
  return said.length === 0 ? '' : ` for ${new Intl.ListFormat('en', { type: 'disjunction' }).format(said)}`;
}

/** Activations that a formula without its derivative looks right for. */
const ACCIDENTAL: ReadonlySet<ActivationName> = new Set(['linear', 'softplus']);

function choices(part: KnownPart, options: FormulaOptions, { setting }: Trial, exact: readonly Trial[]): Pick<FormulaCheck, 'loss' | 'activation' | 'undecided'> {
  const how = (given: boolean, hinted: boolean): Chosen<never>['how'] => (given ? 'given' : exact.length > 0 || hinted ? 'inferred' : 'assumed');
  const usesLoss = setting.loss !== null && setting.output;
  const usesActivation = part.target === 'derivative' || part.target === 'dZ' || (usesLoss && part.target !== 'dAL');
  const hinted = part.activation !== null;
  const sure = exact.length === 1 && !ACCIDENTAL.has(setting.activation ?? 'linear');
  return {
    loss: usesLoss ? { name: setting.loss, how: how(options.loss !== undefined, false) } : null,
    activation: options.activation !== undefined ? { name: options.activation, how: 'given' } : usesActivation && setting.activation ? { name: setting.activation, how: how(false, hinted) } : null,
    undecided: [...(usesLoss && options.loss === undefined ? ['loss' as const] : []), ...(usesActivation && options.activation === undefined && !hinted && !sure ? ['activation' as const] : [])],
  };
}
