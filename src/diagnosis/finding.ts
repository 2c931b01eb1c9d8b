// What a diagnosis says: one rule, how bad it is, in words, with the samples and layers it is about.

export type Severity = 'error' | 'warning' | 'info';

export interface Finding {
  readonly rule: 'diverged' | 'dead-output' | 'gradient-check' | 'skipped-lines' | 'columns-left-out';
  readonly severity: Severity;
  /** One sentence with its numbers. */
  readonly message: string;
  /** What it means and what to do, in one or two sentences that a student understands. */
  readonly explanation: string;
  /** Lines of the data file it is about, at most MAX_LINES of them. */
  readonly lines: readonly number[];
  /** Layers (1 … L) it is about. */
  readonly layers: readonly number[];
}
