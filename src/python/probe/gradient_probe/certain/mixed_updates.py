"""Updates that start from another parameter than the one they are stored in: `b2 = W2 + rate * …`, told by reading."""

import ast
import re

from ..common import names
from ..source.functions import called_name

#: So many parameters beside it are updated from themselves: then that is what is meant.
BESIDE = 2


def mixed(nodes):
    """[(assignment, target, what it starts from)] as texts, for a function that updates its other parameters from themselves."""
    steps = [(each, each.targets[0], each.value.left) for each in nodes if isinstance(each, ast.Assign) and len(each.targets) == 1 and isinstance(each.value, ast.BinOp) and isinstance(each.value.op, (ast.Add, ast.Sub))]
    steps = [each for each in steps if parameter(each[1]) is not None and parameter(each[2]) is not None and moves(each[0].value.right)]
    own = [each for each in steps if ast.unparse(each[1]) == ast.unparse(each[2])]
    if len(own) < BESIDE:
        return []
    return [(each, ast.unparse(target), ast.unparse(start)) for each, target, start in steps if apart(parameter(target), parameter(start))]


def parameter(node):
    """('W' or 'b', number of the layer as text) of what a name, an attribute or a text key says; None of anything else."""
    while isinstance(node, ast.Subscript):
        if isinstance(getattr(node.slice, "value", None), str):
            return kind(node.slice.value)
        node = node.value
    name = getattr(node, "id", getattr(node, "attr", None))
    return kind(name) if name else None


def kind(name):
    letter = "W" if names.is_weight(name) else "b" if names.is_bias(name) else None
    return None if letter is None else (letter, "".join(re.findall(r"\d+", name)))


def apart(one, other):
    """A weight for a bias, or one layer for another; W for W1 is only another name."""
    return one[0] != other[0] or bool(one[1] and other[1]) and one[1] != other[1]


def moves(value):
    """Whether it is a product, as the rate times a gradient is."""
    return any(isinstance(each, ast.BinOp) and isinstance(each.op, ast.Mult) or isinstance(each, ast.Call) and called_name(each) in ("multiply", "dot") for each in ast.walk(value))
