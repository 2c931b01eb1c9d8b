"""The derivative of the cost as the file writes it out where it hands it to the backward pass: `self.backward((p - y) / len(y))` after `p = self.forward(X)`."""

import ast
import copy

import numpy as np

from ..common import names
from ..common.syntax import walk
from ..source.functions import called_name


def getter(pool, function, argument):
    """What computes it of the prediction and the targets of this run; None where the calls do not all write the same, or it is made of other things too."""
    written = at_calls(pool.code, function, argument)
    if written is None:
        return None
    expression, roles = written
    compiled = compile(ast.Expression(expression), "<derivative>", "eval")
    values = lambda pool: {name: pool.roles["AL"] if role == "AL" else pool.data[role] for name, role in roles.items()}
    return lambda pool: eval(compiled, {**pool.code.namespace, **values(pool)})


def at_calls(code, function, argument):
    """(the expression, {name in it: AL, Y or X}) that all calls write alike; None where they do not."""
    found = [each for each in (read(code, expression, inside) for expression, inside, _ in code.argument_at_site(function, argument) if inside is not None) if each is not None]
    return found[0] if found and len({ast.dump(each[0]) for each in found}) == 1 else None


def read(code, expression, inside):
    """(the expression, {name in it: AL, Y or X}) of a difference between what forward gave and the targets; None of any other."""
    given = [each for each in walk(inside) if isinstance(each, ast.Assign) and len(each.targets) == 1 and isinstance(each.targets[0], ast.Name)]
    own = [each.value for each in given if isinstance(expression, ast.Name) and each.targets[0].id == expression.id]
    expression = own[0] if len(own) == 1 else expression
    if not isinstance(expression, ast.BinOp) or not any(isinstance(each, ast.BinOp) and isinstance(each.op, ast.Sub) for each in walk(expression)):
        return None
    made = {each.targets[0].id for each in given if isinstance(each.value, ast.Call) and names.like_name(called_name(each.value), names.FORWARD)}
    # AL, caches = forward(X)
    first = [each.targets[0].elts[0] for each in walk(inside) if isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Tuple) and isinstance(each.value, ast.Call) and names.like_name(called_name(each.value), names.FORWARD)]
    made |= {each.id for each in first if isinstance(each, ast.Name) and names.is_name(each.id, names.AL_NAMES)}
    # target = targets[j], and `for x, y in zip(X, Y)`
    arguments = {each.arg for each in inside.args.args} | {each.targets[0].id for each in given if isinstance(each.value, ast.Subscript)}
    arguments |= {one.id for each in walk(inside) if isinstance(each, ast.For) for one in walk(each.target) if isinstance(one, ast.Name)}
    expression = Whole(arguments).visit(copy.deepcopy(expression))
    roles = {}
    for name in {each.id for each in walk(expression) if isinstance(each, ast.Name)}:
        role = "AL" if name in made else "Y" if name in arguments and names.holds_targets(name) else "X" if name in arguments and names.holds_samples(name) else None
        if role is not None:
            roles[name] = role
        elif name != "len" and code.namespace.get(name) is not np:
            return None
    return (expression, roles) if sorted(each for each in roles.values() if each != "X") == ["AL", "Y"] else None


class Whole(ast.NodeTransformer):
    """In place of an entry of what a training is given, `targets[j]`, all of it: of the one sample that is checked it is the same."""

    def __init__(self, arguments):
        self.arguments = arguments

    def visit_Subscript(self, node):
        name = getattr(node.value, "id", None)
        return ast.copy_location(ast.Name(name, ast.Load()), node) if name in self.arguments and (names.holds_targets(name) or names.holds_samples(name)) else self.generic_visit(node)
