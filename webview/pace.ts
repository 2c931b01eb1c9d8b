// How fast the panel asks to be moved through time: one request under way at a time, and of all that is wanted
// meanwhile only the last counts. Table and chain view follow the charts once nothing newer is wanted.

/** Number of a snapshot, from 0; null: the end of the run, which nobody has to be asked for. */
export type Place = number | null;

export interface Steps<M extends { readonly snapshot: number }> {
  /** Ask for a moment; `receive` gets the answer. */
  ask(request: number, snapshot: number): void;
  /** Show a moment; null: the end. */
  draw(moment: M | null): void;
  /** Let the rest follow; returns how many requests it made, each of which ends in `followed`. */
  follow(place: Place): number;
  /** Calls back after so many milliseconds; the answer calls it off. */
  later(wait: number, act: () => void): () => void;
  now(): number;
}

export interface Pace<M> {
  want(place: Place): void;
  receive(request: number, moment: M | null): void;
  /** One of the requests of `follow` was answered. */
  followed(): void;
  /** Forgets what is under way: its answers never come, or no longer count. Something newer may be wanted at once. */
  reset(place: Place): void;
  /** Whether what is wanted is shown, and nothing is under way. */
  readonly idle: boolean;
}

/** Following that took longer than this, twice in a row, waits for a rest, so that it does not hold up the next moment. Milliseconds. */
const QUICK = 200;
const REST = 250;

export function createPace<M extends { readonly snapshot: number }>({ ask, draw, follow, later, now }: Steps<M>): Pace<M> {
  let wanted: Place = null;
  let drawn: Place = null;
  let followedTo: Place = null;
  let request = 0;
  let asking = false;
  let following = 0;
  let took = [0, 0];
  let began = 0;
  let callOff: (() => void) | null = null;

  function stopWaiting(): void {
    callOff?.();
    callOff = null;
  }

  function advance(): void {
    if (asking || following > 0) return;
    if (wanted !== null && wanted !== drawn) {
      stopWaiting();
      asking = true;
      ask(++request, wanted);
    } else if (followedTo !== drawn) {
      stopWaiting();
      if (Math.min(...took) > QUICK) callOff = later(REST, letFollow);
      else letFollow();
    }
  }

  function letFollow(): void {
    callOff = null;
    followedTo = drawn;
    began = now();
    following = follow(drawn);
  }

  return {
    want(place) {
      wanted = place;
      if (place === null && drawn !== null) {
        drawn = null;
        draw(null);
      }
      advance();
    },
    receive(answered, moment) {
      if (!asking || answered !== request) return;
      asking = false;
      // the end is shown already, and stays
      if (wanted !== null) {
        drawn = moment?.snapshot ?? wanted;
        if (moment) draw(moment);
      }
      advance();
    },
    followed() {
      if (following === 0) return;
      following -= 1;
      if (following > 0) return;
      took = [took[1]!, now() - began];
      advance();
    },
    reset(place) {
      stopWaiting();
      request += 1;
      asking = false;
      following = 0;
      took = [0, 0];
      wanted = drawn = followedTo = place;
    },
    get idle() {
      return !asking && following === 0 && wanted === drawn;
    },
  };
}
