/** Milliseconds of the fastest of as many calls as fit, at least 3; short ones are timed in groups. */
export function timed(step, seconds) {
  step();
  let began = performance.now();
  step();
  const group = Math.max(1, Math.floor(2 / Math.max(1e-4, performance.now() - began)));
  let best = Infinity;
  began = performance.now();
  for (let calls = 0; calls < 3 || performance.now() - began < 1000 * seconds; calls++) {
    const start = performance.now();
    for (let k = 0; k < group; k++) step();
    best = Math.min(best, (performance.now() - start) / group);
  }
  return best;
}
