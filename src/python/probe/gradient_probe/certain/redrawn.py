"""A dropout mask that the backward pass draws anew, told by reading: it must be the one of the forward pass."""

import ast

from ..common import names
from ..common.syntax import walk


def draws(function):
    """The first statement of a backward pass that draws random numbers; None where none does."""
    if not names.like_name(function.name, names.BACKWARD):
        return None
    for each in walk(function):
        if isinstance(each, (ast.Assign, ast.AugAssign)) and any(isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute) and one.func.attr in ("rand", "random", "binomial", "uniform", "random_sample", "randint", "choice") and "random" in ast.unparse(one.func) for one in walk(each.value)):
            return each
    return None
