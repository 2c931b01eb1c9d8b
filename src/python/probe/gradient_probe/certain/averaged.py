"""1/m in the derivative of the loss, and once more in dW, told by reading."""

import ast
import re

from ..common import names
from ..source.functions import called_name, holder


def twice(functions):
    """(statement, function, target) of the derivative of the loss that has 1/m where dW has it once more; None where there is none. `functions`: [(name, nodes)]."""
    first, second = None, False
    for name, nodes in functions:
        if not (names.like_name(name, names.BACKWARD) or re.search(r"back|prop|grad", name, re.I)):
            continue
        for each in nodes:
            target = holder(each.targets[0]) if isinstance(each, ast.Assign) and len(each.targets) == 1 else ""
            if re.match(r"^d_?(a|z|al|zl|yhat|y_hat|a_?\d|z_?\d|out)$", target, re.I) and averages(each.value) and differs(each.value):
                first = first or (each, name, target)
            if re.match(r"^d_?w\d?$", target, re.I) and averages(each.value) and any(isinstance(one, ast.MatMult) or isinstance(one, ast.Call) and called_name(one) in ("dot", "matmul") for one in ast.walk(each.value)):
                second = True
    return first if second else None


def averages(value):
    """Whether it is divided by m, or multiplied with 1/m."""
    for each in ast.walk(value):
        if isinstance(each, ast.BinOp) and isinstance(each.op, ast.Div):
            by = each.right
            if isinstance(by, (ast.Name, ast.Attribute)) and names.is_name(getattr(by, "id", getattr(by, "attr", "")), names.M_NAMES):
                return True
            if isinstance(by, ast.Subscript) and getattr(by.value, "attr", "") == "shape":
                return True
    return False


def differs(value):
    """A - Y, however it goes on."""
    return any(isinstance(each, ast.BinOp) and isinstance(each.op, ast.Sub) and any(names.is_name(getattr(side, "id", ""), names.Y_NAMES) for side in (each.left, each.right)) for each in ast.walk(value))
