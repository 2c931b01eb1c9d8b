"""Deadlines in processor time, so that a busy machine does not change an answer; and a last one on the wall."""

import os
import time
import traceback

from . import internal

#: When the process began, as far as it can tell: what it has worked since lies behind it.
START = time.time() - time.process_time()
#: Seconds on the wall after which no more bindings are tried: what is left is for the broken link of the one that was found.
WALL = 6.0
#: Seconds on the wall after which nothing more is begun.
LAST = 8.4
#: Seconds on the wall after which what is known is told.
END = 8.7
#: Seconds after which whoever asks ends the check, where nothing else is said.
PATIENCE = 20.0
#: So many more where the person's own samples are looked at, too.
WITH_DATA = 6.0
#: Seconds that count as one second here: more for those who wait longer than PATIENCE, so that a slow machine looks as far as a fast one.
PACE = 1.0


def hurry(seconds, started=None):
    """Where whoever asks ends the check after so many seconds, what is known is told before that; where they wait longer, everything may take longer.
    `started`: when they began to wait."""
    global START, WALL, LAST, END, PACE
    PACE = max(1.0, seconds / PATIENCE)
    if started is not None and 0 < START - started < seconds:
        START = started
    scale = min(1.0, 0.8 * seconds / END)
    WALL, LAST, END = scale * WALL, scale * LAST, scale * END


def now():
    """Seconds of the processor."""
    return time.process_time() / PACE


def since_start():
    """Seconds on the wall."""
    return (time.time() - START) / PACE


def late(deadline, wall=None):
    """Whether a deadline of the processor has passed, or one of the wall; `wall` in seconds since the start."""
    return deadline is not None and (since_start() > (WALL if wall is None else wall) or now() > deadline)


def trace():
    """Of an exception that is being handled: printed where that is asked for, and kept where it is one of our own code."""
    internal.note()
    if os.environ.get("GRADIENT_PROBE_TRACE"):
        traceback.print_exc()
