"""What a step gives back without a name: `return theta - alpha * grad` is the theta after it."""

import ast

from ..common import names


def parameter(node):
    """The name of the parameter from which a rate times something is subtracted, or to which it is added; None of any other expression."""
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, (ast.Sub, ast.Add)):
        return None
    name = getattr(node.left, "id", getattr(node.left, "attr", ""))
    rated = any(names.is_rate(getattr(each, "id", getattr(each, "attr", ""))) for each in ast.walk(node.right))
    return name if rated and (names.is_weight(name) or names.is_bias(name)) else None
