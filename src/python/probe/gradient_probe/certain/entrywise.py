"""Weights that are changed entry by entry before the error is summed through them, told by reading: `w[i][j] += rate * delta[i] * y[j]`, and below it `total += delta[j] * w[j][i]`."""

import ast
import re

from ..common import names
from ..common.syntax import walk
from ..source.naming import holder
from .order import blocks, updated
from .statements import own

#: Words of the error of a layer: no activation, which the next forward pass multiplies with the weights too.
ERROR = r"delta|err|grad|^d_"


def late(function):
    """(statement, name of the weights, how many lines above they are changed) of a sum over the errors of a layer times its weights, where those have been moved by these very errors."""
    for block in blocks(function):
        moved = {}
        for statement in block:
            inner = list(own(statement))
            for each in inner:
                for weights, error in products(each) if isinstance(each, (ast.Assign, ast.AugAssign)) else ():
                    if (weights, error) in moved:
                        yield each, weights, each.lineno - moved[weights, error]
            for each in inner:
                key = updated(each) if isinstance(each, (ast.Assign, ast.AugAssign)) else None
                target = getattr(each, "target", None) or (each.targets[0] if key is not None else None)
                if key is not None and isinstance(target, ast.Subscript) and names.is_weight(holder(target)):
                    moved.update({(holder(target), error_of(one)): each.lineno for one in walk(each.value) if error_of(one) is not None})
                elif isinstance(each, ast.Assign):
                    # errors that are made after the update are those of the next step
                    made = {holder(one) for one in each.targets}
                    moved = {pair: line for pair, line in moved.items() if re.split(r"\W", pair[1])[0] not in made}


def products(statement):
    """(name of the weights, error) of the products in a statement, weights and an error each with an index."""
    for each in walk(statement.value):
        if isinstance(each, ast.BinOp) and isinstance(each.op, ast.Mult):
            parts = factors(each)
            weights = [holder(one) for one in parts if isinstance(one, ast.Subscript) and names.is_weight(holder(one))]
            yield from ((weight, error_of(one)) for weight in weights for one in parts if error_of(one) is not None)


def factors(node):
    return factors(node.left) + factors(node.right) if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult) else [node]


def error_of(node):
    """`delta` of delta[i], `errors[1]` of errors[1][i]: whose entry it is; None of what is no error of a layer."""
    if not isinstance(node, ast.Subscript) or isinstance(node.slice, ast.Constant) or not re.search(ERROR, holder(node) or "", re.I):
        return None
    return ast.unparse(node.value)
