// How sums over samples are split, so that threads can work on them: by the number of samples alone, never by
// the number of threads, or the same experiment would not give the same bits.

/** Fewer samples than this are not worth a share of their own. */
const SAMPLES = 64;
/** MAX_SHARES of kernels/assembly/net.ts. */
const MOST = 8;

/** Number of shares; share q holds the samples from ⌊q m / shares⌋ to ⌊(q + 1) m / shares⌋, and shares are added in their order. */
export function sharesOf(m: number): number {
  return Math.max(1, Math.min(MOST, Math.floor(m / SAMPLES)));
}
