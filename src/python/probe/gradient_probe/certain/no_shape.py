"""A shape that is written as two arguments, `np.zeros(n, 1)`: the second is a type of numbers, and 1 is none."""

import ast

from ..common import names
from ..source.functions import called_name
from ..source.source import CannotRun
from .undefined import calls_always

#: Names of functions that a training comes to.
REACHED = "|".join((names.INIT, names.TRAIN, names.FORWARD, names.BACKWARD))


def find(source, path):
    """CannotRun for the first of them that stands outside of branches; None where there is none."""
    for each, function in calls_always(source.tree, REACHED):
        if called_name(each) in ("zeros", "ones", "empty") and getattr(getattr(each.func, "value", None), "id", "") in ("np", "numpy") and len(each.args) == 2 and type(getattr(each.args[1], "value", None)) is int:
            return CannotRun("TypeError: np.%s takes a shape in brackets of its own, (%s): its second argument is a type" % (called_name(each), ", ".join(map(ast.unparse, each.args))), each.lineno, function.name, path)
    return None
