"""A cost of theirs that stops whatever the samples are, in whose place another was inferred: who trains with it comes no further."""

import ast

from ..common import frames
from ..common import names
from ..common.syntax import walk
from ..source.source import CannotRun
from .stops import lies, of_shapes, of_targets


def find(best, failures, code):
    """CannotRun of a function that is given the prediction and the targets alone, and stops at one `assert` about the shape of what it computes; None of any other."""
    found = {}
    for failure in failures:
        attempt = failure[2]
        if getattr(attempt, "stage", None) == "cost" and attempt.function is not None:
            found.setdefault(attempt.function, []).append(failure)
    for function, stopped in found.items():
        meant = [each for each in stopped if lies(each)[0] in ("same", best.setting.form)]
        places = {tuple(frames.places(each[4], code.trees)[-1:]) for each in meant}
        if not function.own or len(function.needed) != 2 or not any(names.holds_targets(each) for each in function.needed) or len(places) != 1 or not all(places):
            continue
        ((name, line, file),), = places
        written = next((each for each in walk(code.trees[file]) if isinstance(each, ast.Assert) and each.lineno <= line <= each.end_lineno), None)
        if written is not None and of_shapes(written.test) and not of_targets(written) and all(isinstance(each[3], AssertionError) for each in meant):
            return CannotRun("AssertionError: %s" % ast.unparse(written.test), line, name, file)
    return None

