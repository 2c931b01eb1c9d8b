// Why a formula cannot be evaluated: what Python or NumPy would refuse, and what that means.

/** A stretch of the person's text, `to` excluded. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

export type ErrorRule = 'syntax' | 'incomplete-conditional' | 'truth-value' | 'tuple' | 'unknown-name' | 'unknown-function' | 'shapes' | 'type' | 'unsupported';

/**
 * Thrown while a formula is read or evaluated; caught by the check, which makes a finding of it.
 * Sizes stand in braces, `{3} × {7}`, so that the check can write them as n[l] × m.
 */
export class FormulaError extends Error {
  constructor(
    readonly rule: ErrorRule,
    /** One sentence: what is wrong. */
    override readonly message: string,
    /** What it means and what to do. */
    readonly explanation: string,
    readonly at: Range | null = null,
  ) {
    super(message);
  }

  /** The same error at a place, unless it has one. */
  placed(at: Range): FormulaError {
    return this.at ? this : new FormulaError(this.rule, this.message, this.explanation, { from: at.from, to: at.to });
  }
}
