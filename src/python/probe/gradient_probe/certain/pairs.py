"""Several values, of a function or of a shape, used where one number is meant, told by reading."""

import ast
import functools

from ..common.syntax import walk, walk_own
from ..source.functions import called_name

#: What Python refuses between a number and a tuple.
REFUSED = (ast.Sub, ast.Add, ast.Div, ast.Pow, ast.FloorDiv, ast.Mod)


def as_numbers(nodes, tree):
    """(expression, name of the function) of each `1 - sigmoid(Z)`, or `1 - s` of `s = sigmoid(Z)`, whose function always gives back a tuple."""
    several = functions(tree)
    whole = lambda value: isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and called_name(value) in several
    held = {name: called_name(value) for name, value in given_once(nodes) if whole(value)}
    for each in nodes:
        if isinstance(each, ast.BinOp) and isinstance(each.op, REFUSED):
            for one, other in ((each.left, each.right), (each.right, each.left)):
                called = called_name(other) if whole(other) else held.get(getattr(other, "id", None))
                if isinstance(one, ast.Constant) and isinstance(one.value, (int, float)) and called is not None:
                    yield each, called


def given_once(nodes):
    """[(name, value)] of the names of a function that one plain assignment gives their value, and nothing else."""
    given = [each.id for each in nodes if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)]
    return [(each.targets[0].id, each.value) for each in nodes if isinstance(each, ast.Assign) and len(each.targets) == 1 and isinstance(each.targets[0], ast.Name) and given.count(each.targets[0].id) == 1]


def shapes(nodes):
    """(expression, name) of each `1 / m` where m is a whole shape: `m = Y.shape`."""
    whole = {name for name, value in given_once(nodes) if isinstance(value, ast.Attribute) and value.attr == "shape"}
    for each in nodes:
        if isinstance(each, ast.BinOp) and isinstance(each.op, REFUSED) and isinstance(each.right, ast.Name) and each.right.id in whole and isinstance(getattr(each.left, "operand", each.left), ast.Constant) and not isinstance(getattr(each.left, "operand", each.left).value, str):
            yield each, each.right.id


@functools.lru_cache(maxsize=None)
def functions(tree):
    """Names of the functions of the file that are defined once and give back a tuple wherever they end."""
    defined = [each for each in walk(tree) if isinstance(each, ast.FunctionDef)]
    assigned = {each.id for each in walk(tree) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}
    once = [each for each in tree.body if isinstance(each, ast.FunctionDef) and not each.decorator_list and sum(other.name == each.name for other in defined) == 1 and each.name not in assigned]
    out = set()
    for function in once:
        given = [each.value for each in walk_own(function) if isinstance(each, ast.Return)]
        if given and all(isinstance(each, ast.Tuple) and len(each.elts) > 1 for each in given):
            out.add(function.name)
    return out
