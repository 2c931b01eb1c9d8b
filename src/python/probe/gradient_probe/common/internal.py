"""Tells an error of our own code from one of theirs: what no code here means to raise, and no line of theirs did."""

import os
import sys

from . import frames

#: Where our own code is.
FOLDER = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
#: What is raised by a mistake and never on purpose; of what their values pass through only the first.
SLIPS = (NameError, AttributeError, TypeError, KeyError, IndexError, AssertionError, ZeroDivisionError)

#: How a sentence on one begins.
FAILED = "the check itself failed"
#: Sentences on the errors that were caught on the way, each once.
caught = []


def told(error):
    """A sentence on an error of our own code; None of any other."""
    passed = frames.places(error.__traceback__)
    own = [file.startswith(FOLDER + os.sep) for _, _, file in passed]
    if not passed or not own[-1] or not isinstance(error, SLIPS[:1] if not all(own) else SLIPS):
        return None
    _, line, file = passed[-1]
    return FAILED + " (%s: %s, in its %s, line %d), which is no fault of this file: name the functions by hand, or report this sentence together with the file" % (type(error).__name__, error, os.path.relpath(file, FOLDER).replace(os.sep, "/"), line)


def note():
    """Keeps what is being handled, where it is an error of our own code."""
    error = sys.exc_info()[1]
    text = told(error) if isinstance(error, Exception) else None
    if text is not None and text not in caught:
        caught.append(text)
