// What is wrong with text that is no Python, in the words of the person who wrote it.

import { FormulaError, type Range } from './error';

/** Signs that word processors and PDFs put in the place of Python's, and which one Python knows. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  '−': '-',
  '–': '-',
  '—': '-',
  '×': '*',
  '·': '*',
  '∗': '*',
  '⋅': '*',
  '⊙': '*',
  '∘': '*',
  '÷': '/',
  '≤': '<=',
  '≥': '>=',
  '≠': '!=',
  '²': '**2',
  '³': '**3',
  '½': '0.5',
  'ᵀ': '.T',
  '′': "'",
  '“': '"',
  '”': '"',
  '‘': "'",
  '’': "'",
};

const PAIRS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** @throws FormulaError if the text has a sign that Python does not know but that looks like one it does. */
export function checkCharacters(text: string): void {
  const code = text.replace(/#.*/g, (comment) => ' '.repeat(comment.length));
  for (const match of code.matchAll(/[^\x00-\x7f]/g)) {
    const meant = LOOKALIKES[match[0]];
    if (meant === undefined) continue;
    throw new FormulaError('syntax', `"${match[0]}" is not a sign that Python knows.`, `Type ${meant} in its place; it may come from a PDF or a word processor.`, { from: match.index, to: match.index + 1 });
  }
}

/** The text with Python's own signs in the place of those that only look like them. */
export function withPythonSigns(text: string): string {
  return text.replace(/[^\x00-\x7f]/g, (sign) => LOOKALIKES[sign] ?? sign);
}

/** Why the grammar could not read on at `at`. */
export function brokenSyntax(text: string, at: Range): FormulaError {
  return unbalanced(text) ?? unfinished(text) ?? juxtaposed(text, at) ?? other(text, at);
}

/** A bracket that is never closed, or closes nothing. */
export function unbalanced(text: string): FormulaError | null {
  const open: { sign: string; at: number }[] = [];
  const code = text.replace(/#.*|"[^"\n]*"|'[^'\n]*'/g, (part) => ' '.repeat(part.length));
  for (let at = 0; at < code.length; at++) {
    const sign = code[at]!;
    if ('([{'.includes(sign)) open.push({ sign, at });
    const partner = PAIRS[sign];
    if (partner === undefined) continue;
    const last = open.pop();
    if (last?.sign === partner) continue;
    if (last) return new FormulaError('syntax', `"${last.sign}" is closed by "${sign}".`, 'Each bracket has to be closed by its own kind.', { from: at, to: at + 1 });
    return new FormulaError('syntax', `This "${sign}" closes nothing: there is one bracket too many.`, 'Remove it, or open a bracket where it should begin.', { from: at, to: at + 1 });
  }
  const last = open.at(-1);
  if (!last) return null;
  return new FormulaError('syntax', `This "${last.sign}" is never closed.`, 'Add the closing bracket where the part should end.', { from: last.at, to: last.at + 1 });
}

function unfinished(text: string): FormulaError | null {
  const end = text.trimEnd().length;
  const match = /(\*\*|\/\/|==|<=|>=|!=|[-+*/@%=<>,.]|\b(?:if|else|and|or|not|in|return))$/.exec(text.slice(0, end));
  if (!match) return null;
  return new FormulaError('syntax', `The formula stops after "${match[0]}".`, 'Something has to follow it.', { from: match.index, to: end });
}

/** Two values side by side with no sign between them, as in mathematics. */
function juxtaposed(text: string, { from }: Range): FormulaError | null {
  const before = /[\w)\]]\s*$/.exec(text.slice(0, from));
  const after = /^\s*([A-Za-z_(][\w.]*)/.exec(text.slice(from));
  if (!before || !after || /\n/.test(before[0])) return null;
  if (/\b(?:if|else|and|or|not|in|is|for|return)\s*$/.test(text.slice(0, from)) || /^(?:if|else|and|or|not|in|is|for)$/.test(after[1]!)) return null;
  return new FormulaError('syntax', `There is no sign between "${text.slice(0, from).trimEnd().split(/[\s(,=]+/).at(-1)!}" and "${after[1]!}".`, 'Python does not multiply what only stands side by side: write *.', { from, to: from + after[0].length });
}

function other(text: string, { from, to }: Range): FormulaError {
  const near = text.slice(from, Math.max(to, from + 12)).trim().split('\n')[0]!;
  return new FormulaError('syntax', near === '' ? 'Python cannot read this to its end.' : `Python cannot read this from "${near}" on.`, 'Paste one complete line, such as dAL = AL - Y.', { from, to: Math.max(to, from + 1) });
}
