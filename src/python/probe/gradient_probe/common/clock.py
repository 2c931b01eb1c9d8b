"""Deadlines in processor time, so that a busy machine does not change an answer; and a last one on the wall."""

import os
import time
import traceback

START = time.time()
#: Seconds on the wall after which no more bindings are tried: what is left is for the broken link of the one that was found.
WALL = 6.0
#: Seconds on the wall after which nothing more is begun.
LAST = 8.5


def now():
    return time.process_time()


def late(deadline, wall=WALL):
    """Whether a deadline of the processor has passed, or one of the wall; `wall` in seconds since the start."""
    return deadline is not None and (time.time() > START + wall or time.process_time() > deadline)


def trace():
    if os.environ.get("GRADIENT_PROBE_TRACE"):
        traceback.print_exc()
