"""An activation that gives back one array, and a caller that takes two things: `A, cache = sigmoid(Z)` of `return 1 / (1 + np.exp(-Z))`."""

import ast

from ..common import names
from ..common.syntax import walk, walk_own
from ..source.functions import called_name
from ..source.source import CannotRun
from .unfitting_calls import single


def find(tree, path):
    """CannotRun for the first such call; None where there is none. An array of two rows would be taken apart, and no network is meant so."""
    known = {name: each for name, each in single(tree.body).items() if names.like_name(name, names.ACTIVATION) and gives_one(each)}
    for function in [each for each in walk(tree) if isinstance(each, ast.FunctionDef)] if known else ():
        for each in walk_own(function):
            count = len(each.targets[0].elts) if isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Tuple) else 1
            if count > 1 and isinstance(each.value, ast.Call) and isinstance(each.value.func, ast.Name) and each.value.func.id in known:
                return CannotRun("ValueError: %s() gives back one array, of which %d things are taken" % (called_name(each.value), count), each.lineno, function.name, path)
    return None


def gives_one(function):
    """Whether whatever a function gives back is arithmetic, or a name that was given such."""
    made = {each.targets[0].id: each.value for each in walk_own(function) if isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Name)}
    given = [each.value for each in walk_own(function) if isinstance(each, ast.Return)]
    return bool(given) and all(arithmetic(made.get(getattr(each, "id", None), each)) for each in given)


def arithmetic(value):
    return isinstance(value, (ast.BinOp, ast.UnaryOp)) or isinstance(value, ast.Call) and called_name(value) in ("maximum", "tanh", "exp", "where", "divide", "multiply")
