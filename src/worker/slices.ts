// Long work in slices: between them the thread answers what else it is asked, so that tables scroll while trials train.

/** Short enough that nobody waits for an answer, long enough that little is lost between. */
const SLICE_MS = 40;

/** To the end of `steps`, or null once `stopped` says so. `observe` is told the last step of each slice. */
export async function inSlices<P, T>(steps: Generator<P, T, undefined>, observe: (step: P) => void, stopped: () => boolean): Promise<T | null> {
  try {
    for (;;) {
      const end = performance.now() + SLICE_MS;
      let step = steps.next();
      while (!step.done && performance.now() < end) step = steps.next();
      if (step.done) return stopped() ? null : step.value;
      observe(step.value);
      await new Promise(setImmediate);
      if (stopped()) return null;
    }
  } finally {
    // lets go of what unfinished work holds; of finished work it does nothing
    steps.return(undefined as never);
  }
}
