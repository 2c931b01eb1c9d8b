// What the panel asks for while somebody drags through time, and in which order it shows it.

import assert from 'node:assert/strict';
import { createPace, type Pace, type Place } from '../../../webview/pace';

interface Fake {
  readonly snapshot: number;
}

describe('pace of moving through time', () => {
  let log: string[];
  let pace: Pace<Fake>;
  /** Requests that table and chain view make when they follow. */
  let followers: number;
  let clock: number;
  let waiting: (() => void) | null;
  let request: number;

  beforeEach(() => {
    log = [];
    followers = 2;
    clock = 0;
    waiting = null;
    pace = createPace<Fake>({
      ask(number, snapshot) {
        request = number;
        log.push(`ask ${snapshot}`);
      },
      draw: (moment) => log.push(`draw ${moment ? moment.snapshot : 'end'}`),
      follow(place: Place) {
        log.push(`follow ${place ?? 'end'}`);
        return followers;
      },
      later(_, act) {
        waiting = act;
        return () => (waiting = null);
      },
      now: () => clock,
    });
  });

  const answer = (snapshot: number): void => pace.receive(request, { snapshot });
  /** What was done since the last look. */
  const since = (): string[] => log.splice(0);

  it('asks for one moment at a time, and of those wanted meanwhile only for the last', () => {
    for (const snapshot of [1, 2, 3, 4]) pace.want(snapshot);
    assert.deepEqual(since(), ['ask 1']);
    assert.equal(pace.idle, false);
    answer(1);
    assert.deepEqual(since(), ['draw 1', 'ask 4']);
    answer(4);
    assert.deepEqual(since(), ['draw 4', 'follow 4']);
    pace.followed();
    assert.equal(pace.idle, false, 'one of two has answered');
    pace.followed();
    assert.equal(pace.idle, true);
    assert.deepEqual(since(), []);
  });

  it('asks for nothing while table and chain view follow, and for the last wanted after', () => {
    pace.want(1);
    answer(1);
    pace.want(2);
    pace.want(3);
    assert.deepEqual(since(), ['ask 1', 'draw 1', 'follow 1']);
    pace.followed();
    pace.followed();
    assert.deepEqual(since(), ['ask 3']);
  });

  it('shows the end at once, and lets no late answer replace it', () => {
    followers = 0;
    pace.want(5);
    answer(5);
    pace.want(6);
    since();
    pace.want(null);
    assert.deepEqual(since(), ['draw end']);
    answer(6);
    assert.deepEqual(since(), ['follow end']);
    assert.equal(pace.idle, true);
  });

  it('lets slow ones follow only when nothing newer has come for a while', () => {
    for (const snapshot of [1, 2]) {
      pace.want(snapshot);
      answer(snapshot);
      clock += 1000;
      pace.followed();
      pace.followed();
    }
    since();
    pace.want(3);
    answer(3);
    assert.deepEqual(since(), ['ask 3', 'draw 3']);
    pace.want(4);
    assert.equal(waiting, null, 'called off');
    answer(4);
    assert.deepEqual(since(), ['ask 4', 'draw 4']);
    assert.equal(pace.idle, true, 'the next moment need not wait');
    waiting!();
    assert.deepEqual(since(), ['follow 4']);
  });

  it('forgets what is under way when it is told that no answer counts any more', () => {
    pace.want(1);
    const before = request;
    pace.reset(null);
    since();
    pace.receive(before, { snapshot: 1 });
    assert.deepEqual(since(), []);
    pace.want(2);
    assert.deepEqual(since(), ['ask 2']);
    pace.followed();
    answer(2);
    assert.deepEqual(since(), ['draw 2', 'follow 2']);
  });

  it('does not ask again and again for a moment that is not there', () => {
    followers = 0;
    pace.want(1);
    pace.receive(request, null);
    assert.deepEqual(since(), ['ask 1', 'follow 1']);
    assert.equal(pace.idle, true);
  });
});
