"""Deadlines in processor time, so that a busy machine does not change an answer; and a last one on the wall."""

import os
import time
import traceback

START = time.time()
#: Seconds on the wall after which no more is tried.
WALL = 7.0


def now():
    return time.process_time()


def late(deadline):
    return deadline is not None and (time.process_time() > deadline or time.time() > START + WALL)


def trace():
    if os.environ.get("GRADIENT_PROBE_TRACE"):
        traceback.print_exc()
