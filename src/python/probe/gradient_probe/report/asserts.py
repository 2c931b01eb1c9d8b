"""An `assert` on shapes at which every attempt ends that came so far, whatever the widths are: in a pass, or in a cost in whose place another was inferred."""

import ast
import re

from ..bind.pool import Missing
from ..common import frames
from ..common import internal
from ..common import names
from ..common.syntax import walk
from ..source.naming import holder
from ..source.source import CannotRun
from .stops import UNFIT, lies, of_targets


def in_cost(best, failures, code):
    """CannotRun of a cost that is given the prediction and the targets alone, and stops at one `assert` about the shape of what it computes, also for one output; None of any other."""
    found = {}
    for failure in failures:
        if getattr(failure[2], "stage", None) == "cost" and failure[2].function is not None:
            found.setdefault(failure[2].function, []).append(failure)
    for function, stopped in found.items():
        meant = [each for each in stopped if lies(each)[0] in ("same", best.setting.form)]
        places = {tuple(frames.places(each[4], code.trees)[-1:]) for each in meant}
        if not function.own or len(function.needed) != 2 or not any(names.holds_targets(each) for each in function.needed) or len(places) != 1 or not all(places) or 1 not in {lies(each)[2] for each in meant}:
            continue
        ((name, line, file),), = places
        written = assert_at(code.trees[file], line)
        if written is not None and of_shapes(written.test) and not of_targets(written) and all(isinstance(each[3], AssertionError) for each in meant):
            return CannotRun("AssertionError: %s" % ast.unparse(written.test), line, name, file)
    return None


def in_pass(failures, code):
    """CannotRun of an `assert` on a shape that no network passes, whatever its widths are, where every attempt ends in it that fits together so far: assert A.shape == W.shape."""
    places, elsewhere, known = {}, set(), set()
    for _, _, attempt, error, tb in failures:
        if id(error) in known or isinstance(error, Missing) or internal.told(error) is not None or not isinstance(error, AssertionError) and re.search(UNFIT + "|out of range|unpack", str(error)):
            continue
        known.add(id(error))
        passed = frames.places(tb, code.trees)
        if isinstance(error, AssertionError) and passed and attempt is not None and attempt.stage in ("forward", "backward"):
            places.setdefault(passed[-1], set()).add(getattr(getattr(attempt, "program", None), "sizes", None))
        elif passed:
            elsewhere.add(passed[-1])
    if len(places) != 1 or elsewhere - set(places):
        return None
    ((function, line, file), sizes), = places.items()
    written = assert_at(code.trees[file], line)
    outputs = {each.nL for each in sizes if each is not None}
    if written is None or not of_shapes(written.test) or of_targets(written) or of_samples(written) or not (1 in outputs and len(outputs) > 1):
        return None
    return CannotRun("AssertionError: %s" % ast.unparse(written.test), line, function, file)


def assert_at(tree, line):
    return next((each for each in walk(tree) if isinstance(each, ast.Assert) and each.lineno <= line <= each.end_lineno), None)


def of_shapes(test):
    """Whether nothing but shapes and numbers is compared: a width that is given here is none of theirs."""
    asked = {id(each.value) for each in walk(test) if isinstance(each, ast.Attribute) and each.attr == "shape"}
    return bool(asked) and all(id(each) in asked for each in walk(test) if isinstance(each, ast.Name)) and not any(isinstance(each, ast.Call) for each in walk(test))


def of_samples(statement):
    return any(isinstance(each, (ast.Name, ast.Attribute)) and names.holds_samples(holder(each)) for each in walk(statement))
