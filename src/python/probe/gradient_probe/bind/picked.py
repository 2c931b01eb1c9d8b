"""The prediction as the file itself picks it from the collection that a forward pass gives: `cost(caches[-1][0], Y)` after `caches = forward(X)`, `(AL, W, Z, b) = caches[-1]`."""

import ast

import numpy as np

from ..common.names import AL_NAMES, COST, DERIVATIVE, is_name, like_name, plain
from ..common.syntax import walk
from ..source.functions import called_name
from ..source.naming import label


def picked(code, forward, result):
    """The array at the place of `result` that the file takes for the prediction; None where it says no place, or nothing is there."""
    names = {plain(given[0]) for given in code.unpacked.get(forward.name, []) if len(given) == 1 and given[0]}
    for place in places(code, names):
        try:
            value = result
            for key in place:
                value = value[key]
        except (LookupError, TypeError):
            continue
        if isinstance(value, np.ndarray) and value.dtype.kind == "f":
            return value
    return None


def places(code, names):
    """Keys and indices, from the outside in, by which a prediction is taken out of what has one of these names: what a cost is given first."""
    nodes = [each for tree in code.trees.values() for each in walk(tree)]
    for call in [each for each in nodes if isinstance(each, ast.Call) and like_name(called_name(each), COST) and not like_name(called_name(each), DERIVATIVE)]:
        for name, place in [taken(each) for each in call.args]:
            if place and plain(name) in names:
                yield place
    for each in [each for each in nodes if isinstance(each, ast.Assign)]:
        name, place = taken(each.value)
        if place and plain(name) in names:
            several = each.targets[0].elts if isinstance(each.targets[0], (ast.Tuple, ast.List)) else None
            for index, one in enumerate(several or each.targets[:1]):
                if isinstance(one, ast.Name) and is_name(one.id, AL_NAMES) and plain(one.id) not in ("a", "h", "z"):
                    yield place + [index] if several else place


def taken(expression):
    """(name, keys) of `caches[-1]["A"]`; no keys where one of them is no constant."""
    keys = []
    while isinstance(expression, ast.Subscript):
        try:
            keys.insert(0, ast.literal_eval(expression.slice))
        except ValueError:
            return "", []
        expression = expression.value
    return label(expression) or "", keys
