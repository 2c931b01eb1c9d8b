"""Exercises that nobody filled in: `W1 = None` and then W1.shape, or `A2, cache = None`, which stops whatever it is given; `loss = None` and then `return loss, grads`."""

import ast

from ..common import names
from ..common.syntax import walk
from ..source.functions import enclosing
from ..source.source import CannotRun
from .unset import ROLES, always


def find(tree, path):
    """CannotRun of the first function with the name of a part of a network that asks an attribute or an entry of what it only ever gives None, or of the first None that is unpacked; None where there is none."""
    for function in [each for each in walk(tree) if isinstance(each, ast.FunctionDef) and names.like_name(each.name, ROLES)]:
        empty = unfilled(function)
        for each in sorted((each for each in always(function) if isinstance(each, (ast.Attribute, ast.Subscript)) and isinstance(each.ctx, ast.Load)), key=lambda each: each.lineno):
            if getattr(each.value, "id", None) in empty and each.lineno > empty[each.value.id]:
                said = "'NoneType' object has no attribute '%s'" % each.attr if isinstance(each, ast.Attribute) else "'NoneType' object is not subscriptable"
                return CannotRun("%s: %s" % ("AttributeError" if isinstance(each, ast.Attribute) else "TypeError", said), each.lineno, function.name, path)
        cost = next((name for name in empty if names.like_name(name, names.COST) and gives_back(function, name)), None)
        if cost is not None:
            return CannotRun("`%s` is None, and nothing computes it: the exercise is not filled in" % cost, empty[cost], function.name, path)
    unpacked = [each for each in walk(tree) if isinstance(each, ast.Assign) and isinstance(each.targets[0], (ast.Tuple, ast.List)) and isinstance(each.value, ast.Constant) and each.value.value is None]
    first = min(unpacked, key=lambda each: each.lineno, default=None)
    return CannotRun("TypeError: cannot unpack non-iterable NoneType object", first.lineno, enclosing(tree, first.lineno), path) if first is not None else None


def gives_back(function, name):
    """Whether a function ends by returning this name, alone or among others."""
    value = getattr(function.body[-1], "value", None) if isinstance(function.body[-1], ast.Return) else None
    return any(getattr(each, "id", None) == name for each in (value.elts if isinstance(value, ast.Tuple) else [value]))


def unfilled(function):
    """{name: line} of what a function gives None at its top level, and never anything else."""
    given = {}
    for each in function.body:
        if isinstance(each, ast.Assign) and isinstance(each.value, ast.Constant) and each.value.value is None:
            given.update({one.id: each.lineno for one in each.targets if isinstance(one, ast.Name)})
    stores = [each.id for each in walk(function) if isinstance(each, ast.Name) and not isinstance(each.ctx, ast.Load)]
    shared = {name for each in walk(function) if isinstance(each, (ast.Global, ast.Nonlocal)) for name in each.names}
    return {name: line for name, line in given.items() if stores.count(name) == 1 and name not in shared}
