"""A product without its sign, `a(1 - a)`: the array is called, and nothing that is called can be subtracted from 1."""

import ast

from ..common import names
from ..source.source import CannotRun
from .undefined import calls_always

#: Names of functions that a training comes to.
REACHED = "|".join((names.BACKWARD, names.UPDATE, names.DERIVATIVE, names.FORWARD, names.COST))


def find(source, path):
    """CannotRun for the first of them that stands outside of branches; None where there is none."""
    for each, function in calls_always(source.tree, REACHED):
        if isinstance(each.func, ast.Name) and len(each.args) == 1 and not each.keywords and of_itself(each.args[0], each.func.id):
            return CannotRun("TypeError: '%s' is an array and cannot be called: a sign of multiplication is missing" % each.func.id, each.lineno, function.name, path)
    return None


def of_itself(argument, name):
    """1 - a, or a - 1, of the very name that is called."""
    return isinstance(argument, ast.BinOp) and isinstance(argument.op, (ast.Sub, ast.Add)) and name in (getattr(argument.left, "id", None), getattr(argument.right, "id", None))
