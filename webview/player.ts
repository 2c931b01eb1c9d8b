// Plays the way of a run back and forth; where a person wants no motion, it goes one step a press.

/** The whole way takes about so long, and no step less or more than this; at either end it rests. Milliseconds. */
const WHOLE = 14_000;
const SHORTEST = 70;
const LONGEST = 400;
const AT_ENDS = 900;
/** Steps of the whole way where there is no motion. */
const STEPS = 20;

export interface Player {
  readonly playing: boolean;
  /** Plays or pauses; without motion, one step. */
  press(): void;
  pause(): void;
}

interface Way {
  /** Number of the last snapshot. */
  last(): number;
  at(): number;
  go(snapshot: number): void;
  /** Whether the last `go` is shown. */
  ready(): boolean;
  /** Whether a person wants no motion. */
  still(): boolean;
  changed(playing: boolean): void;
}

export function createPlayer({ last, at, go, ready, still, changed }: Way): Player {
  let timer: number | undefined;
  let direction = 1;

  const pauseBetween = (): number => Math.min(LONGEST, Math.max(SHORTEST, WHOLE / Math.max(1, last())));

  function plan(wait: number): void {
    timer = setTimeout(tick, wait);
  }

  function tick(): void {
    if (!ready()) return plan(pauseBetween());
    if (at() >= last()) direction = -1;
    else if (at() <= 0) direction = 1;
    const next = at() + direction;
    go(next);
    plan(next <= 0 || next >= last() ? AT_ENDS : pauseBetween());
  }

  function pause(): void {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    changed(false);
  }

  function step(): void {
    const size = Math.max(1, Math.round(last() / STEPS));
    go(at() >= last() ? 0 : Math.min(last(), at() + size));
  }

  return {
    get playing() {
      return timer !== undefined;
    },
    pause,
    press() {
      if (timer !== undefined) return pause();
      if (still()) return step();
      direction = 1;
      // from the end it would at once go back: people want to see how it came to this
      if (at() >= last()) go(0);
      changed(true);
      plan(at() <= 0 ? AT_ENDS : pauseBetween());
    },
  };
}
