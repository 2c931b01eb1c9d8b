"""The way that an exception took: its frames, from the outermost to the innermost."""

import traceback


def of(tb, files=None):
    """[(frame, line)] of a traceback; `files`: only those in these files, which are the person's."""
    return [(frame, line) for frame, line in traceback.walk_tb(tb) if files is None or frame.f_code.co_filename in files]


def places(tb, files=None):
    """[(function, line, file)] of the same."""
    return [(frame.f_code.co_name, line, frame.f_code.co_filename) for frame, line in of(tb, files)]
