"""1/m in the derivative of the loss, and once more in dW, told by reading."""

import ast
import re

from ..common import names
from ..common.syntax import walk
from ..source.functions import called_name
from ..source.naming import holder


def twice(functions):
    """(statement, function, target) of the derivative of the loss that has 1/m where dW has it once more; None where there is none. `functions`: [(name, nodes)]."""
    losses, weights = [], {}
    for name, nodes in functions:
        if not (names.like_name(name, names.BACKWARD) or re.search(r"back|prop|grad", name, re.I)):
            continue
        for each in nodes:
            target = holder(each.targets[0]) if isinstance(each, ast.Assign) and len(each.targets) == 1 else ""
            if re.match(r"^d_?(a|z|al|zl|yhat|y_hat|a_?\d|z_?\d|out)$", target, re.I) and averages(each.value) and differs(each.value):
                losses.append((each, name, target))
            products = [one for one in terms(each.value) if multiplies(one)] if re.match(r"^d_?w\d?$", target, re.I) else []
            if products:
                weights.setdefault(name, []).extend(averages(one) for one in products)
    # a pass that computes its dW itself has nothing to do with that of another
    return next((each for each in losses if any(weights[each[1]] if each[1] in weights else [one for every in weights.values() for one in every])), None)


def terms(value):
    """What is added up; a sum in brackets that is divided is one term."""
    if isinstance(value, ast.BinOp) and isinstance(value.op, (ast.Add, ast.Sub)):
        return terms(value.left) + terms(value.right)
    return [value]


def multiplies(value):
    """Whether it is a product of matrices: the term of the data, and no L2 term."""
    return any(isinstance(each, ast.MatMult) or isinstance(each, ast.Call) and called_name(each) in ("dot", "matmul") for each in walk(value))


def averages(value):
    """Whether it is divided by m, or multiplied with 1/m."""
    for each in walk(value):
        if isinstance(each, ast.BinOp) and isinstance(each.op, ast.Div):
            by = each.right
            if isinstance(by, (ast.Name, ast.Attribute)) and names.is_name(getattr(by, "id", getattr(by, "attr", "")), names.M_NAMES):
                return True
            if isinstance(by, ast.Subscript) and getattr(by.value, "attr", "") == "shape":
                return True
    return False


def differs(value):
    """A - Y, however it goes on."""
    return any(isinstance(each, ast.BinOp) and isinstance(each.op, ast.Sub) and any(names.is_name(getattr(side, "id", ""), names.Y_NAMES) for side in (each.left, each.right)) for each in walk(value))
