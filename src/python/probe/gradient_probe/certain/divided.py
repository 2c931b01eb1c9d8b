"""`for l in range(len(parameters) / 2)`: a quotient is no whole number in Python 3, so the loop never begins."""

import ast

from ..common import names
from ..common.syntax import walk
from ..source.functions import called_name
from ..source.source import CannotRun


def loops(tree, path, named):
    """CannotRun of the first such loop in a function of such a name; None where there is none."""
    for function in [each for each in walk(tree) if isinstance(each, ast.FunctionDef) and names.like_name(each.name, named)]:
        for each in walk(function):
            if isinstance(each, ast.Call) and called_name(each) == "range" and any(isinstance(one, ast.BinOp) and isinstance(one.op, ast.Div) for one in each.args):
                return CannotRun("TypeError: 'float' object cannot be interpreted as an integer", each.lineno, function.name, path)
    return None
